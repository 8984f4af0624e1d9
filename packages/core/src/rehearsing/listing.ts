/** Lists: sealed by everybody, opened together, answered; later additions, strikes, comments; wills and health. */
import {
  expectedLists,
  findIn,
  homeOf as homeOfLeg,
  listRoot,
  personsPerActMax,
  valuesOf,
  type EntryId,
  type EntryOpening,
  type LegId,
  type ListId,
  type ListKind,
  type PartyId,
  type Verdict,
} from '../exchange/index.ts';
import { madeUpCommitment, madeUpHash, madeUpId, official } from './cast.ts';
import { toGroup, type Group, type Person } from './people.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { GroupForm, HappeningOf } from './scenario.ts';
import { fail, inRuns, offer, type Script } from './script.ts';

const listIdOf = (party: PartyId, kind: ListKind): ListId => madeUpId(`list ${party} ${kind}`) as ListId;

/** The power that persons of a leg go home to; undefined where the terms name none. */
const homeOf = (at: Rehearsal, leg: LegId): PartyId | undefined => homeOfLeg(at.leg(leg));

function openingOf(at: Rehearsal, person: Person, entry: EntryId): EntryOpening {
  return {
    ...{ entry, commitment: madeUpCommitment(entry), category: person.category },
    lane: at.leg(person.leg).lane,
  };
}

/** What a party's list of a kind holds, by the groups of the scenario. */
function contentsOf(at: Rehearsal, party: PartyId, kind: ListKind): readonly EntryOpening[] {
  const groups = [...at.groups.values()];
  const from = (group: Group): boolean => at.leg(group.leg).from === party;
  switch (kind) {
    case 'held':
    case 'withheld': {
      const lists: readonly string[] = kind === 'held' ? ['held', 'both'] : ['withheld'];
      return groups
        .filter((group) => lists.includes(group.form.list) && from(group))
        .flatMap(({ persons }) => persons.map((person) => openingOf(at, person, person.entry)));
    }
    case 'sought':
      return groups
        .filter(({ form, leg }) => ['sought', 'both'].includes(form.list) && homeOf(at, leg) === party)
        .flatMap(({ persons }) =>
          persons.map((person) => openingOf(at, person, person.twin ?? person.entry)),
        );
  }
}

/** Lists brought as far as `until`; what is there already is left as it is. */
export function* bringLists(at: Rehearsal, until: 'sealed' | 'opened' | 'answered' = 'answered'): Script {
  const expected = expectedLists(at.terms);
  for (const { party, list: kind } of expected) {
    const list = listIdOf(party, kind);
    if (findIn(at.state.lists, list) !== undefined) {
      continue;
    }
    const contents = contentsOf(at, party, kind);
    yield* offer(official(party, 'coordinator'), 'ListSealed', {
      ...{ list, kind, root: listRoot(contents), count: contents.length },
      records: madeUpHash(`records ${party} ${kind}`),
      escrow: madeUpHash(`escrow ${party} ${kind}`),
    });
  }
  if (until === 'sealed') {
    return;
  }
  for (const { party, list: kind } of expected) {
    const id = listIdOf(party, kind);
    const list = findIn(at.state.lists, id);
    const runs = inRuns(contentsOf(at, party, kind), personsPerActMax);
    const parts = runs.length === 0 ? [[]] : runs;
    for (const [index, entries] of parts.entries()) {
      if (list !== undefined && list.opened.part > index) {
        continue;
      }
      yield* offer(official(party, 'coordinator'), 'ListOpened', {
        ...{ list: id, part: index + 1, parts: parts.length, entries },
        reveal: madeUpHash(`reveal ${party} ${kind}`),
      });
    }
  }
  if (until === 'opened') {
    return;
  }
  for (const group of at.groups.values()) {
    yield* answer(at, group);
  }
}

