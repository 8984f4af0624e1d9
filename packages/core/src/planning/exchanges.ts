/**
 * The last tie-break: two who could exchange their places without a rule or a level noticing do so, when the one
 * who then goes earlier is the longer in captivity, or equally long and first by entry id.
 *
 * Law     spec/planning.md [PL-24]. An exchange keeps every rule and leaves every level at its value. Days of
 *         captivity waited fall with each, then those of the longest, then ids come in order: it ends.
 * Cost    Persons alike in all but captivity are looked at as one, within a step of captivity: one look for each
 *         two such groups in two places, bounded by `looksMax` for each time round.
 */
import { getAlikeKinds } from './alike.ts';
import { toBinding, toCaptivityOrder, type Binding } from './cells.ts';
import { toExposure } from './exposure.ts';
import { isPlannable, type Positions } from './measure.ts';
import { captivityStepDays, problemLimits, type Objective, type Rule, type Selector } from './problem.ts';
import {
  getIndex,
  getPersons,
  toDays,
  toFacilityNumbers,
  toPreviousPositions,
  toStep,
  type Roster,
} from './roster.ts';
import { toSelection } from './selection.ts';

/** Looks at two groups, and at names in rules, in one time round: beyond them ties are left as they are. */
const looksMax = 20_000_000;

/** One person, or those who move as one. */
interface Block {
  /** Person numbers, ascending. */
  readonly members: readonly number[];
  /** Equal for blocks that neither a rule nor an objective other than captivity tells apart. */
  readonly kind: number;
}

/** Two blocks of whom the first would rather stand where the second does. */
export interface Exchange {
  readonly waiting: readonly number[];
  readonly before: readonly number[];
}

/** Makes every exchange there is, one after another. False when asked to stop before the last. */
export function settleTies(roster: Roster, positions: Positions, isStopped: () => boolean): boolean {
  const search = openSearch(roster, positions);
  while (search.goRound(true, isStopped)) if (isStopped()) return false;
  return !isStopped();
}

/** An exchange that the places still allow; undefined when there is none. */
export function findExchange(roster: Roster, positions: Positions): Exchange | undefined {
  return openSearch(roster, positions.slice()).goRound(false, () => false);
}

