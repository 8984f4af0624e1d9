/** Gate: legs run in a tranche only when a number of persons of other legs has crossed before it, or with it. */
import { addColumn, addRow, put } from '../model/draft.ts';
import type { GateRule } from '../problem/problem.ts';
import { countingKind, type RuleKind } from './rule-kind.ts';

export const gate: RuleKind<GateRule> = {
  ...countingKind,
  nature: 'tie',
  fields: ['open', 'after', 'count', 'timing'],
  parse: (reader) => ({
    kind: 'gate',
    open: reader.legs('open'),
    after: reader.legs('after'),
    count: reader.count('count'),
    ...reader.optionalChoice('timing', ['before', 'same']),
  }),
  faults: ({ open, after, count, timing }, placed) => {
    const texts: string[] = [];
    const crossed = placed.count({ legs: after });
    let before = 0;
    placed.count({ legs: open }).forEach((found, tranche) => {
      const seen = before + (timing === 'same' ? (crossed[tranche] ?? 0) : 0);
      if (found > 0 && seen < count)
        texts.push(`tranche ${placed.nameOf(tranche)} opens with ${seen} of ${count} across`);
      before += crossed[tranche] ?? 0;
    });
    return texts;
  },
  // What a gate compares is no sum within bounds: `ties` and `reasons` ask it by itself.
  sums: () => [],
  selectors: ({ open, after }) => [{ legs: open }, { legs: after }],
  sayBroken: ({ id }) => {
    throw new Error(`rule ${id} bounds no sum`);
  },
  formulate: (rule, ruleDraft) => {
    const { draft, tranches } = ruleDraft;
    const key = `rule ${rule.id}`;
    // A row settled in one formulation holds in the next.
    const openMax = ruleDraft.countPlannable(rule.open);
    for (const tranche of tranches) {
      const opened = addColumn(draft, 0, 1, `${key} opened ${tranche}`);
      const use = addRow(draft, `${key} open ${tranche}`, -Infinity, 0);
      ruleDraft.putCount(use, { legs: rule.open }, tranche, 1);
      put(use, opened, -Math.max(1, openMax));
      const reach = addRow(draft, `${key} after ${tranche}`, 0, Infinity);
      const last = rule.timing === 'same' ? tranche : tranche - 1;
      for (let before = 0; before <= last; before += 1)
        ruleDraft.putCount(reach, { legs: rule.after }, before, 1);
      put(reach, opened, -rule.count);
    }
  },
  describe: ({ id, open, after, count }, words) =>
    `"${id}": ${words.names(open)} ${words.verb(open, 'opens', 'open')} when ${count} ${count === 1 ? 'has' : 'have'} crossed on ${words.names(after)}.`,
  loosen: (rule) => ({
    relaxed: [{ ...rule, count: Math.max(0, rule.count - 1) }],
    text: 'one person earlier',
  }),
};
