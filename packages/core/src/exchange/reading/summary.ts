/**
 * What people read of an exchange: numbers, where each step and each person on the way is, and what holds a step
 * back. Everything here is derived from the state; nothing here is stored.
 *
 * Cost    `summarize` walks the entries once: once per page or per checkpoint, not once per act.
 */
import type { ListKind, StepRef, Verdict } from '../act/vocabulary.ts';
import { checkPhrase } from '../act/check-phrase.ts';
import { releaseHolds } from '../rules/crossing.ts';
import type { ContentHash, CrossingId, EntryId, LegId, PartyId, TrancheId } from '../act/ids.ts';
import { findRoom, interlockHolds } from '../rules/interlock.ts';
import { isOpen } from '../rules/lists.ts';
import { departureHolds } from '../rules/movement.ts';
import { findIn, getFrom, pairsOf, valuesOf } from '../state/persistent-map.ts';
import type { Refusal } from '../rules/refusal.ts';
import type { Exchange, Movement, Step, Tranche, Whereabouts } from '../state/state.ts';
import { findStep } from '../rules/step.ts';
import { memberOf } from '../rules/terms-faults.ts';
import type { Coupling, Leg } from '../act/terms.ts';
import type { Lane } from '../act/vocabulary.ts';
import { missingApprovals } from '../rules/tranche.ts';

export interface LegSummary {
  readonly leg: LegId;
  readonly from: PartyId;
  readonly to: PartyId;
  readonly lane: Lane;
  readonly agreed: number;
  /** In tranches that every power has approved and that have not ended. */
  readonly approved: number;
  /** Departed or crossing. */
  readonly underWay: number;
  /** On the other side, whether or not both have confirmed. */
  readonly received: number;
  /** Verified returns. */
  readonly returned: number;
  readonly refused: number;
  readonly fellOut: number;
  readonly unlisted: number;
  /** Most persons that the interlock lets go now; undefined where no coupling limits it. */
  readonly room: number | undefined;
}

export type StepPhase = 'manifest' | 'departed' | 'released' | 'received' | 'closed' | 'stopped';

export interface StepSummary {
  readonly step: number;
  readonly vehicle: string;
  readonly persons: number;
  readonly unlisted: number;
  readonly phase: StepPhase;
}

export interface TrancheSummary {
  readonly tranche: TrancheId;
  readonly number: number;
  readonly hash: ContentHash;
  readonly status:
    | 'proposed'
    | 'approved'
    | 'scheduled'
    | 'under-way'
    | 'returned'
    | 'certified'
    | 'withdrawn'
    | 'cancelled';
  readonly missing: readonly { readonly party: PartyId; readonly has: number; readonly needs: number }[];
  readonly legs: readonly {
    readonly leg: LegId;
    readonly persons: number;
    readonly crossing: CrossingId | undefined;
    readonly waiting: number;
    readonly underWay: number;
    readonly received: number;
    readonly returned: number;
    readonly steps: readonly StepSummary[];
  }[];
}

export interface ListSummary {
  readonly party: PartyId;
  readonly list: ListKind;
  readonly sealed: number;
  readonly opened: number;
  readonly isOpen: boolean;
  readonly struck: number;
  readonly added: number;
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  readonly unanswered: number;
}

/** How far two coupled legs are apart: in persons of `ahead`, against the most that the terms allow. */
export interface Imbalance {
  readonly ahead: LegId;
  readonly behind: LegId;
  readonly persons: number;
  readonly stepSize: number;
}

export interface Summary {
  readonly status: Exchange['status'] | 'suspended';
  readonly suspendedBy: readonly PartyId[];
  readonly acts: number;
  readonly hash: ContentHash;
  readonly checkPhrase: string;
  readonly termsHash: ContentHash | undefined;
  readonly lists: readonly ListSummary[];
  readonly legs: readonly LegSummary[];
  readonly tranches: readonly TrancheSummary[];
  /** The widest gap between coupled legs; undefined when none are coupled. */
  readonly imbalance: Imbalance | undefined;
  readonly corrections: number;
}

function phaseOf(step: Step, movement: Movement): StepPhase {
  if (movement.stopped.some((stop) => stop.step === step.step)) return 'stopped';
  if (step.closed) return 'closed';
  if (step.received !== undefined) return 'received';
  if (step.released !== undefined) return 'released';
  return step.departed ? 'departed' : 'manifest';
}

function statusOf(tranche: Tranche, approved: boolean): TrancheSummary['status'] {
  if (tranche.status !== 'live') return tranche.status;
  const movements = [...valuesOf(tranche.movements)];
  if (tranche.departed) {
    const done = movements.every((one) => one.waiting + one.onManifest + one.inMotion + one.received === 0);
    return done ? 'returned' : 'under-way';
  }
  if (!approved) return 'proposed';
  return movements.every((one) => one.route !== undefined) ? 'scheduled' : 'approved';
}

