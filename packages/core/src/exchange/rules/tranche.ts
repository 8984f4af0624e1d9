/**
 * A tranche: which persons go together, on which legs. What is proposed has a hash; at least two persons of every
 * power it touches approve that very hash, and whatever changes what was hashed voids what was approved.
 */
import { isApprovedBy } from './agreement.ts';
import { contentHash } from '../act/canonical.ts';
import type { ActId, ContentHash, EntryId, ExchangeId, LegId, PartyId } from '../act/ids.ts';
import { refuseEntry } from './lists.ts';
import { emptyMap, findIn, getFrom, setIn, valuesOf } from '../state/persistent-map.ts';
import type { PersistentMap } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import { distinctActors, hasSigned, refuseOthers, toSignature } from './rule.ts';
import type { Signer } from './rule.ts';
import type { Entry, Exchange, Movement, Tranche } from '../state/state.ts';
import { withoutIdleStops } from './step.ts';
import type { Leg, Terms } from '../act/terms.ts';
import type { Said } from '../act/act.ts';
import {
  contentId,
  crossingId,
  entryId,
  instant,
  legId,
  ordinal,
  partsOfTermsMax,
  payloadId,
  personsPerTrancheMax,
  trancheId,
} from '../act/vocabulary.ts';
import { listOf, members, optional, tableOf, type Of } from '../../json/shape.ts';
import { row, trancheFacts } from './rule.ts';
import { homeOf, countMax, tiedSides, powersOfLeg, memberOf, inProportion, endOf } from '../act/terms.ts';

const proposalBody = members({
  tranche: trancheId,
  number: ordinal,
  persons: tableOf(legId, listOf(entryId, 0, personsPerTrancheMax), partsOfTermsMax),
  /** Where the choice and its reasons are laid open, if the proposer did. */ plan: optional(payloadId),
});
const approvalBody = members({ tranche: trancheId, hash: contentId });

type Proposal = Of<typeof proposalBody>;

/** The hash that approvals bind: the proposal, in its exchange, under the terms in force. */
export function proposalHash(exchange: ExchangeId, terms: ContentHash, proposal: Proposal): ContentHash {
  return contentHash({ exchange, terms, proposal });
}

export function findLeg(state: Exchange, id: LegId): Leg | undefined {
  return state.terms?.terms.legs.find((leg) => leg.id === id);
}

/** The powers whose persons or whose soil a tranche touches. */
export function powersOfTranche(state: Exchange, tranche: Pick<Tranche, 'persons'>): readonly PartyId[] {
  const powers = Object.keys(tranche.persons).flatMap((id) => {
    const leg = findLeg(state, id as LegId);
    return leg === undefined ? [] : powersOfLeg(leg);
  });
  return [...new Set(powers)].sort();
}

/** Powers that have not approved as the terms ask, with how many distinct persons have. */
export function missingApprovals(
  state: Exchange,
  tranche: Tranche,
): readonly { readonly party: PartyId; readonly has: number; readonly needs: number }[] {
  const needs = state.terms?.terms.approvalsPerPower ?? 2;
  return powersOfTranche(state, tranche)
    .filter((party) => !isApprovedBy(state, tranche.approvals, party, needs))
    .map((party) => ({ party, has: distinctActors(state, tranche.approvals, party).length, needs }));
}

export function refuseUnlessApproved(state: Exchange, tranche: Tranche): Refusal | undefined {
  if (tranche.status !== 'live') return { kind: 'TrancheEnded', status: tranche.status };
  if (tranche.terms !== state.terms?.hash) return { kind: 'TermsReplaced' };
  const missing = missingApprovals(state, tranche);
  return missing.length === 0 ? undefined : { kind: 'ApprovalsMissing', parties: missing };
}

/** The live tranche that names an entry, if one does. */
function liveTrancheOf(state: Exchange, entry: Entry): Tranche | undefined {
  const tranche = entry.tranche === undefined ? undefined : findIn(state.tranches, entry.tranche);
  return tranche?.status === 'live' ? tranche : undefined;
}

/**
 * Why a person cannot be proposed for a leg, or go on it. A person is eligible by an entry on the giver's held
 * list that the power of origin or the receiver acknowledged, or on the sought list of either that the giver
 * acknowledged.
 */
