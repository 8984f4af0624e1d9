/**
 * Cells: persons whom neither a rule nor an objective in view tells apart, counted together, and units of
 * persons who move as one. A problem over cells has the same optimum as over persons (spec/planning.md,
 * "How it is solved") and is smaller by the number of persons in a cell.
 *
 * Cost    One pass over the persons for each attribute in view, one answer per description and selector.
 */
import { isPlannable } from '../objectives/measure.ts';
import {
  captivityStepDays,
  everyLane,
  needs,
  problemLimits,
  type Objective,
  type Rule,
  type Selector,
} from '../problem/problem.ts';
import { toSelection } from '../problem/selection.ts';
import {
  getIndex,
  getPersons,
  toFacilityNumbers,
  toPreviousPositions,
  toStep,
  type Roster,
  type RosterPerson,
} from '../problem/roster.ts';

export interface Cell {
  /** Person numbers: longest in captivity first, then by id. */
  readonly members: readonly number[];
  /** `pool`: each goes alone. `unit`: all go in one tranche or none. */
  readonly kind: 'pool' | 'unit';
  /** 1 for each tranche that is open to the cell. */
  readonly open: Uint8Array;
  readonly mustGo: boolean;
}

export interface Cells {
  readonly cells: readonly Cell[];
  /** The cell of each person; -1 for who cannot be planned. */
  readonly cellOf: Int32Array;
}

/** The place of a person of whom an earlier formulation has left nothing open; `undecided` otherwise. */
export const undecided = -1;

/** What the rules say of each person by name, and which persons they tie to others. */
export interface Binding {
  /** Tranches open to each person, `trancheCount` apart. */
  readonly open: Uint8Array;
  readonly mustGo: Uint8Array;
  /** Persons who need a cell of their own. */
  readonly isBound: Uint8Array;
  /** Union-find parent over persons who move as one. */
  readonly unitOf: Int32Array;
}

const knownBindings = new WeakMap<Roster, Binding>();

/** Reads every rule that names persons, once for each roster. */
export function toBinding(roster: Roster): Binding {
  const known = knownBindings.get(roster);
  if (known !== undefined) return known;
  const binding = readBinding(roster);
  knownBindings.set(roster, binding);
  return binding;
}

function readBinding(roster: Roster): Binding {
  const size = roster.persons.length;
  const off = roster.trancheCount;
  const open = new Uint8Array(size * off);
  const mustGo = new Uint8Array(size);
  const isBound = new Uint8Array(size);
  const unitOf = Int32Array.from({ length: size }, (_, index) => index);
  roster.persons.forEach((person, index) => {
    if (isPlannable(person)) open.fill(1, index * off + person.first, index * off + person.last + 1);
  });
  const find = (index: number): number => {
    let root = index;
    while ((unitOf[root] ?? root) !== root) root = unitOf[root] ?? root;
    for (let at = index; at !== root;) {
      const next = unitOf[at] ?? root;
      unitOf[at] = root;
      at = next;
    }
    return root;
  };
  const close = (index: number, isClosed: (tranche: number) => boolean): void => {
    for (let tranche = 0; tranche < off; tranche += 1) {
      if (isClosed(tranche)) open[index * off + tranche] = 0;
    }
  };
  const unite = (indexes: readonly number[]): void => {
    const [first, ...others] = indexes;
    if (first === undefined) return;
    isBound[first] = 1;
    for (const other of others) {
      isBound[other] = 1;
      const [low, high] = [find(first), find(other)].sort((a, b) => a - b);
      if (low !== undefined && high !== undefined) unitOf[high] = low;
    }
  };
  const bind = (indexes: readonly number[]): void => {
    for (const index of indexes) isBound[index] = 1;
  };
  for (const rule of roster.problem.rules) {
    switch (rule.kind) {
      case 'must-go': {
        const by = rule.by === undefined ? off - 1 : getIndex(roster.trancheIndex, rule.by);
        for (const index of getPersons(roster, rule.persons)) {
          mustGo[index] = 1;
          close(index, (tranche) => tranche > by);
        }
        break;
      }
      case 'veto': {
        const only = rule.tranche === undefined ? undefined : getIndex(roster.trancheIndex, rule.tranche);
        for (const index of getPersons(roster, rule.persons))
          close(index, (tranche) => only === undefined || tranche === only);
        break;
      }
      case 'place': {
        const only = rule.tranche === null ? off : getIndex(roster.trancheIndex, rule.tranche);
        for (const index of getPersons(roster, rule.persons)) {
          if (only < off) mustGo[index] = 1;
          close(index, (tranche) => tranche !== only);
        }
        break;
      }
      case 'package':
        if (rule.form === 'together') unite(getPersons(roster, rule.persons));
        else bind([...getPersons(roster, rule.persons), ...getPersons(roster, rule.with)]);
        break;
      case 'family': {
        const members = getPersons(roster, rule.persons).filter((index) => {
          const person = roster.persons[index];
          return person !== undefined && isPlannable(person);
        });
        if (rule.form === 'together') unite(members);
        else bind(members);
        break;
      }
      case 'apart':
        bind(getPersons(roster, rule.persons));
        break;
      case 'parity':
      case 'quota':
      case 'capacity':
      case 'vehicles':
      case 'facility':
      case 'circuit':
      case 'gate':
        break;
    }
  }
  for (let index = 0; index < size; index += 1) unitOf[index] = find(index);
  // Who moves as one shares every closed tranche and every must.
  for (const isSecondPass of [false, true]) {
    for (let index = 0; index < size; index += 1) {
      const root = unitOf[index] ?? index;
      if (root === index) continue;
      const [from, to] = isSecondPass ? [root, index] : [index, root];
      for (let tranche = 0; tranche < off; tranche += 1) {
        if (open[from * off + tranche] === 0) open[to * off + tranche] = 0;
      }
      if (mustGo[from] === 1) mustGo[to] = 1;
    }
  }
  return { open, mustGo, isBound, unitOf };
}