export function summarizeTranche(state: Exchange, tranche: Tranche): TrancheSummary {
  const missing = tranche.status === 'live' ? missingApprovals(state, tranche) : [];
  const stands = missing.length === 0 && tranche.terms === state.terms?.hash;
  return {
    tranche: tranche.id,
    number: tranche.number,
    hash: tranche.hash,
    status: statusOf(tranche, stands),
    missing,
    legs: [...valuesOf(tranche.movements)].map((movement) => ({
      leg: movement.leg,
      persons: memberOf(tranche.persons, movement.leg)?.length ?? 0,
      crossing: movement.route?.crossing,
      waiting: movement.waiting + movement.onManifest,
      underWay: movement.inMotion,
      received: movement.received,
      returned: movement.returned,
      steps: [...valuesOf(movement.steps)]
        .sort((a, b) => a.step - b.step)
        .map((step) => ({
          step: step.step,
          vehicle: step.vehicle,
          persons: step.persons.length,
          unlisted: step.unlisted,
          phase: phaseOf(step, movement),
        })),
    })),
  };
}

/** The widest gap between received persons of the legs of one coupling, measured in steps; N1 keeps it within one step. */
export function findImbalanceOf(state: Exchange, coupling: Coupling): Imbalance | undefined {
  return findWidest(state, coupling)?.imbalance;
}

function findWidest(
  state: Exchange,
  coupling: Coupling,
): { readonly steps: number; readonly imbalance: Imbalance } | undefined {
  let widest: { readonly steps: number; readonly imbalance: Imbalance } | undefined;
  for (const ahead of coupling.legs) {
    for (const behind of coupling.legs) {
      if (ahead === behind) continue;
      const stepSize = memberOf(coupling.stepSize, ahead) ?? 1;
      const otherSize = memberOf(coupling.stepSize, behind) ?? 1;
      const gap =
        getFrom(state.legs, ahead).received * otherSize - getFrom(state.legs, behind).received * stepSize;
      const steps = gap / (stepSize * otherSize);
      if (widest === undefined || steps > widest.steps) {
        const persons = Math.max(0, Math.ceil(gap / otherSize));
        widest = { steps, imbalance: { ahead, behind, persons, stepSize } };
      }
    }
  }
  return widest;
}

/** The widest gap of any coupling; undefined when no legs are coupled. */
export function findImbalance(state: Exchange): Imbalance | undefined {
  let widest: ReturnType<typeof findWidest>;
  for (const coupling of state.terms?.terms.couplings ?? []) {
    const one = findWidest(state, coupling);
    if (one !== undefined && (widest === undefined || one.steps > widest.steps)) widest = one;
  }
  return widest?.imbalance;
}

function summarizeLists(state: Exchange): readonly ListSummary[] {
  const verdicts = new Map<string, Partial<Record<Verdict, number>>>();
  const unanswered = new Map<string, number>();
  for (const entry of valuesOf(state.entries)) {
    if (entry.list === undefined || entry.struck !== undefined) continue;
    if (entry.verdict === undefined) {
      unanswered.set(entry.list, (unanswered.get(entry.list) ?? 0) + 1);
      continue;
    }
    const counts = verdicts.get(entry.list) ?? {};
    counts[entry.verdict.verdict] = (counts[entry.verdict.verdict] ?? 0) + 1;
    verdicts.set(entry.list, counts);
  }
  return [...valuesOf(state.lists)]
    .map((list) => ({
      party: list.party,
      list: list.kind,
      sealed: list.count,
      opened: list.opened.entries,
      isOpen: isOpen(list),
      struck: list.struck,
      added: list.added,
      verdicts: verdicts.get(list.id) ?? {},
      unanswered: unanswered.get(list.id) ?? 0,
    }))
    .sort((a, b) => (`${a.party} ${a.list}` < `${b.party} ${b.list}` ? -1 : 1));
}

