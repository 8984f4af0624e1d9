/** What dishonest witnesses, hosts, parties and outsiders can do to a living node over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createNodeClient, type NodeStatus } from '@homeward/contract';
import { addressOf, generateSealingKeys, sealPayload, toSealedBytes } from '@homeward/contract/sealing';
import {
  encodeAct,
  parseEnvelope,
  preAuthEncoding,
  sealEnvelope,
  type Act,
  type ExchangeId,
} from '@homeward/core/exchange';
import { openStore } from '@homeward/store';
import { emptyTip, planAppend, signCheckpoint } from '@homeward/tlog';
import type { NodeConfig } from '../config/node-config.ts';
import { type SigningKey, loadNodeKeys, createRequestSigner } from '@homeward/keys';
import { emptyLedger, follow, type Ledger } from '@homeward/ledger';
import { toNodeSource } from '../log/node-source.ts';
import { createRequestChecker } from '../payload/request-check.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../postgres/index.ts';
import { planFourNodes, type NodeName } from '../../testing/four-nodes.ts';
import { createSigner, emptyTree, madeUpWitness, type SignedAct } from '../../testing/signer.ts';
import { until } from '../../testing/until.ts';
import { startNode, type RunningNode } from './start-node.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let count = 0;
const toStop: { stop(): Promise<void> }[] = [];
const exchange = 'neighbours-000000000000000' as ExchangeId;
const mediator = createSigner(exchange, 'mediator');
const coordinator = createSigner(exchange, 'coordinator');
const approver = createSigner(exchange, 'approver');

const opened = mediator.sign('ExchangeOpened', {
  title: 'Rehearsal',
  label: 'The host',
  host: 'H',
  founders: [mediator.founder],
  publicKey: mediator.publicKey,
} as never);
const accredit = (witness: string): SignedAct =>
  mediator.sign('PartyAccredited', {
    party: 'A',
    kind: 'power',
    label: 'A',
    founders: [coordinator.founder, approver.founder],
    witness,
  } as never);
const accredited = accredit(madeUpWitness('a.example'));
const enrolled = coordinator.sign('KeyEnrolled', { publicKey: coordinator.publicKey });
const link = (): SignedAct =>
  coordinator.sign('ConditionLinked', { condition: `c-${crypto.randomUUID()}`, text: 'a condition' });

/** An act in the coordinator's name, signed with another key. */
function forge(key: SigningKey, kind: Act['kind'], body: unknown, after = emptyTree): Uint8Array {
  const by = coordinator.fingerprint;
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
  const at = new Date().toISOString();
  const act = { exchange, kind, body, by, role: 'coordinator', after, nonce, at } as unknown as Act;
  const bytes = encodeAct(act);
  return sealEnvelope(bytes, by, key.sign(preAuthEncoding(bytes)));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-neighbours-'));
  postgres = await startEmbeddedPostgres({ folder });
});
afterEach(async () => {
  for (const one of toStop.splice(0).reverse()) await one.stop();
});
afterAll(async () => {
  await postgres.remove();
  await rm(folder, { recursive: true, force: true });
});

async function plan(): Promise<Readonly<Record<NodeName, NodeConfig>>> {
  count += 1;
  const set = String(count);
  return planFourNodes({
    folder: join(folder, set),
    openers: [mediator.fingerprint],
    databaseUrl: async (name) => {
      const { user, password, host, port, database } = await postgres.provideDatabase(
        `near_${set}_${name.toLowerCase()}`,
      );
      return `postgres://${user}:${encodeURIComponent(password)}@${host}:${String(port)}/${database}`;
    },
  });
}

interface Neighbour {
  readonly lines: string[];
  readonly running: RunningNode;
  readonly client: ReturnType<typeof createNodeClient>;
  readonly status: () => Promise<NodeStatus>;
}

