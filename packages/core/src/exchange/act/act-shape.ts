import { personsPerActMax, personsPerTrancheMax } from './act.ts';
import type { ActKind } from './act.ts';
import {
  byKind,
  decimal,
  listOf,
  matching,
  members,
  oneOf,
  optional,
  tableOf,
  text,
  wholeNumber,
  yesOrNo,
} from './shape.ts';
import type { Departure, Shape } from './shape.ts';

const randomId = matching(/^[A-Za-z0-9_-]{22,43}$/u, 'a random id of 22 to 43 base64url characters');
const partyCode = matching(/^[A-Za-z0-9-]{1,16}$/u, 'a code of 1 to 16 of A–Z a–z 0–9 -');
const shortName = matching(/^[A-Za-z0-9-]{1,64}$/u, 'a name of 1 to 64 of A–Z a–z 0–9 -');
const hexHash = matching(/^[0-9a-f]{64}$/u, '64 lowercase hex digits');
const base64Hash = matching(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/u, '32 bytes in padded base64');
const instant = matching(
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/u,
  'a time as 2025-05-23T06:30:00.000Z',
);
const sentence = text(1, 500);
const someCount = wholeNumber(0, 10_000_000);
const ordinal = wholeNumber(1, 1_000_000);

const role = oneOf(
  'mediator',
  'coordinator',
  'approver',
  'officer',
  'medic',
  'observer',
  'commissioner',
  'guarantor',
);
const lane = oneOf('exchange', 'direct-repatriation', 'civilian-release', 'remains');
const category = oneOf('military', 'civilian', 'retained-personnel');
const founders = listOf(members({ actor: randomId, role, key: hexHash }), 1, 32);
const opening = members({ entry: randomId, commitment: base64Hash, category, lane });
const persons = listOf(randomId, 1, personsPerActMax);
const step = { tranche: randomId, leg: shortName, step: ordinal };
const returned = tableOf(shortName, someCount, 64);
const position = members({ latitude: decimal(-90, 90), longitude: decimal(-180, 180) });

const legs = listOf(shortName, 1, 64);
const terms = members({
  legs: listOf(
    members({
      id: shortName,
      from: partyCode,
      to: partyCode,
      lane,
      count: someCount,
      origin: optional(partyCode),
    }),
    1,
    64,
  ),
  parity: listOf(
    byKind({
      'equal-per-tranche': members({ kind: oneOf('equal-per-tranche'), legs }),
      'fixed-numbers': members({ kind: oneOf('fixed-numbers'), legs }),
      ratio: members({ kind: oneOf('ratio'), legs, persons: listOf(someCount, 1, 64) }),
      'one-way': members({ kind: oneOf('one-way'), legs: listOf(shortName, 1, 1) }),
    }),
    0,
    64,
  ),
  couplings: listOf(members({ legs, stepSize: tableOf(shortName, ordinal, 64) }), 0, 64),
  gates: listOf(
    members({
      id: shortName,
      leg: shortName,
      tranche: ordinal,
      requires: byKind({
        returned: members({ kind: oneOf('returned'), leg: shortName, persons: someCount }),
        received: members({ kind: oneOf('received'), leg: shortName, persons: someCount }),
        'condition-met': members({ kind: oneOf('condition-met'), condition: shortName }),
      }),
    }),
    0,
    64,
  ),
  crossings: listOf(
    members({ id: shortName, label: text(1, 200), capacity: ordinal, position: optional(position) }),
    0,
    64,
  ),
  tranches: listOf(
    members({
      number: ordinal,
      persons: tableOf(shortName, someCount, 64),
      categories: optional(
        tableOf(
          shortName,
          members({
            military: optional(someCount),
            civilian: optional(someCount),
            'retained-personnel': optional(someCount),
          }),
          64,
        ),
      ),
    }),
    0,
    200,
  ),
  order: listOf(text(1, 200), 0, 32),
  verdictDays: wholeNumber(0, 3650),
  commentRoundsMax: wholeNumber(0, 100),
  approvalsPerPower: wholeNumber(0, 16),
  neutrals: listOf(partyCode, 0, 16),
});

