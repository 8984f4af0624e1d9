/**
 * One act as a line of the record: who, what, when, and the figures a sentence about it needs.
 *
 * A line is plain data made in the worker, in no language; `record/sentence.ts` says it in the reader's. Labels in it
 * come from the parties and are shown only through `quote` or `Label`.
 */
import type { Act, ActKind, Exchange, LegId, PartyId, Role, TrancheId } from '@homeward/core/exchange';
import { findIn } from '@homeward/core/exchange';

export interface ActLine {
  readonly index: number;
  readonly id: string;
  readonly exchange: string;
  readonly kind: ActKind;
  /** A claim of the signer, RFC 3339. */
  readonly at: string;
  readonly key: string;
  readonly role: Role;
  /** The label of the party that signed; empty while the record does not know the key. */
  readonly party: string;
  /** The party is the host, which has no label of its own but the exchange's title. */
  readonly host: boolean;
  readonly facts: Facts;
}

/** A leg by its ends: the labels of the party that gives and the one that receives. One unknown is its id, and `to` empty. */
export interface LegEnds {
  readonly from: string;
  readonly to: string;
}

/** What a sentence may name, by what it is. Absent where the kind has none. */
export interface Facts {
  readonly persons?: number;
  /** Persons by leg, in the order of the terms. */
  readonly byLeg?: readonly { readonly leg: LegEnds; readonly persons: number }[];
  readonly tranche?: number;
  readonly leg?: LegEnds;
  readonly step?: number;
  readonly vehicle?: string;
  readonly vehicles?: number;
  readonly crossing?: string;
  readonly party?: string;
  readonly title?: string;
  readonly list?: 'sought' | 'held' | 'withheld';
  readonly part?: number;
  readonly parts?: number;
  readonly verdicts?: readonly { readonly verdict: string; readonly persons: number }[];
  readonly answers?: { readonly yes: number; readonly no: number };
  readonly stage?: 'before-listing' | 'at-line';
  readonly word?: { readonly of: WordFamily; readonly is: string };
  readonly place?: 'departure' | 'arrival';
  readonly counter?: 'giver' | 'neutral' | 'receiver';
  readonly text?: string;
  readonly entry?: string;
  readonly hash?: string;
  readonly act?: string;
  readonly round?: number;
  readonly keyNamed?: string;
  readonly until?: string;
}

/** Families of words that acts choose from; each has its names in the catalogues as `word.<family>.<name>`. */
export type WordFamily = 'role' | 'revoked' | 'strike' | 'halt' | 'outcome' | 'decision' | 'carrier';

export function toActLine(index: number, id: string, act: Act, before: Exchange, after: Exchange): ActLine {
  // A key is known before the act it signs, except the ones that found an exchange.
  const key = findIn(before.keys, act.by) ?? findIn(after.keys, act.by);
  const party = key === undefined ? undefined : findIn(after.parties, key.party);
  return {
    index,
    id,
    exchange: act.exchange,
    kind: act.kind,
    at: act.at,
    key: act.by,
    role: act.role,
    party: party?.label ?? key?.party ?? '',
    host: party?.kind === 'host',
    facts: factsOf(act, after, key?.party),
  };
}

