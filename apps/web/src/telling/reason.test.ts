import type { Refusal, TermsFault } from '@homeward/core/exchange';
import { beforeAll, describe, expect, it } from 'vitest';
import { wordsOf } from '../testing/words-of.ts';
import { languages } from '../words/languages.ts';
import type { Words } from '../words/use-words.ts';
import { toReason } from './reason.ts';

type Samples<U extends { readonly kind: string }> = {
  readonly [K in U['kind']]: Omit<Extract<U, { readonly kind: K }>, 'kind'>;
};
const entry = 'Zk3Qb8wTlongerthaneight' as never;
const leg = 'L1' as never;
const party = 'P1' as never;

const faults: Samples<TermsFault> = {
  NetsDirectRepatriation: { leg, law: 'x' },
  NetsCivilianRelease: { leg, law: 'x' },
  NetsRemains: { leg, law: 'x' },
  Repeated: { what: 'gate', name: 'G7' },
  NoSuch: { what: 'leg', name: 'L9' },
  SamePower: { leg },
  NotAPower: { party },
  NotANeutral: { party },
  NoNeutral: {},
  TooFewApprovals: { approvals: 41 },
  ParityLopsided: { at: { in: 'tranche', number: 43 } },
  TrancheTotals: { leg, agreed: 41, planned: 43 },
  CategoryTotals: { leg, tranche: 41 },
  CouplingUneven: { legs: [leg, 'L2' as never] },
  CoupledTwice: { leg },
  StepSizeMissing: { leg },
  GateUnreachable: { gate: 'G7' },
  LegDropped: { leg },
  NetsChildren: { leg, law: 'CRC' },
  NotAMediator: { party },
  CannotReceive: { party, leg },
  LegUnreceived: { leg },
  NeutralUnwitnessed: {},
  BelowReceived: { leg, received: 41 },
};

