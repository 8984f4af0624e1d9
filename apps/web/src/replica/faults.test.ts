import { expect, it } from 'vitest';
import { withFault } from './faults.ts';
import type { ReplicaFault } from './protocol.ts';

const told = (...found: readonly ReplicaFault[]) => found.reduce<readonly ReplicaFault[]>(withFault, []);

it('[WB-21] tells a fault that is met again once, in the order found', () => {
  const shrunk = { kind: 'shrunk', had: 40, size: 30 } as const;
  const changed = { kind: 'changed', index: 7 } as const;
  expect(told(shrunk, changed, { ...shrunk, size: 20 }, { ...changed })).toEqual([shrunk, changed]);
  expect(told(changed, { ...changed, index: 8 })).toHaveLength(2);
});

it('[WB-21] tells every kind of fault, however many acts were changed', () => {
  const changed = Array.from({ length: 50 }, (_, index): ReplicaFault => ({ kind: 'changed', index }));
  const other = {
    kind: 'other-log',
    origin: 'homeward.example/another',
    was: 'homeward.example/true',
  } as const;
  const all = told(...changed, { kind: 'shrunk', had: 60, size: 50 }, other);
  expect(all.slice(0, 20)).toEqual(changed.slice(0, 20));
  expect(all.slice(20).map(({ kind }) => kind)).toEqual(['shrunk', 'other-log']);
});
