/**
 * Which numbers of a record the public may read, so that no small group of persons can be worked out from them.
 *
 * Law     A number goes up or down by at least `cellMin` persons or stays as it was last published, is nothing or at least
 *         `cellMin`, and leaves nothing or at least `cellMin` of what was agreed. So the difference of any two
 *         publications, and the difference to what was agreed, is never a group of one to `cellMin - 1`.
 *         Totals are sums of published numbers and carry nothing of their own.
 * Why     What is published depends on the order of the log alone, never on when somebody looked: whoever publishes
 *         more often learns no more.
 */

export interface PublicationRules {
  /** The newest part of the log that is held back, in hours. */
  readonly delayHours: number;
  /** The smallest group that may be read; 0 and 1 hold nothing back. */
  readonly cellMin: number;
  /** Legs whose numbers the terms keep undisclosed. */
  readonly undisclosed: ReadonlySet<string>;
}

/** One number as it is published. */
export type Released =
  | { readonly kind: 'shown'; readonly value: number }
  /** Fewer than `cellMin`, or none: which of them is not told. */
  | { readonly kind: 'held-back' }
  | { readonly kind: 'undisclosed' };

/**
 * A number that follows a count as the log goes on. Give it every value in the order of the log.
 *
 * Hides   The distance between the count and what is published: always less than what may not be read.
 */
export class ReleasedCount {
  readonly #cellMin: number;
  readonly #agreed: number | undefined;
  #published = 0;

  constructor(cellMin: number, agreed: number | undefined) {
    this.#cellMin = Math.max(1, cellMin);
    this.#agreed = agreed;
  }

  /** What may be read after the count has become `count`. */
  take(count: number): number {
    const isReadable = (group: number): boolean => group === 0 || Math.abs(group) >= this.#cellMin;
    const candidates = [count, this.#beforeAll(count)];
    for (const next of candidates) {
      const rest = this.#agreed === undefined ? 0 : this.#agreed - next;
      if (isReadable(next) && isReadable(next - this.#published) && isReadable(rest)) {
        this.#published = next;
        break;
      }
    }
    return this.#published;
  }

  /** The most that may be shown while fewer than `cellMin` of those agreed are still to come. */
  #beforeAll(count: number): number {
    if (this.#agreed === undefined || count >= this.#agreed) return this.#published;
    return Math.min(count, this.#agreed - this.#cellMin);
  }

  get published(): number {
    return this.#published;
  }
}

export function toReleased(value: number, cellMin: number, isUndisclosed: boolean): Released {
  if (isUndisclosed) return { kind: 'undisclosed' };
  return value === 0 && cellMin > 1 ? { kind: 'held-back' } : { kind: 'shown', value };
}

/** The sum of what is shown; undisclosed where nothing is. */
export function sumReleased(parts: readonly Released[]): Released {
  const shown = parts.filter((part) => part.kind === 'shown');
  if (shown.length > 0) return { kind: 'shown', value: shown.reduce((sum, { value }) => sum + value, 0) };
  return parts.some(({ kind }) => kind === 'held-back') ? { kind: 'held-back' } : { kind: 'undisclosed' };
}
