/** Facility: at most so many persons are fetched from a place of detention on one day, whatever their lane. */
import { everyLane, type FacilityRule } from '../problem/problem.ts';
import { toDays } from '../problem/roster.ts';
import { countingKind, formulateSums, selectorsOf, toSum, type RuleKind } from './rule-kind.ts';

export const facility: RuleKind<FacilityRule> = {
  ...countingKind,
  fields: ['facility', 'max'],
  parse: (reader) => ({
    kind: 'facility',
    facility: reader.one('facility', reader.names.facilities, 'facility'),
    max: reader.count('max'),
  }),
  faults: ({ facility: name, max }, placed) => {
    const days = toDays(placed.roster);
    const byDay = new Map<number, number>();
    placed.count({ facilities: [name], lanes: everyLane }).forEach((found, tranche) => {
      const day = days[tranche] ?? 0;
      byDay.set(day, (byDay.get(day) ?? 0) + found);
    });
    return [...byDay].flatMap(([day, found]) =>
      found > max ? [`${name}, day ${day + 1}: ${found} fetched, ${max} can be`] : [],
    );
  },
  sums: ({ facility: name, max }, roster) => [
    toSum([[{ facilities: [name], lanes: everyLane }, 1]], toDays(roster), -Infinity, max),
  ],
  selectors: (rule, roster) => selectorsOf(facility.sums(rule, roster)),
  sayBroken: ({ facility: name }, { where, value, bound }) =>
    `lets so many be fetched from ${name} a day in ${where}: ${value} of ${bound}`,
  formulate: (rule, draft) => formulateSums(rule, facility.sums(rule, draft.roster), draft),
  describe: ({ id, facility: name, max }) => `"${id}": at most ${max} a day are fetched from ${name}.`,
  loosen: (rule) => ({
    relaxed: [{ ...rule, max: rule.max + 1 }],
    text: `${rule.max + 1} instead of ${rule.max}`,
  }),
};