/** The shape of each kind's body, by what its type in `Bodies` says. */
const bodies: Readonly<Record<ActKind, Shape>> = {
  ExchangeOpened: members({
    title: text(1, 200),
    host: partyCode,
    label: text(1, 200),
    publicKey: base64Hash,
    founders,
  }),
  PartyAccredited: members({
    party: partyCode,
    kind: oneOf('power', 'neutral'),
    label: text(1, 200),
    founders,
    witness: text(0, 300),
  }),
  RoleGranted: members({ actor: randomId, role, key: hexHash }),
  KeyEnrolled: members({ publicKey: base64Hash }),
  KeyRevoked: members({ key: hexHash, reason: oneOf('lost', 'stolen', 'retired') }),
  TermsProposed: members({ terms }),
  TermsAccepted: members({ terms: hexHash }),
  TermsAmended: members({ replaces: hexHash, terms }),
  ConditionLinked: members({ condition: shortName, text: sentence }),
  ConditionMet: members({ condition: shortName }),
  GuaranteeGiven: members({ condition: shortName, text: sentence }),
  ListSealed: members({
    list: randomId,
    kind: oneOf('sought', 'held', 'withheld'),
    root: base64Hash,
    count: someCount,
    records: hexHash,
    escrow: hexHash,
  }),
  ListOpened: members({
    list: randomId,
    part: ordinal,
    parts: ordinal,
    entries: listOf(opening, 0, personsPerActMax),
    reveal: hexHash,
  }),
  EntryJudged: members({
    judgements: listOf(
      members({
        entry: randomId,
        verdict: oneOf(
          'acknowledged',
          'not-held',
          'conflicting-data',
          'withheld-for-proceedings',
          'reported-dead',
          'transferred-to-third-power',
          'identity-queried',
        ),
        counterpart: optional(randomId),
        reason: optional(hexHash),
      }),
      1,
      personsPerActMax,
    ),
  }),
  CommentMade: members({ entry: randomId, round: ordinal, text: hexHash }),
  CommentAnswered: members({ comment: hexHash, text: hexHash }),
  EntryStruck: members({
    entry: randomId,
    reason: oneOf(
      'refused',
      'unfit',
      'identity',
      'withheld-for-proceedings',
      'died',
      'party-decision',
      'duplicate',
    ),
  }),
  EntryAdded: members({ list: randomId, opening, records: hexHash }),
  WillRecorded: members({
    stage: oneOf('before-listing', 'at-line'),
    answers: listOf(members({ entry: randomId, goes: yesOrNo }), 1, personsPerActMax),
  }),
  FitnessRecorded: members({
    findings: listOf(
      members({ entry: randomId, fitness: oneOf('fit', 'needs-stretcher', 'needs-ambulance', 'unfit') }),
      1,
      personsPerActMax,
    ),
  }),
  CommissionDecided: members({
    entry: randomId,
    decision: oneOf('repatriate', 'refuse', 'defer'),
    medicalClass: optional(oneOf('A110_1_1', 'A110_1_2', 'A110_1_3', 'A110_2_1', 'A110_2_2')),
    votes: members({ for: wholeNumber(0, 3), against: wholeNumber(0, 3) }),
  }),
  TrancheProposed: members({
    tranche: randomId,
    number: ordinal,
    persons: tableOf(shortName, listOf(randomId, 0, personsPerTrancheMax), 64),
    plan: optional(hexHash),
  }),
  TrancheApproved: members({ tranche: randomId, hash: hexHash }),
  ApprovalWithdrawn: members({ tranche: randomId, hash: hexHash }),
  TrancheWithdrawn: members({ tranche: randomId }),
  TrancheScheduled: members({
    tranche: randomId,
    hash: hexHash,
    routes: listOf(members({ leg: shortName, crossing: shortName, opens: instant, closes: instant }), 1, 64),
  }),
  MovementNotified: members({
    tranche: randomId,
    leg: shortName,
    crossing: shortName,
    carrier: oneOf('road', 'rail', 'air'),
    vehicles: wholeNumber(1, 10_000),
    opens: instant,
    closes: instant,
    airspaceNeeded: yesOrNo,
    route: hexHash,
  }),
  MovementAcknowledged: members({ notice: hexHash }),
  ManifestIssued: members({ ...step, vehicle: text(1, 64), persons }),
  Departed: members(step),
  HeadCounted: members({ ...step, place: oneOf('departure', 'arrival'), count: someCount }),
  StepReleased: members({ ...step, receipts: optional(listOf(hexHash, 1, 64)) }),
  StepReceived: members({ ...step, count: someCount }),
  IdentityConfirmed: members({ ...step, persons }),
  IdentityRejected: members({ ...step, person: randomId }),
  RefusedAtLine: members({ ...step, person: randomId, outcome: oneOf('stays', 'neutral-custody') }),
  StepHalted: members({
    ...step,
    reason: oneOf('count-mismatch', 'identity', 'security', 'medical', 'communications', 'party-decision'),
  }),
  StepResumed: members(step),
  PersonTurnedBack: members({ ...step, persons }),
  ReturnConfirmed: members({ tranche: randomId, leg: shortName, persons }),
  UnlistedReturnee: members({ ...step, opening, records: hexHash }),
  TrancheCertified: members({ tranche: randomId, returned }),
  ExchangeCompleted: members({ returned }),
  ExchangeSuspended: members({ reason: optional(sentence) }),
  ExchangeResumed: members({ suspension: hexHash }),
  TrancheCancelled: members({ tranche: randomId, reason: optional(sentence) }),
  ExchangeCancelled: members({ reason: optional(sentence) }),
  UndertakingGiven: members({
    undertaking: shortName,
    guarantor: optional(partyCode),
    lane: optional(lane),
    persons: listOf(randomId, 0, personsPerActMax),
    until: text(1, 200),
  }),
  BreachAlleged: members({ undertaking: shortName, evidence: hexHash }),
  BreachAnswered: members({ allegation: hexHash, text: hexHash }),
  Corrected: members({ act: hexHash, says: sentence, evidence: optional(hexHash) }),
};

/** Every kind of act, in the order of `Bodies`. */
export const actKinds: readonly ActKind[] = Object.keys(bodies) as ActKind[];

const anything: Shape = () => undefined;
const head = members({
  exchange: randomId,
  kind: text(1, 40),
  body: anything,
  by: hexHash,
  role,
  after: members({ size: wholeNumber(0, Number.MAX_SAFE_INTEGER), root: base64Hash }),
  nonce: randomId,
  at: instant,
});

export type ShapeFault =
  { readonly kind: 'unknown-kind'; readonly said: string } | ({ readonly kind: 'wrong-shape' } & Departure);

/** Where plain JSON data departs from an act of its kind; undefined when it is one. */
export function findShapeFault(content: unknown): ShapeFault | undefined {
  const departure = head(content, '');
  if (departure !== undefined) return { kind: 'wrong-shape', ...departure };
  const { kind, body } = content as { readonly kind: string; readonly body: unknown };
  if (!Object.hasOwn(bodies, kind)) return { kind: 'unknown-kind', said: kind };
  const within = bodies[kind as ActKind](body, '/body');
  return within === undefined ? undefined : { kind: 'wrong-shape', ...within };
}
