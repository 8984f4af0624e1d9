import type { Act, ActKind, Bodies, StepRef } from '../act/act.ts';
import type { PartyId } from '../act/ids.ts';
import { findIn } from '../state/persistent-map.ts';
import type { Exchange } from '../state/state.ts';

/** What an act says, for people: a kind to translate by, its parameters, and an English sentence. */
export interface Description {
  readonly kind: ActKind;
  /** Who signed: their party, if the record knows the key. */
  readonly party: PartyId | undefined;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly sentence: string;
}

type Parameters = Readonly<Record<string, string | number>>;
type Describe = {
  readonly [K in ActKind]: readonly [(body: Bodies[K], state: Exchange) => Parameters, string];
};

const none = (): Parameters => ({});
const numberOf = (state: Exchange, tranche: StepRef['tranche']): number =>
  findIn(state.tranches, tranche)?.number ?? 0;
const stepOf = (ref: StepRef, state: Exchange): Parameters => ({
  tranche: numberOf(state, ref.tranche),
  leg: ref.leg,
  step: ref.step,
});
const trancheOf = (body: { readonly tranche: StepRef['tranche'] }, state: Exchange): Parameters => ({
  tranche: numberOf(state, body.tranche),
});
const inAll = (table: Readonly<Record<string, number>>): string =>
  Object.entries(table)
    .map(([leg, persons]) => `${leg}: ${persons}`)
    .join(', ');