async function start(config: NodeConfig): Promise<Neighbour> {
  const lines: string[] = [];
  const running = await startNode(config, { report: (line) => lines.push(line) });
  toStop.push(running);
  const client = createNodeClient(running.url);
  const status = async (): Promise<NodeStatus> => {
    const reply = await client.getStatus();
    if (!reply.ok) throw new Error(reply.problem.detail);
    return reply.body;
  };
  return { lines, running, client, status };
}

async function serve(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  toStop.push({
    stop: async () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  });
  const address = server.address();
  return `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : port)}`;
}

/** A body without end; answers how much of it was taken before the reader hung up. */
function pour(response: ServerResponse, taken: (bytes: number) => void): void {
  const chunk = Buffer.alloc(1_048_576, 0x61);
  let bytes = 0;
  const more = (): void => {
    while (bytes < 200 * chunk.length) {
      bytes += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  response.once('close', () => {
    taken(bytes);
  });
  response.writeHead(200);
  more();
}

async function openExchange(host: Neighbour, accreditation: SignedAct = accredited): Promise<void> {
  for (const { bytes } of [opened, accreditation, enrolled]) {
    expect(await host.client.submitAct(bytes)).toMatchObject({ ok: true });
  }
}

describe('a host among dishonest witnesses', () => {
  test('[ND-9] is not halted by a claim to have cosigned more, and is by a checkpoint of its own key that shows it', async () => {
    const configs = await plan();
    const loaded = await loadNodeKeys(configs.H.keys, 'host');
    if (!loaded.ok || loaded.keys.role !== 'host') throw new Error('no host keys');
    const { log } = loaded.keys;
    let asked = 0;
    const shown: { note?: string } = {};
    await serve(configs.N1.listen.port, (request, response) => {
      if (request.url === '/add-checkpoint') {
        asked += 1;
        response.writeHead(409, { 'content-type': 'text/x.tlog.size' });
        response.end('999999\n');
      } else {
        response.writeHead(shown.note === undefined ? 404 : 200);
        response.end(shown.note);
      }
    });
    const host = await start(configs.H);
    await openExchange(host);
    await until(() => Promise.resolve(asked > 2));
    expect((await host.status()).alarms).toEqual([]);
    expect(await host.client.submitAct(link().bytes)).toMatchObject({ ok: true });
    const root = planAppend(emptyTip, [opened.bytes]).root;
    shown.note = Buffer.from(await signCheckpoint({ origin: log.key.name, size: 500, root }, log)).toString();
    await until(async () => (await host.status()).alarms.some(({ kind }) => kind === 'rollback'));
  });

  test('[ND-5] [ND-9] does not go on from an older copy of database and vault, nor beside the history that a witness keeps', async () => {
    const configs = await plan();
    const first = await start(configs.H);
    const member = await start(configs.A);
    await openExchange(first);
    const isCosigned = async (node: Neighbour): Promise<boolean> => {
      const { checkpoint } = (await node.status()).log;
      return checkpoint?.size === 3 && checkpoint.cosigners.includes('A');
    };
    await until(async () => isCosigned(first));
    await first.running.stop();
    const restored = {
      ...configs.H,
      database: (await plan()).H.database,
      vault: join(folder, 'restored-vault'),
    } as NodeConfig;
    await expect(start(restored)).rejects.toThrow(/A has cosigned 3 acts, this log holds 0/u);

    // Nobody can be asked: it serves, says so, and makes a second history of the very size that A keeps.
    await member.running.stop();
    const elsewhere = { ...restored, database: (await plan()).H.database } as NodeConfig;
    const second = await start(elsewhere);
    expect(second.lines).toContainEqual(expect.stringMatching(/^witness A could not be asked/u));
    const other = approver.sign('KeyEnrolled', { publicKey: approver.publicKey });
    for (const { bytes } of [opened, accredited, other]) {
      expect(await second.client.submitAct(bytes)).toMatchObject({ ok: true });
    }
    await until(async () => (await second.status()).log.checkpoint?.size === 3);
    const back = await start(configs.A);
    await until(async () => (await second.status()).alarms.some(({ kind }) => kind === 'fork'));
    expect(await second.client.submitAct(link().bytes)).toMatchObject({ problem: { kind: 'halted' } });
    expect((await back.status()).log.size).toBe(3);
    await second.running.stop();
    await expect(start(elsewhere)).rejects.toThrow(/A has cosigned another tree of 3 acts/u);
  });

  test('[ND-5] is not kept from serving by a witness that does not answer', async () => {
    const configs = await plan();
    await serve(configs.N1.listen.port, () => undefined);
    const host = await start(configs.H);
    expect(host.lines).toContainEqual(expect.stringMatching(/^witness N1 could not be asked/u));
    await openExchange(host);
  });

  test('[ND-33] takes no more of a witness’s answer than an answer needs, and keeps what it said of it', async () => {
    const configs = await plan();
    const taken: number[] = [];
    let isPouring = true;
    let refusals = 0;
    await serve(configs.N1.listen.port, (_, response) => {
      if (isPouring) {
        pour(response, (bytes) => taken.push(bytes));
        return;
      }
      refusals += 1;
      response.writeHead(500);
      response.end('no\u0000thing');
    });
    const host = await start(configs.H);
    await openExchange(host);
    await until(() => Promise.resolve(taken.length > 0));
    expect(Math.max(...taken)).toBeLessThan(20 * 1_048_576);
    isPouring = false;
    await until(() => Promise.resolve(refusals > 2));
    expect(host.lines.some((line) => line.includes('thing'))).toBe(true);
    expect(host.lines.filter((line) => line.includes('bug'))).toEqual([]);
  });
});

describe('whoever reads from another node', () => {
  test('[ND-33] stops at the most that a file of a log may be', async () => {
    const taken: number[] = [];
    const url = await serve(0, (_, response) => {
      pour(response, (bytes) => taken.push(bytes));
    });
    await expect(toNodeSource(url, 20_000).read('checkpoint')).rejects.toThrow(/bytes/u);
    expect(await createNodeClient(url).getStatus()).toMatchObject({ ok: false });
    expect(await createNodeClient(url).findCheckpoint()).toMatchObject({ ok: false });
    await until(() => Promise.resolve(taken.length === 3));
    expect(Math.max(...taken)).toBeLessThan(60 * 1_048_576);
  });
});

describe('the allowance of a party', () => {
  test('[ND-7] is not spent by an outsider who hands in again what the party sent', async () => {
    const configs = await plan();
    const config = { ...configs.H, actAllowance: { burstBytes: 65_536, bytesPerSecond: 1 } } as NodeConfig;
    const host = await start(config);
    await openExchange(host);
    const first = link();
    const reply = await host.client.submitAct(first.bytes);
    for (let i = 0; i < Math.ceil(65_536 / first.bytes.length) + 5; i += 1) {
      const again = await host.client.submitAct(first.bytes);
      expect([again.ok, again.status]).toEqual([true, 200]);
      expect(again).toMatchObject({ body: reply.ok ? reply.body : {} });
    }
    expect(await host.client.submitAct(link().bytes)).toMatchObject({ ok: true, status: 201 });
  });

  test('[ND-7] is not spent by an outsider who writes the name of one of its keys', async () => {
    const configs = await plan();
    const config = { ...configs.H, actAllowance: { burstBytes: 65_536, bytesPerSecond: 1 } } as NodeConfig;
    const host = await start(config);
    await openExchange(host);
    const { key, publicKey } = createSigner(exchange, 'coordinator');
    for (let i = 0; i < 150; i += 1) {
      const bytes = forge(key, 'KeyEnrolled', { publicKey });
      expect(await host.client.submitAct(bytes)).toMatchObject({
        ok: false,
        problem: { kind: 'KnownAlready' },
      });
    }
    expect(await host.client.submitAct(link().bytes)).toMatchObject({ ok: true, status: 201 });
  });

  test('[ND-27] outsiders cost the host no look into its log, whatever tree they name', async () => {
    const configs = await plan();
    if (!('url' in configs.H.database)) throw new Error('no address of a database');
    const store = await openStore(configs.H.database.url);
    const asked: string[] = [];
    const log = new Proxy(store.log, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]): unknown => {
          asked.push(String(name));
          return Reflect.apply(member, target, given);
        };
      },
    });
    const running = await startNode(configs.H, { report: () => undefined, store: { ...store, log } });
    toStop.push({
      stop: async () => {
        await running.stop();
        await store.close();
      },
    });
    const client = createNodeClient(running.url);
    for (const { bytes } of [opened, accredited, enrolled])
      expect(await client.submitAct(bytes)).toMatchObject({ ok: true });
    for (let i = 0; i < 30; i += 1) {
      expect(await client.submitAct(link().bytes)).toMatchObject({ ok: true });
    }
    const rootsAsked = (): number => asked.filter((name) => name === 'rootAt').length;
    const before = rootsAsked();
    for (let size = 1; size < 30; size += 1) {
      const after = { size, root: emptyTree.root };
      const stranger = createSigner(exchange, 'coordinator');
      const body = { condition: 'c', text: 'a condition' };
      const ghost = stranger.sign('KeyEnrolled', { publicKey: stranger.publicKey }, after);
      const forged = forge(stranger.key, 'ConditionLinked', body, after);
      for (const bytes of [stranger.sign('ConditionLinked', body, after).bytes, ghost.bytes, forged]) {
        expect(await client.submitAct(bytes)).toMatchObject({ ok: false });
      }
    }
    expect(rootsAsked()).toBe(before);
    const after = { size: 7, root: emptyTree.root };
    const known = coordinator.sign('ConditionLinked', { condition: 'c', text: 'a condition' }, after);
    expect(await client.submitAct(known.bytes)).toMatchObject({ problem: { kind: 'after-unknown' } });
    expect(rootsAsked()).toBe(before + 1);
  });

  test('[ND-21] a member keeps acts of unknown keys at a bounded rate, and those of its people besides', async () => {
    const configs = await plan();
    const config = {
      ...configs.A,
      strangerAllowance: { burstBytes: 65_536, bytesPerSecond: 1 },
    } as NodeConfig;
    const host = await start(configs.H);
    await openExchange(host);
    const member = await start(config);
    await until(async () => (await member.status()).log.size === 3);
    const stranger = createSigner(exchange, 'coordinator');
    const sent = new Set<number>();
    for (let i = 0; i < 60; i += 1) {
      const { bytes } = stranger.sign('ExchangeSuspended', { reason: 'x'.repeat(500) });
      sent.add((await member.client.submitAct(bytes)).status);
    }
    expect([...sent]).toEqual([404, 429]);
    expect(await member.client.submitAct(link().bytes)).toMatchObject({ ok: true });
    const suspended = coordinator.sign('ExchangeSuspended', {});
    expect(await member.client.submitAct(suspended.bytes)).toMatchObject({ ok: true });
  });
});

