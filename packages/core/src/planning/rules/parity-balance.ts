/** Parity: each power named gives as many persons of the exchange lane as it receives, tranche by tranche. */
import type { ParityBalanceRule } from '../problem/problem.ts';
import type { Roster } from '../problem/roster.ts';
import { countingKind, eachTranche, formulateSums, toSum, type RuleKind, type Term } from './rule-kind.ts';

export const parityBalance: RuleKind<ParityBalanceRule> = {
  ...countingKind,
  nature: 'tie',
  fields: ['form', 'powers'],
  parse: (reader) => ({ kind: 'parity', form: 'balance', powers: reader.powers() }),
  faults: ({ powers }, placed) =>
    powers.flatMap((power) => {
      const { legs } = placed.roster.problem;
      const out = placed.count({ legs: legs.filter(({ from }) => from === power).map(({ id }) => id) });
      const into = placed.count({ legs: legs.filter(({ to }) => to === power).map(({ id }) => id) });
      return out.flatMap((given, tranche) =>
        given === into[tranche]
          ? []
          : [`${power}, tranche ${placed.nameOf(tranche)}: gives ${given}, receives ${into[tranche] ?? 0}`],
      );
    }),
  sums: ({ powers }, roster) =>
    powers.flatMap((power) => {
      const [first, ...rest] = toTerms(power, roster);
      return first === undefined ? [] : [toSum([first, ...rest], eachTranche(roster), 0, 0)];
    }),
  selectors: (_, roster) => roster.problem.legs.map(({ id }) => ({ legs: [id] })),
  sayBroken: () => 'lets each power give as many as it receives',
  formulate: (rule, draft) => formulateSums(rule, parityBalance.sums(rule, draft.roster), draft),
  describe: ({ id, powers }, words) => `"${id}": ${words.names(powers)} give as many as they receive.`,
  loosen: () => ({ relaxed: [], text: 'left out' }),
};

/** What leaves the power less what comes to it; a leg from a power to itself is neither. */
function toTerms(power: string, roster: Roster): readonly Term[] {
  return roster.problem.legs.flatMap(({ id, from, to }): readonly Term[] => {
    const sign = Number(from === power) - Number(to === power);
    return sign === 0 ? [] : [[{ legs: [id] }, sign]];
  });
}
