/**
 * The status of an exchange, of a tranche and of a step: one closed list each, one function each (spec/glossary.md).
 */
import { valuesOf } from '../state/persistent-map.ts';
import type { Exchange, Movement, Step, Tranche } from '../state/state.ts';
import { missingApprovals } from '../rules/tranche.ts';

/** `suspended`: open, and at least one party has suspended it. */
export const exchangeStatuses = ['unopened', 'open', 'suspended', 'completed', 'cancelled'] as const;
export type ExchangeStatus = (typeof exchangeStatuses)[number];

export function exchangeStatusOf(state: Exchange): ExchangeStatus {
  return state.status === 'open' && state.suspensions.length > 0 ? 'suspended' : state.status;
}

/**
 * proposed   not every power has approved it, under the terms in force
 * approved   every power has, and it has no route yet on some leg
 * scheduled  every leg has its route and time
 * under-way  somebody has left
 * returned   somebody has left, and nobody is waiting, moving or unconfirmed
 */
export const trancheStatuses = [
  'proposed',
  'approved',
  'scheduled',
  'under-way',
  'returned',
  'certified',
  'withdrawn',
  'cancelled',
] as const;
export type TrancheStatus = (typeof trancheStatuses)[number];

export function trancheStatusOf(state: Exchange, tranche: Tranche): TrancheStatus {
  if (tranche.status !== 'live') return tranche.status;
  const movements = [...valuesOf(tranche.movements)];
  if (tranche.departed) return movements.every(isDone) ? 'returned' : 'under-way';
  if (!isApproved(state, tranche)) return 'proposed';
  return movements.every(({ route }) => route !== undefined) ? 'scheduled' : 'approved';
}

/** Every power has approved this very proposal, under the terms that are in force. */
export function isApproved(state: Exchange, tranche: Tranche): boolean {
  return missingApprovals(state, tranche).length === 0 && tranche.terms === state.terms?.hash;
}

const isDone = ({ waiting, onManifest, inMotion, received }: Movement): boolean =>
  waiting + onManifest + inMotion + received === 0;

/** `halted`: held by an act of its own, wherever it is; what holds it for any other reason is told apart. */
export const stepStatuses = ['manifest', 'departed', 'released', 'received', 'closed', 'halted'] as const;
export type StepStatus = (typeof stepStatuses)[number];

export function stepStatusOf(step: Step): StepStatus {
  if (step.closed) return 'closed';
  if (step.halts.length > 0) return 'halted';
  if (step.received !== undefined) return 'received';
  if (step.released !== undefined) return 'released';
  return step.departed ? 'departed' : 'manifest';
}
