/** Drills: a host that lost its database, its vault, or both, is rebuilt from its members. */
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNodeClient } from '@homeward/contract';
import type { ExchangeId } from '@homeward/core/exchange';
import { loadNodeKeys } from '@homeward/keys';
import { startForgingHost } from '../../testing/forging-host.ts';
import { nodeNames, planFourNodes, type NodeName } from '../../testing/four-nodes.ts';
import { createSigner } from '../../testing/signer.ts';
import { until } from '../../testing/until.ts';
import type { HostConfig, NodeConfig } from '../config/node-config.ts';
import { toNodeSource } from '../log/node-source.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../postgres/index.ts';
import { restoreHost, type RestoreSource } from './restore-host.ts';
import { startNode, type RunningNode } from './start-node.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let configs: Readonly<Record<NodeName, NodeConfig>>;
let host: HostConfig;
let count = 0;
const running = new Map<NodeName, RunningNode>();
const exchange = 'restoring-0000000000000000' as ExchangeId;
const mediator = createSigner(exchange, 'mediator');
const said: string[] = [];

const clientOf = (name: NodeName) =>
  createNodeClient(`http://127.0.0.1:${String(configs[name].listen.port)}`);

async function databaseUrl(name: string): Promise<string> {
  const { user, password, host: at, port, database } = await postgres.provideDatabase(name);
  return `postgres://${user}:${encodeURIComponent(password)}@${at}:${String(port)}/${database}`;
}

async function start(name: NodeName): Promise<void> {
  running.set(name, await startNode(configs[name], { report: () => undefined }));
}

async function stop(name: NodeName): Promise<void> {
  await running.get(name)?.stop();
  running.delete(name);
}

async function isHeldBy(name: NodeName, size: number): Promise<boolean> {
  const reply = await clientOf(name).getStatus();
  return reply.ok && reply.body.log.checkpoint?.size === size && reply.body.log.checkpoint.quorum;
}

const link = () =>
  mediator.sign('ConditionLinked', { condition: `c-${crypto.randomUUID()}`, text: 'The corridor is open.' });

/** The host's configuration with an empty database in place of the one it lost. */
async function loseDatabase(): Promise<HostConfig> {
  count += 1;
  host = { ...host, database: { url: await databaseUrl(`restored_${String(count)}`) } };
  configs = { ...configs, H: host };
  return host;
}

const restore = async (sources: readonly RestoreSource[] = []) =>
  restoreHost(host, { sources, report: (line) => said.push(line) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-restore-'));
  postgres = await startEmbeddedPostgres({ folder });
  configs = await planFourNodes({
    folder,
    openers: [mediator.fingerprint],
    databaseUrl: async (name) => databaseUrl(`first_${name.toLowerCase()}`),
  });
  host = configs.H as HostConfig;
  for (const name of nodeNames) await start(name);
  const opened = mediator.sign('ExchangeOpened', {
    title: 'Rehearsal',
    label: 'The host',
    host: 'H',
    founders: [mediator.founder],
    publicKey: mediator.publicKey,
  } as never);
  for (const { bytes } of [opened, link(), link(), link()]) {
    expect(await clientOf('H').submitAct(bytes)).toMatchObject({ ok: true });
  }
  for (const name of nodeNames) await until(async () => isHeldBy(name, 4));
  await stop('H');
});

afterAll(async () => {
  for (const name of [...running.keys()]) await stop(name);
  await postgres.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('a host that lost its database', () => {
  test('[ND-87] does not serve from an empty one', async () => {
    await loseDatabase();
    await expect(startNode(host, { report: () => undefined })).rejects.toThrow(/older copy/u);
  });

  test('[ND-87] is not restored from another history of its own key, and nothing is changed', async () => {
    const keys = await loadNodeKeys(host.keys, 'host');
    if (!keys.ok || keys.keys.role !== 'host') throw new Error('no host keys');
    const forger = await startForgingHost({
      origin: host.origin,
      log: keys.keys.log,
      receipt: keys.keys.receipt,
    });
    try {
      const other = mediator.sign('ExchangeOpened', {
        title: 'Another',
        label: 'The host',
        host: 'H',
        founders: [mediator.founder],
        publicKey: mediator.publicKey,
      } as never);
      await forger.publish([other, link(), link(), link(), link(), link()].map(({ bytes }) => bytes));
      const source = { place: 'the forger', source: toNodeSource(forger.url, 5_000) };
      await expect(restore([source])).rejects.toThrow(/two histories/u);
    } finally {
      await forger.stop();
    }
    await expect(startNode(host, { report: () => undefined })).rejects.toThrow(/older copy/u);
  });

  test('[ND-87] is not restored from less than its vault has signed', async () => {
    for (const name of ['A', 'B', 'N1'] as const) await stop(name);
    await expect(restore()).rejects.toThrow(/A checkpoint of 4 acts was signed; the sources hold 0/u);
    for (const name of ['A', 'B', 'N1'] as const) await start(name);
  });

  test('[ND-87] is rebuilt from its members, goes on where it was, and a second restore changes nothing', async () => {
    expect(await restore()).toEqual({ size: 4, before: 0 });
    expect(await restore()).toEqual({ size: 4, before: 4 });
    await start('H');
    expect(await clientOf('H').submitAct(link().bytes)).toMatchObject({ ok: true, body: { index: 4 } });
    for (const name of nodeNames) await until(async () => isHeldBy(name, 5));
    for (const name of nodeNames) {
      const reply = await clientOf(name).getStatus();
      expect(reply).toMatchObject({ ok: true, body: { alarms: [] } });
    }
  });

  test('[ND-87] and its vault, is rebuilt only when every witness answers', async () => {
    await stop('H');
    await rename(host.vault, `${host.vault}.lost`);
    await loseDatabase();
    await stop('B');
    await expect(restore()).rejects.toThrow(/vault is empty and not every witness answers \(B\)/u);
    await start('B');
    expect(await restore()).toEqual({ size: 5, before: 0 });
    await start('H');
    expect(await clientOf('H').submitAct(link().bytes)).toMatchObject({ ok: true, body: { index: 5 } });
    for (const name of nodeNames) await until(async () => isHeldBy(name, 6));
  });
});