function factsOf(act: Act, state: Exchange, by: PartyId | undefined): Facts {
  const number = (tranche: TrancheId): { readonly tranche?: number } => {
    const found = findIn(state.tranches, tranche);
    return found === undefined ? {} : { tranche: found.number };
  };
  const step = (body: {
    readonly tranche: TrancheId;
    readonly leg: LegId;
    readonly step: number;
  }): Facts => ({
    ...number(body.tranche),
    leg: legEnds(state, body.leg),
    step: body.step,
  });
  const label = (party: PartyId): string => findIn(state.parties, party)?.label ?? party;
  const byLeg = (persons: Readonly<Record<string, number>>) =>
    (state.terms?.terms.legs ?? [])
      .filter((leg) => Object.hasOwn(persons, leg.id))
      .map((leg) => ({ leg: legEnds(state, leg.id), persons: persons[leg.id]! }));
  const crossing = (id: string): string =>
    state.terms?.terms.crossings.find((found) => found.id === id)?.label ?? id;

  switch (act.kind) {
    case 'ExchangeOpened':
      return { title: act.body.title };
    case 'PartyAccredited':
      return { party: act.body.label };
    case 'RoleGranted':
      return { word: { of: 'role', is: act.body.role }, keyNamed: act.body.key };
    case 'KeyEnrolled':
      return { keyNamed: act.by };
    case 'KeyRevoked':
      return { keyNamed: act.body.key, word: { of: 'revoked', is: act.body.reason } };
    case 'TermsProposed':
      return { persons: act.body.terms.legs.reduce((sum, leg) => sum + leg.count, 0) };
    case 'TermsAmended':
      return { persons: act.body.terms.legs.reduce((sum, leg) => sum + leg.count, 0) };
    case 'TermsAccepted':
      return { hash: act.body.terms };
    case 'ConditionLinked':
    case 'GuaranteeGiven':
      return { text: act.body.text };
    case 'ConditionMet':
      return { text: findIn(state.conditions, act.body.condition)?.text ?? act.body.condition };
    case 'ListSealed':
      return { list: act.body.kind, persons: act.body.count };
    case 'ListOpened': {
      const list = findIn(state.lists, act.body.list);
      return {
        ...(list === undefined ? {} : { list: list.kind, party: label(list.party) }),
        part: act.body.part,
        parts: act.body.parts,
        persons: act.body.entries.length,
      };
    }
    case 'EntryJudged':
      return {
        persons: act.body.judgements.length,
        verdicts: tally(act.body.judgements.map(({ verdict }) => verdict)).map(([verdict, persons]) => ({
          verdict,
          persons,
        })),
      };
    case 'CommentMade':
      return { entry: act.body.entry, round: act.body.round };
    case 'CommentAnswered':
      return { act: act.body.comment };
    case 'EntryStruck':
      return { entry: act.body.entry, word: { of: 'strike', is: act.body.reason } };
    case 'EntryAdded':
      return { entry: act.body.opening.entry };
    case 'WillRecorded': {
      const yes = act.body.answers.filter(({ goes }) => goes).length;
      return { stage: act.body.stage, answers: { yes, no: act.body.answers.length - yes } };
    }
    case 'FitnessRecorded':
      return {
        persons: act.body.findings.length,
        answers: {
          yes: act.body.findings.filter(({ fitness }) => fitness !== 'unfit').length,
          no: act.body.findings.filter(({ fitness }) => fitness === 'unfit').length,
        },
      };
    case 'CommissionDecided':
      return { entry: act.body.entry, word: { of: 'decision', is: act.body.decision } };
    case 'TrancheProposed':
      return {
        tranche: act.body.number,
        byLeg: byLeg(
          Object.fromEntries(Object.entries(act.body.persons).map(([leg, entries]) => [leg, entries.length])),
        ),
      };
    case 'TrancheApproved':
    case 'ApprovalWithdrawn':
      return { ...number(act.body.tranche), hash: act.body.hash };
    case 'TrancheWithdrawn':
      return number(act.body.tranche);
    case 'TrancheScheduled':
      return {
        ...number(act.body.tranche),
        text: [...new Set(act.body.routes.map((route) => crossing(route.crossing)))].join(' · '),
      };
    case 'MovementNotified':
      return {
        ...number(act.body.tranche),
        leg: legEnds(state, act.body.leg),
        crossing: crossing(act.body.crossing),
        vehicles: act.body.vehicles,
        word: { of: 'carrier', is: act.body.carrier },
      };
    case 'MovementAcknowledged': {
      const notice = findIn(state.notices, act.body.notice);
      return notice === undefined ? {} : { ...number(notice.tranche), leg: legEnds(state, notice.leg) };
    }
    case 'ManifestIssued':
      return { ...step(act.body), vehicle: act.body.vehicle, persons: act.body.persons.length };
    case 'Departed':
    case 'StepReleased':
    case 'StepResumed':
      return step(act.body);
    case 'HeadCounted':
      return {
        ...step(act.body),
        place: act.body.place,
        persons: act.body.count,
        counter: counterOf(state, by, act.body.place),
      };
    case 'StepReceived':
      return { ...step(act.body), persons: act.body.count };
    case 'IdentityConfirmed':
    case 'PersonTurnedBack':
      return { ...step(act.body), persons: act.body.persons.length };
    case 'IdentityRejected':
      return { ...step(act.body), entry: act.body.person };
    case 'RefusedAtLine':
      return { ...step(act.body), entry: act.body.person, word: { of: 'outcome', is: act.body.outcome } };
    case 'StepHalted':
      return { ...step(act.body), word: { of: 'halt', is: act.body.reason } };
    case 'ReturnConfirmed':
      return {
        ...number(act.body.tranche),
        leg: legEnds(state, act.body.leg),
        persons: act.body.persons.length,
      };
    case 'UnlistedReturnee':
      return { ...step(act.body), entry: act.body.opening.entry };
    case 'TrancheCertified':
      return { ...number(act.body.tranche), byLeg: byLeg(act.body.returned) };
    case 'ExchangeCompleted':
      return { byLeg: byLeg(act.body.returned) };
    case 'ExchangeSuspended':
    case 'ExchangeCancelled':
      return act.body.reason === undefined ? {} : { text: act.body.reason };
    case 'TrancheCancelled':
      return {
        ...number(act.body.tranche),
        ...(act.body.reason === undefined ? {} : { text: act.body.reason }),
      };
    case 'ExchangeResumed':
      return { act: act.body.suspension };
    case 'UndertakingGiven':
      return { text: act.body.undertaking, persons: act.body.persons.length, until: act.body.until };
    case 'BreachAlleged':
      return { text: act.body.undertaking };
    case 'BreachAnswered':
      return { act: act.body.allegation };
    case 'Corrected':
      return { act: act.body.act, text: act.body.says };
  }
}

export function legEnds(state: Exchange, id: LegId): LegEnds {
  const leg = state.terms?.terms.legs.find((found) => found.id === id);
  if (leg === undefined) return { from: id, to: '' };
  const label = (party: PartyId) => findIn(state.parties, party)?.label ?? party;
  return { from: label(leg.from), to: label(leg.to) };
}

function counterOf(
  state: Exchange,
  by: PartyId | undefined,
  place: 'departure' | 'arrival',
): 'giver' | 'neutral' | 'receiver' {
  const kind = by === undefined ? undefined : findIn(state.parties, by)?.kind;
  return kind !== 'power' ? 'neutral' : place === 'departure' ? 'giver' : 'receiver';
}

function tally(words: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