describe('signed requests', () => {
  test('[WR-25] of one key leave room for those of every other', async () => {
    const ledger = [opened, accredited, enrolled].reduce((next: Ledger, { bytes }) => {
      const parsed = parseEnvelope(bytes);
      if (parsed.kind === 'malformed') throw new Error('not an act');
      return follow(next, parsed.envelope);
    }, emptyLedger);
    const checker = createRequestChecker('h.example', () => ledger, 50);
    const ask = async ({ key }: typeof coordinator): Promise<boolean> => {
      const sign = createRequestSigner('h.example', key);
      const headers = await sign({ method: 'GET', path: '/v1/payloads/x', body: new Uint8Array() });
      const request = new Request('http://h.example/v1/payloads/x', { headers: { ...headers } });
      return checker.check(request, '/v1/payloads/x', new Uint8Array()) !== undefined;
    };
    for (let i = 0; i < 50; i += 1) expect(await ask(coordinator)).toBe(true);
    expect(await ask(coordinator)).toBe(false);
    expect(await ask(mediator)).toBe(true);
  });
});

describe('a signed request', () => {
  const path = '/v1/payloads/x';
  const ledgerOf = (acts: readonly SignedAct[]): Ledger =>
    acts.reduce((next: Ledger, { bytes }) => {
      const parsed = parseEnvelope(bytes);
      if (parsed.kind === 'malformed') throw new Error('not an act');
      return follow(next, parsed.envelope);
    }, emptyLedger);
  const toRequest = async ({ key }: typeof coordinator): Promise<Request> => {
    const sign = createRequestSigner('h.example', key);
    const headers = await sign({ method: 'GET', path, body: new Uint8Array() });
    return new Request(`http://h.example${path}`, { headers: { ...headers } });
  };

  test('[WR-25] is refused the second time, from another time, and by a revoked key', async () => {
    const ledger = ledgerOf([opened, accredited, enrolled]);
    const checker = createRequestChecker('h.example', () => ledger);
    const check = (request: Request): boolean => checker.check(request, path, new Uint8Array()) !== undefined;
    const request = await toRequest(coordinator);
    expect(check(request)).toBe(true);
    expect(check(request)).toBe(false);
    const late = await toRequest(coordinator);
    vi.useFakeTimers({ now: Date.now() + 301_000, toFake: ['Date'] });
    expect(check(late)).toBe(false);
    vi.useRealTimers();
    const revoked = coordinator.sign('KeyRevoked', { key: coordinator.fingerprint, reason: 'lost' });
    const without = ledgerOf([opened, accredited, enrolled, revoked]);
    const strict = createRequestChecker('h.example', () => without);
    const asked = await toRequest(coordinator);
    expect(strict.isKnown(asked)).toBe(false);
    expect(strict.check(asked, path, new Uint8Array())).toBeUndefined();
  });
});

