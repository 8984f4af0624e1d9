/**
 * The pool: the persons of an exchange who could be chosen now, and what of the agreed numbers is still open.
 *
 * Law     A person is in the pool once, however many lists name them. Whoever the rules keep where they are stays in
 *         it with the reason, so that a plan can explain why they do not go.
 * Cost    Once over the entries, times the legs.
 */
import {
  committed,
  countMax,
  findIn,
  refusePerson,
  shutGates,
  valuesOf,
  type Entry,
  type EntryId,
  type Exchange,
  type Lane,
  type LegId,
  type Refusal,
  type Terms,
  type TrancheId,
} from '../exchange/index.ts';
import { err, ok, type Result } from '../result.ts';
import type { ChoiceFault } from './fault.ts';

/** One person who could go on one leg. */
export interface Candidate {
  readonly entry: EntryId;
  readonly leg: LegId;
  readonly category: string;
  readonly lane: Lane;
  /** Why the rules keep the person where they are now; absent when they may be proposed. */
  readonly held?: Refusal['kind'];
}

/** A gate of the terms that still holds: `open` may leave only after `count` more persons of `after` have crossed. */
export interface ShutGate {
  readonly gate: string;
  readonly open: LegId;
  /** First tranche that the gate holds back. */
  readonly tranche: number;
  /** Undefined for a condition outside the exchange, which no plan can bring about. */
  readonly needs: { readonly after: LegId; readonly count: number } | undefined;
}

export interface Pool {
  readonly terms: Terms;
  /** By entry id, so that the same exchange gives the same problem. */
  readonly candidates: readonly Candidate[];
  /** Persons who may still be promised, by leg. */
  readonly left: ReadonlyMap<LegId, number>;
  readonly gates: readonly ShutGate[];
  /** Numbers of tranches that are proposed or have gone and are not to be revised. */
  readonly taken: ReadonlySet<number>;
}

export interface PoolOptions {
  /** Live tranches that are planned anew: their persons are free again, but for those who have left. */
  readonly revising?: readonly TrancheId[];
  /** The leg of a person who could go on several. */
  readonly legOf?: (entry: EntryId) => LegId | undefined;
}

/** What is left to choose from in an exchange. */
export function poolOf(state: Exchange, options: PoolOptions = {}): Result<Pool, ChoiceFault> {
  if (state.terms === undefined) {
    return err({ kind: 'TermsNotInForce' });
  }
  const { terms } = state.terms;
  const revising = new Set<TrancheId>(options.revising);
  const chosen = new Map<EntryId, Candidate>();
  for (const entry of valuesOf(state.entries)) {
    const found = findCandidate(state, terms, entry, { revising, legOf: options.legOf });
    if (!found.ok) {
      return found;
    }
    const candidate = found.value;
    if (candidate === undefined) {
      continue;
    }
    const person = toPerson(entry);
    const other = chosen.get(person);
    if (other === undefined || isBetter(state, candidate, other)) {
      chosen.set(person, candidate);
    }
  }
  return ok({
    terms,
    candidates: [...chosen.values()].sort((a, b) => (a.entry < b.entry ? -1 : 1)),
    left: new Map(
      terms.legs.map((leg) => [leg.id, Math.max(0, countMax(leg) - promised(state, leg.id, revising))]),
    ),
    gates: shutGatesOf(state, terms),
    taken: new Set(
      [...valuesOf(state.tranches)]
        .filter(({ id, status }) => (status === 'live' || status === 'certified') && !revising.has(id))
        .map(({ number }) => number),
    ),
  });
}

/** The key of a person: the smaller id of the two entries that are known to be theirs. */
function toPerson({ id, counterpart }: Entry): EntryId {
  return counterpart !== undefined && counterpart < id ? counterpart : id;
}

/** Of two entries of one person: who may go before who may not, and the holder's own entry before the other. */
function isBetter(state: Exchange, candidate: Candidate, other: Candidate): boolean {
  if ((candidate.held === undefined) !== (other.held === undefined)) {
    return candidate.held === undefined;
  }
  return findIn(state.entries, candidate.entry)?.kind === 'held';
}

/** No tranche has this id: who is asked for by it is asked as somebody of the pool. */
const noTranche = '' as TrancheId;

function findCandidate(
  state: Exchange,
  terms: Terms,
  entry: Entry,
  { revising, legOf }: { readonly revising: ReadonlySet<TrancheId>; readonly legOf: PoolOptions['legOf'] },
): Result<Candidate | undefined, ChoiceFault> {
  const tranche = entry.tranche !== undefined && revising.has(entry.tranche) ? entry.tranche : noTranche;
  const legs = terms.legs
    .map((leg) => ({ leg: leg.id, refusal: refusePerson(state, entry.id, leg, tranche) }))
    .filter(({ refusal }) => refusal === undefined || !outside.has(refusal.kind));
  const said = legs.length > 1 ? legOf?.(entry.id) : undefined;
  const on = legs.length > 1 ? legs.find(({ leg }) => leg === said) : legs[0];
  if (on === undefined) {
    return legs.length === 0
      ? ok(undefined)
      : err({ kind: 'LegOpen', entry: entry.id, legs: legs.map(({ leg }) => leg) });
  }
  const { category, lane } = entry;
  const held = on.refusal === undefined ? {} : { held: on.refusal.kind };
  return ok({ entry: entry.id, leg: on.leg, category, lane, ...held });
}

/** Refusals that say that an entry has no place on a leg at all, or that its person is out of the pool. */
const outside: ReadonlySet<Refusal['kind']> = new Set<Refusal['kind']>([
  'EntryStruck',
  'ListNotOpen',
  'PersonElsewhere',
  'PersonGone',
  'PersonNotOnList',
  'PersonOfOtherLane',
]);

/** Persons of a leg who have been received or may still be, those of tranches that are revised left out. */
function promised(state: Exchange, leg: LegId, revising: ReadonlySet<TrancheId>): number {
  let persons = committed(state, leg);
  for (const id of revising) {
    const tranche = findIn(state.tranches, id);
    const movement = tranche === undefined ? undefined : findIn(tranche.movements, leg);
    if (tranche?.status === 'live' && movement !== undefined) {
      persons -= movement.waiting + movement.onManifest;
    }
  }
  return persons;
}

function shutGatesOf(state: Exchange, terms: Terms): readonly ShutGate[] {
  return terms.gates.flatMap((gate): readonly ShutGate[] => {
    const { id, leg, tranche, requires } = gate;
    if (!shutGates(state, leg, tranche).includes(id)) {
      return [];
    }
    if (requires.kind === 'condition-met') {
      return [{ gate: id, open: leg, tranche, needs: undefined }];
    }
    const count = findIn(state.legs, requires.leg);
    const done = (requires.kind === 'returned' ? count?.returned : count?.settled) ?? 0;
    return [{ gate: id, open: leg, tranche, needs: { after: requires.leg, count: requires.persons - done } }];
  });
}
