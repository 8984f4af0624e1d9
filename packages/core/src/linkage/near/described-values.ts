/** What is known of each value of a column by itself, before any two are compared. */
import type { NameForm } from '../../names/index.ts';

/** A free text or a place. */
export interface TextForm {
  readonly text: string;
  readonly fold: string;
  /** The key in which slips are looked for. */
  readonly edits: string;
  readonly place: number | undefined;
  readonly words: readonly string[];
}

/** Parallel lists; index = value, 0 is missing. Lists that a kind has no use for are undefined. */
export interface DescribedValues {
  readonly names: readonly (NameForm | undefined)[] | undefined;
  readonly texts: readonly (TextForm | undefined)[] | undefined;
  readonly dates: Int32Array | undefined;
  /** Values with one key count as one in blocking and in the term-frequency adjustment. */
  readonly groupKeys: readonly string[];
}

/** Values of which nothing is known but their letters. */
export function describePlainly(texts: readonly string[]): DescribedValues {
  return { names: undefined, texts: undefined, dates: undefined, groupKeys: texts };
}
