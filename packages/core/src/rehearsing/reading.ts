/**
 * Reading a scenario: its form, its terms with defaults filled in, and whether everything that it names is there. What
 * departs is named by its place (RFC 6901), and nothing is played.
 */
import { err, ok, type Result } from '../result.ts';
import { read, type Fault } from '../json/index.ts';
import { termsForm, type PartyId, type Terms } from '../exchange/index.ts';
import type { Told } from './happening.ts';
import { defaultCategory, groupIds, toGroup, type Group } from './people.ts';
import {
  scenario as form,
  scenarioLimits,
  type Ends,
  type Happening,
  type PartyForm,
  type ScenarioForm,
} from './scenario.ts';

export interface Scenario {
  readonly title: string;
  readonly about: string | undefined;
  readonly parties: ReadonlyMap<PartyId, PartyForm>;
  readonly terms: Terms;
  readonly groups: readonly Group[];
  readonly happens: readonly Told[];
  readonly ends: Ends | undefined;
}

/** A scenario from foreign data, or every place where it departs from what a scenario is. */
export function readScenario(data: unknown): Result<Scenario, readonly Fault[]> {
  const formed = read(form, data);
  if (!formed.ok) {
    return formed;
  }
  const { title, about, persons, happens, ends } = formed.value;
  const parties = new Map(Object.entries(formed.value.parties)) as unknown as ReadonlyMap<PartyId, PartyForm>;
  const faults: Fault[] = [];
  const categories = usedCategories(formed.value);
  const terms = fillTerms(formed.value.terms, parties, categories, '/terms', faults);
  const told = happens.map((happening, index): Told => {
    if (happening.do === 'add') {
      return { ...happening, group: happening.persons.id ?? `${happening.persons.leg}-added` };
    }
    if (happening.do !== 'amend') {
      return happening;
    }
    const changed =
      isObject(happening.terms) && isObject(formed.value.terms)
        ? { ...formed.value.terms, ...happening.terms }
        : happening.terms;
    const filled = fillTerms(changed, parties, categories, `/happens/${index}/terms`, faults);
    return filled === undefined ? happening : { ...happening, filled };
  });
  if (terms === undefined || faults.length > 0) {
    return err(faults);
  }
  const ids = groupIds(persons);
  faults.push(...findNameFaults(formed.value, { terms, told, ids }));
  if (faults.length > 0) {
    return err(faults.slice(0, 20));
  }
  return ok({
    ...{ title, about, parties, terms, happens: told, ends },
    groups: persons.map((group, index) => toGroup(ids[index] ?? group.leg, group)),
  });
}