export function summarize(state: Exchange): Summary {
  const tranches = [...valuesOf(state.tranches)]
    .map((tranche) => summarizeTranche(state, tranche))
    .sort((a, b) => a.number - b.number || (a.tranche < b.tranche ? -1 : 1));
  const approved = new Map<LegId, number>();
  const underWay = new Map<LegId, number>();
  for (const tranche of tranches) {
    const stands = ['approved', 'scheduled', 'under-way', 'returned', 'certified'].includes(tranche.status);
    for (const one of tranche.legs) {
      if (stands) approved.set(one.leg, (approved.get(one.leg) ?? 0) + one.persons);
      underWay.set(one.leg, (underWay.get(one.leg) ?? 0) + one.underWay);
    }
  }
  const suspended = state.status === 'open' && state.suspensions.length > 0;
  let corrections = 0;
  for (const times of valuesOf(state.corrections)) corrections += times;
  return {
    status: suspended ? 'suspended' : state.status,
    suspendedBy: [...new Set(state.suspensions.map((suspension) => suspension.party))],
    acts: state.size,
    hash: state.hash,
    checkPhrase: checkPhrase(state.hash),
    termsHash: state.terms?.hash,
    lists: summarizeLists(state),
    legs: (state.terms?.terms.legs ?? []).map((leg) => {
      const { received, returned, refused, fellOut, unlisted } = getFrom(state.legs, leg.id);
      return {
        leg: leg.id,
        from: leg.from,
        to: leg.to,
        lane: leg.lane,
        agreed: leg.count,
        approved: approved.get(leg.id) ?? 0,
        underWay: underWay.get(leg.id) ?? 0,
        received,
        returned,
        refused,
        fellOut,
        unlisted,
        room: findRoom(state, leg.id)?.most,
      };
    }),
    tranches,
    imbalance: findImbalance(state),
    corrections,
  };
}

/** A person who has left and is not yet a verified return, and who has them now. */
export interface Moving {
  readonly person: EntryId;
  readonly tranche: TrancheId;
  readonly leg: LegId;
  readonly step: number;
  readonly whereabouts: Extract<Whereabouts, 'departed' | 'crossing' | 'received'>;
  /** Who answers for them: the giver until they are received, then the receiver. */
  readonly with: PartyId;
  /** Who takes them back should the movement end here. */
  readonly backTo: PartyId;
}

/** Everybody between departure and a verified return, in order of their entries. */
export function findMoving(state: Exchange): readonly Moving[] {
  const moving: Moving[] = [];
  for (const [person, entry] of pairsOf(state.entries)) {
    const { whereabouts, tranche, leg: id, step } = entry;
    if (whereabouts !== 'departed' && whereabouts !== 'crossing' && whereabouts !== 'received') continue;
    const leg = state.terms?.terms.legs.find((one) => one.id === id);
    if (leg === undefined || tranche === undefined || step === undefined) continue;
    const custodian = whereabouts === 'received' ? leg.to : leg.from;
    moving.push({ person, tranche, leg: leg.id, step, whereabouts, with: custodian, backTo: leg.from });
  }
  return moving;
}

/**
 * Everything that holds a step back from being released, most fundamental first; empty when its officer may release
 * it. Reasons that concern single persons are given once per kind. `toSentence` puts each into words.
 */
export function heldBack(state: Exchange, ref: StepRef): readonly Refusal[] {
  const at = findStep(state, ref);
  return 'kind' in at ? [at] : [...standingHolds(state), ...oncePerKind(releaseHolds(state, at))];
}

/** The step of a leg that is to be released next, and everything that holds it back now. */
export interface NextStep {
  readonly step: number;
  /** It has a manifest; without one, `holds` is what would hold back any single person. */
  readonly hasManifest: boolean;
  readonly holds: readonly Refusal[];
}

/** The next step of one leg of a live tranche; undefined when nobody of it is left to be released. */
export function findNextStep(state: Exchange, tranche: Tranche, leg: Leg): NextStep | undefined {
  const movement = tranche.status === 'live' ? findIn(tranche.movements, leg.id) : undefined;
  if (movement === undefined) return undefined;
  let drawnUp: Step | undefined;
  for (const step of valuesOf(movement.steps)) {
    const isWaiting = step.released === undefined && step.persons.length > 0;
    if (isWaiting && (drawnUp === undefined || step.step < drawnUp.step)) drawnUp = step;
  }
  if (drawnUp !== undefined) {
    const { step } = drawnUp;
    const holds = heldBack(state, { tranche: tranche.id, leg: leg.id, step });
    return { step, hasManifest: true, holds };
  }
  if (movement.waiting === 0) return undefined;
  const step = movement.steps.size + 1;
  const holds = [
    ...standingHolds(state),
    ...departureHolds(state, { leg, tranche, movement }, []),
    ...interlockHolds(state, { leg, tranche, step, persons: 1 }),
  ];
  return { step, hasManifest: false, holds };
}

/** What holds back every step of the exchange alike. */
function* standingHolds(state: Exchange): Generator<Refusal> {
  if (state.status === 'completed' || state.status === 'cancelled') {
    yield { kind: 'Ended', status: state.status };
  } else if (state.suspensions.length > 0) {
    yield { kind: 'Suspended', by: state.suspensions.map((suspension) => suspension.party) };
  }
}

function* oncePerKind(holds: Iterable<Refusal>): Generator<Refusal> {
  const ofPersons = new Set<string>();
  for (const hold of holds) {
    if ('entry' in hold) {
      const kind = `${hold.kind} ${'stage' in hold ? hold.stage : ''}`;
      if (ofPersons.has(kind)) continue;
      ofPersons.add(kind);
    }
    yield hold;
  }
}
