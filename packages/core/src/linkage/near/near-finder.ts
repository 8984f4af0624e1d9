/** How a kind of column finds the values that are near each other; each kind that has near values has one finder. */
import type { DescribedValues } from './described-values.ts';

/** Pairs of near values as parallel lists (low < high, in ascending order, each once). */
export interface NearLevels {
  readonly lows: number[];
  readonly highs: number[];
  readonly levels: number[];
  /** Pairs that were not looked at because their bucket was too common. */
  readonly skipped: number;
}

/** A search among the values of a larger dictionary. */
export interface NearSearch {
  /** The edits the whole dictionary is searched for. */
  readonly mostEdits: number;
  /** 1 for values whose neighbours are wanted. */
  readonly own: Uint8Array;
}

export interface NearFinder {
  /**
   * Levels of all near pairs among some values.
   *
   * @param rare telling words of a text column
   * @param search absent: the values are the whole dictionary, and all pairs are wanted
   */
  find(
    texts: readonly string[],
    described: DescribedValues,
    rare: ReadonlySet<string> | undefined,
    search?: NearSearch,
  ): NearLevels;
  /** Strings under which a value is found by those it may be near to, slips apart. */
  getKeys(described: DescribedValues, value: number): readonly string[];
  /** Under which keys the values that a value may be near to are looked for. */
  getWantedKeys(described: DescribedValues, value: number): readonly string[];
  /** The keys in which slips are looked for: one for each name of the value. */
  getSlipKeys(texts: readonly string[], described: DescribedValues, value: number): readonly string[];
  /** A dictionary of more values than this is not searched for slips. */
  readonly valuesMax: number;
}
