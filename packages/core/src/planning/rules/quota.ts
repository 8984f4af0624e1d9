/** Quota: how many persons whom a selector chooses go in one tranche, in each, or in all. */
import { optional, readWhole, toPointer } from '../problem/parse-json.ts';
import { personsMax, type QuotaRule } from '../problem/problem.ts';
import { total } from './placed-persons.ts';
import { readSelector } from './read-selector.ts';
import { countingKind, formulateSums, toGroups, toSum, type RuleKind } from './rule-kind.ts';

export const quota: RuleKind<QuotaRule> = {
  ...countingKind,
  fields: ['who', 'tranche', 'over', 'min', 'max', 'exact'],
  parse: (reader) => {
    const { fields, pointer } = reader;
    const who = readSelector(reader, fields['who'], reader.at('who'));
    const count = (one: unknown, where: string): number =>
      readWhole(reader.reading, one, where, 0, personsMax);
    const limits = {
      ...optional(fields, 'min', pointer, count),
      ...optional(fields, 'max', pointer, count),
      ...optional(fields, 'exact', pointer, count),
    };
    if (Object.keys(limits).length === 0) reader.fault(pointer, 'one of min, max, exact');
    if (limits.exact !== undefined && (limits.min !== undefined || limits.max !== undefined))
      reader.fault(reader.at('exact'), 'exact alone, without min or max');
    if ((limits.min ?? 0) > (limits.max ?? Infinity))
      reader.fault(reader.at('min'), `at most ${limits.max ?? 0}, which is max`);
    if (
      who.lanes?.includes('direct-repatriation') === true &&
      (limits.max !== undefined || limits.exact !== undefined)
    )
      reader.fault(
        toPointer(reader.at('who'), 'lanes'),
        'no upper number on direct repatriation (GC III 109)',
      );
    if (fields['tranche'] !== undefined && fields['over'] !== undefined)
      reader.fault(reader.at('over'), 'either a tranche or over, not both');
    return { kind: 'quota', who, ...reader.optionalTranche('tranche'), ...reader.over(), ...limits };
  },
  faults: ({ who, tranche, over, min, max, exact }, placed) => {
    const counts = placed.count(who);
    const compare = (found: number, where: string): readonly string[] => [
      ...(exact !== undefined && found !== exact ? [`${where}: ${found}, exactly ${exact} required`] : []),
      ...(min !== undefined && found < min ? [`${where}: ${found}, at least ${min} required`] : []),
      ...(max !== undefined && found > max ? [`${where}: ${found}, at most ${max} allowed`] : []),
    ];
    if (tranche !== undefined)
      return compare(counts[placed.roster.trancheIndex.get(tranche) ?? -1] ?? 0, `tranche ${tranche}`);
    if (over === 'total') return compare(total(counts), 'in all');
    return counts.flatMap((found, at) => compare(found, `tranche ${placed.nameOf(at)}`));
  },
  sums: ({ who, tranche, over, min, max, exact }, roster) => [
    toSum([[who, 1]], toGroups(roster, tranche, over), exact ?? min ?? -Infinity, exact ?? max ?? Infinity),
  ],
  selectors: ({ who }) => [who],
  sayBroken: ({ exact }, { where, value, bound, isAbove }) => {
    if (exact !== undefined) return `fixes the number in ${where}: ${value} of ${exact}`;
    return isAbove
      ? `allows at most in ${where}: ${value} of ${bound}`
      : `asks for at least ${bound} in ${where}: ${value} are there`;
  },
  formulate: (rule, draft) => formulateSums(rule, quota.sums(rule, draft.roster), draft),
  describe: ({ id, who, tranche, over, min, max, exact }, words) => {
    const where = tranche ?? (over === 'total' ? 'all tranches together' : 'each tranche');
    const asked =
      exact !== undefined
        ? `exactly ${exact} ${words.whom(who, exact)} ${exact === 1 ? 'is' : 'are'} required`
        : [
            ...(min === undefined
              ? []
              : [`at least ${min} ${words.whom(who, min)} ${min === 1 ? 'is' : 'are'} required`]),
            ...(max === undefined
              ? []
              : [`at most ${max} ${words.whom(who, max)} ${max === 1 ? 'is' : 'are'} allowed`]),
          ].join(' and ');
    return `"${id}": ${asked} in ${where}; ${words.eligible(who, tranche)}${words.inOtherLanes(who)}.`;
  },
  loosen: ({ exact, min, max, ...rest }) =>
    exact !== undefined
      ? {
          relaxed: [{ ...rest, min: Math.max(0, exact - 1), max: exact + 1 }],
          text: `one more or less than ${exact}`,
        }
      : {
          relaxed: [
            {
              ...rest,
              ...(min === undefined ? {} : { min: Math.max(0, min - 1) }),
              ...(max === undefined ? {} : { max: max + 1 }),
            },
          ],
          text: 'by one',
        },
};
