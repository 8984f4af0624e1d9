/**
 * The problem over cells as rows and columns for the solver: one whole number for each cell and tranche.
 *
 * Law     spec/planning.md, "How it is solved". Rows carry the rule they come from; the values of levels are
 *         counted here over cells, and by `measure.ts` over persons: the checker compares the two.
 */
import { findCircuits } from './circuits.ts';
import type { Cells } from './cells.ts';
import { isPlannable, toExposure } from './measure.ts';
import type { CircuitRun } from './plan.ts';
import type { Objective, Rule, Selector } from './problem.ts';
import {
  getIndex,
  getPersons,
  isSelected,
  toDays,
  toPreviousPositions,
  toStep,
  type Roster,
} from './roster.ts';
import { toSelection } from './selection.ts';
import type { LinearModel } from './solver.ts';

/** A linear form over the columns, with its constant. */
export interface LevelForm {
  readonly objective: Objective['kind'];
  readonly part: string;
  readonly sense: 'min' | 'max';
  readonly constant: number;
  readonly cost: Float64Array;
}

interface Row {
  readonly key: string;
  readonly columns: number[];
  readonly values: number[];
  lower: number;
  upper: number;
}

interface CircuitColumns {
  readonly rule: string;
  readonly legs: readonly string[];
  /** First column of each link; its tranches follow. */
  readonly links: readonly number[];
}

export interface Formulation {
  readonly model: LinearModel;
  /** A stable name for each row, so that a finer formulation finds the same row again. */
  readonly rowKeys: readonly string[];
  readonly cells: Cells;
  /** The column of cell c in tranche t at c * trancheCount + t; -1 where closed. */
  readonly columns: Int32Array;
  /** Columns that are no cell's, by name. */
  readonly auxiliary: ReadonlyMap<string, number>;
  readonly levels: readonly LevelForm[];
  readonly circuits: readonly CircuitColumns[];
}