/** A sum over selectors that rules bound, for groups of tranches. */
interface Family {
  readonly terms: readonly (readonly [who: Selector, factor: number])[];
  /** The group of each tranche; -1 where the rule does not look. */
  readonly groupOf: readonly number[];
  /** NaN on both sides of what stays as it is. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

interface GateCheck {
  readonly open: number;
  readonly after: number;
  readonly count: number;
  readonly isSame: boolean;
}

interface NamedCheck {
  readonly kind: 'only-with' | 'by-then' | 'apart' | 'wish';
  readonly persons: readonly number[];
  readonly companions: readonly number[];
}

/** Blocks that only captivity and the rules may tell apart, in the order in which they should go. */
type Bucket = readonly Block[];

/** What does not depend on places. */
interface Standing {
  readonly binding: Binding;
  readonly buckets: readonly Bucket[];
  readonly families: readonly Family[];
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
  /** Looks at everything once: the first exchange found, after having made it and all others when asked. */
  goRound(isMade: boolean, isStopped: () => boolean): Exchange | undefined;
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
  const { binding, families, gates, countsOf, named, namedOf, exposure, facilities, previous } = standing;
  const gatesOf = new Set(gates.flatMap(({ open, after }) => [open, after]));
  const days = toDays(roster);
  const dayCount = Math.max(0, ...days) + 1;
  /** How many are fetched from facility f on day d, at f * dayCount + d. */
  const fetched = new Map<number, number>();
  /** The sum of each family in each of its groups. */
  const sums = families.map(({ low }) => low.map(() => 0));
  let isCounted = false;
  const fetch = (index: number, place: number, by: number): void => {
    const facility = facilities?.[index] ?? -1;
    if (facility < 0 || place >= off) return;
    const key = facility * dayCount + (days[place] ?? 0);
    fetched.set(key, (fetched.get(key) ?? 0) + by);
  };
  const count = (index: number, place: number, by: number): void => {
    for (const [at, factor] of countsOf(index)) {
      const group = families[at]?.groupOf[place] ?? -1;
      const sum = sums[at];
      if (group >= 0 && sum !== undefined) sum[group] = (sum[group] ?? 0) + by * factor;
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
        for (const [family, factor] of countsOf(index))
          net.set(family, (net.get(family) ?? 0) + sign * factor);
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
      const family = families[at];
      if (family === undefined) continue;
      const [left, entered] = [family.groupOf[from] ?? -1, family.groupOf[to] ?? -1];
      if (left === entered) continue;
      for (const [group, change] of [
        [left, -by],
        [entered, by],
      ] as const) {
        if (group < 0) continue;
        const value = (sums[at]?.[group] ?? 0) + change;
        if (!(value >= (family.low[group] ?? 0) && value <= (family.high[group] ?? 0))) return false;
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
    const at = (family: number, tranche: number): number => {
      const by = net.get(family) ?? 0;
      return (sums[family]?.[tranche] ?? 0) + (tranche === to ? by : 0) - (tranche === from ? by : 0);
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
  const isExchange = (one: Block, other: Block): boolean => {
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
  const exchange = (one: Block, other: Block): void => {
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

  /** The first exchange of a bucket, after all that follow from it when they are made. */
  const lookAt = (bucket: Bucket, isMade: boolean, isStopped: () => boolean): Exchange | undefined => {
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
    let first: Exchange | undefined;
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
            if (high < 0 || !isExchange(waiting, before)) break;
            first ??= { waiting: waiting.members, before: before.members };
            if (!isMade) return first;
            exchange(waiting, before);
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
      let first: Exchange | undefined;
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

function isTogether(persons: readonly number[], positions: Positions): boolean {
  const place = positions[persons[0] ?? 0];
  return persons.every((index) => positions[index] === place);
}

function isNamedKept(check: NamedCheck, positions: Positions, off: number): boolean {
  const { kind, persons, companions } = check;
  const at = (index: number): number => positions[index] ?? off;
  switch (kind) {
    case 'wish':
      return true;
    case 'apart': {
      const placed = persons.map(at).filter((place) => place < off);
      return new Set(placed).size === placed.length;
    }
    case 'only-with':
    case 'by-then': {
      const last = companions.reduce((latest, index) => Math.max(latest, at(index)), 0);
      const isOne = kind === 'by-then' || isTogether(companions, positions);
      return persons.every((index) => {
        const here = at(index);
        return here === off || (kind === 'by-then' ? last <= here : isOne && last === here);
      });
    }
  }
}

const needs = ['seat', 'stretcher', 'ambulance'] as const;
const everyLane = ['exchange', 'direct-repatriation', 'civilian-release', 'remains'] as const;

/** The sums that rules bound. Of circuits the plan states how many run: their sums stay as they are. */
function toFamilies(roster: Roster): {
  readonly families: readonly Family[];
  readonly gates: readonly GateCheck[];
} {
  const off = roster.trancheCount;
  const all = Array.from({ length: off }, (_, tranche) => tranche);
  const days = toDays(roster);
  const families: Family[] = [];
  const gates: GateCheck[] = [];
  const add = (
    terms: Family['terms'],
    groupOf: readonly number[],
    low: number | readonly number[],
    high: number | readonly number[],
  ): number => {
    const size = Math.max(-1, ...groupOf) + 1;
    const spread = (bound: number | readonly number[]): number[] =>
      Array.from({ length: size }, (_, group) => (typeof bound === 'number' ? bound : (bound[group] ?? 0)));
    families.push({ terms, groupOf, low: spread(low), high: spread(high) });
    return families.length - 1;
  };
  const only = (tranche: string | undefined): readonly number[] => {
    if (tranche === undefined) return all;
    const at = getIndex(roster.trancheIndex, tranche);
    return all.map((one) => (one === at ? 0 : -1));
  };
  const over = (kind: 'tranche' | 'total' | undefined): readonly number[] =>
    kind === 'total' ? all.map(() => 0) : all;
  const { legs } = roster.problem;
  const toRow = (rule: Rule): void => {
    switch (rule.kind) {
      case 'parity':
        switch (rule.form) {
          case 'one-way':
            return;
          case 'fixed':
            for (const leg of rule.legs) add([[{ legs: [leg] }, 1]], all, rule.counts, rule.counts);
            return;
          case 'balance':
            for (const power of rule.powers)
              add(
                [
                  [{ legs: legs.filter(({ from }) => from === power).map(({ id }) => id) }, 1],
                  [{ legs: legs.filter(({ to }) => to === power).map(({ id }) => id) }, -1],
                ],
                all,
                0,
                0,
              );
            return;
          case 'equal':
          case 'ratio': {
            const [a, b] = rule.form === 'ratio' ? rule.ratio : ([1, 1] as const);
            add(
              [
                [{ legs: rule.left }, b],
                [{ legs: rule.right }, -a],
              ],
              over(rule.over),
              0,
              0,
            );
            return;
          }
        }
      // eslint-disable-next-line no-fallthrough -- every form above returns
      case 'quota':
        add(
          [[rule.who, 1]],
          rule.tranche === undefined ? over(rule.over) : only(rule.tranche),
          rule.exact ?? rule.min ?? -Infinity,
          rule.exact ?? rule.max ?? Infinity,
        );
        return;
      case 'capacity': {
        const own = legs.filter(({ crossing }) => crossing === rule.crossing).map(({ id }) => id);
        add([[{ legs: own, lanes: everyLane }, 1]], only(rule.tranche), -Infinity, rule.max);
        return;
      }
      case 'vehicles':
        for (const need of needs) {
          const places = rule.vehicles.reduce((sum, vehicle) => sum + (vehicle[`${need}s`] ?? 0), 0);
          const who = { legs: rule.legs, lanes: everyLane, needs: [need] };
          add([[who, 1]], only(rule.tranche), -Infinity, places);
        }
        return;
      case 'facility':
        add([[{ facilities: [rule.facility], lanes: everyLane }, 1]], days, -Infinity, rule.max);
        return;
      case 'circuit':
        for (const leg of rule.legs) add([[{ legs: [leg] }, 1]], all, NaN, NaN);
        return;
      case 'gate':
        gates.push({
          open: add([[{ legs: rule.open }, 1]], all, -Infinity, Infinity),
          after: add([[{ legs: rule.after }, 1]], all, -Infinity, Infinity),
          count: rule.count,
          isSame: rule.timing === 'same',
        });
        return;
      case 'must-go':
      case 'veto':
      case 'place':
      case 'package':
      case 'family':
      case 'apart':
        return;
    }
  };
  for (const rule of roster.problem.rules) toRow(rule);
  return { families, gates };
}

/** How often someone counts in which sums. */
type Counts = readonly (readonly [family: number, factor: number])[];

/** For each person, the sums in which that one counts: the same list for all who count alike. */
function toCountsOf(roster: Roster, families: readonly Family[]): (index: number) => Counts {
  const { classOf, findMatches } = toSelection(roster);
  const kinds = getAlikeKinds(roster);
  const matched = families.map(({ terms }) =>
    terms.map(([who, factor]) => [findMatches(who), factor] as const),
  );
  const byKind: Counts[] = [];
  const byClass: Counts[] = [];
  const same = new Map<string, Counts>();
  const read = (description: number): Counts => {
    const made: (readonly [number, number])[] = [];
    matched.forEach((terms, family) => {
      let factor = 0;
      for (const [matches, each] of terms) factor += (matches[description] ?? 0) * each;
      if (factor !== 0) made.push([family, factor]);
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

const knownStanding = new WeakMap<Roster, Standing>();

function getStanding(roster: Roster): Standing {
  const known = knownStanding.get(roster);
  if (known !== undefined) return known;
  const has = (kind: Objective['kind']): boolean => roster.objectives.some((one) => one.kind === kind);
  const binding = toBinding(roster);
  const kinds = getAlikeKinds(roster);
  const stepDays = roster.objectives.flatMap((one) =>
    one.kind === 'captivity-total' || one.kind === 'captivity-leximin'
      ? [one.stepDays ?? captivityStepDays]
      : [],
  );
  const steps = [...new Set(stepDays)].map((step) => [step, new Map<number, number>()] as const);
  const [isByLane, isByNeed] = [has('legal-lanes'), has('medical')];
  /** Equal for persons whom no objective on its own tells apart. */
  const toSort = (index: number): number => {
    const person = roster.persons[index];
    if (person === undefined) return 0;
    let sort = isByLane && person.lane !== 'exchange' ? 1 : 0;
    sort = sort * 3 + (isByNeed ? needs.indexOf(person.need) : 0);
    for (const [step, numbers] of steps) {
      const key = sort * (problemLimits.days + 1) + toStep(person.days, step);
      const known = numbers.get(key);
      if (known === undefined) numbers.set(key, (sort = numbers.size));
      else sort = known;
    }
    return sort;
  };
  const buckets = new Map<number | string, Block[]>();
  const put = (key: number | string, block: Block): void => {
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [block]);
    else bucket.push(block);
  };
  const units = new Map<number, number[]>();
  // In this order those who go alone come as they should go.
  for (const index of toCaptivityOrder(roster)) {
    if (roster.persons[index]?.group !== undefined) continue;
    const root = binding.unitOf[index] ?? index;
    const kind = kinds[index] ?? 0;
    const unit = units.get(root);
    if (unit !== undefined) unit.push(index);
    else if (kind < 0) units.set(root, [index]);
    else if (roster.persons[index]?.ineligible === undefined) put(toSort(index), { members: [index], kind });
  }
  const isSorted = new Set(buckets.keys());
  for (const members of units.values()) {
    if (members.some((index) => roster.persons[index]?.ineligible !== undefined)) continue;
    const sorts = members.map(toSort).sort((a, b) => a - b);
    const key = sorts.length === 1 ? (sorts[0] ?? 0) : sorts.join(' ');
    put(key, { members: members.sort((a, b) => a - b), kind: kinds[members[0] ?? 0] ?? 0 });
    isSorted.delete(key);
  }
  for (const [key, bucket] of buckets) if (!isSorted.has(key)) sortBlocks(roster, bucket);
  const named = toNamedChecks(roster, has('families'));
  const namedOf = new Map<number, number[]>();
  named.forEach(({ persons, companions }, at) => {
    for (const index of new Set([...persons, ...companions])) {
      const list = namedOf.get(index);
      if (list === undefined) namedOf.set(index, [at]);
      else list.push(at);
    }
  });
  const { families, gates } = toFamilies(roster);
  const standing: Standing = {
    binding,
    buckets: [...buckets.values()].filter(({ length }) => length > 1),
    families,
    gates,
    countsOf: toCountsOf(roster, families),
    named,
    namedOf,
    exposure: has('fallback') ? toExposure(roster) : undefined,
    facilities: has('facilities') ? toFacilityNumbers(roster) : undefined,
    previous: has('change') ? toPreviousPositions(roster) : undefined,
  };
  knownStanding.set(roster, standing);
  return standing;
}

function toNamedChecks(roster: Roster, isByFamily: boolean): readonly NamedCheck[] {
  return roster.problem.rules.flatMap((rule): readonly NamedCheck[] => {
    if (rule.kind === 'apart')
      return [{ kind: 'apart', persons: getPersons(roster, rule.persons), companions: [] }];
    if (rule.kind === 'package' && rule.form === 'only-with')
      return [
        {
          kind: rule.timing === 'by-then' ? 'by-then' : 'only-with',
          persons: getPersons(roster, rule.persons),
          companions: getPersons(roster, rule.with),
        },
      ];
    if (rule.kind === 'family' && rule.form === 'wish' && isByFamily) {
      const persons = getPersons(roster, rule.persons).filter((index) => {
        const person = roster.persons[index];
        return person !== undefined && isPlannable(person);
      });
      return [{ kind: 'wish', persons, companions: [] }];
    }
    return [];
  });
}

/** More days in all first, then the longest of them, then by entry id. */
function sortBlocks(roster: Roster, blocks: Block[]): void {
  const days = new Map(
    blocks.map((block) => [
      block,
      block.members.map((index) => roster.persons[index]?.days ?? 0).sort((a, b) => b - a),
    ]),
  );
  const sums = new Map([...days].map(([block, own]) => [block, own.reduce((sum, day) => sum + day, 0)]));
  blocks.sort((one, other) => {
    const more = (sums.get(other) ?? 0) - (sums.get(one) ?? 0);
    if (more !== 0) return more;
    const [mine = [], theirs = []] = [days.get(one), days.get(other)];
    for (const [at, day] of mine.entries()) if (day !== theirs[at]) return (theirs[at] ?? 0) - day;
    return (one.members[0] ?? 0) - (other.members[0] ?? 0);
  });
}