/** The answer of the other side to a group: to the holder's entries, and to the seeker's. */
function* answer(at: Rehearsal, { leg, form, persons }: Group): Script {
  const verdict = form.answer;
  if (verdict === 'none' || form.list === 'none') {
    return;
  }
  const [holder, home] = [at.leg(leg).from, homeOf(at, leg)];
  const open = persons.filter(({ entry }) => at.entry(entry)?.verdict === undefined);
  const by = form.list === 'sought' ? holder : home;
  if (by === undefined) {
    return;
  }
  const judge = official(by, 'coordinator');
  for (const run of inRuns(open, personsPerActMax / 2)) {
    yield* offer(judge, 'EntryJudged', {
      judgements: run.map(({ entry, twin }) => ({
        ...{ entry, verdict },
        ...(twin === undefined ? {} : { counterpart: twin }),
      })),
    });
    const twins = run.flatMap(({ twin }) => twin ?? []);
    if (twins.length > 0) {
      yield* offer(official(holder, 'coordinator'), 'EntryJudged', {
        judgements: twins.map((entry) => ({ entry, verdict })),
      });
    }
  }
}

/** Makes sure that everybody is listed before persons are chosen. */
export function* ensureListed(at: Rehearsal): Script {
  const lists = [...valuesOf(at.state.lists)];
  const isOver =
    lists.length > 0 && lists.every(({ opened, count }) => opened.parts > 0 && opened.entries === count);
  if (!isOver) {
    yield* bringLists(at);
  }
}

/** Persons who come to an opened list later: signed by two of the power that brings them, and two of the other. */
export function* addPersons(at: Rehearsal, form: GroupForm, id: string): Script {
  yield* ensureListed(at);
  const before = at.groups.get(id)?.persons.length ?? 0;
  const group = toGroup(id, form, before);
  const leg = at.leg(form.leg);
  const [holder, home] = [leg.from, homeOf(at, form.leg)];
  if (home === undefined) {
    return yield* fail(
      `The terms name no power that persons of leg ${form.leg} go home to, who could agree.`,
    );
  }
  const isSought = group.form.list === 'sought';
  const kind: ListKind = isSought ? 'sought' : group.form.list === 'withheld' ? 'withheld' : 'held';
  const [owner, other] = isSought ? [home, holder] : [holder, home];
  at.admit(group);
  for (const person of group.persons) {
    const body = {
      list: listIdOf(owner, kind),
      opening: openingOf(at, person, person.entry),
      records: madeUpHash(`record ${person.name}`),
    };
    for (const party of [owner, other]) {
      for (const role of ['coordinator', 'approver'] as const) {
        yield* offer(official(party, role), 'EntryAdded', body);
      }
    }
  }
}

/** One side answers entries of the other. */
export function* judge(
  at: Rehearsal,
  persons: readonly Person[],
  verdict: Verdict,
  party: PartyId | undefined,
): Script {
  for (const run of inRuns(persons, personsPerActMax)) {
    const first = run[0];
    const owner = first === undefined ? undefined : at.entry(first.entry)?.owner;
    const leg = first === undefined ? undefined : at.leg(first.leg);
    const by = party ?? (leg === undefined || owner !== leg.from ? leg?.from : homeOf(at, leg.id));
    if (by === undefined) {
      return yield* fail('Nobody is there to answer for.');
    }
    yield* offer(official(by, 'coordinator'), 'EntryJudged', {
      judgements: run.map(({ entry }) => ({ entry, verdict })),
    });
  }
}

export function* comment(
  at: Rehearsal,
  persons: readonly Person[],
  { party, answered }: Pick<HappeningOf<'comment'>, 'party' | 'answered'>,
): Script {
  for (const { entry, name, leg } of persons) {
    const owner = at.entry(entry)?.owner ?? at.leg(leg).from;
    const by = party ?? (owner === at.leg(leg).from ? homeOf(at, leg) : at.leg(leg).from) ?? owner;
    const round = (at.entry(entry)?.rounds ?? 0) + 1;
    const made = yield* offer(official(by, 'coordinator'), 'CommentMade', {
      ...{ entry, round, text: madeUpHash(`comment ${name} ${round}`) },
    });
    if (answered !== false) {
      yield* offer(official(owner, 'coordinator'), 'CommentAnswered', {
        ...{ comment: made, text: madeUpHash(`answer ${name} ${round}`) },
      });
    }
  }
}

