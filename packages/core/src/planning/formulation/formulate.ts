/**
 * The problem over cells as rows and columns for the solver: one whole number for each cell and tranche.
 *
 * Law     spec/planning.md, "How it is solved". Rows carry the rule they come from; the values of levels are
 *         counted here over cells, and by `measure.ts` over persons: the checker compares the two.
 */
import { findCircuits } from '../problem/circuits.ts';
import type { Cells } from './cells.ts';
import { addColumn, addRow, getColumn, openDraft, put, toModel, type DraftRow } from '../model/draft.ts';
import { formulateLevels, type LevelForm } from '../objectives/level-forms.ts';
import { isPlannable } from '../objectives/measure.ts';
import type { CircuitRun } from '../problem/plan.ts';
import { everyLane, needs, type Objective, type Rule, type Selector } from '../problem/problem.ts';
import { getIndex, getPersons, isSelected, toDays, type Roster } from '../problem/roster.ts';
import { toSelection } from '../problem/selection.ts';
import type { LinearModel } from '../problem/solver.ts';

interface CircuitColumns {
  readonly rule: string;
  readonly legs: readonly string[];
  /** First column of each link; its tranches follow. */
  readonly links: readonly number[];
}

export interface Formulation {
  readonly model: LinearModel;
  /** A name for each row. The first rows are those of the cells, in their order. */
  readonly rowKeys: readonly string[];
  readonly cells: Cells;
  /** The column of cell c in tranche t at c * trancheCount + t; -1 where closed. */
  readonly columns: Int32Array;
  /** Columns that are no cell's, by name. */
  readonly auxiliary: ReadonlyMap<string, number>;
  readonly levels: readonly LevelForm[];
  readonly circuits: readonly CircuitColumns[];
  /** Columns that say how many times a ratio holds: whole, where its sides alone would not be. */
  readonly times: readonly number[];
}

