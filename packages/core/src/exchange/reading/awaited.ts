/**
 * What the exchange waits for, and whose it is to do: the next duties of every party, derived from the state alone.
 *
 * Law     What is awaited of a party is for that party to sign, and the rules do not hold it back now, as far as
 *         they look at the state and not at the words of one act.
 * Hides   Rights. A halt, a suspension, a withdrawal or a proposal is nobody's duty and is never awaited.
 * Cost    The tranches under way with their steps; the persons of a tranche only while it waits for an approval or a
 *         manifest, or somebody of it for a will, a finding or a confirmation.
 */
import type { ListKind, Place } from '../act/vocabulary.ts';
import { isApprovedBy, refuseTermsNow, bindersOf } from '../rules/agreement.ts';
import type { EntryId, LegId, PartyId } from '../act/ids.ts';
import { expectedLists, isOpen } from '../rules/lists.ts';
import { departureHolds, first, refuseTraveller, missingAcknowledgements } from '../rules/movement.ts';
import { findIn, getFrom, valuesOf } from '../state/persistent-map.ts';
import { distinctActors } from '../rules/rule.ts';
import type { Entry, Exchange, Movement, Step, Tranche } from '../state/state.ts';
import { findNextStep } from './summary.ts';
import type { Leg } from '../act/terms.ts';
import { missingApprovals, refusePerson, refuseProposed, refuseUnlessApproved } from '../rules/tranche.ts';
import { neutralsInForce, receiversOf, isWitnessed } from '../rules/parties.ts';
import { exactCount } from '../act/terms.ts';

export type AwaitedKind =
  | 'terms'
  | 'seal'
  | 'open'
  | 'clearance'
  | 'approvals'
  | 'schedule'
  | 'notice'
  | 'acknowledgement'
  | 'manifest'
  | 'departure'
  | 'heads'
  | 'clearance-at-line'
  | 'release'
  | 'receipt'
  | 'identity'
  | 'turning-back'
  | 'returns'
  | 'certificate'
  | 'completion';

/** One thing that is awaited, of any one of `parties`. */
export interface Awaited {
  readonly kind: AwaitedKind;
  readonly parties: readonly PartyId[];
  /** The number of the tranche. */
  readonly tranche?: number;
  readonly leg?: LegId;
  readonly step?: number;
  /** Where heads are to be counted. */
  readonly place?: Place;
  /** How many persons it concerns. */
  readonly persons?: number;
  readonly list?: ListKind;
  /** Persons who have signed, and who must. */
  readonly has?: number;
  readonly needs?: number;
}

/** Everything that is awaited now, in the order of the terms; nothing once the exchange is completed. */
export function findAwaited(state: Exchange): readonly Awaited[] {
  if (state.status !== 'open' && state.status !== 'cancelled') return [];
  const open = state.status === 'open';
  return [
    ...(open ? ofTerms(state) : []),
    ...(open ? ofLists(state) : []),
    ...[...valuesOf(state.tranches)]
      .sort((a, b) => a.number - b.number)
      .flatMap((tranche) => [...ofTranche(state, tranche)]),
    ...(open && state.suspensions.length === 0 ? ofCompletion(state) : []),
  ];
}

function ofTerms(state: Exchange): readonly Awaited[] {
  return [...valuesOf(state.proposals)]
    .filter((proposal) => refuseTermsNow(state, proposal) === undefined)
    .flatMap((proposal) =>
      bindersOf(state, proposal)
        .filter((party) => !isApprovedBy(state, proposal.acceptances, party, 2))
        .map((party): Awaited => {
          const has = distinctActors(state, proposal.acceptances, party).length;
          return { kind: 'terms', parties: [party], has, needs: 2 };
        }),
    );
}

function ofLists(state: Exchange): readonly Awaited[] {
  if (state.terms === undefined) return [];
  const lists = [...valuesOf(state.lists)];
  const expected = expectedLists(state.terms.terms).map((one) => ({
    ...one,
    sealed: lists.find(({ party, kind }) => party === one.party && kind === one.list),
  }));
  // Once lists are being opened, what an amendment asks for anew can no longer be sealed, and nothing keeps one shut.
  if (!lists.some(({ opened }) => opened.part > 0)) {
    const unsealed = expected.filter(({ sealed }) => sealed === undefined);
    if (unsealed.length > 0) {
      return unsealed.map(({ party, list }): Awaited => ({ kind: 'seal', parties: [party], list }));
    }
    if (state.suspensions.length > 0) return [];
  }
  return expected
    .filter(({ sealed }) => sealed !== undefined && !isOpen(sealed))
    .map(({ party, list }): Awaited => ({ kind: 'open', parties: [party], list }));
}

