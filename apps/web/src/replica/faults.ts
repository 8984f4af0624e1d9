/** The faults of a replica, each kept once. */
import type { ReplicaFault } from './protocol.ts';

/** Changed acts that are told at most; every other fault is one of its kind. */
const changedMax = 20;

/** What is wrong, with one thing more, in the order found: a fault met again is told once. */
export function withFault(faults: readonly ReplicaFault[], fault: ReplicaFault): readonly ReplicaFault[] {
  const alike = faults.filter(({ kind }) => kind === fault.kind);
  const isTold =
    fault.kind === 'changed'
      ? alike.length >= changedMax || alike.some((one) => one.kind === 'changed' && one.index === fault.index)
      : alike.length > 0;
  return isTold ? faults : [...faults, fault];
}