/** Every selector that a rule counts by, in rule order, so that cells agree on all of them. */
export function toSelectors(roster: Roster): readonly Selector[] {
  const found = new Map<string, Selector>();
  const add = (who: Selector): void => {
    const key = JSON.stringify(who);
    if (!found.has(key)) found.set(key, who);
  };
  for (const rule of roster.problem.rules) for (const who of toRuleSelectors(roster, rule)) add(who);
  return [...found.values()];
}

function toRuleSelectors(roster: Roster, rule: Rule): readonly Selector[] {
  switch (rule.kind) {
    case 'parity':
      switch (rule.form) {
        case 'equal':
        case 'ratio':
          return [{ legs: rule.left }, { legs: rule.right }];
        case 'fixed':
          return rule.legs.map((leg) => ({ legs: [leg] }));
        case 'balance':
          return roster.problem.legs.map(({ id }) => ({ legs: [id] }));
        case 'one-way':
          return [];
      }
    // eslint-disable-next-line no-fallthrough -- every form above returns
    case 'quota':
      return [rule.who];
    case 'capacity':
      return [
        {
          legs: roster.problem.legs.filter(({ crossing }) => crossing === rule.crossing).map(({ id }) => id),
          lanes: everyLane,
        },
      ];
    case 'vehicles':
      return needs.map((need) => ({
        legs: rule.legs,
        lanes: everyLane,
        needs: [need],
      }));
    case 'facility':
      return [{ facilities: [rule.facility], lanes: everyLane }];
    case 'circuit':
      return rule.legs.map((leg) => ({ legs: [leg] }));
    case 'gate':
      return [{ legs: rule.open }, { legs: rule.after }];
    case 'must-go':
    case 'veto':
    case 'place':
    case 'package':
    case 'family':
    case 'apart':
      return [];
  }
}

/** The same persons with nobody tied to anybody: a relaxation of every rule that ties persons. */
export function toUnbound(binding: Binding): Binding {
  const size = binding.isBound.length;
  return {
    ...binding,
    isBound: new Uint8Array(size),
    unitOf: Int32Array.from({ length: size }, (_, index) => index),
  };
}

/**
 * A number for each person: equal when no rule and none of the objectives tells two persons apart. Persons who
 * move as one, and persons who are settled in one place, share a number below 0.
 */
export function toKinds(
  roster: Roster,
  binding: Binding,
  selectors: readonly Selector[],
  objectives: readonly Objective[],
  decided?: Int16Array,
): Int32Array {
  const off = roster.trancheCount;
  const has = (kind: Objective['kind']): boolean => objectives.some((objective) => objective.kind === kind);
  const previous = has('change') ? toPreviousPositions(roster) : undefined;
  const isByLane = has('legal-lanes');
  const isByNeed = has('medical');
  let kinds = getSignatures(roster, binding, selectors).slice();
  const refine = (size: number, toDetail: (person: RosterPerson, index: number) => number): void => {
    const numbers = new Map<number, number>();
    kinds = kinds.map((kind, index) => {
      const person = roster.persons[index];
      const key = kind * size + (person === undefined ? 0 : toDetail(person, index));
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = numbers.size));
      return number;
    });
  };
  if (isByLane || isByNeed || previous !== undefined)
    refine(6 * (off + 1), (person, index) => {
      const lane = isByLane && person.lane !== 'exchange' ? 1 : 0;
      const need = isByNeed ? needs.indexOf(person.need) : 0;
      return (lane * 3 + need) * (off + 1) + (previous?.[index] ?? 0);
    });
  if (has('facilities')) {
    const numbers = toFacilityNumbers(roster);
    refine(roster.persons.length + 1, (_, index) => 1 + (numbers[index] ?? -1));
  }
  const steps = new Set(
    objectives.flatMap((objective) =>
      objective.kind === 'captivity-total' || objective.kind === 'captivity-leximin'
        ? [objective.stepDays ?? captivityStepDays]
        : [],
    ),
  );
  for (const step of steps) refine(problemLimits.days + 1, (person) => toStep(person.days, step));
  return kinds.map((kind, index) => {
    const place = decided?.[index] ?? undecided;
    if (place !== undecided) return -1 - place;
    return binding.isBound[index] === 1 ? -2 - off - (binding.unitOf[index] ?? index) : kind;
  });
}

