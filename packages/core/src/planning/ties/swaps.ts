/**
 * The last tie-break: two who could swap their places without a rule or a level noticing do so, when the one
 * who then goes earlier is the longer in captivity, or equally long and first by entry id.
 *
 * Law     spec/planning.md [PL-24]. A swap keeps every rule and leaves every level at its value. Days of
 *         captivity waited fall with each, then those of the longest, then ids come in order: it ends.
 * Cost    Persons alike in all but captivity are looked at as one, within a step of captivity: one look for each
 *         two such groups in two places, bounded by `looksMax` for each time round.
 */
import { toBinding } from '../rules/binding.ts';
import { perRoster } from '../problem/per-roster.ts';
import type { Binding } from '../rules/binder.ts';
import { getAlikeKinds } from './alike.ts';
import { toBuckets, type Block, type Bucket } from './blocks.ts';
import { toExposure } from '../objectives/exposure.ts';
import { isNamedKept, isTogether, toNamedChecks, type NamedCheck } from './named-checks.ts';
import type { Objective, Rule } from '../problem/problem.ts';
import {
  isPlannable,
  toDays,
  toFacilityNumbers,
  toPreviousPositions,
  type Positions,
  type Roster,
} from '../problem/roster.ts';
import { toRuleSums, type RuleSum } from '../rules/rule-sums.ts';
import { toSelection } from '../problem/selection.ts';

/** Looks at two groups, and at names in rules, in one time round: beyond them ties are left as they are. */
const looksMax = 20_000_000;

/** Two blocks of whom the first would rather stand where the second does. */
export interface Swap {
  readonly waiting: readonly number[];
  readonly before: readonly number[];
}

/** Makes every swap there is, one after another. False when asked to stop before the last. */
export function settleTies(roster: Roster, positions: Positions, isStopped: () => boolean): boolean {
  const search = openSearch(roster, positions);
  while (search.goRound(true, isStopped)) if (isStopped()) return false;
  return !isStopped();
}

/** A swap that the places still allow; undefined when there is none. */
export function findSwap(roster: Roster, positions: Positions): Swap | undefined {
  return openSearch(roster, positions.slice()).goRound(false, () => false);
}

interface GateCheck {
  /** The numbers of its two sums. */
  readonly open: number;
  readonly after: number;
  readonly count: number;
  readonly isSame: boolean;
}

/** What does not depend on places. */
interface Standing {
  readonly binding: Binding;
  readonly buckets: readonly Bucket[];
  /** Those of gates at the end: they have no bounds of their own. */
  readonly sums: readonly RuleSum[];
  readonly gates: readonly GateCheck[];
  readonly countsOf: (index: number) => Counts;
  readonly named: readonly NamedCheck[];
  /** The named checks that each person stands in. */
  readonly namedOf: ReadonlyMap<number, readonly number[]>;
  readonly exposure: Int32Array | undefined;
  readonly facilities: Int32Array | undefined;
  readonly previous: Int16Array | undefined;
}

interface Search {
  /** Looks at everything once: the first swap found, after having made it and all others when asked. */
  goRound(isMade: boolean, isStopped: () => boolean): Swap | undefined;
}

interface Group {
  readonly block: Block;
  readonly place: number;
  /** Places in the bucket's order, ascending. */
  readonly ranks: number[];
}

