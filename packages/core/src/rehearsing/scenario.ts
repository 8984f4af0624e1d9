/**
 * A scenario: an exchange as a planner writes it down by hand. Parties, terms, how many persons are on which list, and
 * then what happens, in order, in the words of the field. Everything in between is filled in by `play`.
 *
 * Law     spec/rehearsal.md. Terms have the form of the record itself with defaults for what a planner does not care
 *         about; persons have no names, only a group and a number.
 */
import {
  anything,
  byKind,
  either,
  exactly,
  listOf,
  matching,
  members,
  oneOf,
  optional,
  tableOf,
  text,
  wholeNumber,
  yesOrNo,
  type Of,
} from '../json/index.ts';
import type { LegId, PartyId } from '../exchange/index.ts';

/** So that no file keeps a machine busy for long. */
export const scenarioLimits = { parties: 40, groups: 400, persons: 150_000, happenings: 5_000 } as const;

const name = <T extends string>() =>
  matching<T>(/^[A-Za-z0-9-]{1,64}$/u, 'a name of 1 to 64 of A–Z a–z 0–9 -');
const party = matching<PartyId>(/^[A-Za-z0-9-]{1,16}$/u, 'a code of 1 to 16 of A–Z a–z 0–9 -');
const leg = name<LegId>();
const group = name<string>();
const label = text(1, 200);
const sentence = text(1, 1_000);
const some = wholeNumber(1, scenarioLimits.persons);
const number = wholeNumber(1, 10_000);
const vehicle = text(1, 60);

/** Persons: so many of those it can be; so many of a group; or certain persons of a group by their numbers. */
const picked = members({
  of: group,
  count: optional(some),
  numbers: optional(listOf(some, 1, scenarioLimits.persons)),
  category: optional(name<string>()),
});
const persons = either((value) => typeof value === 'number', some, picked);
export type Persons = Of<typeof persons>;
const manyPersons = either((value) => Array.isArray(value), listOf(persons, 1, 50), persons);
export type ManyPersons = Of<typeof manyPersons>;

const partyForm = members({
  kind: oneOf('host', 'power', 'neutral', 'mediator', 'state'),
  label: optional(label),
  /** The party that speaks for it, by keys that it holds in its stead. */
  representedBy: optional(party),
});
export type PartyForm = Of<typeof partyForm>;

const groupForm = members({
  leg,
  count: some,
  id: optional(group),
  category: optional(name<string>()),
  /** Where they are listed; `held` unless said. `both`: held and sought, and known to be the same persons. */
  list: optional(oneOf('held', 'sought', 'both', 'withheld', 'none')),
  /** The other side's answer; `acknowledged` unless said. */
  answer: optional(
    oneOf(
      'acknowledged',
      'declined',
      'outside-category',
      'already-home',
      'not-known-yet',
      'not-held',
      'conflicting-data',
      'withheld-for-proceedings',
      'reported-dead',
      'transferred-to-third-power',
      'identity-queried',
      'none',
    ),
  ),
  /** What they tell the neutral before anybody is listed; `goes` unless said. */
  will: optional(oneOf('goes', 'stays')),
});
export type GroupForm = Of<typeof groupForm>;

/** How far a step goes: the last thing that is done. */
export const stages = ['manifest', 'departed', 'line', 'released', 'received', 'closed', 'returned'] as const;
export type Stage = (typeof stages)[number];
const until = optional(oneOf(...stages));

const strikeReason = oneOf(
  'refused',
  'unfit',
  'identity',
  'withheld-for-proceedings',
  'died',
  'party-decision',
  'duplicate',
);
const haltReason = oneOf(
  'count-mismatch',
  'identity',
  'security',
  'medical',
  'communications',
  'party-decision',
);
const verdict = oneOf(
  'acknowledged',
  'declined',
  'outside-category',
  'already-home',
  'not-known-yet',
  'not-held',
  'conflicting-data',
  'withheld-for-proceedings',
  'reported-dead',
  'transferred-to-third-power',
  'identity-queried',
);

