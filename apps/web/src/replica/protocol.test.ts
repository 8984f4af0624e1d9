import { expect, it } from 'vitest';
import { isPartial, type ReplicaStatus } from './protocol.ts';

const live: ReplicaStatus = {
  phase: 'live',
  have: 40,
  size: 40,
  heard: 1,
  origin: 'homeward.example/true',
  exchanges: [],
  faults: [],
};

it('[WB-21] speaks of the whole only where the node is followed and everything it has was read', () => {
  expect(isPartial(live)).toBe(false);
  expect(isPartial({ ...live, have: 39 })).toBe(true);
  for (const phase of ['loading', 'cut', 'stopped'] as const) {
    expect(isPartial({ ...live, phase }), phase).toBe(true);
  }
});
