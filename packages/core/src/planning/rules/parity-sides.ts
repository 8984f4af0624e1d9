/** Parity of two sides, as the checker sees it. */
import type { ParityEqualRule, ParityRatioRule } from '../problem/problem.ts';
import { total, type PlacedPersons } from './placed-persons.ts';

/** How the places break `left : right = a : b`, tranche by tranche or in all. */
export function toParityFaults(
  { left: leftLegs, right: rightLegs, over }: ParityEqualRule | ParityRatioRule,
  [a, b]: readonly [number, number],
  placed: PlacedPersons,
): readonly string[] {
  const left = placed.count({ legs: leftLegs });
  const right = placed.count({ legs: rightLegs });
  const compare = (l: number, r: number, where: string): readonly string[] =>
    l * b === r * a
      ? []
      : [`${where}: ${l} on ${leftLegs.join('+')} against ${r} on ${rightLegs.join('+')}, ${a}:${b} agreed`];
  return over === 'total'
    ? compare(total(left), total(right), 'in all')
    : left.flatMap((l, tranche) => compare(l, right[tranche] ?? 0, `tranche ${placed.nameOf(tranche)}`));
}