/** One of each; the compiler refuses this table where a kind is missing. */
const refusals: Samples<Refusal> = {
  NotOpened: {},
  AlreadyOpened: {},
  WrongExchange: {},
  ActRepeated: { act: 'a' as never },
  Unknown: { what: 'movement notice' },
  KnownAlready: { what: 'grant' },
  KeyNotEnrolled: {},
  KeyRevoked: {},
  KeyDiffers: {},
  KeyWeak: {},
  RoleDiffers: { has: 'medic', claims: 'officer' },
  RoleMayNot: { act: 'StepReleased', role: 'medic', roles: ['officer', 'observer'] },
  RoleNotForParty: { role: 'guarantor' },
  PartyMayNot: { party, only: [] },
  FoundersMissing: { roles: ['coordinator', 'approver'] },
  ActorOfOtherParty: {},
  WitnessMissing: {},
  WitnessUnfit: {},
  WitnessTaken: { party },
  SignedAlready: {},
  NotSigned: {},
  Suspended: { by: [party, 'P2' as never] },
  Ended: { status: 'cancelled' },
  TermsInForce: {},
  TermsNotInForce: {},
  TermsReplaced: {},
  TermsFaulty: {
    faults: Object.entries(faults).map(([kind, fields]) => ({ kind, ...fields }) as TermsFault),
  },
  PersonsInMotion: { persons: 41 },
  ConditionMetAlready: {},
  ListNotExpected: { party, list: 'withheld' },
  ListsOpening: {},
  ListsUnsealed: { missing: [{ party, list: 'sought' }] },
  EscrowNotDue: {},
  PartOutOfOrder: { next: 41, parts: 43 },
  PartsUnfit: { left: 41, parts: 43, most: 47 },
  ListNotOpen: {},
  ListOpen: {},
  CountDiffers: { sealed: 41, opened: 43 },
  RootDiffers: {},
  EntryRepeated: {},
  EntryStruck: { entry },
  OwnEntry: { entry },
  CounterpartUnfit: { entry },
  RoundOutOfOrder: { next: 41 },
  RoundsOver: { most: 41 },
  CommentOpen: {},
  CommentAnswered: {},
  PersonMoving: { entry, whereabouts: 'departed' },
  NumberTaken: { number: 41 },
  CountNotAgreed: { leg, agreed: 41, proposed: 43 },
  CategoryNotAgreed: { leg, category: 'military', agreed: 41, proposed: 43 },
  LegExceeded: { leg, left: 41, proposed: 43 },
  ParityBroken: { legs: [leg, 'L2' as never], proposed: [41, 43] },
  NobodyProposed: {},
  TooManyPersons: { most: 41 },
  PersonRepeated: { entry },
  PersonElsewhere: { entry, tranche: 'T' as never },
  PersonGone: { entry, whereabouts: 'neutral-custody' },
  PersonNotOnList: { entry, leg },
  PersonNotAcknowledged: { entry },
  PersonOfOtherLane: { entry, leg },
  PersonMisidentified: { entry },
  CommissionRefused: { entry },
  TrancheEnded: { status: 'withdrawn' },
  TrancheDeparted: {},
  HashDiffers: {},
  ApprovalsMissing: { parties: [{ party, has: 41, needs: 43 }] },
  RouteMissing: { leg },
  RouteDiffers: { leg },
  NoticeMissing: {},
  NoticeNotAcknowledged: {},
  NoticeReplaced: {},
  GateShut: { gate: 'G7' },
  StepOutOfOrder: { next: 41 },
  StepTooLarge: { most: 41 },
  StepDeparted: {},
  StepNotDeparted: {},
  StepReleased: {},
  StepNotReleased: {},
  StepReceived: {},
  StepNotReceived: {},
  StepClosed: {},
  StepNotClosed: { leg, step: 41, tranche: 'T' as never },
  StepHalted: { leg, step: 41, reason: 'medical' },
  NotHalted: {},
  BeyondStep: { leg, behind: 'L2' as never, most: 41 },
  CountsMissing: { place: 'arrival' },
  CountMismatch: { place: 'departure', counts: [41, 43] },
  CountNotYours: {},
  ReceiptsDiffer: {},
  PersonNotInTranche: { entry },
  PersonNotInStep: { entry },
  PersonOnManifest: { entry, step: 41 },
  PersonNotReceived: { entry },
  ConfirmedAlready: { entry },
  ReturnedDiffers: { leg, verified: 41, said: 43 },
  ReturnsUnconfirmed: { persons: 41 },
  TranchesOpen: { tranches: 41 },
  AgreedNumbersOpen: { leg, open: 41 },
  CategoryUnknown: { category: 'K9' },
  PersonOfOtherCategory: { entry, leg, category: 'K9' },
  ClearanceMissing: { entry, stage: 'at-line' },
  PersonNotCleared: { entry },
  NotRemains: { entry },
  PartyBound: { party },
  RouteRepeated: { leg },
  AnsweredAlready: {},
};
const all = Object.entries(refusals).map(([kind, fields]) => ({ kind, ...fields }) as Refusal);
/** What a sentence must repeat: figures, and names that come from the record. */
const namedIn = (text: string) => [...new Set(text.match(/41|43|\b[GLP]\d\b|Zk3Qb8wT/gu) ?? [])].sort();

describe.each(languages)('why the rules say no, in %s', (language) => {
  let words: Words;
  let english: Words;
  beforeAll(async () => {
    words = await wordsOf(language);
    english = await wordsOf('en');
  });

  it('[WB-9] has a sentence of its own for every refusal and every fault of terms', () => {
    const said = new Map<string, string>();
    for (const refusal of all) {
      const text = toReason(refusal, words);
      expect(text, refusal.kind).toMatch(/\p{L}.*[.!؟]$/u);
      expect(text, refusal.kind).not.toMatch(/\{\{|undefined|refusal\.|fault\.|named\.|word\.|kind\./u);
      expect(said.get(text), `${refusal.kind} says the same`).toBeUndefined();
      said.set(text, refusal.kind);
    }
  });

  it('[WB-9] repeats the figures and names that the English sentence gives', () => {
    for (const refusal of all) {
      expect(namedIn(toReason(refusal, words)), refusal.kind).toEqual(namedIn(toReason(refusal, english)));
    }
  });

  it('[WB-9] leaves no English in another language', () => {
    if (language === 'en') return;
    for (const refusal of all) {
      const text = toReason(refusal, words);
      expect(text, refusal.kind).not.toMatch(/\b(?:the|of|is|are|person|step|list|tranche|leg|parity)\b/iu);
    }
  });
});
