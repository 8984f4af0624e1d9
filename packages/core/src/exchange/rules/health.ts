/**
 * A person's will and health. The neutral asks in private, twice, and keeps the answers; the parties see only
 * whether somebody goes. Nobody is asked why, and nobody is asked again by a party.
 *
 * Source  GC III, articles 109(1), 109(3), 112 and Annex II.
 */
import type { EntryId, PartyId } from '../act/ids.ts';
import { withGoing } from './leaving.ts';
import { refuseEntry } from './lists.ts';
import { getFrom, setIn } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import { refuseOthers, refuseUnlessNeutral } from './rule.ts';
import type { Signer } from './rule.ts';
import type { Entry, Exchange } from '../state/state.ts';
import { withoutPerson } from './void.ts';
import type { Said } from '../act/act.ts';
import { entryId, medicalClass, personsPerActMax, stage } from '../act/vocabulary.ts';
import { listOf, members, oneOf, optional, wholeNumber, yesOrNo, type Of } from '../../json/shape.ts';
import { row } from './rule.ts';
import { neutralsInForce, powersInForce } from './parties.ts';

const willBody = members({
  stage,
  answers: listOf(members({ entry: entryId, goes: yesOrNo }), 1, personsPerActMax),
});

/** The powers that have the person: the list's owner for a held entry, who acknowledged for a sought one. */
function holdersOf(entry: Entry): readonly PartyId[] {
  if (entry.kind !== 'sought') return [entry.owner];
  return entry.verdicts.filter(({ verdict }) => verdict === 'acknowledged').map(({ by }) => by);
}

function refuseRepeated(ids: readonly EntryId[]): Refusal | undefined {
  return new Set(ids).size === ids.length ? undefined : { kind: 'EntryRepeated' };
}

function refuseWill(
  state: Exchange,
  { body }: Said<Of<typeof willBody>>,
  signer: Signer,
): Refusal | undefined {
  const early = refuseUnlessNeutral(state, signer) ?? refuseRepeated(body.answers.map(({ entry }) => entry));
  if (early !== undefined) return early;
  for (const { entry: id } of body.answers) {
    const refused = refuseEntry(state, id);
    if (refused !== undefined) return refused;
    const { whereabouts } = getFrom(state.entries, id);
    // Whoever stepped back and stayed may be asked again by the neutral, and go later.
    if (body.stage === 'before-listing' && whereabouts !== 'held' && whereabouts !== 'stayed') {
      return { kind: 'PersonMoving', entry: id, whereabouts };
    }
    if (body.stage === 'at-line' && whereabouts !== 'departed') {
      return { kind: whereabouts === 'held' ? 'StepNotDeparted' : 'StepReleased' };
    }
  }
  return undefined;
}

function asked(entry: Entry, goes: boolean): Entry {
  return goes && entry.whereabouts === 'stayed'
    ? { ...entry, will: true, whereabouts: 'held', tranche: undefined, leg: undefined, step: undefined }
    : { ...entry, will: goes };
}

export const healthActs = {
  WillRecorded: row({
    group: 'persons',
    effect: 'none',
    body: willBody,
    tell: ({ stage: at, answers }) => {
      const yes = answers.filter(({ goes }) => goes).length;
      return { stage: at, persons: answers.length, answers: { yes, no: answers.length - yes } };
    },
    says: 'recorded the will of {persons} persons ({stage})',
    roles: ['observer'],
    period: 'open',
    refuse: refuseWill,
    evolve: (state, act, _signer, id) => {
      const { stage, answers } = act.body;
      return answers.reduce((next: Exchange, { entry: person, goes }) => {
        const entry = getFrom(next.entries, person);
        const answered = stage === 'at-line' ? { ...entry, willAtLine: goes } : asked(entry, goes);
        const told = { ...next, entries: setIn(next.entries, person, answered) };
        if (!goes) return withoutPerson(told, person, id);
        return entry.whereabouts === 'stayed' ? withGoing(told, person) : told;
      }, state);
    },
  }),
  FitnessRecorded: row({
    group: 'persons',
    effect: 'none',
    body: members({
      findings: listOf(
        members({ entry: entryId, fitness: oneOf('fit', 'needs-stretcher', 'needs-ambulance', 'unfit') }),
        1,
        personsPerActMax,
      ),
    }),
    tell: ({ findings }) => {
      const no = findings.filter(({ fitness }) => fitness === 'unfit').length;
      return { persons: findings.length, answers: { yes: findings.length - no, no } };
    },
    says: 'recorded the fitness of {persons} persons',
    roles: ['medic'],
    period: 'open',
    refuse: (state, { body }, signer) => {
      const repeated = refuseRepeated(body.findings.map(({ entry }) => entry));
      if (repeated !== undefined) return repeated;
      for (const { entry: id } of body.findings) {
        const refused = refuseEntry(state, id);
        if (refused !== undefined) return refused;
        const entry = getFrom(state.entries, id);
        if (entry.whereabouts !== 'held' && entry.whereabouts !== 'departed') {
          return { kind: 'PersonMoving', entry: id, whereabouts: entry.whereabouts };
        }
        const other = refuseOthers(signer, ...holdersOf(entry), ...neutralsInForce(state));
        if (other !== undefined) return other;
      }
      return undefined;
    },
    evolve: (state, act, _signer, id) =>
      act.body.findings.reduce((next: Exchange, { entry: person, fitness }) => {
        const found = { ...getFrom(next.entries, person), fitness };
        const told = { ...next, entries: setIn(next.entries, person, found) };
        return fitness === 'unfit' ? withoutPerson(told, person, id) : told;
      }, state),
  }),
  CommissionDecided: row({
    group: 'persons',
    effect: 'none',
    body: members({
      entry: entryId,
      decision: oneOf('repatriate', 'refuse', 'defer'),
      medicalClass: optional(medicalClass),
      votes: members({ for: wholeNumber(0, 3), against: wholeNumber(0, 3) }),
    }),
    tell: ({ entry, decision }) => ({ entry, word: { of: 'decision', is: decision } }),
    says: 'recorded a medical commission’s decision ({word})',
    roles: ['commissioner'],
    period: 'open',
    refuse: (state, { body }, signer) => {
      const refused =
        refuseOthers(signer, ...powersInForce(state), ...neutralsInForce(state)) ??
        refuseEntry(state, body.entry);
      if (refused !== undefined) return refused;
      const { whereabouts } = getFrom(state.entries, body.entry);
      if (whereabouts !== 'held') return { kind: 'PersonMoving', entry: body.entry, whereabouts };
      return body.votes.for >= 2 && body.votes.for + body.votes.against <= 3
        ? undefined
        : { kind: 'VotesShort' };
    },
    evolve: (state, act, _signer, id) => {
      const entry = { ...getFrom(state.entries, act.body.entry), commission: act.body.decision };
      const told = { ...state, entries: setIn(state.entries, entry.id, entry) };
      return act.body.decision === 'repatriate' ? told : withoutPerson(told, entry.id, id);
    },
  }),
};