/** Builds rows and columns for the objectives given. Cost: proportional to the entries written. */
export function formulate(
  roster: Roster,
  cells: Cells,
  objectives: readonly Objective[],
  isUnbound: boolean,
): Formulation {
  const off = roster.trancheCount;
  const lower: number[] = [];
  const upper: number[] = [];
  const rows: Row[] = [];
  const auxiliary = new Map<string, number>();
  /** A column that is no cell's has a name, so that a finer formulation finds it again. */
  const addColumn = (low: number, high: number, name?: string): number => {
    lower.push(low);
    upper.push(high);
    if (name !== undefined) auxiliary.set(name, lower.length - 1);
    return lower.length - 1;
  };
  const addRow = (key: string, low: number, high: number): Row => {
    const row: Row = { key, columns: [], values: [], lower: low, upper: high };
    rows.push(row);
    return row;
  };
  const put = (row: Row, column: number, value: number): void => {
    if (column < 0 || value === 0) return;
    row.columns.push(column);
    row.values.push(value);
  };

  const columns = new Int32Array(cells.cells.length * off).fill(-1);
  cells.cells.forEach((cell, c) => {
    const size = cell.kind === 'pool' ? cell.members.length : 1;
    for (let tranche = 0; tranche < off; tranche += 1) {
      if (cell.open[tranche] === 1) columns[c * off + tranche] = addColumn(0, size);
    }
  });
  const columnAt = (cell: number, tranche: number): number => columns[cell * off + tranche] ?? -1;
  cells.cells.forEach((cell, c) => {
    const size = cell.kind === 'pool' ? cell.members.length : 1;
    const row = addRow(`cell ${cell.members[0] ?? 0}`, cell.mustGo ? size : 0, size);
    for (let tranche = 0; tranche < off; tranche += 1) put(row, columnAt(c, tranche), 1);
  });

  const { classOf, findMatches } = toSelection(roster);
  const counted = new Map<string, readonly (readonly [number, number])[]>();
  /** Cells a selector counts, with how many persons one of the cell's columns moves. */
  const countOf = (who: Selector): readonly (readonly [number, number])[] => {
    const key = JSON.stringify(who);
    const known = counted.get(key);
    if (known !== undefined) return known;
    const found: (readonly [number, number])[] = [];
    const matches = findMatches(who);
    cells.cells.forEach((cell, c) => {
      // Members of a pool agree on every selector: the first answers for all, and each column moves one.
      const last = cell.kind === 'pool' ? 1 : cell.members.length;
      let weight = 0;
      for (let at = 0; at < last; at += 1) weight += matches[classOf[cell.members[at] ?? 0] ?? 0] ?? 0;
      if (weight > 0) found.push([c, weight]);
    });
    counted.set(key, found);
    return found;
  };
  const putCount = (row: Row, who: Selector, tranche: number, factor: number): void => {
    for (const [cell, weight] of countOf(who)) put(row, columnAt(cell, tranche), weight * factor);
  };
  const tranches = Array.from({ length: off }, (_, tranche) => tranche);
  const circuits: CircuitColumns[] = [];
  for (const rule of roster.problem.rules) formulateRule(rule);

  function formulateRule(rule: Rule): void {
    const key = `rule ${rule.id}`;
    switch (rule.kind) {
      case 'parity': {
        switch (rule.form) {
          case 'one-way':
            return;
          case 'fixed':
            for (const leg of rule.legs) {
              for (const tranche of tranches) {
                const count = rule.counts[tranche] ?? 0;
                putCount(addRow(`${key} ${leg} ${tranche}`, count, count), { legs: [leg] }, tranche, 1);
              }
            }
            return;
          case 'balance':
            for (const power of rule.powers) {
              for (const tranche of tranches) {
                const row = addRow(`${key} ${power} ${tranche}`, 0, 0);
                // A unit may give and receive at once: the solver wants each column once.
                const net = new Map<number, number>();
                for (const { id, from, to } of roster.problem.legs) {
                  const sign = Number(from === power) - Number(to === power);
                  if (sign === 0) continue;
                  for (const [cell, weight] of countOf({ legs: [id] })) {
                    const column = columnAt(cell, tranche);
                    net.set(column, (net.get(column) ?? 0) + sign * weight);
                  }
                }
                for (const [column, value] of net) put(row, column, value);
              }
            }
            return;
          case 'equal':
          case 'ratio': {
            const [a, b] = rule.form === 'ratio' ? rule.ratio : ([1, 1] as const);
            const groups = rule.over === 'total' ? [tranches] : tranches.map((tranche) => [tranche]);
            groups.forEach((group, number) => {
              const row = addRow(`${key} ${number}`, 0, 0);
              const net = new Map<number, number>();
              for (const tranche of group) {
                for (const [cell, weight] of countOf({ legs: rule.left })) {
                  const column = columnAt(cell, tranche);
                  net.set(column, (net.get(column) ?? 0) + weight * b);
                }
                for (const [cell, weight] of countOf({ legs: rule.right })) {
                  const column = columnAt(cell, tranche);
                  net.set(column, (net.get(column) ?? 0) - weight * a);
                }
              }
              for (const [column, value] of net) put(row, column, value);
            });
            return;
          }
        }
      }
      // eslint-disable-next-line no-fallthrough -- every form above returns
      case 'quota': {
        const low = rule.exact ?? rule.min ?? -Infinity;
        const high = rule.exact ?? rule.max ?? Infinity;
        const groups =
          rule.tranche !== undefined
            ? [[getIndex(roster.trancheIndex, rule.tranche)]]
            : rule.over === 'total'
              ? [tranches]
              : tranches.map((tranche) => [tranche]);
        groups.forEach((group, number) => {
          const row = addRow(`${key} ${number}`, low, high);
          for (const tranche of group) putCount(row, rule.who, tranche, 1);
        });
        return;
      }
      case 'capacity': {
        const legs = roster.problem.legs
          .filter(({ crossing }) => crossing === rule.crossing)
          .map(({ id }) => id);
        for (const tranche of toTranches(rule.tranche))
          putCount(addRow(`${key} ${tranche}`, -Infinity, rule.max), { legs, lanes: everyLane }, tranche, 1);
        return;
      }
      case 'vehicles':
        for (const need of ['seat', 'stretcher', 'ambulance'] as const) {
          const places = rule.vehicles.reduce((sum, vehicle) => sum + (vehicle[`${need}s`] ?? 0), 0);
          for (const tranche of toTranches(rule.tranche))
            putCount(
              addRow(`${key} ${need} ${tranche}`, -Infinity, places),
              { legs: rule.legs, lanes: everyLane, needs: [need] },
              tranche,
              1,
            );
        }
        return;
      case 'facility': {
        const days = toDays(roster);
        for (const day of new Set(days)) {
          const row = addRow(`${key} ${day}`, -Infinity, rule.max);
          for (const tranche of tranches) {
            if (days[tranche] === day)
              putCount(row, { facilities: [rule.facility], lanes: everyLane }, tranche, 1);
          }
        }
        return;
      }
      case 'package': {
        if (rule.form === 'together') {
          // One unit: nothing to write, unless a person of it cannot be planned, who then closes the cell.
          return;
        }
        if (isUnbound) return;
        const heads = new Set(getPersons(roster, rule.persons).map((index) => cells.cellOf[index] ?? -1));
        const companions = new Set(getPersons(roster, rule.with).map((index) => cells.cellOf[index] ?? -1));
        const nameOf = (cell: number): number => cells.cells[cell]?.members[0] ?? -1;
        // Through one column per tranche instead of a row for each pair.
        const isMany = heads.size > 1 && companions.size > 1;
        for (const tranche of tranches) {
          const through = isMany ? addColumn(0, 1, `${key} through ${tranche}`) : -1;
          const follow = (name: string, first: number, second: number, isCumulative: boolean): void => {
            const row = addRow(`${key} ${name} ${tranche}`, -Infinity, 0);
            put(row, first, 1);
            if (isCumulative) {
              for (let before = 0; before <= tranche; before += 1) put(row, columnAt(second, before), -1);
            } else put(row, second, -1);
          };
          const byThen = rule.timing === 'by-then';
          if (isMany) {
            for (const head of heads) follow(`head ${nameOf(head)}`, columnAt(head, tranche), through, false);
            for (const companion of companions) {
              if (byThen) follow(`with ${nameOf(companion)}`, through, companion, true);
              else follow(`with ${nameOf(companion)}`, through, columnAt(companion, tranche), false);
            }
          } else {
            for (const head of heads) {
              if (columnAt(head, tranche) < 0) continue;
              for (const companion of companions) {
                if (head === companion) continue;
                if (byThen)
                  follow(`${nameOf(head)} ${nameOf(companion)}`, columnAt(head, tranche), companion, true);
                else
                  follow(
                    `${nameOf(head)} ${nameOf(companion)}`,
                    columnAt(head, tranche),
                    columnAt(companion, tranche),
                    false,
                  );
              }
            }
          }
        }
        return;
      }
      case 'apart': {
        if (isUnbound) return;
        const weights = new Map<number, number>();
        for (const index of getPersons(roster, rule.persons)) {
          const cell = cells.cellOf[index] ?? -1;
          if (cell >= 0) weights.set(cell, (weights.get(cell) ?? 0) + 1);
        }
        for (const tranche of tranches) {
          const row = addRow(`${key} ${tranche}`, -Infinity, 1);
          for (const [cell, weight] of weights) put(row, columnAt(cell, tranche), weight);
        }
        return;
      }
      case 'gate': {
        // The same in every formulation of the problem, so that a row settled in one holds in the next.
        const openMax = roster.persons.filter(
          (person) => isPlannable(person) && isSelected(roster, person, { legs: rule.open }),
        ).length;
        for (const tranche of tranches) {
          const opened = addColumn(0, 1, `${key} opened ${tranche}`);
          const use = addRow(`${key} open ${tranche}`, -Infinity, 0);
          putCount(use, { legs: rule.open }, tranche, 1);
          put(use, opened, -Math.max(1, openMax));
          const reach = addRow(`${key} after ${tranche}`, 0, Infinity);
          const last = rule.timing === 'same' ? tranche : tranche - 1;
          for (let before = 0; before <= last; before += 1) putCount(reach, { legs: rule.after }, before, 1);
          put(reach, opened, -rule.count);
        }
        return;
      }
      case 'circuit': {
        const size = Math.max(1, roster.persons.length);
        const sums = new Map<number, Row[]>();
        for (const id of rule.legs) {
          sums.set(
            getIndex(roster.legIndex, id),
            tranches.map((tranche) => {
              const row = addRow(`${key} leg ${id} ${tranche}`, 0, 0);
              putCount(row, { legs: [id] }, tranche, 1);
              return row;
            }),
          );
        }
        findCircuits(roster, rule).forEach((circuit, number) => {
          const links = circuit.legs.map((leg, link) => {
            const first = lower.length;
            for (const tranche of tranches) {
              const column = addColumn(0, size, `${key} moves ${number} ${link} ${tranche}`);
              const row = sums.get(leg)?.[tranche];
              if (row !== undefined) put(row, column, -1);
            }
            return first;
          });
          circuits.push({
            rule: rule.id,
            legs: circuit.legs.map((leg) => roster.problem.legs[leg]?.id ?? ''),
            links,
          });
          links.forEach((first, link) => {
            const before = links[link - 1];
            if (before === undefined) return;
            for (const tranche of tranches) {
              if (rule.timing === 'simultaneous') {
                const row = addRow(`${key} ${number} ${link} ${tranche}`, 0, 0);
                put(row, first + tranche, 1);
                put(row, before + tranche, -1);
              } else {
                const isLast = tranche === off - 1;
                const row = addRow(`${key} ${number} ${link} ${tranche}`, isLast ? 0 : -Infinity, 0);
                for (let earlier = 0; earlier <= tranche; earlier += 1) {
                  put(row, first + earlier, 1);
                  put(row, before + earlier, -1);
                }
              }
            }
          });
        });
        return;
      }
      case 'must-go': {
        // A person who cannot be planned has no cell: say that the rule cannot be kept.
        for (const index of getPersons(roster, rule.persons)) {
          if ((cells.cellOf[index] ?? -1) < 0) addRow(`${key} missing ${index}`, 1, 1);
        }
        return;
      }
      case 'place': {
        for (const index of getPersons(roster, rule.persons)) {
          if ((cells.cellOf[index] ?? -1) < 0 && rule.tranche !== null)
            addRow(`${key} missing ${index}`, 1, 1);
        }
        return;
      }
      case 'veto':
      case 'family':
        return;
    }
  }

  function toTranches(only: string | undefined): readonly number[] {
    return only === undefined ? tranches : [getIndex(roster.trancheIndex, only)];
  }

  const together: (readonly number[])[] = [];
  if (objectives.some(({ kind }) => kind === 'families')) {
    for (const rule of roster.problem.rules) {
      if (rule.kind !== 'family' || rule.form !== 'wish') continue;
      const members = [
        ...new Set(
          getPersons(roster, rule.persons)
            .filter((index) => {
              const person = roster.persons[index];
              return person !== undefined && isPlannable(person);
            })
            .map((index) => cells.cellOf[index] ?? -1),
        ),
      ];
      if (members.length < 2) continue;
      const kept: number[] = [];
      for (const tranche of tranches) {
        if (members.some((cell) => columnAt(cell, tranche) < 0)) continue;
        const column = addColumn(0, 1, `wish ${rule.id} ${tranche}`);
        kept.push(column);
        for (const cell of members) {
          const row = addRow(
            `wish ${rule.id} ${cells.cells[cell]?.members[0] ?? 0} ${tranche}`,
            -Infinity,
            0,
          );
          put(row, column, 1);
          put(row, columnAt(cell, tranche), -1);
        }
      }
      const column = addColumn(0, 1, `wish ${rule.id} off`);
      kept.push(column);
      for (const cell of members) {
        const row = addRow(`wish ${rule.id} ${cells.cells[cell]?.members[0] ?? 0} off`, -Infinity, 1);
        put(row, column, 1);
        for (const tranche of tranches) put(row, columnAt(cell, tranche), 1);
      }
      together.push(kept);
    }
  }
  const facilityDays: number[] = [];
  if (objectives.some(({ kind }) => kind === 'facilities')) {
    const days = toDays(roster);
    const used = new Map<string, number>();
    cells.cells.forEach((cell, c) => {
      for (const facility of new Set(cell.members.map((index) => roster.persons[index]?.facility))) {
        if (facility === undefined) continue;
        for (const tranche of tranches) {
          const column = columnAt(c, tranche);
          if (column < 0) continue;
          const name = `${days[tranche] ?? 0} ${facility}`;
          let mark = used.get(name);
          if (mark === undefined) {
            mark = addColumn(0, 1, `fetch ${name}`);
            used.set(name, mark);
            facilityDays.push(mark);
          }
          if (cell.mustGo && cell.open.reduce((sum, one) => sum + one, 0) === 1) {
            // Nobody of the cell can be elsewhere: the place is fetched from in any case.
            lower[mark] = 1;
            continue;
          }
          const row = addRow(`fetch ${cell.members[0] ?? 0} ${name} ${tranche}`, -Infinity, 0);
          put(row, column, 1);
          put(row, mark, -(cell.kind === 'pool' ? cell.members.length : 1));
        }
      }
    });
  }

  const width = lower.length;
  const previous = toPreviousPositions(roster);
  const exposure = objectives.some(({ kind }) => kind === 'fallback') ? toExposure(roster) : undefined;
  const levels = objectives.flatMap(toLevels);

  /** A level over persons: `gain(person, tranche)` against staying off, plus the constant of all off. */
  function overPersons(
    objective: Objective['kind'],
    part: string,
    sense: 'min' | 'max',
    off0: (index: number) => number,
    at: (index: number, tranche: number) => number,
  ): LevelForm {
    const cost = new Float64Array(width);
    let constant = 0;
    cells.cells.forEach((cell, c) => {
      const list = cell.kind === 'pool' ? cell.members.slice(0, 1) : cell.members;
      const size = cell.kind === 'pool' ? cell.members.length : 1;
      for (const index of list) {
        const person = roster.persons[index];
        if (person === undefined || !isPlannable(person)) continue;
        const rest = off0(index);
        constant += rest * size;
        for (const tranche of tranches) {
          const column = columnAt(c, tranche);
          if (column >= 0) cost[column] = (cost[column] ?? 0) + at(index, tranche) - rest;
        }
      }
    });
    return { objective, part, sense, constant, cost };
  }

  function toLevels(objective: Objective): readonly LevelForm[] {
    const { kind } = objective;
    const personAt = (index: number): Roster['persons'][number] => {
      const person = roster.persons[index];
      if (person === undefined) throw new Error('a cell names an unknown person');
      return person;
    };
    const waiting = (part: string, isCounted: (index: number) => boolean): LevelForm =>
      overPersons(
        kind,
        part,
        'min',
        (index) => (isCounted(index) ? off : 0),
        (index, tranche) => (isCounted(index) ? tranche : 0),
      );
    switch (objective.kind) {
      case 'returned':
        return [
          overPersons(
            kind,
            'persons',
            'max',
            () => 0,
            () => 1,
          ),
        ];
      case 'legal-lanes': {
        const isLegal = (index: number): boolean => personAt(index).lane !== 'exchange';
        return [
          overPersons(
            kind,
            'persons',
            'max',
            () => 0,
            (index) => (isLegal(index) ? 1 : 0),
          ),
          waiting('waiting', isLegal),
        ];
      }
      case 'captivity-total':
        return [
          overPersons(
            kind,
            'steps',
            'max',
            () => 0,
            (index, tranche) => toStep(personAt(index).days, objective.stepDays) * (off - tranche),
          ),
        ];
      case 'captivity-leximin': {
        // One pass over the cells for all steps: each cell stands on few of them.
        const forms = new Map<number, { constant: number; readonly cost: Float64Array }>();
        cells.cells.forEach((cell, c) => {
          const list = cell.kind === 'pool' ? cell.members.slice(0, 1) : cell.members;
          const size = cell.kind === 'pool' ? cell.members.length : 1;
          for (const index of list) {
            const person = personAt(index);
            if (!isPlannable(person) || person.group !== undefined) continue;
            const step = toStep(person.days, objective.stepDays);
            const form = forms.get(step) ?? { constant: 0, cost: new Float64Array(width) };
            forms.set(step, form);
            form.constant += off * size;
            for (const tranche of tranches) {
              const column = columnAt(c, tranche);
              if (column >= 0) form.cost[column] = (form.cost[column] ?? 0) + tranche - off;
            }
          }
        });
        return [...forms]
          .sort(([left], [right]) => right - left)
          .map(([step, { constant, cost }]) => ({
            objective: kind,
            part: `step ${step}`,
            sense: 'min',
            constant,
            cost,
          }));
      }
      case 'medical':
        return (['ambulance', 'stretcher'] as const).map((need) =>
          waiting(need, (index) => personAt(index).need === need),
        );
      case 'families': {
        const cost = new Float64Array(width);
        for (const family of together) for (const column of family) cost[column] = -1;
        return [{ objective: kind, part: 'apart', sense: 'min', constant: together.length, cost }];
      }
      case 'facilities': {
        const cost = new Float64Array(width);
        for (const column of facilityDays) cost[column] = 1;
        return [{ objective: kind, part: 'facility days', sense: 'min', constant: 0, cost }];
      }
      case 'change': {
        const isCounted = (index: number): boolean =>
          previous !== undefined && personAt(index).group === undefined;
        return [
          overPersons(
            kind,
            'persons',
            'min',
            (index) => (isCounted(index) && previous?.[index] !== off ? 1 : 0),
            (index, tranche) => (isCounted(index) && previous?.[index] !== tranche ? 1 : 0),
          ),
        ];
      }
      case 'fallback':
        return [
          overPersons(
            kind,
            'bound persons',
            'min',
            () => 0,
            (index) => exposure?.[index] ?? 0,
          ),
        ];
    }
  }

  return {
    model: toModel(lower, upper, rows),
    rowKeys: rows.map(({ key }) => key),
    cells,
    columns,
    auxiliary,
    levels,
    circuits,
  };
}

