import type { ActKind } from '@homeward/core/exchange';

/**
 * What stops people or keys from moving. Taken at any rate, as none of these can be repeated at will without an act
 * between that is not, and by a member that has halted, as nothing moves because of them.
 */
export const stops: ReadonlySet<ActKind> = new Set<ActKind>([
  'ExchangeSuspended',
  'ExchangeCancelled',
  'TrancheCancelled',
  'TrancheWithdrawn',
  'ApprovalWithdrawn',
  'StepHalted',
  'KeyRevoked',
]);

/** What lets people move, or move again. Never said on the word of a log that may have gone on unseen. */
export const starts: ReadonlySet<ActKind> = new Set<ActKind>([
  'TrancheScheduled',
  'Departed',
  'StepReleased',
  'StepResumed',
  'ExchangeResumed',
]);