function* ofTranche(state: Exchange, tranche: Tranche): Generator<Awaited> {
  const live = state.status === 'open' && tranche.status === 'live';
  const running = live && state.suspensions.length === 0;
  if (live && tranche.terms === state.terms?.hash) {
    const missing = missingApprovals(state, tranche);
    if (missing.length > 0 && refuseProposed(state, tranche) === undefined) {
      for (const { party, has, needs } of missing) {
        yield { kind: 'approvals', parties: [party], tranche: tranche.number, has, needs };
      }
    }
  }
  const stands = running && refuseUnlessApproved(state, tranche) === undefined;
  const isUnrouted = ({ route, waiting, onManifest }: Movement): boolean =>
    route === undefined && waiting + onManifest > 0;
  if (stands && [...valuesOf(tranche.movements)].some(isUnrouted)) {
    yield { kind: 'schedule', parties: hostOf(state), tranche: tranche.number };
  }
  for (const leg of state.terms?.terms.legs ?? []) {
    const movement = findIn(tranche.movements, leg.id);
    if (movement === undefined) continue;
    for (const one of ofLeg(state, { tranche, leg, movement }, { live, running: stands })) {
      yield { ...one, tranche: tranche.number, leg: leg.id };
    }
  }
  const moved = tranche.status === 'live' || (tranche.status === 'cancelled' && tranche.departed);
  if (moved && !tranche.certified && [...valuesOf(tranche.movements)].every((one) => isOver(tranche, one))) {
    yield {
      kind: 'certificate',
      parties: isWitnessed(state) ? neutralsInForce(state) : hostOf(state),
      tranche: tranche.number,
    };
  }
}

interface Way {
  readonly tranche: Tranche;
  readonly leg: Leg;
  readonly movement: Movement;
}

function* ofLeg(
  state: Exchange,
  way: Way,
  { live, running }: { readonly live: boolean; readonly running: boolean },
): Generator<Awaited> {
  const { tranche, leg, movement } = way;
  const neutrals = neutralsInForce(state);
  const persons = tranche.persons[leg.id] ?? [];
  if (live && movement.waiting + movement.onManifest > 0 && leg.lane !== 'remains') {
    const still = (entry: Entry): boolean =>
      entry.tranche === tranche.id && refusePerson(state, entry.id, leg, tranche.id) === undefined;
    const unasked = countOf(state, persons, (entry) => still(entry) && entry.cleared === undefined);
    const clearers = isWitnessed(state) ? neutrals : [leg.from];
    if (unasked > 0) yield { kind: 'clearance', parties: clearers, persons: unasked };
  }
  if (running && movement.route !== undefined) {
    if (movement.notice === undefined) yield { kind: 'notice', parties: [leg.from] };
    else if (!movement.acknowledged) {
      for (const parties of missingAcknowledgements(state, leg, getFrom(state.notices, movement.notice))) {
        yield { kind: 'acknowledgement', parties };
      }
    }
    yield* ofNextStep(state, way);
  }
  for (const step of [...valuesOf(movement.steps)].sort((a, b) => a.step - b.step)) {
    yield* ofStepOnItsWay(state, leg, step);
  }
  if (movement.received > 0) {
    const arrived = (entry: Entry): boolean =>
      entry.whereabouts === 'received' &&
      entry.tranche === tranche.id &&
      entry.step !== undefined &&
      findIn(movement.steps, String(entry.step))?.closed === true;
    const byGiver = countOf(state, persons, (entry) => arrived(entry) && !entry.confirmedByGiver);
    const byReceiver = countOf(state, persons, (entry) => arrived(entry) && !entry.confirmedByReceiver);
    if (byGiver > 0) yield { kind: 'returns', parties: [leg.from], persons: byGiver };
    if (byReceiver > 0) yield { kind: 'returns', parties: receiversOf(state, leg), persons: byReceiver };
  }
}

