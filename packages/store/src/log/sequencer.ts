import type { ActId } from '@homeward/core/exchange';
import type { AppendRefusal, LogEntry, NewEntry } from './entry.ts';

/** What became of one submission. */
export type Sequenced<Refusal> =
  /** On disk at `index`. `again` when the log already held this very act: the same place, never a second one. */
  | {
      readonly kind: 'logged';
      readonly index: number;
      readonly again: false;
      readonly storedAt: string;
    }
  | { readonly kind: 'logged'; readonly index: number; readonly again: true }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The queue is full: nothing was stored, try later. */
  | { readonly kind: 'busy' };

/**
 * Admits submissions one after another and commits them in groups: while one transaction is on its way to disk the
 * next group gathers. The state moves only with what is on disk.
 */
export interface Sequencer<State, Submission, Refusal> {
  /** Resolves after the act is durable. Rejects when the database failed: the caller may submit the same act again. */
  submit(submission: Submission): Promise<Sequenced<Refusal>>;
  /** The state after the last durable entry. */
  state(): State;
  /** Entries that `state()` covers. */
  size(): number;
  /** Resolves when everything submitted so far has its answer. */
  settled(): Promise<void>;
}

export interface SequencerOptions<State, Submission, Refusal> {
  /** Pure: decides on the state as it will be when this submission's turn comes. */
  readonly admit: (
    state: State,
    submission: Submission,
  ) =>
    | { readonly kind: 'admitted'; readonly state: State; readonly entry: NewEntry }
    /** The state holds this very act already: the answer is its place. */
    | { readonly kind: 'known'; readonly act: ActId }
    | { readonly kind: 'refused'; readonly refusal: Refusal };
  /** The refusal to give when the database itself refused what `admit` accepted. */
  readonly onStoreRefusal: (refusal: AppendRefusal) => Refusal;
  /** Pure: the state after an entry that is already stored; used at start and after a lost connection. */
  readonly evolve: (state: State, entry: LogEntry) => State;
  readonly initial: State;
  /** Most acts in one transaction, and most waiting. Defaults 512 and 8,192. */
  readonly groupMax?: number;
  readonly queueMax?: number;
}
