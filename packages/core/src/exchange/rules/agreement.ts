/** What the powers agree to before a list is opened: the terms, conditions beside them, and who answers for those. */
import { contentHash } from '../act/canonical.ts';
import type { ActId, ContentHash, LegId, PartyId } from '../act/ids.ts';
import { findIn, getFrom, isIn, setIn, valuesOf } from '../state/persistent-map.ts';
import type { Refusal } from './refusal.ts';
import { distinctActors, hasSigned, refuseOthers, toSignature } from './rule.ts';
import type { Exchange, LegCount, Signature, TermsProposal } from '../state/state.ts';
import { findTermsFaults } from './terms-faults.ts';
import type { TermsFault } from './terms-faults.ts';
import type { Terms } from '../act/terms.ts';
import { withoutApprovals } from './void.ts';
import type { Said } from '../act/act.ts';
import { contentId, sentence, shortName, partyId } from '../act/vocabulary.ts';
import { members, type Of, optional } from '../../json/shape.ts';
import { terms as termsShape, powersOfTerms, neutralsOf, countMax, exactCount } from '../act/terms.ts';
import { row } from './rule.ts';
import { type Party } from '../state/state.ts';
import { endsOnTheWay, powersInForce, takesPart, partiesInForce } from './parties.ts';
import { withoutIdleStops } from './step.ts';

const acceptance = members({ terms: contentId });

/** The hash that powers accept. */
export function termsHash(terms: Terms): ContentHash {
  return contentHash(terms);
}

function accreditationFaults(state: Exchange, terms: Terms): readonly TermsFault[] {
  const faults: TermsFault[] = [];
  const kindOf = (party: PartyId): Party['kind'] | undefined => findIn(state.parties, party)?.kind;
  for (const party of powersOfTerms(terms)) {
    if (kindOf(party) !== 'power') faults.push({ kind: 'NotAPower', party });
  }
  for (const party of neutralsOf(terms)) {
    if (kindOf(party) !== 'neutral') faults.push({ kind: 'NotANeutral', party });
  }
  for (const party of terms.mediators ?? []) {
    if (kindOf(party) !== 'mediator') faults.push({ kind: 'NotAMediator', party });
  }
  for (const leg of terms.legs) {
    const hosts = [leg.starts === undefined ? undefined : leg.from, endsOnTheWay(leg) ? leg.to : undefined];
    for (const party of hosts) {
      const kind = party === undefined ? undefined : kindOf(party);
      const fits = kind === 'neutral' || kind === 'state' || kind === 'power';
      if (party !== undefined && !fits) faults.push({ kind: 'CannotReceive', party, leg: leg.id });
    }
    for (const party of leg.via ?? []) {
      const kind = kindOf(party);
      if (kind !== 'power' && kind !== 'state') faults.push({ kind: 'CannotReceive', party, leg: leg.id });
    }
  }
  return faults;
}

/**
 * Legs of tranches that have departed and not ended: who has a part in those can still end them. And legs on which
 * somebody arrived who was on no list: giver and receiver may have to confirm them yet.
 */
function legsInUse(state: Exchange): ReadonlySet<LegId> {
  const legs = new Set<LegId>();
  for (const { status, departed, movements } of valuesOf(state.tranches)) {
    for (const { leg, steps } of valuesOf(movements)) {
      const isUnderWay = status === 'live' && departed;
      if (isUnderWay || [...valuesOf(steps)].some((step) => step.unlisted > 0)) legs.add(leg);
    }
  }
  return legs;
}

/** What an amendment may not undo: where persons have crossed or a tranche is under way, the leg stays. */
function amendmentFaults(state: Exchange, terms: Terms): readonly TermsFault[] {
  const faults: TermsFault[] = [];
  const inUse = legsInUse(state);
  for (const count of valuesOf(state.legs)) {
    if (count.received === 0 && count.notGoing === 0 && !inUse.has(count.leg)) continue;
    const before = state.terms?.terms.legs.find((leg) => leg.id === count.leg);
    const after = terms.legs.find((leg) => leg.id === count.leg);
    const same =
      after !== undefined &&
      before !== undefined &&
      after.from === before.from &&
      after.to === before.to &&
      after.lane === before.lane &&
      after.starts === before.starts &&
      after.ends === before.ends &&
      after.origin === before.origin;
    if (!same) faults.push({ kind: 'LegDropped', leg: count.leg });
    else if (countMax(after) < count.received) {
      faults.push({ kind: 'BelowReceived', leg: count.leg, received: count.received });
    }
  }
  return faults;
}

function refuseTerms(state: Exchange, terms: Terms, amends: boolean): Refusal | undefined {
  const faults = [
    ...findTermsFaults(terms),
    ...accreditationFaults(state, terms),
    ...(amends ? amendmentFaults(state, terms) : []),
  ];
  if (faults.length > 0) return { kind: 'TermsFaulty', faults };
  // The same words may be proposed again once others have been in force between.
  const known = findIn(state.proposals, termsHash(terms));
  return known !== undefined && (known.replaces === state.terms?.hash || known.hash === state.terms?.hash)
    ? { kind: 'KnownAlready', what: 'terms' }
    : undefined;
}