/** `{name}` in a sentence stands for the parameter of that name. No sentence names a person. */
const table: Describe = {
  ExchangeOpened: [({ title }) => ({ title }), 'opened the exchange "{title}"'],
  PartyAccredited: [
    ({ party, kind, label }) => ({ subject: party, as: kind, label }),
    'accredited {subject} ({label}) as a {as}',
  ],
  RoleGranted: [({ role }) => ({ granted: role }), 'granted a key for the role {granted}'],
  KeyEnrolled: [none, 'enrolled its key'],
  KeyRevoked: [({ reason }) => ({ reason }), 'revoked a key ({reason})'],
  TermsProposed: [({ terms }) => ({ legs: terms.legs.length }), 'proposed terms over {legs} legs'],
  TermsAccepted: [none, 'accepted the terms'],
  TermsAmended: [
    ({ terms }) => ({ legs: terms.legs.length }),
    'proposed to amend the terms (now {legs} legs)',
  ],
  ConditionLinked: [
    ({ condition }) => ({ condition }),
    'linked the condition {condition} beside the exchange',
  ],
  ConditionMet: [({ condition }) => ({ condition }), 'declared the condition {condition} met'],
  GuaranteeGiven: [({ condition }) => ({ condition }), 'answers for the condition {condition}'],
  ListSealed: [({ kind, count }) => ({ list: kind, count }), 'sealed its {list} list of {count} entries'],
  ListOpened: [
    ({ part, parts, entries }) => ({ part, parts, count: entries.length }),
    'opened part {part} of {parts} of a list ({count} entries)',
  ],
  EntryJudged: [({ judgements }) => ({ count: judgements.length }), 'answered {count} entries'],
  CommentMade: [({ round }) => ({ round }), 'commented on an entry (round {round})'],
  CommentAnswered: [none, 'answered a comment'],
  EntryStruck: [({ reason }) => ({ reason }), 'struck an entry ({reason})'],
  EntryAdded: [none, 'signed for a late entry'],
  WillRecorded: [
    ({ stage, answers }) => ({ stage, count: answers.length }),
    'recorded the will of {count} persons ({stage})',
  ],
  FitnessRecorded: [
    ({ findings }) => ({ count: findings.length }),
    'recorded the fitness of {count} persons',
  ],
  CommissionDecided: [
    ({ decision }) => ({ decision }),
    'recorded a medical commission’s decision ({decision})',
  ],
  TrancheProposed: [
    ({ number, persons }) => ({
      tranche: number,
      persons: Object.values(persons).reduce((sum, ids) => sum + ids.length, 0),
    }),
    'proposed tranche {tranche} with {persons} persons',
  ],
  TrancheApproved: [trancheOf, 'approved tranche {tranche}'],
  ApprovalWithdrawn: [trancheOf, 'withdrew an approval of tranche {tranche}'],
  TrancheWithdrawn: [trancheOf, 'withdrew the proposal of tranche {tranche}'],
  TrancheScheduled: [trancheOf, 'scheduled tranche {tranche}'],
  MovementNotified: [
    (body, state) => ({
      ...trancheOf(body, state),
      leg: body.leg,
      crossing: body.crossing,
      vehicles: body.vehicles,
    }),
    'notified the movement of leg {leg}, tranche {tranche}, to crossing {crossing} in {vehicles} vehicles',
  ],
  MovementAcknowledged: [none, 'acknowledged a movement notice'],
  ManifestIssued: [
    (body, state) => ({ ...stepOf(body, state), persons: body.persons.length }),
    'issued the manifest of step {step}, leg {leg}, tranche {tranche}: {persons} persons',
  ],
  Departed: [stepOf, 'reported the departure of step {step}, leg {leg}, tranche {tranche}'],
  HeadCounted: [
    (body, state) => ({ ...stepOf(body, state), place: body.place, count: body.count }),
    'counted {count} heads at {place}, step {step}, leg {leg}, tranche {tranche}',
  ],
  StepReleased: [stepOf, 'released step {step}, leg {leg}, tranche {tranche}'],
  StepReceived: [
    (body, state) => ({ ...stepOf(body, state), count: body.count }),
    'received step {step}, leg {leg}, tranche {tranche}: {count} persons',
  ],
  IdentityConfirmed: [
    (body, state) => ({ ...stepOf(body, state), persons: body.persons.length }),
    'confirmed the identity of {persons} persons in step {step}, leg {leg}, tranche {tranche}',
  ],
  IdentityRejected: [stepOf, 'did not recognise a person in step {step}, leg {leg}, tranche {tranche}'],
  RefusedAtLine: [
    (body, state) => ({ ...stepOf(body, state), outcome: body.outcome }),
    'recorded that a person stepped back ({outcome}) in step {step}, leg {leg}, tranche {tranche}',
  ],
  StepHalted: [
    (body, state) => ({ ...stepOf(body, state), reason: body.reason }),
    'halted step {step}, leg {leg}, tranche {tranche} ({reason})',
  ],
  StepResumed: [stepOf, 'resumed step {step}, leg {leg}, tranche {tranche}'],
  PersonTurnedBack: [
    (body, state) => ({ ...stepOf(body, state), persons: body.persons.length }),
    'took back {persons} persons of step {step}, leg {leg}, tranche {tranche}',
  ],
  ReturnConfirmed: [
    (body, state) => ({ ...trancheOf(body, state), leg: body.leg, persons: body.persons.length }),
    'confirmed the return of {persons} persons on leg {leg}, tranche {tranche}',
  ],
  UnlistedReturnee: [
    stepOf,
    'received a person who was on no list, step {step}, leg {leg}, tranche {tranche}',
  ],
  TrancheCertified: [
    (body, state) => ({ ...trancheOf(body, state), returned: inAll(body.returned) }),
    'certified tranche {tranche} ({returned})',
  ],
  ExchangeCompleted: [
    ({ returned }) => ({ returned: inAll(returned) }),
    'completed the exchange ({returned})',
  ],
  ExchangeSuspended: [none, 'suspended the exchange'],
  ExchangeResumed: [none, 'lifted its suspension'],
  TrancheCancelled: [trancheOf, 'cancelled tranche {tranche}'],
  ExchangeCancelled: [none, 'cancelled the exchange'],
  UndertakingGiven: [
    ({ undertaking, until }) => ({ undertaking, until }),
    'gave the undertaking {undertaking} until {until}',
  ],
  BreachAlleged: [
    ({ undertaking }) => ({ undertaking }),
    'alleged a breach of the undertaking {undertaking}',
  ],
  BreachAnswered: [none, 'answered an alleged breach'],
  Corrected: [none, 'corrected an earlier act'],
};

/**
 * What an act says, read against the state it follows. Names no person: entries, actors and payloads stay out,
 * and of free texts only titles, labels and names of conditions are repeated.
 */
export function describeAct(state: Exchange, act: Act): Description {
  const [read, words] = table[act.kind];
  const parameters = (read as (body: Bodies[ActKind], state: Exchange) => Parameters)(act.body, state);
  const opened = act.kind === 'ExchangeOpened' ? act.body.host : undefined;
  const party = findIn(state.keys, act.by)?.party ?? opened;
  const said = words.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(parameters[name] ?? ''));
  return { kind: act.kind, party, parameters, sentence: `${party ?? 'Somebody'} (${act.role}) ${said}.` };
}