/** Builds rows and columns for the objectives given. Cost: proportional to the entries written. */
export function formulate(
  roster: Roster,
  cells: Cells,
  objectives: readonly Objective[],
  isUnbound: boolean,
): Formulation {
  const off = roster.trancheCount;
  const draft = openDraft(roster, cells);
  const { tranches } = draft;
  const columnAt = (cell: number, tranche: number): number => getColumn(draft, cell, tranche);

  const { findMatches } = toSelection(roster);
  const descriptions = toDescriptions(roster, cells);
  const counted = new Map<string, readonly (readonly [number, number])[]>();
  /** Cells a selector counts, with how many persons one of the cell's columns moves. */
  const countOf = (who: Selector): readonly (readonly [number, number])[] => {
    const key = JSON.stringify(who);
    const known = counted.get(key);
    if (known !== undefined) return known;
    const found: (readonly [number, number])[] = [];
    const matches = findMatches(who);
    descriptions.forEach((of, c) => {
      let weight = 0;
      for (const [description, count] of of) weight += (matches[description] ?? 0) * count;
      if (weight > 0) found.push([c, weight]);
    });
    counted.set(key, found);
    return found;
  };
  const putCount = (row: DraftRow, who: Selector, tranche: number, factor: number): void => {
    for (const [cell, weight] of countOf(who)) put(row, columnAt(cell, tranche), weight * factor);
  };
  const circuits: CircuitColumns[] = [];
  const times: number[] = [];
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
                putCount(
                  addRow(draft, `${key} ${leg} ${tranche}`, count, count),
                  { legs: [leg] },
                  tranche,
                  1,
                );
              }
            }
            return;
          case 'balance':
            for (const power of rule.powers) {
              for (const tranche of tranches) {
                const row = addRow(draft, `${key} ${power} ${tranche}`, 0, 0);
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
            const [a, b] = rule.form === 'ratio' ? toLeast(rule.ratio) : ([1, 1] as const);
            const groups = rule.over === 'total' ? [tranches] : tranches.map((tranche) => [tranche]);
            const sums: number[] = [];
            groups.forEach((group, number) => {
              const addSide = (net: Map<number, number>, side: readonly string[], factor: number): void => {
                for (const tranche of group)
                  for (const [cell, weight] of countOf({ legs: side })) {
                    const column = columnAt(cell, tranche);
                    net.set(column, (net.get(column) ?? 0) + weight * factor);
                  }
              };
              const add = (name: string, net: ReadonlyMap<number, number>): DraftRow => {
                const row = addRow(draft, name, 0, 0);
                for (const [column, value] of net) put(row, column, value);
                return row;
              };
              if (a === 1 && b === 1) {
                const net = new Map<number, number>();
                addSide(net, rule.left, 1);
                addSide(net, rule.right, -1);
                add(`${key} ${number}`, net);
                return;
              }
              // Both sides are a whole number of times their share: said so, the relaxation loses the fractions.
              const most = Math.floor(
                Math.min(countPlannable(rule.left) / a, countPlannable(rule.right) / b),
              );
              const multiple = addColumn(draft, 0, most, `${key} times ${number}`);
              sums.push(multiple);
              for (const [side, share] of [
                ['left', a],
                ['right', b],
              ] as const) {
                const net = new Map<number, number>();
                addSide(net, rule[side], 1);
                put(add(`${key} ${side} ${number}`, net), multiple, -share);
              }
            });
            if (sums.length > 1) {
              // How often in all: what the levels count first. It weighs more than each of its parts.
              const most = Math.floor(
                Math.min(countPlannable(rule.left) / a, countPlannable(rule.right) / b),
              );
              const all = addColumn(draft, 0, most, `${key} times in all`);
              const row = addRow(draft, `${key} in all`, 0, 0);
              for (const one of sums) put(row, one, a + b);
              put(row, all, -a - b);
              sums.push(all);
            }
            times.push(...sums);
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
          const row = addRow(draft, `${key} ${number}`, low, high);
          for (const tranche of group) putCount(row, rule.who, tranche, 1);
        });
        return;
      }
      case 'capacity': {
        const legs = roster.problem.legs
          .filter(({ crossing }) => crossing === rule.crossing)
          .map(({ id }) => id);
        for (const tranche of toTranches(rule.tranche))
          putCount(
            addRow(draft, `${key} ${tranche}`, -Infinity, rule.max),
            { legs, lanes: everyLane },
            tranche,
            1,
          );
        return;
      }
      case 'vehicles':
        for (const need of needs) {
          const places = rule.vehicles.reduce((sum, vehicle) => sum + (vehicle[`${need}s`] ?? 0), 0);
          for (const tranche of toTranches(rule.tranche))
            putCount(
              addRow(draft, `${key} ${need} ${tranche}`, -Infinity, places),
              { legs: rule.legs, lanes: everyLane, needs: [need] },
              tranche,
              1,
            );
        }
        return;
      case 'facility': {
        const days = toDays(roster);
        for (const day of new Set(days)) {
          const row = addRow(draft, `${key} ${day}`, -Infinity, rule.max);
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
          const through = isMany ? addColumn(draft, 0, 1, `${key} through ${tranche}`) : -1;
          const follow = (name: string, first: number, second: number, isCumulative: boolean): void => {
            const row = addRow(draft, `${key} ${name} ${tranche}`, -Infinity, 0);
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
          const row = addRow(draft, `${key} ${tranche}`, -Infinity, 1);
          for (const [cell, weight] of weights) put(row, columnAt(cell, tranche), weight);
        }
        return;
      }
      case 'gate': {
        // A row settled in one formulation holds in the next.
        const openMax = countPlannable(rule.open);
        for (const tranche of tranches) {
          const opened = addColumn(draft, 0, 1, `${key} opened ${tranche}`);
          const use = addRow(draft, `${key} open ${tranche}`, -Infinity, 0);
          putCount(use, { legs: rule.open }, tranche, 1);
          put(use, opened, -Math.max(1, openMax));
          const reach = addRow(draft, `${key} after ${tranche}`, 0, Infinity);
          const last = rule.timing === 'same' ? tranche : tranche - 1;
          for (let before = 0; before <= last; before += 1) putCount(reach, { legs: rule.after }, before, 1);
          put(reach, opened, -rule.count);
        }
        return;
      }
      case 'circuit': {
        const size = Math.max(1, roster.persons.length);
        const sums = new Map<number, DraftRow[]>();
        for (const id of rule.legs) {
          sums.set(
            getIndex(roster.legIndex, id),
            tranches.map((tranche) => {
              const row = addRow(draft, `${key} leg ${id} ${tranche}`, 0, 0);
              putCount(row, { legs: [id] }, tranche, 1);
              return row;
            }),
          );
        }
        findCircuits(roster, rule).forEach((circuit, number) => {
          const links = circuit.legs.map((leg, link) => {
            const first = draft.lower.length;
            for (const tranche of tranches) {
              const column = addColumn(draft, 0, size, `${key} moves ${number} ${link} ${tranche}`);
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
                const row = addRow(draft, `${key} ${number} ${link} ${tranche}`, 0, 0);
                put(row, first + tranche, 1);
                put(row, before + tranche, -1);
              } else {
                const isLast = tranche === off - 1;
                const row = addRow(draft, `${key} ${number} ${link} ${tranche}`, isLast ? 0 : -Infinity, 0);
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
          if ((cells.cellOf[index] ?? -1) < 0) addRow(draft, `${key} missing ${index}`, 1, 1);
        }
        return;
      }
      case 'place': {
        for (const index of getPersons(roster, rule.persons)) {
          if ((cells.cellOf[index] ?? -1) < 0 && rule.tranche !== null)
            addRow(draft, `${key} missing ${index}`, 1, 1);
        }
        return;
      }
      case 'veto':
      case 'family':
        return;
    }
  }

  /** The same in every formulation of the problem. */
  function countPlannable(legs: readonly string[]): number {
    return roster.persons.filter((person) => isPlannable(person) && isSelected(roster, person, { legs }))
      .length;
  }

  function toTranches(only: string | undefined): readonly number[] {
    return only === undefined ? tranches : [getIndex(roster.trancheIndex, only)];
  }

  const levels = formulateLevels(draft, objectives);
  return {
    model: toModel(draft),
    rowKeys: draft.rows.map(({ key }) => key),
    cells,
    columns: draft.columns,
    auxiliary: draft.auxiliary,
    levels,
    circuits,
    times,
  };
}

/** The ratio in least numbers. */
function toLeast([a, b]: readonly [number, number]): readonly [number, number] {
  let [divisor, rest] = [a, b];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return [a / divisor, b / divisor];
}

/** How many persons of each description one column of each cell moves. */
function toDescriptions(
  roster: Roster,
  { cells }: Cells,
): readonly (readonly (readonly [description: number, count: number])[])[] {
  const { classOf } = toSelection(roster);
  return cells.map(({ kind, members }) => {
    // Members of a pool agree on every selector: the first answers for all, and each column moves one.
    if (kind === 'pool' || members.length === 1) return [[classOf[members[0] ?? 0] ?? 0, 1]];
    const counts = new Map<number, number>();
    for (const index of members) {
      const description = classOf[index] ?? 0;
      counts.set(description, (counts.get(description) ?? 0) + 1);
    }
    return [...counts];
  });
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
