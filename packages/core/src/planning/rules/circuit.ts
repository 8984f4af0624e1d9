/**
 * Circuit: all persons of the exchange lane on some legs divide into cycles and chains of at most `cap` legs (cycles
 * and chains of kidney exchange).
 *
 * Source  Roth, Sönmez, Ünver 2007: cycles and chains. Each circuit has a column for each link and tranche.
 */
import { addColumn, addRow, put, type DraftRow } from '../model/draft.ts';
import type { RuleDraft } from '../model/rule-draft.ts';
import { readList } from '../problem/parse-json.ts';
import { findCircuits } from '../problem/circuits.ts';
import type { CircuitRun } from '../problem/plan.ts';
import type { CircuitRule } from '../problem/problem.ts';
import { getIndex } from '../problem/roster.ts';
import type { PlacedPersons } from './placed-persons.ts';
import { countingKind, eachTranche, selectorsOf, toSum, type RuleKind } from './rule-kind.ts';
import { toIdReader } from './rule-reader.ts';

export const circuit: RuleKind<CircuitRule> = {
  ...countingKind,
  nature: 'tie',
  isElastic: false,
  fields: ['legs', 'cap', 'timing', 'starts'],
  parse: (reader) => ({
    kind: 'circuit',
    legs: reader.legs(),
    cap: reader.whole('cap', 1, 10),
    timing: reader.choice('timing', ['simultaneous', 'gated']),
    ...reader.optional('starts', (one, where) => [
      ...readList(reader.reading, one, where, 200, toIdReader(reader.reading, reader.names.powers, 'power')),
    ]),
  }),
  faults: findFaults,
  // Of circuits a plan states how many run: their sums stay as they are.
  sums: ({ legs }, roster) => legs.map((leg) => toSum([[{ legs: [leg] }, 1]], eachTranche(roster), NaN, NaN)),
  selectors: (rule, roster) => selectorsOf(circuit.sums(rule, roster)),
  sayBroken: () => 'lets nobody go outside a cycle or chain',
  formulate,
  describe: ({ id, legs, cap }, words) =>
    `"${id}": everyone on ${words.names(legs)} goes in a cycle or chain of at most ${cap} legs.`,
  loosen: () => ({ relaxed: [], text: 'left out' }),
};

function findFaults(rule: CircuitRule, placed: PlacedPersons): readonly string[] {
  const { roster, off } = placed;
  const allowed = new Set(
    findCircuits(roster, rule).map(({ legs }) =>
      legs.map((leg) => roster.problem.legs[leg]?.id ?? '').join('\n'),
    ),
  );
  const texts: string[] = [];
  const moved = new Map(rule.legs.map((leg) => [leg, Array.from({ length: off }, () => 0)]));
  for (const run of placed.circuits) {
    if (run.rule !== rule.id) continue;
    if (allowed.has(run.legs.join('\n')) && run.moves.length === run.legs.length)
      texts.push(...addRun(run, rule, placed, moved));
    else texts.push(`${run.legs.join(' → ')} is not a cycle or chain that the rule allows`);
  }
  for (const [leg, sums] of moved)
    placed.count({ legs: [leg] }).forEach((found, tranche) => {
      if (found !== sums[tranche])
        texts.push(
          `leg ${leg}, tranche ${placed.nameOf(tranche)}: ${found} placed, ${sums[tranche] ?? 0} in circuits`,
        );
    });
  return texts;
}

/** Adds up what a circuit moves, and says where its links do not follow one another as they should. */
function addRun(
  { legs, moves: links }: CircuitRun,
  { timing }: CircuitRule,
  placed: PlacedPersons,
  moved: ReadonlyMap<string, number[]>,
): readonly string[] {
  const texts: string[] = [];
  const name = legs.join(' → ');
  links.forEach((moves, link) => {
    const sums = moved.get(legs[link] ?? '');
    let here = 0;
    let before = 0;
    for (let tranche = 0; tranche < placed.off; tranche += 1) {
      const now = moves[tranche] ?? 0;
      const earlier = links[link - 1]?.[tranche] ?? 0;
      if (!Number.isInteger(now) || now < 0) texts.push('a circuit moves no whole number of persons');
      if (timing === 'simultaneous' && link > 0 && now !== earlier)
        texts.push(`${name}: its links do not run at once in ${placed.nameOf(tranche)}`);
      here += now;
      before += earlier;
      if (link > 0 && here > before) texts.push(`${name}: a link runs ahead of the one before it`);
      if (sums !== undefined) sums[tranche] = (sums[tranche] ?? 0) + now;
    }
    if (link > 0 && here !== before) texts.push(`${name}: its links move different numbers`);
  });
  return texts;
}

function formulate(rule: CircuitRule, ruleDraft: RuleDraft): void {
  const { draft, roster, tranches } = ruleDraft;
  const key = `rule ${rule.id}`;
  const size = Math.max(1, roster.persons.length);
  const sums = new Map<number, readonly DraftRow[]>();
  for (const id of rule.legs)
    sums.set(
      getIndex(roster.legIndex, id),
      tranches.map((tranche) => {
        const row = addRow(draft, `${key} leg ${id} ${tranche}`, 0, 0);
        ruleDraft.putCount(row, { legs: [id] }, tranche, 1);
        return row;
      }),
    );
  findCircuits(roster, rule).forEach(({ legs }, number) => {
    const links = legs.map((leg, link) => {
      const first = draft.lower.length;
      for (const tranche of tranches) {
        const column = addColumn(draft, 0, size, `${key} moves ${number} ${link} ${tranche}`);
        const row = sums.get(leg)?.[tranche];
        if (row !== undefined) put(row, column, -1);
      }
      return first;
    });
    ruleDraft.circuits.push({
      rule: rule.id,
      legs: legs.map((leg) => roster.problem.legs[leg]?.id ?? ''),
      links,
    });
    addFollowing(rule, ruleDraft, `${key} ${number}`, links);
  });
}

/** Each link runs as the one before it, or does not run ahead of it. */
function addFollowing(
  { timing }: CircuitRule,
  { draft, tranches }: RuleDraft,
  key: string,
  links: readonly number[],
): void {
  links.forEach((first, link) => {
    const before = links[link - 1];
    if (before === undefined) return;
    for (const tranche of tranches) {
      const isSame = timing === 'simultaneous';
      const isLast = tranche === tranches.length - 1;
      const row = addRow(draft, `${key} ${link} ${tranche}`, isSame || isLast ? 0 : -Infinity, 0);
      for (let at = isSame ? tranche : 0; at <= tranche; at += 1) {
        put(row, first + at, 1);
        put(row, before + at, -1);
      }
    }
  });
}
