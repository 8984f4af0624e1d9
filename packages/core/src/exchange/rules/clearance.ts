/**
 * Clearance: one word of the neutral on whether a person goes, twice, before they are listed and at the line.
 *
 * Law     From the record alone nobody can tell why a person does not go: by their own will, by health, by the holder's
 *         decision or by law [N8]. The ground is a payload, sealed to whom it concerns. Nobody is asked why in public.
 *         A "not cleared" stands until whoever said it says otherwise; another neutral cannot overrule it.
 * Source  GC III, articles 109(1), 109(3), 112 and Annex II.
 */
import type { Said } from '../act/act.ts';
import type { EntryId } from '../act/ids.ts';
import type { actId, contentId } from '../act/vocabulary.ts';
import { entryId, payloadId, personsPerActMax, stage } from '../act/vocabulary.ts';
import { contentHash } from '../act/canonical.ts';
import { listOf, members, oneOf, optional, yesOrNo, type Of } from '../../json/shape.ts';
import { findIn, getFrom, setIn } from '../state/persistent-map.ts';
import type { Entry, Exchange } from '../state/state.ts';
import { withGoing, isAtHand } from './leaving.ts';
import { refuseEntry } from './lists.ts';
import { isWitnessed, neutralsInForce, powersInForce } from './parties.ts';
import type { Refusal } from './refusal.ts';
import { refuseOthers, row, toSignature, type Signer } from './rule.ts';
import { withoutApprovals, withoutPerson } from './void.ts';
import { type Signature } from '../state/state.ts';

const clearance = members({
  stage,
  persons: listOf(members({ entry: entryId, cleared: yesOrNo }), 1, personsPerActMax),
  /** Why, sealed to whom it concerns. */
  grounds: optional(payloadId),
});

/** Who clears a person: the neutrals; where none takes part, the party that has the person. */
function clearersOf(
  state: Exchange,
  { owner, kind, verdicts, custodian }: Entry,
): readonly Signer['party']['id'][] {
  if (isWitnessed(state)) return neutralsInForce(state);
  if (custodian !== undefined) return [custodian];
  if (kind !== 'sought') return [owner];
  return verdicts.filter(({ verdict }) => verdict === 'acknowledged').map(({ by }) => by);
}

function refuseClearance(
  state: Exchange,
  { body }: Said<Of<typeof clearance>>,
  signer: Signer,
): Refusal | undefined {
  const ids = body.persons.map(({ entry }) => entry);
  if (new Set(ids).size !== ids.length) return { kind: 'EntryRepeated' };
  for (const id of ids) {
    const refused = refuseEntry(state, id);
    if (refused !== undefined) return refused;
    const entry = getFrom(state.entries, id);
    const other = refuseOthers(signer, ...clearersOf(state, entry));
    if (other !== undefined) return other;
    const { whereabouts } = entry;
    // Whoever stayed may be asked again by the neutral, and go later.
    if (body.stage === 'before-listing' && !isAtHand(entry) && whereabouts !== 'stayed') {
      return { kind: 'PersonMoving', entry: id, whereabouts };
    }
    if (body.stage === 'at-line' && whereabouts !== 'departed') {
      return { kind: isAtHand(entry) ? 'StepNotDeparted' : 'StepReleased' };
    }
  }
  return undefined;
}

/** The person by everybody's word on them: kept by any who has not cleared them, cleared by one at least. */
export function clearedBy(words: Entry['clearances']): boolean | undefined {
  if (words.some(({ cleared }) => !cleared)) return false;
  return words.length === 0 ? undefined : true;
}

function asked(entry: Entry, by: Signer['party']['id'], cleared: boolean): Entry {
  const clearances = [...entry.clearances.filter((one) => one.by !== by), { by, cleared }];
  const known = { ...entry, clearances, cleared: clearedBy(clearances) };
  return known.cleared === true && entry.whereabouts === 'stayed'
    ? { ...known, whereabouts: 'held', tranche: undefined, leg: undefined, step: undefined }
    : known;
}