function openSearch(roster: Roster, positions: Positions): Search {
  const off = roster.trancheCount;
  const standing = getStanding(roster);
  const { binding, sums, gates, countsOf, named, namedOf, exposure, facilities, previous } = standing;
  const gatesOf = new Set(gates.flatMap(({ open, after }) => [open, after]));
  const days = toDays(roster);
  const dayCount = Math.max(0, ...days) + 1;
  /** How many are fetched from facility f on day d, at f * dayCount + d. */
  const fetched = new Map<number, number>();
  /** What each sum comes to in each of its groups. */
  const totals = sums.map(({ low }) => low.map(() => 0));
  let isCounted = false;
  const fetch = (index: number, place: number, by: number): void => {
    const facility = facilities?.[index] ?? -1;
    if (facility < 0 || place >= off) return;
    const key = facility * dayCount + (days[place] ?? 0);
    fetched.set(key, (fetched.get(key) ?? 0) + by);
  };
  const count = (index: number, place: number, by: number): void => {
    for (const [at, factor] of countsOf(index)) {
      const group = sums[at]?.groupOf[place] ?? -1;
      const total = totals[at];
      if (group >= 0 && total !== undefined) total[group] = (total[group] ?? 0) + by * factor;
    }
  };
  /** Few plans come so far that anybody has to be counted. */
  const countAll = (): void => {
    if (isCounted) return;
    isCounted = true;
    roster.persons.forEach((person, index) => {
      const place = positions[index] ?? off;
      if (place >= off) return;
      count(index, place, 1);
      if (isPlannable(person)) fetch(index, place, 1);
    });
  };
  let looks = 0;
  const placeOf = ({ members }: Block): number => positions[members[0] ?? 0] ?? off;
  const isMover = (block: Block): boolean =>
    previous !== undefined && block.members.some((index) => previous[index] !== positions[index]);

  const isOpen = ({ members }: Block, place: number): boolean =>
    members.every((index) =>
      place === off ? binding.mustGo[index] !== 1 : binding.open[index * off + place] === 1,
    );
  const nets = new Map<Counts, Map<Counts, Counts>>();
  /** By how much each sum changes in the place of the first when the second stands there. */
  const toNet = (one: Block, other: Block): Counts => {
    const [first, second] = [one.members[0] ?? 0, other.members[0] ?? 0].map(countsOf);
    const isSingle = one.members.length === 1 && first !== undefined && second !== undefined;
    const known = isSingle ? nets.get(first)?.get(second) : undefined;
    if (known !== undefined) return known;
    const net = new Map<number, number>();
    for (const [members, sign] of [
      [one.members, 1],
      [other.members, -1],
    ] as const)
      for (const index of members)
        for (const [sum, factor] of countsOf(index)) net.set(sum, (net.get(sum) ?? 0) + sign * factor);
    const made = [...net].filter(([, by]) => by !== 0);
    if (isSingle) {
      const ofFirst = nets.get(first) ?? new Map<Counts, Counts>();
      nets.set(first, ofFirst.set(second, made));
    }
    return made;
  };
  const keepsSums = (one: Block, other: Block, from: number, to: number): boolean => {
    const net = toNet(one, other);
    for (const [at, by] of net) {
      const sum = sums[at];
      if (sum === undefined) continue;
      const [left, entered] = [sum.groupOf[from] ?? -1, sum.groupOf[to] ?? -1];
      if (left === entered) continue;
      for (const [group, change] of [
        [left, -by],
        [entered, by],
      ] as const) {
        if (group < 0) continue;
        const value = (totals[at]?.[group] ?? 0) + change;
        if (!(value >= (sum.low[group] ?? 0) && value <= (sum.high[group] ?? 0))) return false;
      }
    }
    if (!net.some(([at]) => gatesOf.has(at))) return true;
    const by = new Map(net);
    return gates.every((gate) => keepsGate(gate, by, from, to));
  };
  const keepsGate = (
    gate: GateCheck,
    net: ReadonlyMap<number, number>,
    from: number,
    to: number,
  ): boolean => {
    const at = (sum: number, tranche: number): number => {
      const by = net.get(sum) ?? 0;
      return (totals[sum]?.[tranche] ?? 0) + (tranche === to ? by : 0) - (tranche === from ? by : 0);
    };
    let before = 0;
    for (let tranche = 0; tranche < off; tranche += 1) {
      const crossed = at(gate.after, tranche);
      if (at(gate.open, tranche) > 0 && before + (gate.isSame ? crossed : 0) < gate.count) return false;
      before += crossed;
    }
    return true;
  };
  const keepsFacilityDays = (one: Block, other: Block, from: number, to: number): boolean => {
    countAll();
    if (facilities === undefined) return true;
    const changes = new Map<number, number>();
    const add = (index: number, place: number, by: number): void => {
      const facility = facilities[index] ?? -1;
      if (facility < 0 || place >= off) return;
      const key = facility * dayCount + (days[place] ?? 0);
      changes.set(key, (changes.get(key) ?? 0) + by);
    };
    for (const index of one.members) {
      add(index, from, -1);
      add(index, to, 1);
    }
    for (const index of other.members) {
      add(index, to, -1);
      add(index, from, 1);
    }
    let used = 0;
    for (const [key, by] of changes) {
      const was = fetched.get(key) ?? 0;
      used += Number(was + by > 0) - Number(was > 0);
    }
    return used === 0;
  };
  const keepsChange = (one: Block, other: Block, from: number, to: number): boolean => {
    if (previous === undefined) return true;
    let more = 0;
    for (const index of one.members)
      more += Number(previous[index] === from) - Number(previous[index] === to);
    for (const index of other.members)
      more += Number(previous[index] === to) - Number(previous[index] === from);
    return more === 0;
  };
  const keepsFallback = (one: Block, other: Block, from: number, to: number): boolean => {
    if (exposure === undefined || (from < off && to < off)) return true;
    const sum = ({ members }: Block): number =>
      members.reduce((total, index) => total + (exposure[index] ?? 0), 0);
    return sum(one) === sum(other);
  };
  const set = ({ members }: Block, place: number): void => {
    for (const index of members) positions[index] = place;
  };
  const keepsNames = (one: Block, other: Block, from: number, to: number): boolean => {
    const touched = new Set([...one.members, ...other.members].flatMap((index) => namedOf.get(index) ?? []));
    if (touched.size === 0) return true;
    const wishes = (): number => {
      let apart = 0;
      for (const at of touched) {
        const check = named[at];
        if (check?.kind === 'wish') apart += Number(!isTogether(check.persons, positions));
      }
      return apart;
    };
    const before = wishes();
    set(one, to);
    set(other, from);
    let isKept = wishes() === before;
    for (const at of touched) {
      const check = named[at];
      if (check === undefined) continue;
      looks += check.persons.length + check.companions.length;
      if (isKept) isKept = isNamedKept(check, positions, off);
    }
    set(one, from);
    set(other, to);
    return isKept;
  };
  const isSwap = (one: Block, other: Block): boolean => {
    const [from, to] = [placeOf(one), placeOf(other)];
    return (
      keepsChange(one, other, from, to) &&
      isOpen(one, to) &&
      isOpen(other, from) &&
      keepsFallback(one, other, from, to) &&
      keepsFacilityDays(one, other, from, to) &&
      keepsSums(one, other, from, to) &&
      keepsNames(one, other, from, to)
    );
  };
  const swap = (one: Block, other: Block): void => {
    const [from, to] = [placeOf(one), placeOf(other)];
    for (const [{ members }, was, is] of [
      [one, from, to],
      [other, to, from],
    ] as const)
      for (const index of members) {
        if (was < off) count(index, was, -1);
        if (is < off) count(index, is, 1);
        fetch(index, was, -1);
        fetch(index, is, 1);
        positions[index] = is;
      }
  };

  /** The first swap of a bucket, after all that follow from it when they are made. */
  const lookAt = (bucket: Bucket, isMade: boolean, isStopped: () => boolean): Swap | undefined => {
    if (isOrdered(bucket, placeOf)) return undefined;
    if (previous !== undefined && !bucket.some(isMover)) return undefined;
    const groups: Group[] = [];
    const known = new Map<number, Group>();
    const join = (rank: number): void => {
      const block = bucket[rank];
      if (block === undefined) return;
      const place = placeOf(block);
      // Kinds are whole numbers from minus the number of persons and places on.
      const key = block.kind * (off + 1) + place;
      const group = known.get(key);
      if (group === undefined) {
        const made = { block, place, ranks: [rank] };
        known.set(key, made);
        groups.push(made);
      } else {
        let at = group.ranks.length;
        while (at > 0 && (group.ranks[at - 1] ?? 0) > rank) at -= 1;
        group.ranks.splice(at, 0, rank);
      }
    };
    for (let rank = 0; rank < bucket.length; rank += 1) join(rank);
    let first: Swap | undefined;
    for (let isAgain = true; isAgain;) {
      isAgain = false;
      for (const one of groups)
        for (const other of groups) {
          looks += 1;
          if (looks > looksMax || (looks % 1024 === 0 && isStopped())) return first;
          if (other.place >= one.place) continue;
          for (;;) {
            const [high = -1, low = -1] = [one.ranks[0], other.ranks.at(-1)];
            const [waiting, before] = [bucket[high], bucket[low]];
            if (high >= low || waiting === undefined || before === undefined) break;
            if (high < 0 || !isSwap(waiting, before)) break;
            first ??= { waiting: waiting.members, before: before.members };
            if (!isMade) return first;
            swap(waiting, before);
            one.ranks.shift();
            other.ranks.pop();
            join(high);
            join(low);
            isAgain = true;
          }
        }
    }
    return first;
  };
  return {
    goRound(isMade, isStopped) {
      looks = 0;
      let first: Swap | undefined;
      for (const bucket of standing.buckets) {
        if (looks > looksMax || isStopped()) break;
        const found = lookAt(bucket, isMade, isStopped);
        first ??= found;
        if (found !== undefined && !isMade) break;
      }
      return first;
    },
  };
}

