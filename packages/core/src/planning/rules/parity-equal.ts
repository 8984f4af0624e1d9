/** Parity: as many persons of the exchange lane on one side as on the other, tranche by tranche or in all. */
import type { ParityEqualRule } from '../problem/problem.ts';
import { toParityFaults } from './parity-sides.ts';
import { countingKind, formulateSums, selectorsOf, toGroups, toSum, type RuleKind } from './rule-kind.ts';

export const parityEqual: RuleKind<ParityEqualRule> = {
  ...countingKind,
  nature: 'tie',
  fields: ['form', 'left', 'right', 'over'],
  parse: (reader) => ({
    kind: 'parity',
    form: 'equal',
    left: reader.legs('left'),
    right: reader.legs('right'),
    ...reader.over(),
  }),
  faults: (rule, placed) => toParityFaults(rule, [1, 1], placed),
  sums: ({ left, right, over }, roster) => [
    toSum(
      [
        [{ legs: left }, 1],
        [{ legs: right }, -1],
      ],
      toGroups(roster, undefined, over),
      0,
      0,
    ),
  ],
  selectors: (rule, roster) => selectorsOf(parityEqual.sums(rule, roster)),
  sayBroken: ({ left, right }, { where }) =>
    `lets one more go in ${where} on ${left.join(' + ')} only if more go on ${right.join(' + ')}, and the other way round`,
  formulate: (rule, draft) => formulateSums(rule, parityEqual.sums(rule, draft.roster), draft),
  describe: ({ id, left, right }, words) =>
    `"${id}": as many on ${words.names(left)} as on ${words.names(right)}; on the first ${words.eligible({ legs: left })}; on the second ${words.eligible({ legs: right })}.`,
  loosen: () => ({ relaxed: [], text: 'left out' }),
};