function withProposal(state: Exchange, terms: Terms, replaces: ContentHash | undefined): Exchange {
  const hash = termsHash(terms);
  const proposal: TermsProposal = { hash, terms, replaces, acceptances: [] };
  return { ...state, proposals: setIn(state.proposals, hash, proposal) };
}

/** Persons who have departed and are neither received nor turned back. */
export function personsInMotion(state: Exchange): number {
  let persons = 0;
  for (const tranche of valuesOf(state.tranches)) {
    for (const movement of valuesOf(tranche.movements)) persons += movement.inMotion;
  }
  return persons;
}

/** Two persons of a power, one of them an approver: what terms and tranches need of each power. */
export function isApprovedBy(
  state: Exchange,
  signatures: readonly Signature[],
  party: PartyId,
  persons: number,
): boolean {
  return (
    distinctActors(state, signatures, party).length >= persons &&
    distinctActors(
      state,
      signatures.filter((signature) => signature.role === 'approver'),
      party,
    ).length > 0
  );
}

/** Whose acceptance terms need: of the powers they name, and of those that the terms they replace bind. */
export function bindersOf(state: Exchange, { terms }: TermsProposal): readonly PartyId[] {
  return [...new Set([...powersOfTerms(terms), ...powersInForce(state)])].sort();
}

function accept(state: Exchange, proposal: TermsProposal, act: ActId): Exchange {
  const proposals = setIn(state.proposals, proposal.hash, proposal);
  const everyPower = bindersOf(state, proposal).every((party) =>
    isApprovedBy(state, proposal.acceptances, party, 2),
  );
  if (!everyPower) return { ...state, proposals };
  const legs = proposal.terms.legs.reduce(
    (counts, leg) => (isIn(counts, leg.id) ? counts : setIn(counts, leg.id, noneOn(leg.id))),
    state.legs,
  );
  const inForce = {
    ...state,
    proposals: withSpent(proposals, proposal.hash),
    legs,
    terms: { hash: proposal.hash, terms: proposal.terms },
  };
  // Tranches were proposed under the former terms: what their approvals approved no longer stands.
  let next: Exchange = inForce;
  for (const tranche of valuesOf(state.tranches)) {
    next = withoutApprovals(next, tranche.id, act);
    // Whose leg is no more would lock its persons in: nobody but its proposer could end it.
    const isOrphan = Object.keys(tranche.persons).some(
      (id) => !proposal.terms.legs.some((leg) => leg.id === id),
    );
    if (isOrphan && tranche.status === 'live' && !tranche.departed) {
      const ended = { ...withoutIdleStops(tranche), status: 'withdrawn' as const, approvals: [] };
      next = { ...next, tranches: setIn(next.tranches, tranche.id, ended) };
    }
  }
  // Who is in no terms any more holds nothing back.
  const suspensions = next.suspensions.filter(({ party }) => takesPart(next, party));
  return { ...next, suspensions };
}

/** What was accepted before other terms came into force was accepted as it then stood: it counts no more. */
function withSpent(proposals: Exchange['proposals'], inForce: TermsProposal['hash']): Exchange['proposals'] {
  let spent = proposals;
  for (const one of valuesOf(proposals)) {
    if (one.hash !== inForce) spent = setIn(spent, one.hash, { ...one, acceptances: [] });
  }
  return spent;
}

function noneOn(leg: LegId): LegCount {
  return { leg, unsettled: 0, settled: 0, received: 0, returned: 0, notGoing: 0, unlisted: 0 };
}

/** Why nobody may accept a proposal now; undefined while it is open to the powers it names. */
export function refuseTermsNow(state: Exchange, proposal: TermsProposal): Refusal | undefined {
  if (state.terms?.hash !== proposal.replaces) return { kind: 'TermsReplaced' };
  const moving = personsInMotion(state);
  if (moving > 0) return { kind: 'PersonsInMotion', persons: moving };
  const faults = proposal.replaces === undefined ? [] : amendmentFaults(state, proposal.terms);
  return faults.length > 0 ? { kind: 'TermsFaulty', faults } : undefined;
}

function refuseAcceptance(
  state: Exchange,
  act: Said<Of<typeof acceptance>>,
  signer: Signature,
): Refusal | undefined {
  const proposal = findIn(state.proposals, act.body.terms);
  if (proposal === undefined) return { kind: 'Unknown', what: 'terms' };
  const early = refuseTermsNow(state, proposal);
  if (early !== undefined) return early;
  const powers = bindersOf(state, proposal);
  if (!powers.includes(signer.party)) return { kind: 'PartyMayNot', party: signer.party, only: powers };
  return hasSigned(state, proposal.acceptances, signer.actor) ? { kind: 'SignedAlready' } : undefined;
}

