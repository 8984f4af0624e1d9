/**
 * Cells: persons whom neither a rule nor an objective in view tells apart, counted together, and units of
 * persons who move as one. A problem over cells has the same optimum as over persons (spec/planning.md,
 * "How it is solved") and is smaller by the number of persons in a cell.
 *
 * Cost    One pass over the persons for each distinct selector, one grouping by text key.
 */
import { isPlannable } from './measure.ts';
import { captivityStepDays, type Objective, type Rule, type Selector } from './problem.ts';
import { toSelection } from './selection.ts';
import {
  getIndex,
  getPersons,
  toPreviousPositions,
  toStep,
  type Roster,
  type RosterPerson,
} from './roster.ts';

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

/** Reads every rule that names persons. */
export function toBinding(roster: Roster): Binding {
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

const everyLane = ['exchange', 'direct-repatriation', 'civilian-release', 'remains'] as const;

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
      return (['seat', 'stretcher', 'ambulance'] as const).map((need) => ({
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

/** A text for each person: equal when no rule and none of the objectives tells two persons apart. */
export function toKindKeys(
  roster: Roster,
  binding: Binding,
  selectors: readonly Selector[],
  objectives: readonly Objective[],
  decided?: Int16Array,
): readonly string[] {
  const previous = objectives.some(({ kind }) => kind === 'change') ? toPreviousPositions(roster) : undefined;
  const has = (kind: Objective['kind']): boolean => objectives.some((objective) => objective.kind === kind);
  const steps = new Set(
    objectives.flatMap((objective) =>
      objective.kind === 'captivity-total' || objective.kind === 'captivity-leximin'
        ? [objective.stepDays ?? captivityStepDays]
        : [],
    ),
  );
  const isByLane = has('legal-lanes');
  const isByNeed = has('medical');
  const isByFacility = has('facilities');
  const off = roster.trancheCount;
  const facilities = new Map<string, number>();
  const signatures = getSignatures(roster, binding, selectors);
  return roster.persons.map((person, index) => {
    const place = decided?.[index] ?? undecided;
    if (place !== undecided) return `decided ${place}`;
    if (binding.isBound[index] === 1) return `unit ${binding.unitOf[index] ?? index}`;
    let key = String(signatures[index] ?? 0);
    if (isByLane) key += person.lane === 'exchange' ? ' x' : ' l';
    if (isByNeed) key += ` ${person.need}`;
    if (isByFacility && person.facility !== undefined) {
      let number = facilities.get(person.facility);
      if (number === undefined) facilities.set(person.facility, (number = facilities.size));
      key += ` f${number}`;
    }
    if (previous !== undefined) key += ` p${previous[index] ?? off}`;
    for (const step of steps) key += ` ${toStep(person.days, step)}`;
    return key;
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
  const matched = new Map<number, string>();
  const numbers = new Map<string, number>();
  const signatures = Int32Array.from(roster.persons, (person, index) => {
    const number = classOf[index] ?? 0;
    let text = matched.get(number);
    if (text === undefined) {
      text = matches.map((match) => match[number] ?? 0).join('');
      matched.set(number, text);
    }
    let key = `${text} ${person.group === undefined ? 'n' : 'c'}${binding.mustGo[index] ?? 0}`;
    for (let tranche = 0; tranche < off; tranche += 1)
      if (binding.open[index * off + tranche] === 0) key += ` -${tranche}`;
    let found = numbers.get(key);
    if (found === undefined) numbers.set(key, (found = numbers.size));
    return found;
  });
  knownSignatures.set(roster, signatures);
  return signatures;
}

/** Groups the plannable persons into cells, in the order of the first member's id. */
export function toCells(
  roster: Roster,
  binding: Binding,
  keys: readonly string[],
  decided?: Int16Array,
): Cells {
  const off = roster.trancheCount;
  const groups = new Map<string, number[]>();
  roster.persons.forEach((person, index) => {
    const key = keys[index] ?? '';
    // A package with a person who cannot be planned is kept: it stays off as a whole.
    if (!isPlannable(person) && binding.isBound[index] !== 1) return;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  const cellOf = new Int32Array(roster.persons.length).fill(-1);
  const cells: Cell[] = [];
  for (const members of groups.values()) {
    const first = members[0];
    if (first === undefined) continue;
    const place = decided?.[first] ?? undecided;
    const isUnit = binding.isBound[first] === 1 || place !== undecided;
    const open = new Uint8Array(off).fill(1);
    let mustGo = false;
    for (const index of members) {
      cellOf[index] = cells.length;
      for (let tranche = 0; tranche < off; tranche += 1) {
        if (binding.open[index * off + tranche] === 0) open[tranche] = 0;
      }
      if (binding.mustGo[index] === 1) mustGo = true;
    }
    if (place !== undecided) {
      // All who are settled in one place stand together: one column that no longer moves.
      open.fill(0);
      if (place < off) open[place] = 1;
      mustGo = place < off;
    }
    members.sort((left, right) => compareCaptivity(roster.persons, left, right));
    cells.push({ members, kind: isUnit ? 'unit' : 'pool', open, mustGo });
  }
  return { cells, cellOf };
}

/** Longest in captivity first; equal captivity by entry id, which is the order of person numbers. */
export function compareCaptivity(persons: readonly RosterPerson[], left: number, right: number): number {
  return (persons[right]?.days ?? 0) - (persons[left]?.days ?? 0) || left - right;
}
