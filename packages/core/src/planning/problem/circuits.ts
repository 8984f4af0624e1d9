/**
 * The cycles and chains of legs that a circuit rule allows: a cycle ends where it began, a chain begins at
 * a power the rule names and passes through no power twice.
 *
 * Cost    Enumerates simple paths of at most `cap` legs that can still close; parsing bounds the circuits and the
 *         paths tried.
 */
import type { CircuitRule } from './problem.ts';
import { getIndex, type Circuit, type Roster } from './roster.ts';

/** More than this many circuits is refused when the problem is read. */
export const circuitsMax = 5_000;
/** So is what takes more paths than this to enumerate. */
const pathsMax = 1_000_000;

/** All circuits of the rule, shorter first, then by their legs. */
export function findCircuits(roster: Roster, rule: CircuitRule): readonly Circuit[] {
  const found = tryCircuits(roster, rule);
  if (found === undefined) throw new Error('a circuit rule of a parsed problem allows too many circuits');
  return found;
}

/** The same for a rule that nobody has bounded yet: undefined when it allows too many. */
export function tryCircuits(roster: Roster, rule: CircuitRule): readonly Circuit[] | undefined {
  // In the order of their ids: the order in which a rule names them has no meaning.
  const legs = rule.legs.map((id) => getIndex(roster.legIndex, id)).sort((one, other) => one - other);
  const order = new Map(legs.map((leg, index) => [leg, index]));
  const ends = (leg: number): { readonly from: string; readonly to: string } => {
    const found = roster.problem.legs[leg];
    if (found === undefined) throw new Error('a circuit names an unknown leg');
    return found;
  };
  const leaving = new Map<string, number[]>();
  for (const leg of legs) leaving.set(ends(leg).from, [...(leaving.get(ends(leg).from) ?? []), leg]);
  const found: Circuit[] = [];
  const starts = new Set(rule.starts ?? []);
  let paths = 0;
  /** Legs from each power to the origin, at least; powers that never lead there are absent. */
  let away: ReadonlyMap<string, number> = new Map();
  const extend = (path: readonly number[], visited: readonly string[], origin: string): void => {
    const last = path.at(-1);
    if (last === undefined || found.length > circuitsMax || paths > pathsMax) return;
    paths += 1;
    const here = ends(last).to;
    const first = order.get(path[0] ?? last) ?? 0;
    if (here === origin) {
      if (path.some((leg) => (order.get(leg) ?? 0) < first)) return;
      // A cycle is listed once, from its first leg; where links may follow one another, any of them may open it.
      const turns = rule.timing === 'gated' ? path.length : 1;
      for (let turn = 0; turn < turns; turn += 1)
        found.push({ legs: [...path.slice(turn), ...path.slice(0, turn)], isCycle: true });
      return;
    }
    if (visited.includes(here)) return;
    const isChain = starts.has(origin);
    if (isChain) found.push({ legs: path, isCycle: false });
    else if (path.length + (away.get(here) ?? Infinity) > rule.cap) return;
    if (path.length === rule.cap) return;
    for (const leg of leaving.get(here) ?? [])
      if (isChain || (order.get(leg) ?? 0) >= first) extend([...path, leg], [...visited, here], origin);
  };
  for (const leg of legs) {
    const origin = ends(leg).from;
    away = measureWays(legs.map(ends), origin);
    extend([leg], [origin], origin);
  }
  if (found.length > circuitsMax || paths > pathsMax) return undefined;
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

/** For each power from which the legs lead to the target: how many of them, at least. */
function measureWays(
  legs: readonly { readonly from: string; readonly to: string }[],
  target: string,
): ReadonlyMap<string, number> {
  const away = new Map([[target, 0]]);
  for (const [power, legCount] of away)
    for (const { from, to } of legs) if (to === power && !away.has(from)) away.set(from, legCount + 1);
  return away;
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
