import { expect, test } from 'vitest';
import { actKinds, periodOf, type ActKind } from '@homeward/core/exchange';
import { starts, stops } from './stops.ts';

/** What a suspension forbids and a frozen log does not: papers, before anybody moves by them, and the end. */
const onPaper = ['MovementNotified', 'MovementAcknowledged', 'ManifestIssued', 'ExchangeCompleted'];

test('[ND-25] what a suspension forbids lets people move, or is named as what does not', () => {
  const running = actKinds.filter((kind) => periodOf(kind) === 'running');
  expect(running.filter((kind) => !starts.has(kind)).sort()).toEqual([...onPaper].sort());
});

test('[ND-20] [ND-25] nothing that stops lets anybody move, and none of it is what a suspension forbids', () => {
  expect([...stops].filter((kind) => starts.has(kind))).toEqual([]);
  expect([...stops].filter((kind) => periodOf(kind) === 'running')).toEqual([]);
  // By these one person keeps a tranche from leaving, as surely as by cancelling it.
  const withdrawals: readonly ActKind[] = ['ApprovalWithdrawn', 'TrancheWithdrawn'];
  expect(withdrawals.filter((kind) => !stops.has(kind))).toEqual([]);
});
