/** The kinds of acts by what they move, in the order a reader looks for them. */
import type { ActKind } from '@homeward/core/exchange';

export const groups = {
  who: ['ExchangeOpened', 'PartyAccredited', 'RoleGranted', 'KeyEnrolled', 'KeyRevoked'],
  terms: [
    'TermsProposed',
    'TermsAccepted',
    'TermsAmended',
    'ConditionLinked',
    'ConditionMet',
    'GuaranteeGiven',
  ],
  lists: [
    'ListSealed',
    'ListOpened',
    'EntryJudged',
    'CommentMade',
    'CommentAnswered',
    'EntryStruck',
    'EntryAdded',
  ],
  persons: ['WillRecorded', 'FitnessRecorded', 'CommissionDecided'],
  tranche: [
    'TrancheProposed',
    'TrancheApproved',
    'ApprovalWithdrawn',
    'TrancheWithdrawn',
    'TrancheScheduled',
  ],
  movement: ['MovementNotified', 'MovementAcknowledged', 'ManifestIssued', 'Departed', 'HeadCounted'],
  crossing: [
    'StepReleased',
    'StepReceived',
    'IdentityConfirmed',
    'IdentityRejected',
    'RefusedAtLine',
    'StepHalted',
    'StepResumed',
    'PersonTurnedBack',
  ],
  return: ['ReturnConfirmed', 'UnlistedReturnee', 'TrancheCertified', 'ExchangeCompleted'],
  stop: ['ExchangeSuspended', 'ExchangeResumed', 'TrancheCancelled', 'ExchangeCancelled'],
  after: ['UndertakingGiven', 'BreachAlleged', 'BreachAnswered', 'Corrected'],
} as const satisfies Readonly<Record<string, readonly ActKind[]>>;

export type Group = keyof typeof groups;

export function isGroup(name: string): name is Group {
  return Object.hasOwn(groups, name);
}

export const allKinds: readonly ActKind[] = Object.values(groups).flat();