/** The step that leaves next: drawn up, counted, departed, asked, released. */
function* ofNextStep(state: Exchange, way: Way): Generator<Awaited> {
  const { tranche, leg, movement } = way;
  const next = findNextStep(state, tranche, leg);
  if (next === undefined) return;
  const at = { step: next.step };
  if (!next.hasManifest) {
    const isHeld = next.holds.length > 0 || !isAnybodyReady(state, way);
    if (!isHeld) yield { kind: 'manifest', parties: [leg.from], ...at };
    return;
  }
  const step = getFrom(movement.steps, String(next.step));
  if (!step.departed && first(departureHolds(state, way, step.persons)) !== undefined) return;
  if (!step.departed) yield { kind: 'departure', parties: [leg.from], ...at };
  const giver = step.departureByGiver;
  const neutral = step.departureByNeutral;
  const differ =
    giver !== undefined && neutral !== undefined && (giver !== neutral || giver !== step.persons.length);
  const heads = { kind: 'heads', place: 'departure', ...at } as const;
  if (giver === undefined || differ) yield { ...heads, parties: [leg.from] };
  if ((neutral === undefined && isWitnessed(state)) || differ) {
    yield { ...heads, parties: isWitnessed(state) ? neutralsInForce(state) : [leg.from] };
  }
  if (!step.departed) return;
  const unasked =
    leg.lane === 'remains'
      ? 0
      : countOf(state, step.persons, ({ clearedAtLine }) => clearedAtLine === undefined);
  if (unasked > 0)
    yield {
      kind: 'clearance-at-line',
      parties: isWitnessed(state) ? neutralsInForce(state) : [leg.from],
      persons: unasked,
      ...at,
    };
  if (next.holds.length === 0) yield { kind: 'release', parties: [leg.from], ...at };
}

/** Whether somebody of the leg is on no manifest and could be. */
function isAnybodyReady(state: Exchange, { tranche, leg }: Way): boolean {
  return (tranche.persons[leg.id] ?? []).some((id) => {
    const entry = getFrom(state.entries, id);
    if (entry.tranche !== tranche.id || entry.step !== undefined) return false;
    return (refusePerson(state, id, leg, tranche.id) ?? refuseTraveller(entry)) === undefined;
  });
}

/** A step that was released: received, counted, everybody known by face. */
function* ofStepOnItsWay(state: Exchange, leg: Leg, step: Step): Generator<Awaited> {
  const at = { step: step.step };
  if (step.closed) return;
  if (step.rejected.length > 0) {
    yield { kind: 'turning-back', parties: [leg.from], persons: step.rejected.length, ...at };
  }
  if (step.released === undefined) return;
  const { arrivalByReceiver: receiver, arrivalByNeutral: neutral } = step;
  const arrived = step.persons.length + step.unlisted;
  const differ =
    receiver !== undefined && neutral !== undefined && (receiver !== neutral || receiver !== arrived);
  const heads = { kind: 'heads', place: 'arrival', ...at } as const;
  if (step.received === undefined) yield { kind: 'receipt', parties: receiversOf(state, leg), ...at };
  else if (differ) yield { ...heads, parties: receiversOf(state, leg) };
  if ((neutral === undefined && isWitnessed(state)) || differ) {
    yield { ...heads, parties: isWitnessed(state) ? neutralsInForce(state) : [leg.from] };
  }
  const unknown = step.persons.length - step.confirmed.length - step.rejected.length;
  if (unknown > 0) yield { kind: 'identity', parties: receiversOf(state, leg), persons: unknown, ...at };
}

function ofCompletion(state: Exchange): readonly Awaited[] {
  if (state.terms === undefined) return [];
  for (const tranche of valuesOf(state.tranches)) {
    if (tranche.status === 'live') return [];
    if ([...valuesOf(tranche.movements)].some((one) => !isOver(tranche, one))) return [];
  }
  const open = state.terms.terms.legs.some((leg) => {
    const count = getFrom(state.legs, leg.id);
    return (exactCount(leg) ?? 0) > count.returned + count.notGoing;
  });
  return open ? [] : [{ kind: 'completion', parties: [...hostOf(state), ...neutralsInForce(state)] }];
}

/** Nobody of it is on the way or unconfirmed, and in a live tranche nobody is still to go. */
function isOver(tranche: Tranche, { waiting, onManifest, inMotion, received }: Movement): boolean {
  return inMotion + received + (tranche.status === 'live' ? waiting + onManifest : 0) === 0;
}

const hostOf = (state: Exchange): readonly PartyId[] => (state.host === undefined ? [] : [state.host]);

function countOf(state: Exchange, ids: readonly EntryId[], holds: (entry: Entry) => boolean): number {
  let count = 0;
  for (const id of ids) if (holds(getFrom(state.entries, id))) count += 1;
  return count;
}