/** Whether nobody in the bucket goes later than one who stands after them. */
function isOrdered(bucket: Bucket, placeOf: (block: Block) => number): boolean {
  let last = 0;
  for (const block of bucket) {
    const place = placeOf(block);
    if (place < last) return false;
    last = place;
  }
  return true;
}

/** How often someone counts in which sums. */
type Counts = readonly (readonly [sum: number, factor: number])[];

/** For each person, the sums in which that one counts: the same list for all who count alike. */
function toCountsOf(roster: Roster, sums: readonly RuleSum[]): (index: number) => Counts {
  const { classOf, findMatches } = toSelection(roster);
  const kinds = getAlikeKinds(roster);
  const matched = sums.map(({ terms }) => terms.map(([who, factor]) => [findMatches(who), factor] as const));
  const byKind: Counts[] = [];
  const byClass: Counts[] = [];
  const same = new Map<string, Counts>();
  const read = (description: number): Counts => {
    const made: (readonly [number, number])[] = [];
    matched.forEach((terms, sum) => {
      let factor = 0;
      for (const [matches, each] of terms) factor += (matches[description] ?? 0) * each;
      if (factor !== 0) made.push([sum, factor]);
    });
    const key = made.join(' ');
    const known = same.get(key);
    if (known !== undefined) return known;
    same.set(key, made);
    return made;
  };
  return (index) => {
    // Persons of a kind count alike; who is tied to others has a description alone.
    const kind = kinds[index] ?? -1;
    const description = classOf[index] ?? 0;
    const [known, at] = kind < 0 ? [byClass, description] : [byKind, kind];
    return (known[at] ??= read(description));
  };
}