export const agreementActs = {
  TermsProposed: row({
    group: 'terms',
    effect: 'none',
    body: members({ terms: termsShape }),
    tell: ({ terms: { legs } }) => ({
      persons: legs.reduce((sum, leg) => sum + (exactCount(leg) ?? 0), 0),
      legs: legs.length,
    }),
    says: 'proposed terms over {legs} legs',
    roles: ['coordinator', 'mediator'],
    period: 'open',
    refuse: (state, act) =>
      state.terms === undefined ? refuseTerms(state, act.body.terms, false) : { kind: 'TermsInForce' },
    evolve: (state, act) => withProposal(state, act.body.terms, undefined),
  }),
  TermsAmended: row({
    group: 'terms',
    effect: 'none',
    body: members({ replaces: contentId, terms: termsShape }),
    tell: ({ terms: { legs } }) => ({
      persons: legs.reduce((sum, leg) => sum + (exactCount(leg) ?? 0), 0),
      legs: legs.length,
    }),
    says: 'proposed to amend the terms (now {legs} legs)',
    roles: ['coordinator', 'mediator'],
    period: 'open',
    refuse: (state, act) => {
      if (state.terms === undefined) return { kind: 'TermsNotInForce' };
      if (state.terms.hash !== act.body.replaces) return { kind: 'TermsReplaced' };
      return refuseTerms(state, act.body.terms, true);
    },
    evolve: (state, act) => withProposal(state, act.body.terms, act.body.replaces),
  }),
  TermsAccepted: row({
    group: 'terms',
    effect: 'none',
    body: acceptance,
    tell: ({ terms: hash }) => ({ hash }),
    says: 'accepted the terms',
    roles: ['coordinator', 'approver'],
    period: 'open',
    refuse: (state, act, signer) => refuseAcceptance(state, act, toSignature(signer)),
    evolve: (state, act, signer, id) => {
      const proposal = getFrom(state.proposals, act.body.terms);
      const acceptances = [...proposal.acceptances, toSignature(signer)];
      return accept(state, { ...proposal, acceptances }, id);
    },
  }),
  ConditionLinked: row({
    group: 'terms',
    effect: 'none',
    body: members({
      condition: shortName,
      text: sentence,
      /** Who alone may answer for it. */ guarantor: optional(partyId),
    }),
    tell: ({ condition: name, text: words }) => ({ name, text: words }),
    says: 'linked the condition {name} beside the exchange',
    roles: ['coordinator', 'mediator', 'guarantor'],
    period: 'open',
    refuse: (state, act) =>
      isIn(state.conditions, act.body.condition) ? { kind: 'KnownAlready', what: 'condition' } : undefined,
    evolve: (state, act) => {
      const { condition, text, guarantor: named } = act.body;
      const linked = { condition, text, named, guarantor: undefined, met: false };
      return { ...state, conditions: setIn(state.conditions, condition, linked) };
    },
  }),
  GuaranteeGiven: row({
    group: 'terms',
    effect: 'none',
    body: members({ condition: shortName, text: sentence }),
    tell: ({ condition: name, text: words }) => ({ name, text: words }),
    says: 'answers for the condition {name}',
    roles: ['guarantor'],
    period: 'open',
    refuse: (state, act, signer) => {
      const condition = findIn(state.conditions, act.body.condition);
      if (condition === undefined) return { kind: 'Unknown', what: 'condition' };
      if (condition.guarantor !== undefined) return { kind: 'SignedAlready' };
      if (condition.named !== undefined) return refuseOthers(signer, condition.named);
      return takesPart(state, signer.party.id) ? undefined : refuseOthers(signer, ...partiesInForce(state));
    },
    evolve: (state, act, signer) => {
      const condition = findIn(state.conditions, act.body.condition)!;
      return {
        ...state,
        conditions: setIn(state.conditions, condition.condition, {
          ...condition,
          guarantor: signer.party.id,
        }),
      };
    },
  }),
  ConditionMet: row({
    group: 'terms',
    effect: 'none',
    body: members({ condition: shortName }),
    tell: ({ condition: name }, { state }) => ({ name, text: findIn(state.conditions, name)?.text ?? name }),
    says: 'declared the condition {name} met',
    roles: ['guarantor', 'mediator'],
    period: 'open',
    refuse: (state, act, signer) => {
      const condition = findIn(state.conditions, act.body.condition);
      if (condition === undefined) return { kind: 'Unknown', what: 'condition' };
      if (condition.met) return { kind: 'ConditionMetAlready' };
      // Who answers for a condition says that it is met; without a guarantor the mediator does.
      return condition.guarantor === undefined ? undefined : refuseOthers(signer, condition.guarantor);
    },
    evolve: (state, act) => {
      const condition = findIn(state.conditions, act.body.condition)!;
      return {
        ...state,
        conditions: setIn(state.conditions, condition.condition, { ...condition, met: true }),
      };
    },
  }),
};