/** What every happening may say besides. */
const besides = {
  /** The day: `2025-05-23`. */
  on: optional(matching(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u, 'a day such as 2025-05-23')),
  note: optional(sentence),
  /** That the rules refuse it, or by which refusal: then the refusal is what was expected. */
  refused: optional(either((value) => value === true, yesOrNo, text(1, 60))),
};

const counted = wholeNumber(0, scenarioLimits.persons);

/** The forms of happenings, by `do`. */
const happenings = {
  // terms
  accept: members({ do: oneOf('accept'), party, ...besides }),
  amend: members({ do: oneOf('amend'), terms: anything, ...besides }),
  'meet-condition': members({
    do: oneOf('meet-condition'),
    condition: text(1, 200),
    party: optional(party),
    ...besides,
  }),
  guarantee: members({ do: oneOf('guarantee'), condition: text(1, 200), party, ...besides }),
  join: members({ do: oneOf('join'), party, ...besides }),
  leave: members({ do: oneOf('leave'), party, ...besides }),
  // lists
  list: members({ do: oneOf('list'), until: optional(oneOf('sealed', 'opened', 'answered')), ...besides }),
  add: members({ do: oneOf('add'), persons: groupForm, ...besides }),
  judge: members({ do: oneOf('judge'), persons: manyPersons, verdict, party: optional(party), ...besides }),
  comment: members({
    do: oneOf('comment'),
    persons: manyPersons,
    party: optional(party),
    answered: optional(yesOrNo),
    ...besides,
  }),
  strike: members({ do: oneOf('strike'), persons: manyPersons, reason: optional(strikeReason), ...besides }),
  // persons
  ask: members({ do: oneOf('ask'), persons: manyPersons, goes: optional(yesOrNo), ...besides }),
  examine: members({
    do: oneOf('examine'),
    persons: manyPersons,
    fitness: optional(oneOf('fit', 'needs-stretcher', 'needs-ambulance', 'unfit')),
    ...besides,
  }),
  die: members({ do: oneOf('die'), persons: manyPersons, party: optional(party), ...besides }),
  identify: members({
    do: oneOf('identify'),
    remains: manyPersons,
    as: manyPersons,
    party: optional(party),
    ...besides,
  }),
  commission: members({
    do: oneOf('commission'),
    persons: manyPersons,
    decision: oneOf('repatriate', 'refuse', 'defer'),
    ...besides,
  }),
  // tranche
  propose: members({
    do: oneOf('propose'),
    number: optional(number),
    persons: optional(tableOf(leg, manyPersons, 100)),
    party: optional(party),
    until: optional(oneOf('proposed', 'approved', 'scheduled')),
    ...besides,
  }),
  approve: members({
    do: oneOf('approve'),
    party,
    tranche: optional(number),
    persons: optional(wholeNumber(1, 4)),
    ...besides,
  }),
  'withdraw-approval': members({
    do: oneOf('withdraw-approval'),
    party,
    tranche: optional(number),
    ...besides,
  }),
  'withdraw-tranche': members({
    do: oneOf('withdraw-tranche'),
    party: optional(party),
    tranche: optional(number),
    ...besides,
  }),
  schedule: members({ do: oneOf('schedule'), tranche: optional(number), ...besides }),
  // movement and crossing
  carry: members({
    do: oneOf('carry'),
    all: optional(yesOrNo),
    legs: optional(listOf(leg, 1, 100)),
    steps: optional(number),
    ...besides,
  }),
  give: members({
    do: oneOf('give'),
    leg,
    persons: optional(manyPersons),
    by: optional(vehicle),
    until,
    ...besides,
  }),
  cross: members({ do: oneOf('cross'), leg, step: optional(number), until, ...besides }),
  count: members({
    do: oneOf('count'),
    leg,
    step: optional(number),
    place: optional(oneOf('departure', 'arrival')),
    giver: optional(counted),
    receiver: optional(counted),
    neutral: optional(counted),
    ...besides,
  }),
  refuse: members({
    do: oneOf('refuse'),
    leg,
    persons: manyPersons,
    step: optional(number),
    outcome: optional(oneOf('stays', 'neutral-custody')),
    ...besides,
  }),
  misidentify: members({
    do: oneOf('misidentify'),
    leg,
    persons: manyPersons,
    step: optional(number),
    ...besides,
  }),
  'turn-back': members({
    do: oneOf('turn-back'),
    leg,
    persons: optional(manyPersons),
    step: optional(number),
    ...besides,
  }),
  arrive: members({
    do: oneOf('arrive'),
    leg,
    unlisted: some,
    step: optional(number),
    category: optional(name<string>()),
    ...besides,
  }),
  halt: members({
    do: oneOf('halt'),
    leg,
    party,
    step: optional(number),
    reason: optional(haltReason),
    ...besides,
  }),
  'go-on': members({ do: oneOf('go-on'), leg, party, step: optional(number), ...besides }),
  confirm: members({
    do: oneOf('confirm'),
    leg,
    party: optional(party),
    persons: optional(manyPersons),
    ...besides,
  }),
  certify: members({ do: oneOf('certify'), tranche: optional(number), ...besides }),
  complete: members({ do: oneOf('complete'), ...besides }),
  // stops
  suspend: members({ do: oneOf('suspend'), party, reason: optional(sentence), ...besides }),
  resume: members({ do: oneOf('resume'), party, ...besides }),
  'cancel-tranche': members({
    do: oneOf('cancel-tranche'),
    party,
    tranche: optional(number),
    reason: optional(sentence),
    ...besides,
  }),
  cancel: members({ do: oneOf('cancel'), party, reason: optional(sentence), ...besides }),
  // after
  undertake: members({
    do: oneOf('undertake'),
    undertaking: text(1, 200),
    party,
    guarantor: optional(party),
    persons: optional(manyPersons),
    until: sentence,
    ...besides,
  }),
  'answer-for': members({ do: oneOf('answer-for'), undertaking: text(1, 200), party, ...besides }),
  allege: members({ do: oneOf('allege'), undertaking: text(1, 200), party, ...besides }),
} as const;

