import type { ActId } from '@homeward/core/exchange';
import type { AppendResult, LogRepository, NewEntry } from './entry.ts';
import type { Sequenced, Sequencer, SequencerOptions } from './sequencer.ts';

interface Waiting<Submission, Refusal> {
  readonly submission: Submission;
  readonly resolve: (sequenced: Sequenced<Refusal>) => void;
  readonly reject: (reason: unknown) => void;
}

/** Entries read at once when the state is rebuilt. */
const replayPage = 1_024;

/** Reads the whole log through `evolve`, then takes submissions. The only writer of this log in this process. */
export async function openSequencer<State, Submission, Refusal>(
  log: LogRepository,
  options: SequencerOptions<State, Submission, Refusal>,
): Promise<Sequencer<State, Submission, Refusal>> {
  const sequencer = new GroupCommit(log, options);
  await sequencer.catchUp();
  return sequencer;
}

class GroupCommit<State, Submission, Refusal> implements Sequencer<State, Submission, Refusal> {
  readonly #log: LogRepository;
  readonly #options: SequencerOptions<State, Submission, Refusal>;
  readonly #groupMax: number;
  readonly #queueMax: number;
  #queue: Waiting<Submission, Refusal>[] = [];
  #state: State;
  #size = 0;
  /** After a failure the database may hold more than we know: read before writing again. */
  #isCurrent = false;
  #running: Promise<void> | undefined;

  constructor(log: LogRepository, options: SequencerOptions<State, Submission, Refusal>) {
    this.#log = log;
    this.#options = options;
    this.#groupMax = options.groupMax ?? 512;
    this.#queueMax = options.queueMax ?? 8_192;
    this.#state = options.initial;
  }

  submit(submission: Submission): Promise<Sequenced<Refusal>> {
    if (this.#queue.length >= this.#queueMax) return Promise.resolve({ kind: 'busy' });
    return new Promise((resolve, reject) => {
      this.#queue.push({ submission, resolve, reject });
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined;
      });
    });
  }

  state(): State {
    return this.#state;
  }

  size(): number {
    return this.#size;
  }

  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Brings the state to the log's present end. */
  async catchUp(): Promise<void> {
    for (;;) {
      const page = await this.#log.entries(this.#size, this.#size + replayPage);
      for (const entry of page) {
        this.#state = this.#options.evolve(this.#state, entry);
        this.#size = entry.index + 1;
      }
      if (page.length < replayPage) break;
    }
    this.#isCurrent = true;
  }

  async #run(): Promise<void> {
    // One turn of the event loop, so that submissions that arrive together form one group.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, this.#groupMax);
      try {
        if (!this.#isCurrent) await this.catchUp();
        await this.#commit(group);
      } catch (error) {
        this.#isCurrent = false;
        for (const { reject } of group) reject(error);
      }
    }
  }

  /** Admits and stores a group; what the database refuses falls out of it, and the rest goes again. */
  async #commit(group: readonly Waiting<Submission, Refusal>[]): Promise<void> {
    let left = group;
    while (left.length > 0) {
      let state = this.#state;
      const admitted: { readonly entry: NewEntry; readonly waiting: Waiting<Submission, Refusal> }[] = [];
      const refused: { readonly refusal: Refusal; readonly waiting: Waiting<Submission, Refusal> }[] = [];
      const known: { readonly act: ActId; readonly waiting: Waiting<Submission, Refusal> }[] = [];
      const broken = new Set<Waiting<Submission, Refusal>>();
      for (const waiting of left) {
        try {
          const answer = this.#options.admit(state, waiting.submission);
          switch (answer.kind) {
            case 'refused':
              refused.push({ refusal: answer.refusal, waiting });
              break;
            case 'known':
              known.push({ act: answer.act, waiting });
              break;
            case 'admitted':
              state = answer.state;
              admitted.push({ entry: answer.entry, waiting });
              break;
          }
        } catch (error) {
          // A fault of ours met by one submission must not take its neighbours with it.
          waiting.reject(error);
          broken.add(waiting);
        }
      }
      left = left.filter((waiting) => !broken.has(waiting));
      const result = await this.#log.append(
        this.#size,
        admitted.map(({ entry }) => entry),
      );
      if (result.kind === 'appended') {
        this.#state = state;
        this.#size = result.size;
        for (const { refusal, waiting } of refused) waiting.resolve({ kind: 'refused', refusal });
        admitted.forEach(({ waiting }, at) =>
          waiting.resolve({
            kind: 'logged',
            index: result.first + at,
            again: false,
            storedAt: result.storedAt!,
          }),
        );
        await this.#answerKnown(known);
        return;
      }
      left = await this.#withoutRefused(
        result,
        left,
        admitted.map(({ waiting }) => waiting),
      );
    }
  }

  async #answerKnown(
    known: readonly { readonly act: ActId; readonly waiting: Waiting<Submission, Refusal> }[],
  ): Promise<void> {
    const indexes = await this.#log.findIndexes(known.map(({ act }) => act));
    for (const { act, waiting } of known) {
      const index = indexes.get(act);
      if (index === undefined) waiting.reject(new Error('the state holds an act that the log does not'));
      else waiting.resolve({ kind: 'logged', index, again: true });
    }
  }

  async #withoutRefused(
    result: Exclude<AppendResult, { readonly kind: 'appended' }>,
    left: readonly Waiting<Submission, Refusal>[],
    admitted: readonly Waiting<Submission, Refusal>[],
  ): Promise<readonly Waiting<Submission, Refusal>[]> {
    if (result.kind === 'size-moved') {
      if (result.size < this.#size) throw new Error('the log became shorter');
      await this.catchUp();
      return left;
    }
    const out = admitted[result.at]!;
    if (result.kind === 'act-known' && result.index !== undefined) {
      out.resolve({ kind: 'logged', index: result.index, again: true });
    } else {
      out.resolve({ kind: 'refused', refusal: this.#options.onStoreRefusal(result) });
    }
    return left.filter((waiting) => waiting !== out);
  }
}
