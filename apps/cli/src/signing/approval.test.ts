import {
  actIdOf,
  encodeAct,
  parseEnvelope,
  preAuthEncoding,
  sealEnvelope,
  type ActId,
  type Base64Hash,
} from '@homeward/core/exchange';
import { actFor, actorOf, createWorld, play, seenIn, writeScript } from '@homeward/example-istanbul-2025';
import { emptyLedger, follow, type Ledger } from '@homeward/ledger';
import { describe, expect, test } from 'vitest';
import { planApproval } from './approval.ts';

const emptyTree = { size: 0, root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' as Base64Hash };

/** The exchange of the demo, act by act: each envelope with the ledger after it. */
function* played(world: ReturnType<typeof createWorld>) {
  const tasks = writeScript(world);
  const byLabel = new Map(tasks.map((task) => [task.label, task]));
  const ids = new Map<string, ActId>();
  let ledger: Ledger = emptyLedger;
  for (const { label } of play({ world, tasks }).acts) {
    const task = byLabel.get(label)!;
    const at = '2025-05-23T04:00:00.000Z';
    const content = encodeAct(actFor(world, task, seenIn(ids), { after: emptyTree, at }));
    const { key, sign } = actorOf(world, task);
    const bytes = sealEnvelope(content, key, sign(preAuthEncoding(content)));
    ids.set(label, actIdOf(content));
    const parsed = parseEnvelope(bytes);
    if (parsed.kind === 'malformed') throw new Error(`${label} is no act`);
    ledger = follow(ledger, parsed.envelope);
    yield { bytes, envelope: parsed.envelope, ledger };
  }
}

describe('what an approver is asked to sign', () => {
  test('[ND-50] is the newest proposal: one that was replaced since is not offered', () => {
    const world = createWorld({ seed: 5, people: 24 });
    const approver = world.actors.get('A.approver')!.key;
    const first = new Map<string, { readonly id: ActId; readonly bytes: Uint8Array }>();
    let replaced = 0;
    for (const { bytes, envelope, ledger } of played(world)) {
      const { act, id } = envelope;
      if (act.kind !== 'TrancheProposed') continue;
      expect(planApproval(ledger, id, bytes, approver)).toMatchObject({
        ok: true,
        approval: { kind: 'TrancheApproved' },
      });
      const before = first.get(act.body.tranche);
      if (before !== undefined) {
        replaced += 1;
        expect(planApproval(ledger, before.id, before.bytes, approver)).toEqual({
          ok: false,
          says: 'The proposal has changed since this act; ask for the newest one.',
        });
        expect(planApproval(ledger, id, before.bytes, approver)).toMatchObject({ ok: false });
      }
      first.set(act.body.tranche, { id, bytes });
    }
    expect(replaced).toBeGreaterThan(0);
  });
});