describe('a payload', () => {
  test('[WR-24] that a party of another exchange left in its own name is not told to be kept for its sender', async () => {
    const other = 'another-0000000000000000000' as ExchangeId;
    const [opener, intruder, second] = (['mediator', 'coordinator', 'approver'] as const).map((role) =>
      createSigner(other, role),
    ) as [typeof mediator, typeof mediator, typeof mediator];
    const configs = await plan();
    const host = await start({
      ...configs.H,
      openers: [mediator.fingerprint, opener.fingerprint],
    } as NodeConfig);
    await openExchange(host);
    const more = [
      opener.sign('ExchangeOpened', {
        title: 'Another',
        label: 'The host',
        host: 'H',
        founders: [opener.founder],
        publicKey: opener.publicKey,
      } as never),
      opener.sign('PartyAccredited', {
        party: 'C',
        kind: 'power',
        label: 'C',
        founders: [intruder.founder, second.founder],
        witness: madeUpWitness('c.example'),
      } as never),
      intruder.sign('KeyEnrolled', { publicKey: intruder.publicKey }),
    ];
    for (const { bytes } of more) expect(await host.client.submitAct(bytes)).toMatchObject({ ok: true });
    const { publicKey } = await generateSealingKeys();
    const sealed = await sealPayload(
      { exchange, from: 'A', record: 'list-1' },
      [{ party: 'B', publicKey }],
      new TextEncoder().encode('a record'),
    );
    const hash = await addressOf(sealed);
    const copied = { ...sealed, header: { ...sealed.header, exchange: other, from: 'C' } };
    const put = async (payload: typeof sealed, by: typeof coordinator) =>
      host.client.putPayload(hash, toSealedBytes(payload), createRequestSigner('h.example', by.key));
    expect(await put(copied, intruder)).toMatchObject({ ok: true });
    expect(await put(sealed, coordinator)).toMatchObject({
      ok: false,
      problem: { kind: 'payload-conflict' },
    });
  });
});