export type HappeningKind = keyof typeof happenings;
export type Happening = { readonly [K in HappeningKind]: Of<(typeof happenings)[K]> }[HappeningKind];
export type HappeningOf<K extends HappeningKind> = Of<(typeof happenings)[K]>;
export const happeningKinds: readonly HappeningKind[] = Object.keys(happenings) as HappeningKind[];

const ends = members({
  status: optional(oneOf('open', 'suspended', 'completed', 'cancelled')),
  /** Persons by group and outcome; groups and outcomes that are not named are not compared. */
  persons: optional(tableOf(group, tableOf(name<string>(), counted, 40), scenarioLimits.groups)),
  /** Figures by leg; those that are not named are not compared. */
  legs: optional(tableOf(leg, tableOf(name<string>(), counted, 40), 100)),
  awaited: optional(listOf(text(1, 60), 0, 100)),
});
export type Ends = Of<typeof ends>;

export const scenario = members({
  /** For editors that check a file while it is written. */
  $schema: optional(text(1, 200)),
  format: oneOf('homeward-scenario'),
  version: exactly(1),
  title: label,
  /** What the scenario is about, and where its figures are from. */
  about: optional(sentence),
  sources: optional(listOf(text(1, 500), 1, 40)),
  parties: tableOf(party, partyForm, scenarioLimits.parties),
  terms: anything,
  persons: listOf(groupForm, 0, scenarioLimits.groups),
  happens: listOf(byKind(happenings, 'do'), 0, scenarioLimits.happenings),
  ends: optional(ends),
});
export type ScenarioForm = Of<typeof scenario>;
