/**
 * The levels of the published order as linear forms over the columns of a formulation.
 *
 * Cost    For each level, the columns of the cells that it counts.
 */
import { getColumn, toSize, type Draft } from '../model/draft.ts';
import type { Objective } from '../problem/problem.ts';
import { isPlannable, type RosterPerson } from '../problem/roster.ts';

/** A linear form over some columns, each named once, with its constant. All whole numbers. */
export interface LevelForm {
  readonly objective: Objective['kind'];
  readonly part: string;
  readonly sense: 'min' | 'max';
  readonly constant: number;
  /** More than two points can differ by. */
  readonly span: number;
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

interface OpenForm {
  constant: number;
  span: number;
  readonly columns: number[];
  readonly values: number[];
}

/** What a person counts in a place; `off` is a place too. */
export type Gain = (person: RosterPerson, place: number, index: number) => number;

/** Writes the levels of one objective. */
export class LevelDraft {
  readonly draft: Draft;
  readonly off: number;
  readonly #objective: Objective['kind'];

  constructor(draft: Draft, objective: Objective['kind']) {
    this.draft = draft;
    this.off = draft.roster.trancheCount;
    this.#objective = objective;
  }

  /** The level that sums what each person counted gains. */
  sum(
    part: string,
    sense: 'min' | 'max',
    isCounted: (person: RosterPerson, index: number) => boolean,
    gain: Gain,
  ): LevelForm {
    const forms = this.#overPersons((person, index) => (isCounted(person, index) ? 0 : -1), gain);
    return this.#close(forms.get(0) ?? { constant: 0, span: 1, columns: [], values: [] }, part, sense);
  }

  /** A level for each number that persons fall in (below 0 for none), the greatest first. */
  sums(
    nameOf: (number: number) => string,
    sense: 'min' | 'max',
    toNumber: (person: RosterPerson, index: number) => number,
    gain: Gain,
  ): readonly LevelForm[] {
    return [...this.#overPersons(toNumber, gain)]
      .sort(([left], [right]) => right - left)
      .map(([number, form]) => this.#close(form, nameOf(number), sense));
  }

  /** The level that counts each of the columns once, so often. */
  count(
    part: string,
    sense: 'min' | 'max',
    constant: number,
    columns: readonly number[],
    each: number,
  ): LevelForm {
    const span = 1 + columns.length * Math.abs(each);
    return this.#close(
      { constant, span, columns: [...columns], values: columns.map(() => each) },
      part,
      sense,
    );
  }

  #overPersons(toPart: (person: RosterPerson, index: number) => number, at: Gain): Map<number, OpenForm> {
    const { draft, off } = this;
    const { roster, cells, tranches } = draft;
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
        if (form === undefined) forms.set(part, (form = { constant: 0, span: 1, columns: [], values: [] }));
        form.constant += (gain[off] ?? 0) * toSize(cell);
        let [least, most] = [0, 0];
        for (const tranche of open) {
          least = Math.min(least, gain[tranche] ?? 0);
          most = Math.max(most, gain[tranche] ?? 0);
        }
        form.span += (most - least) * toSize(cell);
        for (const tranche of open) {
          const column = getColumn(draft, c, tranche);
          if (column < 0 || gain[tranche] === 0) continue;
          form.columns.push(column);
          form.values.push(gain[tranche] ?? 0);
        }
      }
    });
    return forms;
  }

  #close({ constant, span, columns, values }: OpenForm, part: string, sense: 'min' | 'max'): LevelForm {
    return {
      objective: this.#objective,
      part,
      sense,
      constant,
      span,
      columns: Int32Array.from(columns),
      values: Float64Array.from(values),
    };
  }
}