export function refusePerson(
  state: Exchange,
  id: EntryId,
  leg: Leg,
  tranche: Tranche['id'],
): Refusal | undefined {
  const refused = refuseEntry(state, id);
  if (refused !== undefined) return refused;
  const entry = getFrom(state.entries, id);
  const isHere = leg.starts === 'custody' ? entry.custodian === leg.from : entry.whereabouts === 'held';
  if (!isHere) return { kind: 'PersonGone', entry: id, whereabouts: entry.whereabouts };
  const live = liveTrancheOf(state, entry);
  if (live !== undefined && live.id !== tranche) {
    return { kind: 'PersonElsewhere', entry: id, tranche: live.id };
  }
  const home = [endOf(leg) === 'home' ? leg.to : undefined, homeOf(leg)].filter(
    (power) => power !== undefined,
  );
  // Who has been handed over already is on their way on by the entry they came by.
  if (leg.starts === 'custody') return refuseLane(state, entry, leg) ?? refuseKept(entry);
  const held = entry.kind === 'held' && entry.owner === leg.from;
  const sought = entry.kind === 'sought' && home.includes(entry.owner);
  if (!held && !sought) return { kind: 'PersonNotOnList', entry: id, leg: leg.id };
  const answerers = held ? home : [leg.from];
  // Where no power is named that they go home to, nobody is asked whether they are its own.
  const acknowledged =
    answerers.length === 0 ||
    entry.verdicts.some(({ verdict, by }) => verdict === 'acknowledged' && answerers.includes(by));
  if (!acknowledged) return { kind: 'PersonNotAcknowledged', entry: id };
  const kept = refuseLane(state, entry, leg) ?? refuseKept(entry);
  if (kept !== undefined) return kept;
  return entry.counterpart === undefined ? undefined : refuseTwin(state, entry.counterpart);
}

/** Why a person is not one of those whom a leg is for. */
function refuseLane(state: Exchange, { id, lane, category }: Entry, leg: Leg): Refusal | undefined {
  if (lane !== leg.lane) return { kind: 'PersonOfOtherLane', entry: id, leg: leg.id };
  if (state.terms?.terms.categories.every(({ code }) => code !== category) === true) {
    return { kind: 'CategoryUnknown', category };
  }
  const { count } = leg;
  return typeof count === 'object' && count.kind === 'all' && count.category !== category
    ? { kind: 'PersonOfOtherCategory', entry: id, leg: leg.id, category: count.category }
    : undefined;
}

/** What the record says of a person that keeps them where they are. */
function refuseKept({ id, identity, cleared, commission, lane }: Entry): Refusal | undefined {
  if (identity === 'rejected') return { kind: 'PersonMisidentified', entry: id };
  if (cleared === false) return { kind: 'PersonNotCleared', entry: id };
  return lane === 'direct-repatriation' && (commission === 'refuse' || commission === 'defer')
    ? { kind: 'CommissionRefused', entry: id }
    : undefined;
}

/** The same person by the other side's entry: what keeps them by that one keeps them, and gone there they are gone. */
export function refuseTwin(state: Exchange, id: EntryId): Refusal | undefined {
  const twin = getFrom(state.entries, id);
  if (twin.kind === 'withheld') return { kind: 'PersonNotAcknowledged', entry: id };
  if (twin.whereabouts !== 'held') return { kind: 'PersonGone', entry: id, whereabouts: twin.whereabouts };
  if (twin.struck) return { kind: 'EntryStruck', entry: id };
  const kept = refuseKept(twin);
  if (kept !== undefined) return kept;
  const live = liveTrancheOf(state, twin);
  return live === undefined ? undefined : { kind: 'PersonElsewhere', entry: id, tranche: live.id };
}

/** Persons of a leg who have been received or may still be, tranches other than `except` counted. */
export function committed(state: Exchange, leg: LegId, except?: Tranche['id']): number {
  let persons = findIn(state.legs, leg)?.received ?? 0;
  for (const tranche of valuesOf(state.tranches)) {
    const movement = findIn(tranche.movements, leg);
    if (movement === undefined) continue;
    persons += movement.inMotion;
    if (tranche.status === 'live' && tranche.id !== except) persons += movement.waiting + movement.onManifest;
  }
  return persons;
}