const getStanding: (roster: Roster) => Standing = perRoster((roster) => {
  const has = (kind: Objective['kind']): boolean => roster.objectives.some((one) => one.kind === kind);
  const binding = toBinding(roster);
  const named = toNamedChecks(roster, has('families'));
  const namedOf = new Map<number, number[]>();
  named.forEach(({ persons, companions }, at) => {
    for (const index of new Set([...persons, ...companions])) {
      const list = namedOf.get(index);
      if (list === undefined) namedOf.set(index, [at]);
      else list.push(at);
    }
  });
  const sums = [...toRuleSums(roster)];
  const gates: GateCheck[] = [];
  for (const rule of roster.problem.rules) {
    if (rule.kind !== 'gate') continue;
    const open = sums.push(toLegSum(roster, rule, rule.open)) - 1;
    const after = sums.push(toLegSum(roster, rule, rule.after)) - 1;
    gates.push({ open, after, count: rule.count, isSame: rule.timing === 'same' });
  }
  return {
    binding,
    buckets: toBuckets(roster, binding),
    sums,
    gates,
    countsOf: toCountsOf(roster, sums),
    named,
    namedOf,
    exposure: has('fallback') ? toExposure(roster) : undefined,
    facilities: has('facilities') ? toFacilityNumbers(roster) : undefined,
    previous: has('change') ? toPreviousPositions(roster) : undefined,
  };
});

/** What a gate compares, tranche by tranche. */
function toLegSum(roster: Roster, rule: Rule, legs: readonly string[]): RuleSum {
  const all = Array.from({ length: roster.trancheCount }, (_, tranche) => tranche);
  const [low, high] = [all.map(() => -Infinity), all.map(() => Infinity)];
  return { rule, terms: [[{ legs }, 1]], groupOf: all, low, high };
}
