/**
 * The cycles and chains of legs that a circuit rule allows: a cycle ends where it began, a chain begins at
 * a power the rule names and passes through no power twice.
 *
 * Cost    Enumerates simple paths of at most `cap` legs; parsing bounds their number.
 */
import type { CircuitRule } from './problem.ts';
import { getIndex, type Circuit, type Roster } from './roster.ts';

/** More than this many circuits is refused when the problem is read. */
export const circuitsMax = 5_000;

/** All circuits of the rule, shorter first, then by the legs in the rule's own order. */
export function findCircuits(roster: Roster, rule: CircuitRule): readonly Circuit[] {
  const legs = rule.legs.map((id) => getIndex(roster.legIndex, id));
  const order = new Map(legs.map((leg, index) => [leg, index]));
  const ends = (leg: number): { readonly from: string; readonly to: string } => {
    const found = roster.problem.legs[leg];
    if (found === undefined) throw new Error('a circuit names an unknown leg');
    return found;
  };
  const found: Circuit[] = [];
  const starts = new Set(rule.starts ?? []);
  const extend = (path: readonly number[], visited: readonly string[], origin: string): void => {
    const last = path.at(-1);
    if (last === undefined || found.length > circuitsMax) return;
    const here = ends(last).to;
    const first = path[0] ?? last;
    // A cycle is listed once: from its leg that stands first in the rule.
    if (here === origin) {
      if (path.every((leg) => (order.get(leg) ?? 0) >= (order.get(first) ?? 0))) {
        found.push({ legs: path, isCycle: true });
      }
      return;
    }
    if (visited.includes(here)) return;
    if (starts.has(origin)) found.push({ legs: path, isCycle: false });
    if (path.length === rule.cap) return;
    for (const leg of legs) {
      if (ends(leg).from === here) extend([...path, leg], [...visited, here], origin);
    }
  };
  for (const leg of legs) extend([leg], [ends(leg).from], ends(leg).from);
  return found.sort(
    (left, right) =>
      left.legs.length - right.legs.length ||
      Number(right.isCycle) - Number(left.isCycle) ||
      compareNumbers(
        left.legs.map((leg) => order.get(leg) ?? 0),
        right.legs.map((leg) => order.get(leg) ?? 0),
      ),
  );
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