function refuseNumbers(state: Exchange, terms: Terms, proposal: Proposal): Refusal | undefined {
  const numberOn = (id: LegId): number => memberOf(proposal.persons, id)?.length ?? 0;
  const planned = terms.tranches.find((tranche) => tranche.number === proposal.number);
  for (const leg of terms.legs) {
    const proposed = numberOn(leg.id);
    if (planned !== undefined) {
      const agreed = memberOf(planned.persons, leg.id) ?? 0;
      if (proposed !== agreed) return { kind: 'CountNotAgreed', leg: leg.id, agreed, proposed };
    }
    const left = countMax(leg) - committed(state, leg.id, proposal.tranche);
    if (proposed > left) return { kind: 'LegExceeded', leg: leg.id, left: Math.max(0, left), proposed };
  }
  for (const rule of terms.parity) {
    const tied = tiedSides(rule);
    if (tied === undefined) continue;
    const { sides, weights } = tied;
    const sumOf = (side: readonly LegId[], numberOf: (id: LegId) => number): number =>
      side.reduce((sum, id) => sum + numberOf(id), 0);
    const numbers = sides.map((side) => sumOf(side, numberOn));
    // A tranche that makes up for persons who did not go may be uneven if it evens out the whole.
    const whole = sides.map(
      (side, i) => sumOf(side, (id) => committed(state, id, proposal.tranche)) + numbers[i]!,
    );
    if (!inProportion(numbers, weights) && !inProportion(whole, weights)) {
      return { kind: 'ParityBroken', legs: sides.flat(), proposed: numbers };
    }
  }
  return undefined;
}

function refuseCategories(state: Exchange, terms: Terms, proposal: Proposal): Refusal | undefined {
  const planned = terms.tranches.find((tranche) => tranche.number === proposal.number);
  for (const [leg, categories] of Object.entries(planned?.categories ?? {})) {
    const persons = memberOf(proposal.persons, leg as LegId) ?? [];
    for (const [category, agreed] of Object.entries(categories)) {
      const proposed = persons.filter((id) => getFrom(state.entries, id).category === category).length;
      if (proposed !== agreed) {
        return { kind: 'CategoryNotAgreed', leg: leg as LegId, category, agreed, proposed };
      }
    }
  }
  return undefined;
}

function refuseProposal(
  state: Exchange,
  { body }: Said<Of<typeof proposalBody>>,
  signer: Signer,
): Refusal | undefined {
  if (state.terms === undefined) return { kind: 'TermsNotInForce' };
  const { terms } = state.terms;
  const before = findIn(state.tranches, body.tranche);
  if (before !== undefined && before.status !== 'live') {
    return { kind: 'TrancheEnded', status: before.status };
  }
  if (before?.departed === true) return { kind: 'TrancheDeparted' };
  for (const tranche of valuesOf(state.tranches)) {
    const stands = tranche.status === 'live' || tranche.status === 'certified';
    if (stands && tranche.number === body.number && tranche.id !== body.tranche) {
      return { kind: 'NumberTaken', number: body.number };
    }
  }
  const legs = Object.keys(body.persons) as LegId[];
  for (const id of legs) if (findLeg(state, id) === undefined) return { kind: 'Unknown', what: 'leg' };
  const all = legs.flatMap((id) => body.persons[id] ?? []);
  if (all.length === 0) return { kind: 'NobodyProposed' };
  if (all.length > personsPerTrancheMax) return { kind: 'TooManyPersons', most: personsPerTrancheMax };
  const mediates = signer.party.kind === 'host' || terms.mediators?.includes(signer.party.id) === true;
  if (!mediates) {
    const others =
      refuseOthers(signer, ...powersOfTranche(state, { persons: body.persons })) ??
      (before === undefined ? undefined : refuseOthers(signer, ...powersOfTranche(state, before)));
    if (others !== undefined) return others;
  }
  const named = new Set<EntryId>();
  for (const id of legs) {
    const leg = findLeg(state, id)!;
    for (const person of body.persons[id] ?? []) {
      const refused = refusePerson(state, person, leg, body.tranche);
      if (refused !== undefined) return refused;
      const twin = getFrom(state.entries, person).counterpart;
      if (named.has(person) || (twin !== undefined && named.has(twin))) {
        return { kind: 'PersonRepeated', entry: person };
      }
      named.add(person);
    }
  }
  return refuseNumbers(state, terms, body) ?? refuseCategories(state, terms, body);
}

function newMovement(leg: LegId, persons: number): Movement {
  return {
    leg,
    route: undefined,
    notice: undefined,
    acknowledged: false,
    steps: emptyMap(),
    waiting: persons,
    onManifest: 0,
    inMotion: 0,
    received: 0,
    returned: 0,
    stopped: [],
  };
}

