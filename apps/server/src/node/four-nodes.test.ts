import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNodeClient, type NodeStatus } from '@homeward/contract';
import type { Act, ExchangeId } from '@homeward/core/exchange';
import type { NodeConfig } from '../config/node-config.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../postgres/index.ts';
import { nodeNames, planFourNodes, type NodeName } from '../rehearsal/four-nodes.ts';
import { createSigner, type Signer } from '../rehearsal/signer.ts';
import { until } from '../rehearsal/until.ts';
import { startNode, type RunningNode } from './start-node.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let configs: Readonly<Record<NodeName, NodeConfig>>;
const running = new Map<NodeName, RunningNode>();
const exchange = 'rehearsal-0000000000000000' as ExchangeId;
const mediator = createSigner(exchange, 'mediator');
const coordinator = createSigner(exchange, 'coordinator');
const approver = createSigner(exchange, 'approver');

const clientOf = (name: NodeName) =>
  createNodeClient(`http://127.0.0.1:${String(configs[name].listen.port)}`);

async function start(name: NodeName): Promise<void> {
  running.set(name, await startNode(configs[name], { report: () => undefined }));
}

async function stop(name: NodeName): Promise<void> {
  await running.get(name)?.stop();
  running.delete(name);
}

async function statusOf(name: NodeName): Promise<NodeStatus> {
  const reply = await clientOf(name).getStatus();
  if (!reply.ok) throw new Error(reply.problem.detail);
  return reply.body;
}

async function untilAllHold(size: number): Promise<void> {
  for (const name of nodeNames) {
    await until(async () => {
      const { log } = await statusOf(name);
      return log.size === size && log.checkpoint?.size === size && log.checkpoint.quorum;
    });
  }
}

const link = (signer: Signer, after?: Act['after']) =>
  signer.sign('ConditionLinked', { condition: `c-${crypto.randomUUID()}`, text: 'a condition' }, after);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-nodes-'));
  postgres = await startEmbeddedPostgres({ folder });
  configs = await planFourNodes({
    folder,
    databaseUrl: async (name) => {
      const { user, password, host, port, database } = await postgres.provideDatabase(
        `four_${name.toLowerCase()}`,
      );
      return `postgres://${user}:${encodeURIComponent(password)}@${host}:${String(port)}/${database}`;
    },
  });
  for (const name of nodeNames) await start(name);
});

afterAll(async () => {
  for (const name of nodeNames) await stop(name);
  await postgres.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('four nodes', () => {
  test('[ND-1] [ND-4] [ND-10] [ND-11] acts handed in anywhere reach every replica under a cosigned checkpoint', async () => {
    const opened = mediator.sign('ExchangeOpened', {
      title: 'Rehearsal',
      host: 'H',
      founders: [mediator.founder],
      publicKey: mediator.publicKey,
    } as never);
    expect(await clientOf('H').submitAct(opened.bytes)).toMatchObject({
      ok: true,
      status: 201,
      body: { index: 0 },
    });
    const accredited = mediator.sign('PartyAccredited', {
      party: 'A',
      kind: 'power',
      label: 'A',
      founders: [coordinator.founder, approver.founder],
      witness: 'a.example',
    } as never);
    expect(await clientOf('H').submitAct(accredited.bytes)).toMatchObject({ ok: true, body: { index: 1 } });
    const enrolled = coordinator.sign('KeyEnrolled', { publicKey: coordinator.publicKey });
    expect(await clientOf('A').submitAct(enrolled.bytes)).toMatchObject({ ok: true, body: { index: 2 } });
    await untilAllHold(3);
    const [host, ...members] = await Promise.all(nodeNames.map(statusOf));
    for (const member of members) {
      expect(member.log.checkpoint?.root).toBe(host?.log.checkpoint?.root);
      expect(member.log.checkpoint?.cosigners.toSorted()).toEqual(['A', 'B', 'N1']);
      expect(member.exchanges).toEqual(host?.exchanges);
      expect(member.alarms).toEqual([]);
    }
    await until(async () => (await statusOf('A')).outbox === 0);
  });

  test('[ND-2] the same act again is the same entry and the same receipt', async () => {
    const { bytes } = link(mediator);
    const first = await clientOf('H').submitAct(bytes);
    const again = await clientOf('H').submitAct(bytes);
    expect(first).toMatchObject({ ok: true, status: 201 });
    expect(again).toEqual({ ...first, status: 200 });
    const elsewhere = await clientOf('B').submitAct(bytes);
    expect(elsewhere).toMatchObject({ ok: true, body: first.ok ? first.body : undefined });
  });

  test('[ND-12] an act handed to a member while the host is down is logged once the host is back', async () => {
    const before = (await statusOf('H')).log.size;
    await untilAllHold(before);
    await stop('H');
    const { bytes, id } = link(mediator);
    const kept = await fetch(`${clientOf('A').baseUrl}/v1/acts`, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { 'content-type': 'application/vnd.dsse+json' },
    });
    expect([kept.status, await kept.json()]).toEqual([202, { id }]);
    await stop('A');
    await start('H');
    await start('A');
    await untilAllHold(before + 1);
    expect(await clientOf('B').findAct(id)).toMatchObject({
      ok: true,
      body: { index: before, included: true },
    });
  });

  test('[ND-12] every node can go and come back, and the log goes on', async () => {
    for (const name of nodeNames) {
      await stop(name);
      await start(name);
    }
    const { size } = (await statusOf('H')).log;
    expect(await clientOf('H').submitAct(link(mediator).bytes)).toMatchObject({ ok: true });
    await untilAllHold(size + 1);
  });
});