describe('a halted member', () => {
  test('[ND-20] still takes what stops people from moving, and nothing else', async () => {
    const configs = await plan();
    const host = await start(configs.H);
    const own = configs.H.witnesses.find(({ name }) => name === 'A');
    await openExchange(host, accredit(own?.key ?? ''));
    const member = await start(configs.A);
    await until(async () => (await member.status()).log.size === 3);
    const loaded = await loadNodeKeys(configs.H.keys, 'host');
    if (!loaded.ok || loaded.keys.role !== 'host') throw new Error('no host keys');
    const { log } = loaded.keys;
    const root = planAppend(emptyTip, [enrolled.bytes]).root;
    const fork = await signCheckpoint({ origin: log.key.name, size: 2, root }, log);
    await fetch(`${member.running.url}/add-checkpoint`, {
      method: 'POST',
      body: `old 0\n\n${Buffer.from(fork).toString()}`,
    });
    expect((await member.status()).alarms.map(({ kind }) => kind)).toEqual(['fork']);
    expect(await member.client.submitAct(link().bytes)).toMatchObject({
      ok: false,
      problem: { kind: 'halted' },
    });
    const suspended = coordinator.sign('ExchangeSuspended', {});
    expect(await member.client.submitAct(suspended.bytes)).toMatchObject({ ok: true, body: { index: 3 } });
  });
});

