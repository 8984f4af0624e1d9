/**
 * What people read of an exchange: numbers, where each step and each person on the way is, and what holds a step
 * back. Everything here is derived from the state; nothing here is stored.
 *
 * Cost    The tranches and their steps; the verdicts walk the entries once for each state of them.
 */
import { listKinds, type ListKind, type StepRef, type Verdict } from '../act/vocabulary.ts';
import { releaseHolds } from '../rules/crossing.ts';
import type { ContentHash, EntryId, LegId, ListId, PartyId, TrancheId } from '../act/ids.ts';
import { interlockHolds } from '../rules/interlock.ts';
import { isOpen } from '../rules/lists.ts';
import { departureHolds } from '../rules/movement.ts';
import { findIn, getFrom, pairsOf, valuesOf } from '../state/persistent-map.ts';
import type { Refusal } from '../rules/refusal.ts';
import type { Exchange, Step, Tranche, Whereabouts } from '../state/state.ts';
import { findStep } from '../rules/step.ts';
import type { Coupling, Leg } from '../act/terms.ts';
import type { Lane } from '../act/vocabulary.ts';
import { missingApprovals, powersOfTranche } from '../rules/tranche.ts';
import { progressOf, progressOfLeg, type Progress } from './progress.ts';
import {
  exchangeStatusOf,
  stepStatusOf,
  trancheStatusOf,
  type ExchangeStatus,
  type TrancheStatus,
} from './status.ts';
import { type LegEnd, memberOf, countMax, endOf } from '../act/terms.ts';
import { type PartyKind } from '../state/state.ts';

/** One leg: how many persons were agreed and how far they have come. */
export interface LegSummary extends Progress {
  readonly id: LegId;
  readonly from: PartyId;
  /** Undefined where persons are set free where they are. */
  readonly to: PartyId | undefined;
  /** Where the leg ends for its persons; a verified return only where it ends at home. */
  readonly end: LegEnd;
  readonly lane: Lane;
  /** A number or an upper limit; undefined where everybody of a category goes. */
  readonly agreed: number | undefined;
  /** Persons whom the proposals that stand name. */
  readonly named: number;
  /** Persons counted by the receiver on the other side, confirmed or not. */
  readonly crossed: number;
  /** Left a tranche under way, for whatever reason, and has not gone since. */
  readonly notGoing: number;
  /** Verified returns of persons who were on no list: counted apart. */
  readonly unlisted: number;
}

export interface TrancheLegSummary extends Progress {
  readonly leg: LegId;
  /** In the proposal. */
  readonly persons: number;
  /** Steps that are held by an act of their own. */
  readonly halted: number;
}

export interface TrancheSummary {
  readonly id: TrancheId;
  readonly number: number;
  readonly hash: ContentHash;
  readonly status: TrancheStatus;
  /** In the order of the terms. */
  readonly legs: readonly TrancheLegSummary[];
  readonly approvals: readonly { readonly party: PartyId; readonly has: number; readonly needs: number }[];
}

export interface ListSummary {
  readonly id: ListId;
  readonly party: PartyId;
  readonly kind: ListKind;
  /** Entries as sealed, and those opened so far. */
  readonly count: number;
  readonly opened: number;
  readonly isOpen: boolean;
  readonly struck: number;
  readonly added: number;
}

/** How far two coupled legs are apart: in persons of `ahead`, against the most that the terms allow. */
export interface Imbalance {
  readonly ahead: LegId;
  readonly behind: LegId;
  readonly persons: number;
  readonly stepSize: number;
}

/** That gap in persons of the leg ahead, for unlike legs are compared in their own steps; 0 where none are coupled. */
export function imbalanceOf(state: Exchange): number {
  return findImbalance(state)?.persons ?? 0;
}

/** One exchange at a glance: counts and states. No person is in it but as a number. */
export interface ExchangeSummary {
  /** Empty before it is opened. */
  readonly id: string;
  readonly title: string;
  readonly status: ExchangeStatus;
  readonly suspendedBy: readonly PartyId[];
  readonly acts: number;
  /** The chain over its acts: equal hashes, equal history. */
  readonly hash: ContentHash;
  readonly parties: readonly {
    readonly id: PartyId;
    readonly kind: PartyKind;
    readonly label: string;
  }[];
  readonly legs: readonly LegSummary[];
  readonly lists: readonly ListSummary[];
  /** Entries by the newest verdict they got. */
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  readonly tranches: readonly TrancheSummary[];
  /** The widest gap between coupled legs now, in persons of the leg ahead; 0 where none are coupled. */
  readonly imbalance: number;
}