/** The categories that groups and arrivals are recorded as. */
function usedCategories({ persons, happens }: ScenarioForm): readonly string[] {
  const used = [
    ...persons.map(({ category }) => category),
    ...happens.map((one) =>
      one.do === 'add' ? one.persons.category : one.do === 'arrive' ? one.category : undefined,
    ),
  ];
  return [...new Set([defaultCategory, ...used.filter((code) => code !== undefined)])];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a planner need not say: the same for every scenario. */
function fillTerms(
  said: unknown,
  parties: ReadonlyMap<PartyId, PartyForm>,
  categories: readonly string[],
  pointer: string,
  faults: Fault[],
): Terms | undefined {
  if (!isObject(said)) {
    faults.push({ pointer, expected: 'an object' });
    return undefined;
  }
  const neutrals = [...parties].filter(([, { kind }]) => kind === 'neutral').map(([id]) => id);
  const legs = Array.isArray(said['legs'])
    ? (said['legs'] as readonly unknown[]).map((leg) =>
        isObject(leg) ? { id: idOfLeg(leg), lane: 'exchange', ...leg } : leg,
      )
    : said['legs'];
  const filled = {
    ...{ parity: [], gates: [], tranches: [], order: ['length of captivity'] },
    ...{ verdictDays: 14, commentRoundsMax: 2, approvalsPerPower: 2 },
    crossings: [{ id: 'crossing', label: 'The crossing', capacity: 10_000 }],
    neutrals: said['unwitnessed'] === undefined ? neutrals.slice(0, 1) : [],
    ...said,
    legs,
    parity: parityOf(said['parity']),
    categories: categoriesOf(said['categories'], categories),
    couplings: couplingsOf(said['couplings']),
  };
  const judged = read(termsForm, filled);
  if (judged.ok) {
    return judged.value;
  }
  faults.push(...judged.error.map((fault) => ({ ...fault, pointer: `${pointer}${fault.pointer}` })));
  return undefined;
}

const idOfLeg = ({ from, to }: Readonly<Record<string, unknown>>): string =>
  `${typeof from === 'string' ? from : ''}-${typeof to === 'string' ? to : ''}`;

/** Legs that balance one by one need no sides. */
function parityOf(said: unknown): unknown {
  if (!Array.isArray(said)) {
    return said ?? [];
  }
  return (said as readonly unknown[]).map((rule) => {
    const isTied = isObject(rule) && (rule['kind'] === 'equal-per-tranche' || rule['kind'] === 'ratio');
    if (!isTied || rule['sides'] !== undefined || !Array.isArray(rule['legs'])) {
      return rule;
    }
    const { legs, ...rest } = rule;
    return { ...rest, sides: (legs as readonly unknown[]).map((leg) => [leg]) };
  });
}

/** Categories that the planner has not defined mean what their code says. */
function categoriesOf(said: unknown, used: readonly string[]): unknown {
  return said ?? used.map((code) => ({ code, labels: { en: code }, definition: `Recorded as ${code}.` }));
}

/** A step size that is one number holds for every leg of the coupling. */
function couplingsOf(said: unknown): unknown {
  if (!Array.isArray(said)) {
    return said ?? [];
  }
  return (said as readonly unknown[]).map((one) => {
    if (!isObject(one) || typeof one['stepSize'] !== 'number' || !Array.isArray(one['legs'])) {
      return one;
    }
    const legs = one['legs'] as readonly unknown[];
    return { ...one, stepSize: Object.fromEntries(legs.map((leg) => [String(leg), one['stepSize']])) };
  });
}

/** Names that are nobody's: parties, legs and groups that a happening is about, and that no part of the scenario has. */
function findNameFaults(
  { parties, persons, happens, ends }: ScenarioForm,
  {
    terms,
    told,
    ids,
  }: { readonly terms: Terms; readonly told: readonly Told[]; readonly ids: readonly string[] },
): readonly Fault[] {
  const faults: Fault[] = [];
  const hosts = Object.values(parties).filter(({ kind }) => kind === 'host').length;
  if (hosts !== 1) {
    faults.push({ pointer: '/parties', expected: 'one party of the kind host' });
  }
  const legs = new Set<string>(terms.legs.map(({ id }) => id));
  for (const { filled } of told) {
    filled?.legs.forEach(({ id }) => legs.add(id));
  }
  const groups = new Set([...ids, ...told.flatMap(({ group }) => group ?? [])]);
  for (const leg of legs) {
    groups.add(`${leg}-unlisted`);
  }
  const known = {
    leg: (name: string) => legs.has(name),
    party: (name: string) => Object.hasOwn(parties, name),
    group: (name: string) => groups.has(name),
  };
  const expect = (kind: keyof typeof known, name: unknown, pointer: string): void => {
    if (typeof name === 'string' && !known[kind](name)) {
      faults.push({ pointer, expected: `a ${kind} of the scenario` });
    }
  };
  terms.legs.forEach(({ from, to, origin, via }, index) => {
    expect('party', from, `/terms/legs/${index}/from`);
    expect('party', to, `/terms/legs/${index}/to`);
    expect('party', origin, `/terms/legs/${index}/origin`);
    via?.forEach((party, way) => expect('party', party, `/terms/legs/${index}/via/${way}`));
  });
  terms.neutrals.forEach((party, index) => expect('party', party, `/terms/neutrals/${index}`));
  persons.forEach(({ leg }, index) => expect('leg', leg, `/persons/${index}/leg`));
  if (new Set(ids).size < ids.length) {
    faults.push({ pointer: '/persons', expected: 'no two groups of one id' });
  }
  const total = persons.reduce((sum, { count }) => sum + count, 0);
  if (total > scenarioLimits.persons) {
    faults.push({ pointer: '/persons', expected: `${scenarioLimits.persons} persons at most` });
  }
  happens.forEach((happening, index) => nameFaults(happening, `/happens/${index}`, expect));
  for (const group of Object.keys(ends?.persons ?? {})) {
    expect('group', group, `/ends/persons/${group}`);
  }
  for (const leg of Object.keys(ends?.legs ?? {})) {
    expect('leg', leg, `/ends/legs/${leg}`);
  }
  return faults;
}

/** The members of a happening that name somebody or something, wherever they stand in it. */
function nameFaults(
  value: unknown,
  pointer: string,
  expect: (kind: 'leg' | 'party' | 'group', name: unknown, pointer: string) => void,
): void {
  if (Array.isArray(value)) {
    (value as readonly unknown[]).forEach((one, index) => nameFaults(one, `${pointer}/${index}`, expect));
    return;
  }
  if (!isObject(value)) {
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    const at = `${pointer}/${key}`;
    if (key === 'terms') {
      continue;
    } else if (key === 'party' || key === 'guarantor') {
      expect('party', member, at);
    } else if (key === 'leg') {
      expect('leg', member, at);
    } else if (key === 'of') {
      expect('group', member, at);
    } else if (key === 'legs' && Array.isArray(member)) {
      member.forEach((leg, index) => expect('leg', leg, `${at}/${index}`));
    } else if (key === 'persons' && isObject(member) && (value as { do?: unknown }).do === 'propose') {
      for (const [leg, some] of Object.entries(member)) {
        expect('leg', leg, `${at}/${leg}`);
        nameFaults(some, `${at}/${leg}`, expect);
      }
    } else {
      nameFaults(member, at, expect);
    }
  }
}

export type { Happening };