function evolveProposal(
  state: Exchange,
  act: Said<Of<typeof proposalBody>>,
  signer: Signer,
  id: ActId,
): Exchange {
  const { body } = act;
  const before = findIn(state.tranches, body.tranche);
  let entries: PersistentMap<EntryId, Entry> = state.entries;
  const assign = (person: EntryId, leg: LegId | undefined): void => {
    const entry = getFrom(entries, person);
    const tranche = leg === undefined ? undefined : body.tranche;
    entries = setIn(entries, person, { ...entry, tranche, leg, step: undefined, clearedAtLine: undefined });
  };
  for (const person of Object.values(before?.persons ?? {}).flat()) {
    if (getFrom(entries, person).tranche === body.tranche) assign(person, undefined);
  }
  let movements: PersistentMap<LegId, Movement> = emptyMap();
  for (const [leg, persons] of Object.entries(body.persons) as [LegId, readonly EntryId[]][]) {
    if (persons.length === 0) continue;
    for (const person of persons) assign(person, leg);
    movements = setIn(movements, leg, newMovement(leg, persons.length));
  }
  const terms = state.terms!.hash;
  const tranche: Tranche = {
    id: body.tranche,
    number: body.number,
    hash: proposalHash(act.exchange, terms, body),
    terms,
    proposer: toSignature(signer),
    persons: body.persons,
    approvals: [],
    status: 'live',
    departed: false,
    certified: false,
    movements,
    voided:
      before === undefined || before.approvals.length === 0
        ? before?.voided
        : { act: id, approvals: before.approvals.length },
  };
  return { ...state, entries, tranches: setIn(state.tranches, tranche.id, tranche) };
}

/** The live tranche under its hash, or why there is none. */
function refuseLive(state: Exchange, id: Tranche['id'], hash?: ContentHash): Refusal | undefined {
  const tranche = findIn(state.tranches, id);
  if (tranche === undefined) return { kind: 'Unknown', what: 'tranche' };
  if (tranche.status !== 'live') return { kind: 'TrancheEnded', status: tranche.status };
  return hash === undefined || hash === tranche.hash ? undefined : { kind: 'HashDiffers' };
}

/** Why a live tranche of the terms in force cannot be approved as it was proposed: somebody of it can no longer go. */
export function refuseProposed(state: Exchange, tranche: Tranche): Refusal | undefined {
  if (tranche.departed) return undefined;
  for (const [leg, persons] of Object.entries(tranche.persons) as [LegId, readonly EntryId[]][]) {
    for (const person of persons) {
      const unfit = refusePerson(state, person, findLeg(state, leg)!, tranche.id);
      if (unfit !== undefined) return unfit;
    }
  }
  return undefined;
}

function refuseApproval(
  state: Exchange,
  { body }: Said<Of<typeof approvalBody>>,
  signer: Signer,
): Refusal | undefined {
  const refused = refuseLive(state, body.tranche, body.hash);
  if (refused !== undefined) return refused;
  const tranche = getFrom(state.tranches, body.tranche);
  if (tranche.terms !== state.terms?.hash) return { kind: 'TermsReplaced' };
  const others = refuseOthers(signer, ...powersOfTranche(state, tranche));
  if (others !== undefined) return others;
  if (hasSigned(state, tranche.approvals, signer.actor)) return { kind: 'SignedAlready' };
  return refuseProposed(state, tranche);
}

