/**
 * The levels of the published order as linear forms over the columns of a formulation.
 *
 * Law     Counted here over cells, and by `measure.ts` over persons: the checker compares the two.
 * Cost    For each level, the columns of the cells that it counts.
 */
import { addColumn, addRow, fetchKey, getColumn, put, toSize, type Draft } from '../model/draft.ts';
import { toExposure } from './exposure.ts';
import type { Objective } from '../problem/problem.ts';
import {
  getPersons,
  isPlannable,
  toDays,
  toFacilityNumbers,
  toPreviousPositions,
  toStep,
  type RosterPerson,
} from '../problem/roster.ts';

/** A linear form over some columns, each named once, with its constant. All whole numbers. */
export interface LevelForm {
  readonly objective: Objective['kind'];
  readonly part: string;
  readonly sense: 'min' | 'max';
  readonly constant: number;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** The value of a level's form at a point. */
export function toValue(level: LevelForm, point: Float64Array): number {
  let value = level.constant;
  for (let at = 0; at < level.columns.length; at += 1)
    value += (level.values[at] ?? 0) * (point[level.columns[at] ?? 0] ?? 0);
  return value;
}

/** The levels of the objectives, with the columns and rows that counting families and facilities needs. */
export function formulateLevels(draft: Draft, objectives: readonly Objective[]): readonly LevelForm[] {
  const has = (kind: Objective['kind']): boolean => objectives.some((objective) => objective.kind === kind);
  const families = has('families') ? addFamilies(draft) : [];
  const facilityDays = has('facilities') ? addFacilityDays(draft) : [];
  return objectives.flatMap((objective) => toLevels(draft, objective, families, facilityDays));
}

/** For each `wish` family, the columns of which one is 1 when its persons share that place. */
function addFamilies(draft: Draft): readonly (readonly number[])[] {
  const { roster, cells, tranches } = draft;
  const families: (readonly number[])[] = [];
  for (const rule of roster.problem.rules) {
    if (rule.kind !== 'family' || rule.form !== 'wish') continue;
    const plannable = getPersons(roster, rule.persons).filter((index) => {
      const person = roster.persons[index];
      return person !== undefined && isPlannable(person);
    });
    const members = [...new Set(plannable.map((index) => cells.cellOf[index] ?? -1))];
    if (members.length < 2) continue;
    const nameOf = (cell: number): number => cells.cells[cell]?.members[0] ?? 0;
    const kept: number[] = [];
    for (const tranche of tranches) {
      if (members.some((cell) => getColumn(draft, cell, tranche) < 0)) continue;
      const column = addColumn(draft, 0, 1, `wish ${rule.id} ${tranche}`);
      kept.push(column);
      for (const cell of members) {
        const row = addRow(draft, `wish ${rule.id} ${nameOf(cell)} ${tranche}`, -Infinity, 0);
        put(row, column, 1);
        put(row, getColumn(draft, cell, tranche), -1);
      }
    }
    const column = addColumn(draft, 0, 1, `wish ${rule.id} off`);
    kept.push(column);
    for (const cell of members) {
      const row = addRow(draft, `wish ${rule.id} ${nameOf(cell)} off`, -Infinity, 1);
      put(row, column, 1);
      for (const tranche of tranches) put(row, getColumn(draft, cell, tranche), 1);
    }
    families.push(kept);
  }
  return families;
}

/** A column for each day and facility that is 1 when anybody is fetched. */
function addFacilityDays(draft: Draft): readonly number[] {
  const { roster, cells, tranches } = draft;
  const days = toDays(roster);
  const numbers = toFacilityNumbers(roster);
  const dayCount = Math.max(0, ...days) + 1;
  /** The column of day d and facility f at f * dayCount + d. */
  const marks = new Map<number, number>();
  const getMark = (facility: number, tranche: number, index: number): number => {
    const day = days[tranche] ?? 0;
    const known = marks.get(facility * dayCount + day);
    if (known !== undefined) return known;
    const mark = addColumn(draft, 0, 1, `fetch ${day} ${roster.persons[index]?.facility ?? ''}`);
    marks.set(facility * dayCount + day, mark);
    return mark;
  };
  cells.cells.forEach((cell, c) => {
    const isForced = cell.mustGo && cell.open.reduce((sum, one) => sum + one, 0) === 1;
    const seen = new Set<number>();
    for (const index of cell.members) {
      const facility = numbers[index] ?? -1;
      if (facility < 0 || seen.has(facility)) continue;
      seen.add(facility);
      for (const tranche of tranches) {
        const column = getColumn(draft, c, tranche);
        if (column < 0) continue;
        const mark = getMark(facility, tranche, index);
        if (isForced) {
          // Nobody of the cell can be elsewhere: the place is fetched from in any case.
          draft.lower[mark] = 1;
          continue;
        }
        const row = addRow(draft, fetchKey, -Infinity, 0);
        put(row, column, 1);
        put(row, mark, -toSize(cell));
      }
    }
  });
  return [...marks.values()];
}

interface OpenForm {
  constant: number;
  readonly columns: number[];
  readonly values: number[];
}

/** The form that counts each of the columns once, so often. */
function toOpenForm(constant: number, columns: readonly number[], each: number): OpenForm {
  return { constant, columns: [...columns], values: columns.map(() => each) };
}

function closeForm(
  form: OpenForm,
  objective: Objective['kind'],
  part: string,
  sense: 'min' | 'max',
): LevelForm {
  return {
    objective,
    part,
    sense,
    constant: form.constant,
    columns: Int32Array.from(form.columns),
    values: Float64Array.from(form.values),
  };
}

function toLevels(
  draft: Draft,
  objective: Objective,
  families: readonly (readonly number[])[],
  facilityDays: readonly number[],
): readonly LevelForm[] {
  const { roster, cells, tranches } = draft;
  const off = roster.trancheCount;
  const { kind } = objective;

  /**
   * A form for each part, a number, that persons fall in (below 0 for none): `at(person, place)` is what a
   * person counts, `off` being a place too.
   */
  const overPersons = (
    toPart: (person: RosterPerson, index: number) => number,
    at: (person: RosterPerson, place: number, index: number) => number,
  ): Map<number, OpenForm> => {
    const forms = new Map<number, OpenForm>();
    const gains = new Map<number, Float64Array>();
    cells.cells.forEach((cell, c) => {
      gains.clear();
      // Of a pool, whose columns count alike persons one by one, the first stands for all.
      const last = cell.kind === 'pool' ? 1 : cell.members.length;
      const open = tranches.filter((tranche) => cell.open[tranche] === 1);
      for (let member = 0; member < last; member += 1) {
        const index = cell.members[member] ?? 0;
        const person = roster.persons[index];
        if (person === undefined) throw new Error('a cell names an unknown person');
        if (!isPlannable(person)) continue;
        const part = toPart(person, index);
        if (part < 0) continue;
        let gain = gains.get(part);
        if (gain === undefined) gains.set(part, (gain = new Float64Array(off + 1)));
        const rest = at(person, off, index);
        gain[off] = (gain[off] ?? 0) + rest;
        for (const tranche of open) gain[tranche] = (gain[tranche] ?? 0) + at(person, tranche, index) - rest;
      }
      for (const [part, gain] of gains) {
        let form = forms.get(part);
        if (form === undefined) forms.set(part, (form = toOpenForm(0, [], 0)));
        form.constant += (gain[off] ?? 0) * toSize(cell);
        for (const tranche of open) {
          const column = getColumn(draft, c, tranche);
          if (column < 0 || gain[tranche] === 0) continue;
          form.columns.push(column);
          form.values.push(gain[tranche] ?? 0);
        }
      }
    });
    return forms;
  };
  const one = (
    part: string,
    sense: 'min' | 'max',
    isCounted: (person: RosterPerson, index: number) => boolean,
    at: (person: RosterPerson, place: number, index: number) => number,
  ): LevelForm => {
    const forms = overPersons((person, index) => (isCounted(person, index) ? 0 : -1), at);
    return closeForm(forms.get(0) ?? toOpenForm(0, [], 0), kind, part, sense);
  };
  const isLegal = (person: RosterPerson): boolean => person.lane !== 'exchange';
  const toPlace = (_: RosterPerson, place: number): number => place;
  const isPlaced = (_: RosterPerson, place: number): number => (place < off ? 1 : 0);
  switch (objective.kind) {
    case 'returned':
      return [one('persons', 'max', () => true, isPlaced)];
    case 'legal-lanes':
      return [one('persons', 'max', isLegal, isPlaced), one('waiting', 'min', isLegal, toPlace)];
    case 'captivity-total':
      return [
        one(
          'steps',
          'max',
          () => true,
          (person, place) => toStep(person.days, objective.stepDays) * (off - place),
        ),
      ];
    case 'captivity-leximin': {
      const toStepOf = ({ days, group }: RosterPerson): number =>
        group === undefined ? toStep(days, objective.stepDays) : -1;
      return [...overPersons(toStepOf, toPlace)]
        .sort(([left], [right]) => right - left)
        .map(([step, form]) => closeForm(form, kind, `step ${step}`, 'min'));
    }
    case 'medical':
      return (['ambulance', 'stretcher'] as const).map((need) =>
        one(need, 'min', (person) => person.need === need, toPlace),
      );
    case 'families':
      return [closeForm(toOpenForm(families.length, families.flat(), -1), kind, 'apart', 'min')];
    case 'facilities':
      return [closeForm(toOpenForm(0, facilityDays, 1), kind, 'facility days', 'min')];
    case 'change': {
      const previous = toPreviousPositions(roster);
      return [
        one(
          'persons',
          'min',
          ({ group }) => previous !== undefined && group === undefined,
          (_, place, index) => (previous?.[index] === place ? 0 : 1),
        ),
      ];
    }
    case 'fallback': {
      const exposure = toExposure(roster);
      return [
        one(
          'bound persons',
          'min',
          (_, index) => (exposure[index] ?? 0) > 0,
          (_, place, index) => (place < off ? (exposure[index] ?? 0) : 0),
        ),
      ];
    }
  }
}