export function* strike(
  at: Rehearsal,
  persons: readonly Person[],
  reason: HappeningOf<'strike'>['reason'],
): Script {
  for (const { entry, leg } of persons) {
    const { from } = at.leg(leg);
    const owner = at.entry(entry)?.owner ?? from;
    if (reason === 'died') {
      yield* offer(official(from, 'officer'), 'DeathRecorded', { entry });
    } else {
      yield* offer(official(owner, 'coordinator'), 'EntryStruck', { entry });
    }
  }
}

/** Everybody is asked in private and examined, and cleared or not. Who has been is left alone. */
export function* askAndExamine(at: Rehearsal, persons: readonly Person[]): Script {
  const living = persons.filter(({ leg }) => at.leg(leg).lane !== 'remains');
  yield* ask(
    at,
    living.filter(({ entry }) => at.entry(entry)?.cleared === undefined),
    undefined,
  );
}

/** Whether they are cleared; `goes` undefined: what the scenario says of their group. */
export function* ask(at: Rehearsal, persons: readonly Person[], goes: boolean | undefined): Script {
  const { neutral } = at;
  const byClearer = new Map<PartyId, Person[]>();
  for (const person of persons) {
    // Where no neutral takes part, the party that has the person says it.
    const by = neutral ?? at.leg(person.leg).from;
    byClearer.set(by, [...(byClearer.get(by) ?? []), person]);
  }
  for (const [by, all] of byClearer) {
    for (const run of inRuns(all, personsPerActMax)) {
      yield* offer(official(by, neutral === undefined ? 'officer' : 'observer'), 'ClearanceRecorded', {
        stage: 'before-listing',
        persons: run.map(({ entry, group }) => ({
          ...{ entry, cleared: goes ?? at.groups.get(group)?.form.will !== 'stays' },
        })),
      });
    }
  }
}

/** Who has persons, or a neutral, says that they have died. */
export function* recordDeaths(at: Rehearsal, persons: readonly Person[], party: PartyId | undefined): Script {
  for (const { entry, leg } of persons) {
    const by = party ?? at.leg(leg).from;
    const role = at.parties.get(by)?.kind === 'neutral' ? 'observer' : 'officer';
    yield* offer(official(by, role), 'DeathRecorded', { entry });
  }
}

/** Remains are found to be those of persons: each of some, or several persons in each. */
export function* identify(
  at: Rehearsal,
  remains: readonly Person[],
  persons: readonly Person[],
  party: PartyId | undefined,
): Script {
  const first = remains[0];
  if (first === undefined) {
    return yield* fail('No remains are named.');
  }
  const by = official(party ?? homeOf(at, first.leg) ?? at.leg(first.leg).from, 'officer');
  const isOneByOne = remains.length === persons.length;
  for (const [index, { entry }] of remains.entries()) {
    const found = isOneByOne ? persons.slice(index, index + 1) : persons;
    yield* offer(by, 'RemainsIdentified', {
      ...{ remains: entry, persons: found.map((one) => one.entry), identifiedOn: at.day },
    });
  }
}

export function* examine(
  at: Rehearsal,
  persons: readonly Person[],
  fitness: NonNullable<HappeningOf<'examine'>['fitness']>,
): Script {
  yield* ask(at, persons, fitness !== 'unfit');
}

export function* decideCommission(
  at: Rehearsal,
  persons: readonly Person[],
  decision: HappeningOf<'commission'>['decision'],
): Script {
  const { neutral } = at;
  if (neutral === undefined) {
    return yield* fail('The terms name no neutral whose commissioners could decide.');
  }
  for (const { entry } of persons) {
    yield* offer(official(neutral, 'commissioner'), 'CommissionDecided', {
      ...{ entry, decision, grounds: madeUpHash(`finding ${entry}`) },
    });
  }
}
