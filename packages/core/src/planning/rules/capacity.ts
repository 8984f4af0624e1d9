/** Capacity: at most so many persons cross at a crossing in a tranche, whatever their lane. */
import { everyLane, type CapacityRule } from '../problem/problem.ts';
import type { Roster } from '../problem/roster.ts';
import { countingKind, formulateSums, selectorsOf, toGroups, toSum, type RuleKind } from './rule-kind.ts';

export const capacity: RuleKind<CapacityRule> = {
  ...countingKind,
  fields: ['crossing', 'max', 'tranche'],
  parse: (reader) => ({
    kind: 'capacity',
    crossing: reader.one('crossing', reader.names.crossings, 'crossing'),
    max: reader.count('max'),
    ...reader.optionalTranche('tranche'),
  }),
  faults: ({ crossing, max, tranche }, placed) =>
    placed.count({ legs: toLegs(crossing, placed.roster), lanes: everyLane }).flatMap((found, at) => {
      const name = placed.nameOf(at);
      return (tranche === undefined || name === tranche) && found > max
        ? [`${crossing}, tranche ${name}: ${found} cross, ${max} can`]
        : [];
    }),
  sums: ({ crossing, max, tranche }, roster) => [
    toSum(
      [[{ legs: toLegs(crossing, roster), lanes: everyLane }, 1]],
      toGroups(roster, tranche, undefined),
      -Infinity,
      max,
    ),
  ],
  selectors: (rule, roster) => selectorsOf(capacity.sums(rule, roster)),
  sayBroken: ({ crossing }, { where, value, bound }) =>
    `lets so many cross at ${crossing} in ${where}: ${value} of ${bound}`,
  formulate: (rule, draft) => formulateSums(rule, capacity.sums(rule, draft.roster), draft),
  describe: ({ id, crossing, max, tranche }) =>
    `"${id}": at most ${max} cross at ${crossing} in ${tranche ?? 'each tranche'}, both ways and all lanes together.`,
  loosen: (rule) => ({
    relaxed: [{ ...rule, max: rule.max + 1 }],
    text: `${rule.max + 1} instead of ${rule.max}`,
  }),
};

function toLegs(crossing: string, { problem }: Roster): readonly string[] {
  return problem.legs.filter((leg) => leg.crossing === crossing).map(({ id }) => id);
}
