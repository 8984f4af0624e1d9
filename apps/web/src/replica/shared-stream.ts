/**
 * One stream of a node for all pages of a browser. A browser opens six connections to a host at most, so that a stream in
 * every tab leaves the seventh without an answer.
 *
 * Of all pages that join under one name one leads: it holds a lock of the browser, reads the stream and passes on what it
 * hears; the others follow. When the leader goes, the browser gives the lock to the next, which then reads for itself.
 * Law: nothing is lost between a page's own reading and its following, because it hears from the moment it joins.
 */

type Word<E> = { readonly kind: 'event'; readonly event: E } | { readonly kind: 'heard' | 'end' };

/** The leader has lost its stream, or nothing was heard of it for too long. */
export class StreamLostError extends Error {
  override readonly name = 'StreamLostError';
}

/** How often a leader says that its stream is alive, at most. */
const heardEveryMs = 1000;

export class SharedStream<E> {
  readonly #channel: BroadcastChannel;
  readonly #words: Word<E>[] = [];
  readonly #waiting = new AbortController();
  #wake: (() => void) | undefined;
  #release: (() => void) | undefined;
  #saidAt = 0;

  private constructor(name: string) {
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<Word<E>>) => {
      this.#words.push(data);
      this.#wake?.();
    };
  }

  /** Nothing where the browser has no locks, as it has none without HTTPS: then each page reads for itself. */
  static async join<E>(name: string): Promise<SharedStream<E> | undefined> {
    const locks = (navigator as { readonly locks?: LockManager }).locks;
    if (locks === undefined || typeof BroadcastChannel === 'undefined') return undefined;
    const stream = new SharedStream<E>(name);
    await new Promise<void>((settled) => {
      void locks.request(name, { ifAvailable: true }, async (lock) => {
        const held = lock === null ? undefined : stream.#hold();
        settled();
        await held;
      });
    });
    if (!stream.leads) {
      locks
        .request(name, { signal: stream.#waiting.signal }, async () => stream.#hold())
        .catch(() => undefined);
    }
    return stream;
  }

  get leads(): boolean {
    return this.#release !== undefined;
  }

  /** Passes on what the leader read. */
  pass(event: E): void {
    this.#say({ kind: 'event', event });
  }

  /** Says that the stream is alive. */
  heard(): void {
    const now = Date.now();
    if (!this.leads || now - this.#saidAt < heardEveryMs) return;
    this.#saidAt = now;
    this.#say({ kind: 'heard' });
  }

  /**
   * What the leader passes on; undefined where it only says that it hears. Ends when this page is to lead; throws
   * `StreamLostError` where the leader lost its stream, or was silent for so long.
   */
  async *follow(silenceMs: number): AsyncGenerator<E | undefined> {
    for (;;) {
      const word = this.#words.shift();
      if (word === undefined) {
        if (this.leads) return;
        await this.#wait(silenceMs);
      } else if (word.kind === 'end') {
        throw new StreamLostError('The page that reads the stream has lost it.');
      } else {
        yield word.kind === 'event' ? word.event : undefined;
      }
    }
  }

  /** Ends it for this page, and for those that follow it. */
  leave(): void {
    if (this.leads) this.#say({ kind: 'end' });
    this.#waiting.abort();
    this.#release?.();
    this.#channel.close();
  }

  #say(word: Word<E>): void {
    this.#channel.postMessage(word);
  }

  async #hold(): Promise<void> {
    await new Promise<void>((release) => {
      this.#release = release;
      this.#wake?.();
    });
  }

  async #wait(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve, reject) => {
      this.#wake = resolve;
      timer = setTimeout(() => reject(new StreamLostError('The page that reads the stream is silent.')), ms);
      if (this.#words.length > 0 || this.leads) resolve();
    }).finally(() => {
      clearTimeout(timer);
      this.#wake = undefined;
    });
  }
}
