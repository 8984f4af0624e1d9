/**
 * How a page and a worker of it talk: questions with one answer each, progress on the way, and words of either side that
 * nobody answers. Both ends take their types from one table of questions, so that neither can ask or answer otherwise.
 *
 * A port is a worker, a worker's own scope, or one end of a channel: the protocol is the same over each.
 */

/** What a table of questions says of one. */
export interface Question {
  readonly ask: unknown;
  readonly answer: unknown;
  readonly progress?: unknown;
}
export type Questions<Q> = { readonly [K in keyof Q]: Question };
type ProgressOf<T> = T extends { readonly progress: infer P } ? P : never;

export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** A fault as it crosses a port: errors themselves lose their class on the way. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

type ToAnswer<Q, Word> =
  | { readonly kind: 'word'; readonly word: Word }
  | {
      readonly [K in keyof Q]: {
        readonly kind: 'ask';
        readonly id: number;
        readonly question: K;
        readonly ask: Q[K] extends Question ? Q[K]['ask'] : never;
      };
    }[keyof Q];

type FromAnswer<Word> =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

/** The asking end. `Out` are words to the worker, `In` words from it. */
export class Asker<Q extends Questions<Q>, Out = never, In = never> {
  readonly #port: Port;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #ended: Error | undefined;

  constructor(
    port: Port,
    on: { readonly word?: (word: In) => void; readonly toError: (failure: Failure) => Error },
  ) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FromAnswer<In>>) => {
      if (data.kind === 'word') {
        on.word?.(data.word);
        return;
      }
      const asked = this.#waiting.get(data.id);
      if (data.kind === 'progress') {
        asked?.onProgress?.(data.progress);
        return;
      }
      this.#waiting.delete(data.id);
      if (data.kind === 'answer') asked?.resolve(data.answer);
      else asked?.reject(on.toError(data.failure));
    };
  }

  /** Rejects where the worker failed, or was ended before it answered. */
  async ask<K extends keyof Q>(
    question: K,
    ask: Q[K]['ask'],
    onProgress?: (progress: ProgressOf<Q[K]>) => void,
  ): Promise<Q[K]['answer']> {
    if (this.#ended !== undefined) throw this.#ended;
    const id = this.#nextId;
    this.#nextId += 1;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, {
        resolve,
        reject,
        onProgress: onProgress as ((progress: unknown) => void) | undefined,
      });
    });
    this.#port.postMessage({ kind: 'ask', id, question, ask });
    return answer;
  }

  tell(word: Out): void {
    this.#port.postMessage({ kind: 'word', word });
  }

  /** Nobody waits any longer; whoever asks from now on hears why. */
  end(why: Error): void {
    this.#ended ??= why;
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }
}

/** The answering end of a port: `In` are words from the other side, `Out` words to it that it did not ask for. */
export class Answerer<Q extends Questions<Q>, In = never, Out = never> {
  readonly #port: Port;

  constructor(
    port: Port,
    answers: {
      readonly [K in keyof Q]: (
        ask: Q[K]['ask'],
        say: (progress: ProgressOf<Q[K]>) => void,
      ) => Q[K]['answer'] | Promise<Q[K]['answer']>;
    },
    on: { readonly word?: (word: In) => void; readonly toFailure: (error: unknown) => Failure },
  ) {
    this.#port = port;
    const post = (message: FromAnswer<Out>) => port.postMessage(message);
    port.onmessage = ({ data }: MessageEvent<ToAnswer<Q, In>>) => {
      if (data.kind === 'word') {
        on.word?.(data.word);
        return;
      }
      const { id, question, ask } = data;
      const say = (progress: unknown) => post({ kind: 'progress', id, progress });
      Promise.resolve()
        .then(() => answers[question](ask, say))
        .then(
          (answer) => post({ kind: 'answer', id, answer }),
          (error: unknown) => post({ kind: 'failed', id, failure: on.toFailure(error) }),
        );
    };
  }

  tell(word: Out): void {
    this.#port.postMessage({ kind: 'word', word });
  }
}

/** Any error as a fault of the program. */
export function toProgramFailure(error: unknown): Failure {
  return { code: 'program', message: error instanceof Error ? error.message : String(error) };
}