const everyLane = ['exchange', 'direct-repatriation', 'civilian-release', 'remains'] as const;

function toModel(lower: readonly number[], upper: readonly number[], rows: readonly Row[]): LinearModel {
  const entries = rows.reduce((sum, row) => sum + row.columns.length, 0);
  const rowStarts = new Int32Array(rows.length + 1);
  const rowColumns = new Int32Array(entries);
  const rowValues = new Float64Array(entries);
  let at = 0;
  rows.forEach((row, index) => {
    rowStarts[index] = at;
    rowColumns.set(row.columns, at);
    rowValues.set(row.values, at);
    at += row.columns.length;
  });
  rowStarts[rows.length] = at;
  return {
    columnLower: Float64Array.from(lower),
    columnUpper: Float64Array.from(upper),
    columnInteger: new Uint8Array(lower.length).fill(1),
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    rowStarts,
    rowColumns,
    rowValues,
  };
}

/** The plan's own account of its circuits, from the values of the columns. */
export function toCircuitRuns(formulation: Formulation, values: Float64Array, off: number): CircuitRun[] {
  return formulation.circuits
    .map(({ rule, legs, links }) => ({
      rule,
      legs,
      moves: links.map((first) =>
        Array.from({ length: off }, (_, tranche) => Math.round(values[first + tranche] ?? 0)),
      ),
    }))
    .filter(({ moves }) => moves.some((counts) => counts.some((count) => count > 0)));
}
