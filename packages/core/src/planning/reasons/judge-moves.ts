/**
 * Which rules would break if some persons stood in other places: the ground of every reason.
 *
 * Law     Complete: with the rules named left out, the plan with the moves made keeps all others. It may name
 *         a circuit that could be divided anew. Shares nothing with the formulation.
 * Cost    For each move, the sums that count the person, and the rules that name the person.
 */
import { kindOf } from '../rules/index.ts';
import { toCountRows, type CountRow } from './count-rows.ts';
import type { GateRule, Rule } from '../problem/problem.ts';
import { getPersons, type Positions, type Roster } from '../problem/roster.ts';
import { toSelection } from '../problem/selection.ts';

/** A new place for each person number. */
export type Moves = ReadonlyMap<number, number>;

export interface MoveJudge {
  /** The person numbers of a list of names that some rule gives; made once for each list. */
  readonly members: Members;
  /** The rules that name a person, by person number. */
  readonly named: ReadonlyMap<number, readonly Rule[]>;
  /** Each rule that the moves break, in words with figures; undefined where no rule could allow the moves. */
  readonly findBroken: (moves: Moves) => ReadonlyMap<Rule, string> | undefined;
  /** By how many persons the moves exceed a rule's numbers, at most; 0 where they do not. */
  readonly findExcess: (moves: Moves, rule: Rule) => number;
}

type Members = (names: readonly string[]) => ReadonlySet<number>;

function toMembers(roster: Roster): Members {
  const known = new WeakMap<readonly string[], ReadonlySet<number>>();
  return (names) => {
    const found = known.get(names) ?? new Set(getPersons(roster, names));
    known.set(names, found);
    return found;
  };
}

export function toMoveJudge(roster: Roster, positions: Positions): MoveJudge {
  const off = roster.trancheCount;
  const { classOf, findMatches } = toSelection(roster);
  const rows = toCountRows(roster, positions);
  const members = toMembers(roster);
  const named = toNamed(roster);
  const byTranche = Array.from({ length: off }, () => [] as number[]);
  rows.forEach(({ tranches }, number) => {
    for (const tranche of tranches) byTranche[tranche]?.push(number);
  });
  const known = new Map<number, readonly number[]>();
  const rowsOf = (description: number, tranche: number): readonly number[] => {
    const key = description * off + tranche;
    let found = known.get(key);
    if (found === undefined) {
      found = (byTranche[tranche] ?? []).filter((row) => (rows[row]?.weights[description] ?? 0) !== 0);
      known.set(key, found);
    }
    return found;
  };
  const gates = roster.problem.rules
    .filter((rule): rule is GateRule => rule.kind === 'gate')
    .map((rule) => {
      const [opens, counts] = [findMatches({ legs: rule.open }), findMatches({ legs: rule.after })];
      const [opened, crossed] = [new Int32Array(off), new Int32Array(off)];
      positions.forEach((at, index) => {
        if (at === off) return;
        opened[at] = (opened[at] ?? 0) + (opens[classOf[index] ?? 0] ?? 0);
        crossed[at] = (crossed[at] ?? 0) + (counts[classOf[index] ?? 0] ?? 0);
      });
      return { rule, opens, counts, opened, crossed };
    });

  /** By how much the moves change each row. */
  const toSums = (moves: Moves): ReadonlyMap<number, number> => {
    const sums = new Map<number, number>();
    const add = (row: number, by: number): void => void sums.set(row, (sums.get(row) ?? 0) + by);
    for (const [index, to] of moves) {
      const description = classOf[index] ?? 0;
      const from = positions[index] ?? off;
      if (from < off)
        for (const row of rowsOf(description, from)) add(row, -(rows[row]?.weights[description] ?? 0));
      if (to < off) for (const row of rowsOf(description, to)) add(row, rows[row]?.weights[description] ?? 0);
    }
    return sums;
  };

  function findExcess(moves: Moves, rule: Rule): number {
    let most = 0;
    for (const [number, by] of toSums(moves)) {
      const row = rows[number];
      if (row?.rule === rule) most = Math.max(most, row.value + by - row.upper, row.lower - row.value - by);
    }
    return most;
  }

  function findBroken(moves: Moves): ReadonlyMap<Rule, string> | undefined {
    const broken = new Map<Rule, string>();
    for (const [index, to] of moves) {
      const person = roster.persons[index];
      if (person === undefined) return undefined;
      if (to < off && (person.ineligible !== undefined || to < person.first || to > person.last))
        return undefined;
    }
    for (const [number, by] of toSums(moves)) {
      const row: CountRow | undefined = rows[number];
      if (row === undefined || by === 0 || broken.has(row.rule)) continue;
      const value = row.value + by;
      if (value > row.upper) broken.set(row.rule, row.above);
      else if (value < row.lower) broken.set(row.rule, row.below);
    }
    for (const gate of gates) {
      const text = findGateText(gate, moves);
      if (text !== undefined) broken.set(gate.rule, text);
    }
    const at = (index: number): number => moves.get(index) ?? positions[index] ?? off;
    for (const [index, to] of moves) {
      for (const rule of named.get(index) ?? []) {
        if (broken.has(rule)) continue;
        const text = kindOf(rule).sayNamed(rule, { roster, index, to, at, members });
        if (text !== undefined) broken.set(rule, `"${rule.id}" ${text}`);
      }
    }
    return broken;
  }

  function findGateText(gate: (typeof gates)[number], moves: Moves): string | undefined {
    const { rule, opens, counts } = gate;
    const isTouched = [...moves.keys()].some(
      (index) => opens[classOf[index] ?? 0] === 1 || counts[classOf[index] ?? 0] === 1,
    );
    if (!isTouched) return undefined;
    const [opened, crossed] = [gate.opened.slice(), gate.crossed.slice()];
    for (const [index, to] of moves) {
      const description = classOf[index] ?? 0;
      const from = positions[index] ?? off;
      for (const [place, sign] of [
        [from, -1],
        [to, 1],
      ] as const) {
        if (place >= off) continue;
        opened[place] = (opened[place] ?? 0) + sign * (opens[description] ?? 0);
        crossed[place] = (crossed[place] ?? 0) + sign * (counts[description] ?? 0);
      }
    }
    let before = 0;
    for (let tranche = 0; tranche < off; tranche += 1) {
      const seen = before + (rule.timing === 'same' ? (crossed[tranche] ?? 0) : 0);
      if ((opened[tranche] ?? 0) > 0 && seen < rule.count)
        return `"${rule.id}" opens when ${rule.count} have crossed on ${rule.after.join(' + ')}; ${seen} would have by ${roster.problem.tranches[tranche]?.id ?? ''}`;
      before += crossed[tranche] ?? 0;
    }
    return undefined;
  }

  return { members, named, findBroken, findExcess };
}

function toNamed(roster: Roster): ReadonlyMap<number, readonly Rule[]> {
  const named = new Map<number, Rule[]>();
  for (const rule of roster.problem.rules) {
    if (!('persons' in rule)) continue;
    const names =
      rule.kind === 'package' && rule.form === 'only-with' ? [...rule.persons, ...rule.with] : rule.persons;
    for (const index of new Set(getPersons(roster, names))) {
      const list = named.get(index);
      if (list === undefined) named.set(index, [rule]);
      else list.push(rule);
    }
  }
  return named;
}