const decision = members({
  entry: entryId,
  decision: oneOf('repatriate', 'refuse', 'defer'),
  /** The finding, its class (GC III 110) and the votes, sealed to whom they concern. */
  grounds: payloadId,
});

/** The commissioners who have signed a decision alike, two of whom carry it: of a power one at most. */
function isCarried(state: Exchange, signatures: readonly Signature[]): boolean {
  const actors = new Set(signatures.map(({ actor }) => actor));
  const ofPowers = signatures.filter(({ party }) => getFrom(state.parties, party).kind === 'power');
  return actors.size >= 2 && new Set(ofPowers.map(({ actor }) => actor)).size < actors.size;
}

function withDecision(state: Exchange, { body }: Said<Of<typeof decision>>, act: Of<typeof actId>): Exchange {
  const entry = { ...getFrom(state.entries, body.entry), commission: body.decision };
  if (body.decision !== 'repatriate') {
    return withoutPerson({ ...state, entries: setIn(state.entries, entry.id, entry) }, entry.id, act);
  }
  // They are no longer one of those whom the exchange nets: what was approved with them in it is void.
  const ids = [entry.id, ...(entry.counterpart === undefined ? [] : [entry.counterpart])];
  return ids.reduce((next: Exchange, id: EntryId) => {
    const one = getFrom(next.entries, id);
    const isNetted = one.lane !== 'direct-repatriation' && one.lane !== 'remains';
    const moved: Entry = {
      ...one,
      commission: body.decision,
      lane: isNetted ? 'direct-repatriation' : one.lane,
    };
    const told = { ...next, entries: setIn(next.entries, id, moved) };
    return isNetted ? withoutApprovals(withoutPerson(told, id, act), one.tranche, act) : told;
  }, state);
}

export const clearanceActs = {
  ClearanceRecorded: row({
    group: 'persons',
    effect: 'none',
    body: clearance,
    tell: ({ stage: at, persons }) => {
      const yes = persons.filter(({ cleared }) => cleared).length;
      return { stage: at, persons: persons.length, answers: { yes, no: persons.length - yes } };
    },
    says: 'recorded the clearance of {persons} persons ({stage})',
    roles: ['observer', 'medic', 'officer'],
    period: 'open',
    refuse: refuseClearance,
    evolve: (state, { body }, signer, id) =>
      body.persons.reduce((next: Exchange, { entry: person, cleared }) => {
        const entry = getFrom(next.entries, person);
        const answered =
          body.stage === 'at-line'
            ? { ...entry, clearedAtLine: cleared }
            : asked(entry, signer.party.id, cleared);
        const told = { ...next, entries: setIn(next.entries, person, answered) };
        if (!cleared) return withoutPerson(told, person, id);
        return entry.whereabouts === 'stayed' && answered.whereabouts === 'held'
          ? withGoing(told, person)
          : told;
      }, state),
  }),
  CommissionDecided: row({
    group: 'persons',
    effect: 'none',
    body: decision,
    tell: ({ entry, decision: is }) => ({ entry, word: { of: 'decision', is } }),
    says: 'signed a medical commission’s decision ({word})',
    roles: ['commissioner'],
    period: 'open',
    refuse: (state, { body }, signer) => {
      const refused =
        refuseOthers(signer, ...powersInForce(state), ...neutralsInForce(state)) ??
        refuseEntry(state, body.entry);
      if (refused !== undefined) return refused;
      const entry = getFrom(state.entries, body.entry);
      if (!isAtHand(entry)) {
        return { kind: 'PersonMoving', entry: entry.id, whereabouts: entry.whereabouts };
      }
      const sofar = findIn(state.decisions, contentHash(body)) ?? [];
      return sofar.some(({ actor }) => actor === signer.actor) ? { kind: 'SignedAlready' } : undefined;
    },
    evolve: (state, act, signer, id) => {
      const hash: Of<typeof contentId> = contentHash(act.body);
      const signatures = [...(findIn(state.decisions, hash) ?? []), toSignature(signer)];
      const signed = { ...state, decisions: setIn(state.decisions, hash, signatures) };
      return isCarried(state, signatures) ? withDecision(signed, act, id) : signed;
    },
  }),
};