const knownSignatures = new WeakMap<Roster, Int32Array>();

/**
 * A number for each person: equal when no rule tells two persons apart. The rules are those of the roster and
 * what they say by name does not change with who is tied to whom, so it is made once for each roster.
 */
function getSignatures(roster: Roster, binding: Binding, selectors: readonly Selector[]): Int32Array {
  const known = knownSignatures.get(roster);
  if (known !== undefined) return known;
  const off = roster.trancheCount;
  const { classOf, findMatches } = toSelection(roster);
  const matches = selectors.map(findMatches);
  const matched = new Map<string, number>();
  /** For each description, a number for the selectors that choose it. */
  const chosen = Int32Array.from(matches[0] ?? [0], (_, number) => {
    const text = matches.map((match) => match[number] ?? 0).join('');
    let found = matched.get(text);
    if (found === undefined) matched.set(text, (found = matched.size));
    return found;
  });
  const masks = new Map<string, number>();
  const numbers = new Map<number, number>();
  const size = roster.persons.length;
  const signatures = Int32Array.from(roster.persons, (person, index) => {
    let closed = '';
    for (let tranche = 0; tranche < off; tranche += 1)
      if (binding.open[index * off + tranche] === 0) closed += ` ${tranche}`;
    let mask = masks.get(closed);
    if (mask === undefined) masks.set(closed, (mask = masks.size));
    const bits = (person.group === undefined ? 0 : 2) + (binding.mustGo[index] ?? 0);
    const key = ((chosen[classOf[index] ?? 0] ?? 0) * (size + 1) + mask) * 4 + bits;
    let found = numbers.get(key);
    if (found === undefined) numbers.set(key, (found = numbers.size));
    return found;
  });
  knownSignatures.set(roster, signatures);
  return signatures;
}

/** Groups the plannable persons into cells by their kinds: the longest in captivity of a cell decides its order. */
export function toCells(roster: Roster, binding: Binding, kinds: Int32Array, decided?: Int16Array): Cells {
  const off = roster.trancheCount;
  const groups = new Map<number, number[]>();
  for (const index of toCaptivityOrder(roster)) {
    const person = roster.persons[index];
    // A package with a person who cannot be planned is kept: it stays off as a whole.
    if (person === undefined || (!isPlannable(person) && binding.isBound[index] !== 1)) continue;
    const kind = kinds[index] ?? 0;
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [index]);
    else group.push(index);
  }
  const cellOf = new Int32Array(roster.persons.length).fill(-1);
  const cells: Cell[] = [];
  for (const members of groups.values()) {
    const first = members[0];
    if (first === undefined) continue;
    for (const index of members) cellOf[index] = cells.length;
    const place = decided?.[first] ?? undecided;
    const kind = binding.isBound[first] === 1 || place !== undecided ? 'unit' : 'pool';
    // Members agree on every closed tranche and on every must.
    const open = binding.open.slice(first * off, first * off + off);
    let mustGo = binding.mustGo[first] === 1;
    if (place !== undecided) {
      // All who are settled in one place stand together: one column that no longer moves.
      open.fill(0);
      if (place < off) open[place] = 1;
      mustGo = place < off;
    }
    cells.push({ members, kind, open, mustGo });
  }
  return { cells, cellOf };
}

const knownOrders = new WeakMap<Roster, Int32Array>();

/** All persons, longest in captivity first, then by id. */
export function toCaptivityOrder(roster: Roster): Int32Array {
  const known = knownOrders.get(roster);
  if (known !== undefined) return known;
  const size = roster.persons.length;
  const keys = Float64Array.from(
    roster.persons,
    ({ days }, index) => (problemLimits.days - days) * size + index,
  ).sort();
  const order = Int32Array.from(keys, (key) => key % size);
  knownOrders.set(roster, order);
  return order;
}

/** Longest in captivity first; equal captivity by entry id, which is the order of person numbers. */
export function compareCaptivity(persons: readonly RosterPerson[], left: number, right: number): number {
  return (persons[right]?.days ?? 0) - (persons[left]?.days ?? 0) || left - right;
}
