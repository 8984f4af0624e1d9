/** Parity: fixed numbers of persons of the exchange lane for each leg in each tranche. */
import { readList, readWhole } from '../problem/parse-json.ts';
import { personsMax, type ParityFixedRule, type PlanningProblem, type Rule } from '../problem/problem.ts';
import { toFreeId } from './free-id.ts';
import { countingKind, eachTranche, formulateSums, selectorsOf, toSum, type RuleKind } from './rule-kind.ts';

export const parityFixed: RuleKind<ParityFixedRule> = {
  ...countingKind,
  fields: ['form', 'legs', 'counts'],
  parse: (reader) => {
    const counts = readList(
      reader.reading,
      reader.fields['counts'],
      reader.at('counts'),
      reader.trancheCount,
      (one, where) => readWhole(reader.reading, one, where, 0, personsMax),
    );
    if (counts.length !== reader.trancheCount)
      reader.fault(reader.at('counts'), `${reader.trancheCount} numbers, one for each tranche`);
    return { kind: 'parity', form: 'fixed', legs: reader.legs(), counts };
  },
  faults: ({ legs, counts }, placed) =>
    legs.flatMap((leg) =>
      placed.count({ legs: [leg] }).flatMap((found, tranche) => {
        const wanted = counts[tranche] ?? 0;
        return found === wanted
          ? []
          : [`leg ${leg}, tranche ${placed.nameOf(tranche)}: ${found} placed, ${wanted} fixed`];
      }),
    ),
  sums: ({ legs, counts }, roster) =>
    legs.map((leg) => toSum([[{ legs: [leg] }, 1]], eachTranche(roster), counts, counts)),
  selectors: (rule, roster) => selectorsOf(parityFixed.sums(rule, roster)),
  sayBroken: (_, { terms: [[who]], where, value, bound }) =>
    `fixes leg ${who.legs?.[0] ?? ''} in ${where}: ${value} of ${bound}`,
  formulate: (rule, draft) => formulateSums(rule, parityFixed.sums(rule, draft.roster), draft),
  describe: ({ id, legs, counts }, words) =>
    `"${id}": ${counts.join(', ')} are fixed on ${words.names(legs)}; ${legs
      .map((leg) => `on ${leg} ${words.eligible({ legs: [leg] })}`)
      .join('; ')}.`,
  loosen: (rule, problem) => ({
    relaxed: loosen(rule, problem),
    text: 'one more on each leg and in each tranche',
  }),
};

/** Fixed numbers as quotas with one more person's room in each. */
function loosen({ id, legs, counts }: ParityFixedRule, problem: PlanningProblem): readonly Rule[] {
  const taken = new Set(problem.rules.map((rule) => rule.id));
  return legs.flatMap((leg, number) =>
    problem.tranches.map(({ id: tranche }, at): Rule => {
      const count = counts[at] ?? 0;
      const free = toFreeId(taken, `${id}, ${number}.${at}`);
      taken.add(free);
      return { id: free, kind: 'quota', who: { legs: [leg] }, tranche, min: count, max: count + 1 };
    }),
  );
}
