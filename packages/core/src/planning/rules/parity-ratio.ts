/**
 * Parity: persons of two sides in a ratio, such as one for three, tranche by tranche or in all.
 *
 * Why     A ratio in least numbers holds a whole number of times: a column of its own says how often, so that the
 *         relaxation loses the fractions of its share.
 */
import { addColumn, addRow, put } from '../model/draft.ts';
import type { RuleDraft } from '../model/rule-draft.ts';
import type { ParityRatioRule } from '../problem/problem.ts';
import { personsMax } from '../problem/problem.ts';
import { readList, readWhole } from '../problem/parse-json.ts';
import { toParityFaults } from './parity-sides.ts';
import { countingKind, formulateSums, selectorsOf, toGroups, toSum, type RuleKind } from './rule-kind.ts';

export const parityRatio: RuleKind<ParityRatioRule> = {
  ...countingKind,
  nature: 'tie',
  fields: ['form', 'left', 'right', 'ratio', 'over'],
  parse: (reader) => {
    const ratio = readList(reader.reading, reader.fields['ratio'], reader.at('ratio'), 2, (one, where) =>
      readWhole(reader.reading, one, where, 1, personsMax),
    );
    if (ratio.length !== 2) reader.fault(reader.at('ratio'), 'two whole numbers');
    return {
      kind: 'parity',
      form: 'ratio',
      left: reader.legs('left'),
      right: reader.legs('right'),
      ratio: [ratio[0] ?? 1, ratio[1] ?? 1],
      ...reader.over(),
    };
  },
  faults: (rule, placed) => toParityFaults(rule, rule.ratio, placed),
  sums: ({ left, right, ratio: [a, b], over }, roster) => [
    toSum(
      [
        [{ legs: left }, b],
        [{ legs: right }, -a],
      ],
      toGroups(roster, undefined, over),
      0,
      0,
    ),
  ],
  selectors: (rule, roster) => selectorsOf(parityRatio.sums(rule, roster)),
  sayBroken: ({ left, right }, { where }) =>
    `lets one more go in ${where} on ${left.join(' + ')} only if more go on ${right.join(' + ')}, and the other way round`,
  formulate: (rule, draft) => {
    const [a, b] = toLeast(rule.ratio);
    if (a === 1 && b === 1) {
      const groupOf = toGroups(draft.roster, undefined, rule.over);
      const sides = [
        [{ legs: rule.left }, 1],
        [{ legs: rule.right }, -1],
      ] as const;
      formulateSums(rule, [toSum(sides, groupOf, 0, 0)], draft);
    } else formulateTimes(rule, [a, b], draft);
  },
  describe: ({ id, left, right, ratio }, words) =>
    `"${id}": ${ratio[0]} on ${words.names(left)} for ${ratio[1]} on ${words.names(right)}; on the first ${words.eligible({ legs: left })}; on the second ${words.eligible({ legs: right })}.`,
  loosen: () => ({ relaxed: [], text: 'left out' }),
};

/** Both sides are a whole number of times their share. */
function formulateTimes(
  rule: ParityRatioRule,
  [a, b]: readonly [number, number],
  ruleDraft: RuleDraft,
): void {
  const { draft, tranches } = ruleDraft;
  const key = `rule ${rule.id}`;
  const groups = rule.over === 'total' ? [tranches] : tranches.map((tranche) => [tranche]);
  const most = Math.floor(
    Math.min(ruleDraft.countPlannable(rule.left) / a, ruleDraft.countPlannable(rule.right) / b),
  );
  const sums = groups.map((group, number) => {
    const multiple = addColumn(draft, 0, most, `${key} times ${number}`);
    for (const [side, share] of [
      ['left', a],
      ['right', b],
    ] as const) {
      const row = ruleDraft.addSum(`${key} ${side} ${number}`, [[{ legs: rule[side] }, 1]], group, 0, 0);
      put(row, multiple, -share);
    }
    return multiple;
  });
  ruleDraft.times.push(...sums);
  if (sums.length < 2) return;
  // How often in all: what the levels count first. It weighs more than each of its parts.
  const all = addColumn(draft, 0, most, `${key} times in all`);
  const row = addRow(draft, `${key} in all`, 0, 0);
  for (const one of sums) put(row, one, a + b);
  put(row, all, -a - b);
  ruleDraft.times.push(all);
}

/** The ratio in least numbers. */
function toLeast([a, b]: readonly [number, number]): readonly [number, number] {
  let [divisor, rest] = [a, b];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return [a / divisor, b / divisor];
}
