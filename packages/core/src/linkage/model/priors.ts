/** Shipped priors: what a field looks like before any data, from the damage that lists of persons usually show. */
import { kinds, type ColumnKind } from '../kinds/index.ts';
import type { Level, Share } from '../kinds/kind.ts';

/** Index = level; 0 (missing) is unused. */
export interface Prior {
  readonly m: readonly number[];
  readonly u: readonly number[];
}

const isOfLetter = ({ role }: Level): boolean => role === 'initial' || role === 'other-initial';

/**
 * True for the two levels at which a letter and a name, or two letters, can stand: the name's own initial, and another.
 * Pairs of which one is only a letter are a kind of their own, and their shares are of those.
 */
export function isInitialLevel(kind: ColumnKind, level: number): boolean {
  return isOfLetter(kinds[kind].levels[level]!);
}

/** Sums of a list over the levels of whole values and over those of letters; level 0 is in neither. */
export function sumKinds(
  kind: ColumnKind,
  list: readonly number[],
): readonly [whole: number, letters: number] {
  let whole = 0;
  let letters = 0;
  for (let level = 1; level < list.length; level += 1)
    if (isInitialLevel(kind, level)) letters += list[level]!;
    else whole += list[level]!;
  return [whole, letters];
}

/** @param crossScript share of pairs whose values stand in different scripts */
export function getPrior(kind: ColumnKind, crossScript: number): Prior {
  const { levels } = kinds[kind];
  const at = (share: Share): number => (typeof share === 'number' ? share : share(crossScript));
  const normalise = (pick: (level: Level) => Share): number[] => {
    let sum = 0;
    for (const level of levels.slice(1)) if (!isOfLetter(level)) sum += Math.max(at(pick(level)), 1e-7);
    return levels.map((level, number) => {
      if (number === 0) return 0;
      return isOfLetter(level) ? at(pick(level)) : Math.max(at(pick(level)), 1e-7) / sum;
    });
  };
  return { m: normalise((level) => level.m), u: normalise((level) => level.u) };
}