/** The tranches of an exchange by number; of one number the one that is over comes first. */
export function tranchesOf(state: Exchange): readonly Tranche[] {
  return [...valuesOf(state.tranches)].sort(
    (a, b) => a.number - b.number || Number(isOver(b)) - Number(isOver(a)) || (a.id < b.id ? -1 : 1),
  );
}

/** Withdrawn or cancelled: another tranche may take its number. */
const isOver = ({ status }: Tranche): boolean => status === 'withdrawn' || status === 'cancelled';

export function summarizeTranche(state: Exchange, tranche: Tranche): TrancheSummary {
  const missing = new Map(missingApprovals(state, tranche).map((one) => [one.party, one.has]));
  const needs = state.terms?.terms.approvalsPerPower ?? 0;
  return {
    id: tranche.id,
    number: tranche.number,
    hash: tranche.hash,
    status: trancheStatusOf(state, tranche),
    legs: (state.terms?.terms.legs ?? []).flatMap(({ id }) => {
      const persons = memberOf(tranche.persons, id)?.length;
      if (persons === undefined) return [];
      const movement = findIn(tranche.movements, id);
      const steps = movement === undefined ? [] : [...valuesOf(movement.steps)];
      const halted = steps.filter((step) => stepStatusOf(step) === 'halted').length;
      return [{ leg: id, persons, halted, ...progressOf(state, tranche, id) }];
    }),
    approvals: powersOfTranche(state, tranche).map((party) => ({
      party,
      has: missing.get(party) ?? needs,
      needs,
    })),
  };
}

export function summarizeLegs(state: Exchange): readonly LegSummary[] {
  return (state.terms?.terms.legs ?? []).map((leg) => {
    const { id, from, to, lane } = leg;
    const most = countMax(leg);
    const agreed = Number.isFinite(most) ? most : undefined;
    const { received: crossed, notGoing, unlisted } = getFrom(state.legs, id);
    const progress = progressOfLeg(state, valuesOf(state.tranches), id);
    const named = [...valuesOf(state.tranches)]
      .filter((tranche) => !isOver(tranche))
      .reduce((sum, { persons }) => sum + (memberOf(persons, id)?.length ?? 0), 0);
    const counts = { crossed, notGoing, unlisted };
    return { id, from, to, end: endOf(leg), lane, agreed, named, ...progress, ...counts };
  });
}

/** By party, then by kind, then in the order they were sealed. */
export function summarizeLists(state: Exchange): readonly ListSummary[] {
  const place = ({ party, kind }: ListSummary): string => `${party} ${String(listKinds.indexOf(kind))}`;
  return [...valuesOf(state.lists)]
    .map((list) => ({
      id: list.id,
      party: list.party,
      kind: list.kind,
      count: list.count,
      opened: list.opened.entries,
      isOpen: isOpen(list),
      struck: list.struck,
      added: list.added,
    }))
    .sort((a, b) => (place(a) === place(b) ? 0 : place(a) < place(b) ? -1 : 1));
}

/** Remembered for each state of the entries: they are many, and most acts leave them as they were. */
const verdictCounts = new WeakMap<Exchange['entries'], ExchangeSummary['verdicts']>();

function countVerdicts({ entries }: Exchange): ExchangeSummary['verdicts'] {
  const known = verdictCounts.get(entries);
  if (known !== undefined) return known;
  const counts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of valuesOf(entries)) {
    if (verdict !== undefined) counts[verdict.verdict] = (counts[verdict.verdict] ?? 0) + 1;
  }
  verdictCounts.set(entries, counts);
  return counts;
}

export function summarize(state: Exchange): ExchangeSummary {
  return {
    id: state.id ?? '',
    title: state.title,
    status: exchangeStatusOf(state),
    suspendedBy: [...new Set(state.suspensions.map(({ party }) => party))],
    acts: state.size,
    hash: state.hash,
    parties: [...valuesOf(state.parties)].map(({ id, kind, label }) => ({ id, kind, label })),
    legs: summarizeLegs(state),
    lists: summarizeLists(state),
    verdicts: countVerdicts(state),
    tranches: tranchesOf(state).map((tranche) => summarizeTranche(state, tranche)),
    imbalance: imbalanceOf(state),
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
    const custodian = whereabouts === 'received' ? (leg.to ?? leg.from) : leg.from;
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