describe('bodies of requests', () => {
  test('[ND-34] by nobody known are not waited for, and those under way are bounded', async () => {
    const configs = await plan();
    const host = await start({ ...configs.H, payloadBytesMax: 16_777_216 });
    await openExchange(host);
    const begin = (
      authorization: string,
    ): { readonly answered: Promise<string>; readonly end: () => void } => {
      const socket = connect(host.running.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `PUT /v1/payloads/${'0'.repeat(64)} HTTP/1.1\r\nhost: 127.0.0.1:${String(host.running.port)}\r\n` +
          `authorization: ${authorization}\r\ncontent-length: 1000\r\n\r\n`,
      );
      const answered = new Promise<string>((resolve) => {
        socket.once('data', (chunk: Buffer) => {
          resolve(chunk.toString().slice(9, 12));
        });
      });
      return { answered, end: () => socket.destroy() };
    };
    const nobody = begin('nobody');
    expect(await nobody.answered).toBe('401');
    nobody.end();
    const { authorization = '' } = await createRequestSigner(
      'h.example',
      coordinator.key,
    )({
      method: 'PUT',
      path: '/',
      body: new Uint8Array(),
    });
    const begun = Array.from({ length: 17 }, () => begin(authorization));
    expect(await Promise.race(begun.map(async ({ answered }) => answered))).toBe('503');
    for (const one of begun) one.end();
    // Read to its end again: what the body holds is found only then.
    const noise = new TextEncoder().encode('no payload');
    const signer = createRequestSigner('h.example', coordinator.key);
    await until(async () => {
      const reply = await host.client.putPayload('0'.repeat(64), noise, signer);
      if (reply.ok) throw new Error('noise was taken for a payload');
      expect(['overloaded', 'payload-malformed']).toContain(reply.problem.kind);
      return reply.problem.kind === 'payload-malformed';
    });
  });
});

describe('streams', () => {
  test('[ND-35] are taken from nobody by who only asks for their head, nor by who opens all of them', async () => {
    const configs = await plan();
    const host = await start(configs.H);
    const url = `${host.running.url}/v1/stream`;
    for (let i = 0; i < 256; i += 1) expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    const open = async (
      localAddress: string,
    ): Promise<{ readonly status: number; readonly ended: () => boolean }> =>
      new Promise((resolve, reject) => {
        const request = get(url, { localAddress, agent: false }, (response) => {
          let ended = false;
          response.resume();
          response.once('end', () => {
            ended = true;
          });
          response.on('error', () => undefined);
          resolve({ status: response.statusCode ?? 0, ended: () => ended });
        });
        request.on('error', reject);
      });
    const greedy: Awaited<ReturnType<typeof open>>[] = [];
    for (let i = 0; i < 256; i += 1) greedy.push(await open('127.0.0.1'));
    expect(new Set(greedy.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await open('127.0.0.1')).status).toBe(503);
    expect((await open('127.0.0.2')).status).toBe(200);
    await until(() => Promise.resolve(greedy.filter(({ ended }) => ended()).length === 1));
    expect(greedy[0]?.ended()).toBe(true);
  });
});