export const trancheActs = {
  TrancheProposed: row({
    group: 'tranche',
    effect: 'none',
    body: proposalBody,
    tell: ({ number, persons: byLeg }) => {
      const counts = Object.fromEntries(Object.entries(byLeg).map(([leg, ids]) => [leg, ids.length]));
      return {
        tranche: number,
        byLeg: counts,
        persons: Object.values(counts).reduce((sum, n) => sum + n, 0),
      };
    },
    says: 'proposed tranche {tranche} with {persons} persons',
    roles: ['coordinator', 'mediator'],
    period: 'open',
    refuse: refuseProposal,
    evolve: evolveProposal,
  }),
  TrancheApproved: row({
    group: 'tranche',
    effect: 'none',
    body: approvalBody,
    tell: ({ tranche, hash }, telling) => ({ ...trancheFacts(tranche, telling), hash }),
    says: 'approved tranche {tranche}',
    roles: ['coordinator', 'approver'],
    period: 'open',
    refuse: refuseApproval,
    evolve: (state, act, signer) => {
      const tranche = getFrom(state.tranches, act.body.tranche);
      const approvals = [...tranche.approvals, toSignature(signer)];
      return { ...state, tranches: setIn(state.tranches, tranche.id, { ...tranche, approvals }) };
    },
  }),
  ApprovalWithdrawn: row({
    group: 'tranche',
    effect: 'stops',
    body: members({ tranche: trancheId, hash: contentId }),
    tell: ({ tranche, hash }, telling) => ({ ...trancheFacts(tranche, telling), hash }),
    says: 'withdrew an approval of tranche {tranche}',
    roles: ['coordinator', 'approver'],
    period: 'open',
    refuse: (state, { body }, signer) => {
      const refused = refuseLive(state, body.tranche, body.hash);
      if (refused !== undefined) return refused;
      const { approvals } = getFrom(state.tranches, body.tranche);
      return hasSigned(state, approvals, signer.actor) ? undefined : { kind: 'NotSigned' };
    },
    evolve: (state, act, signer) => {
      const tranche = getFrom(state.tranches, act.body.tranche);
      const approvals = tranche.approvals.filter((approval) => approval.actor !== signer.actor);
      return { ...state, tranches: setIn(state.tranches, tranche.id, { ...tranche, approvals }) };
    },
  }),
  TrancheWithdrawn: row({
    group: 'tranche',
    effect: 'stops',
    body: members({ tranche: trancheId }),
    tell: ({ tranche }, telling) => trancheFacts(tranche, telling),
    says: 'withdrew the proposal of tranche {tranche}',
    roles: ['coordinator', 'mediator'],
    period: 'open',
    refuse: (state, { body }, signer) => {
      const refused = refuseLive(state, body.tranche);
      if (refused !== undefined) return refused;
      const tranche = getFrom(state.tranches, body.tranche);
      if (tranche.departed) return { kind: 'TrancheDeparted' };
      return refuseOthers(signer, tranche.proposer.party);
    },
    evolve: (state, act) => {
      const tranche = getFrom(state.tranches, act.body.tranche);
      const ended: Tranche = { ...withoutIdleStops(tranche), status: 'withdrawn', approvals: [] };
      return { ...state, tranches: setIn(state.tranches, tranche.id, ended) };
    },
  }),
  TrancheScheduled: row({
    group: 'tranche',
    effect: 'starts',
    body: members({
      tranche: trancheId,
      hash: contentId,
      routes: listOf(
        members({ leg: legId, crossing: crossingId, opens: instant, closes: instant }),
        1,
        partsOfTermsMax,
      ),
    }),
    tell: ({ tranche, routes }, telling) => ({
      ...trancheFacts(tranche, telling),
      crossings: [...new Set(routes.map(({ crossing }) => crossing))],
    }),
    says: 'scheduled tranche {tranche}',
    roles: ['mediator'],
    period: 'running',
    refuse: (state, { body }) => {
      const refused = refuseLive(state, body.tranche, body.hash);
      if (refused !== undefined) return refused;
      const tranche = getFrom(state.tranches, body.tranche);
      const named = new Set<LegId>();
      for (const route of body.routes) {
        // Two routes for one leg: the last would win, unseen.
        if (named.has(route.leg)) return { kind: 'RouteRepeated', leg: route.leg };
        named.add(route.leg);
        const movement = findIn(tranche.movements, route.leg);
        if (movement === undefined) return { kind: 'Unknown', what: 'leg' };
        const known = state.terms?.terms.crossings.some((crossing) => crossing.id === route.crossing);
        if (known !== true) return { kind: 'Unknown', what: 'crossing' };
        for (const step of valuesOf(movement.steps)) if (step.departed) return { kind: 'TrancheDeparted' };
      }
      return refuseUnlessApproved(state, tranche);
    },
    evolve: (state, act) => {
      const tranche = getFrom(state.tranches, act.body.tranche);
      const movements = act.body.routes.reduce((next, { leg, crossing, opens, closes }) => {
        const movement = getFrom(next, leg);
        // Another time or place is another movement: it is notified and acknowledged anew.
        return setIn(next, leg, {
          ...movement,
          route: { crossing, opens, closes },
          notice: undefined,
          acknowledged: false,
        });
      }, tranche.movements);
      return { ...state, tranches: setIn(state.tranches, tranche.id, { ...tranche, movements }) };
    },
  }),
};
