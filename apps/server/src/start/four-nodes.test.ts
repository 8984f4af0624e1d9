import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNodeClient, parseReceiptText, Problem, type NodeStatus } from '@homeward/contract';
import {
  addressOf,
  generateSealingKeys,
  openPayload,
  parseSealedPayload,
  sealPayload,
  toSealedBytes,
  type SealedPayload,
} from '@homeward/contract/sealing';
import {
  canonicalBytes,
  preAuthEncoding,
  sealEnvelope,
  type Act,
  type ExchangeId,
} from '@homeward/core/exchange';
import { openStore } from '@homeward/store';
import {
  leafHash,
  parseNote,
  parsePolicy,
  readCheckpoint,
  verifyByPolicy,
  verifyTlogProof,
} from '@homeward/tlog';
import type { NodeConfig } from '../config/node-config.ts';
import { ed25519, createRequestSigner } from '@homeward/keys';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../postgres/index.ts';
import { nodeNames, planFourNodes, type NodeName } from '../../testing/four-nodes.ts';
import { createSigner, type Signer } from '../../testing/signer.ts';
import { until } from '../../testing/until.ts';
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

/** The line of a node's own witness key, as every node is told of it. */
function witnessOf(name: NodeName): string {
  const witness = configs.H.witnesses.find((each) => each.name === name);
  if (witness === undefined) throw new Error(`${name} is no witness`);
  return witness.key;
}

const link = (signer: Signer, after?: Act['after']) =>
  signer.sign('ConditionLinked', { condition: `c-${crypto.randomUUID()}`, text: 'a condition' }, after);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-nodes-'));
  postgres = await startEmbeddedPostgres({ folder });
  configs = await planFourNodes({
    folder,
    openers: [mediator.fingerprint],
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
      label: 'The host',
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
      witness: witnessOf('A'),
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

  test('[ND-6] an exchange opened by a key that the host was not told of is refused, also through a party', async () => {
    const other = 'another-00000000000000000' as ExchangeId;
    const stranger = createSigner(other, 'mediator');
    const { size } = (await statusOf('H')).log;
    const opened = stranger.sign('ExchangeOpened', {
      title: 'A stranger’s',
      label: 'The host',
      host: 'H',
      founders: [stranger.founder],
      publicKey: stranger.publicKey,
    } as never);
    for (const name of ['H', 'A'] as const) {
      expect(await clientOf(name).submitAct(opened.bytes)).toMatchObject({
        ok: false,
        problem: { kind: 'opener-unknown', status: 403 },
      });
    }
    expect((await statusOf('H')).log.size).toBe(size);
    expect(await clientOf('H').findExchange(other)).toMatchObject({ ok: false });
  });

  test('[ND-70] [ND-40] what a busy log shows to everybody is accepted by its policy at every moment, through a restart too', async () => {
    const text = async (name: NodeName, path: string) =>
      (await fetch(`http://127.0.0.1:${String(configs[name].listen.port)}${path}`)).text();
    const policy = parsePolicy(Buffer.from(await text('H', '/log/policy')));
    if (!policy.ok) throw new Error(policy.problem.text);
    const { size: before } = (await statusOf('H')).log;
    let isBusy = true;
    const busy = (async () => {
      let acts = 0;
      for (; isBusy; acts += 1)
        expect(await clientOf('H').submitAct(link(mediator).bytes)).toMatchObject({ ok: true });
      return acts;
    })();
    // The host is stopped under it below: from the first moment somebody must hear that, or the run counts it as an error.
    const busyEnded = busy.catch(() => undefined);
    const seen = new Map<NodeName, Set<number>>(nodeNames.map((name) => [name, new Set()]));
    const look = async (name: NodeName): Promise<void> => {
      const verified = await verifyByPolicy(
        Buffer.from(await text(name, '/log/checkpoint')),
        policy.value,
        ed25519,
      );
      if (!verified.ok) throw new Error(`${name}: ${verified.problem.text}`);
      const { size } = verified.value;
      expect(size).toBeGreaterThanOrEqual(Math.max(0, ...seen.get(name)!));
      seen.get(name)!.add(size);
      const newest = readCheckpoint(Buffer.from(await text(name, '/v1/checkpoint')));
      expect(newest.ok && newest.value.checkpoint.size).toBeGreaterThanOrEqual(size);
    };
    const enough = (least: number): boolean => [...seen.values()].every((sizes) => sizes.size >= least);
    while (!enough(4)) for (const name of nodeNames) await look(name);
    await stop('A');
    await start('A');
    await look('A');
    await stop('H');
    isBusy = false;
    await busyEnded;
    await start('H');
    await look('H');
    expect((await statusOf('H')).log.size).toBeGreaterThan(before + 3);
    await untilAllHold((await statusOf('H')).log.size);
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
    expect(await clientOf('A').submitAct(bytes)).toEqual({ ok: true, status: 202, body: { id } });
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

  test('[ND-2] [ND-16] [ND-24] every receipt promises the place that its act has in every replica, through a stop of the host too', async () => {
    const acts = Array.from({ length: 60 }, () => link(mediator));
    const send = async (some: typeof acts) =>
      Promise.all(
        some.flatMap(({ bytes }, i) =>
          // Each through two nodes at once: which comes first is nobody's to say.
          [clientOf('H'), clientOf(nodeNames[1 + (i % 3)]!)].map(async (client) => client.submitAct(bytes)),
        ),
      );
    const early = send(acts.slice(0, 30));
    await stop('H');
    const replies = [...(await early)];
    const late = await send(acts.slice(30));
    await start('H');
    replies.push(...late, ...(await send(acts)));
    await untilAllHold((await statusOf('H')).log.size);
    const promised = replies.flatMap((reply) => (reply.ok && 'receipt' in reply.body ? [reply.body] : []));
    expect(new Set(promised.map(({ id }) => id)).size).toBe(acts.length);
    for (const { id, index, receipt } of promised) {
      const note = parseNote(new TextEncoder().encode(receipt));
      expect(parseReceiptText(note.ok ? note.value.text : '')).toMatchObject({ act: id, index });
      for (const name of nodeNames) {
        expect(await clientOf(name).findAct(id)).toMatchObject({ ok: true, body: { index } });
      }
    }
    for (const name of ['A', 'B', 'N1'] as const) {
      const { database } = configs[name];
      const store = await openStore('url' in database ? database.url : '');
      await until(async () => (await store.settings.under('receipt:')).size === 0);
      await store.close();
      expect(await statusOf(name)).toMatchObject({ outbox: 0, alarms: [] });
    }
  });

  describe('hostile bytes', () => {
    const json = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content));
    const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
    const good = (): string => text(link(mediator).bytes);
    const payloadOf = (envelope: string): string => /"payload":"([^"]+)"/u.exec(envelope)?.[1] ?? '';
    const sigOf = (envelope: string): string => /"sig":"([^"]+)"/u.exec(envelope)?.[1] ?? '';
    /** A rightly signed envelope around any bytes at all. */
    const sealed = (act: Uint8Array): Uint8Array =>
      sealEnvelope(act, mediator.fingerprint, mediator.key.sign(preAuthEncoding(act)));
    const actWith = (change: object): Uint8Array => {
      const act = JSON.parse(Buffer.from(payloadOf(good()), 'base64').toString('utf8')) as object;
      return canonicalBytes({ ...act, ...change });
    };
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    const resigned = (one: string, other: string): Uint8Array =>
      new TextEncoder().encode(one.replace(sigOf(one), sigOf(other)));
    const weak = Buffer.alloc(32).toString('base64');

    const cases: readonly (readonly [string, () => Uint8Array | Promise<Uint8Array>, number, string])[] = [
      ['nothing', () => new Uint8Array(), 400, 'act-malformed'],
      ['not UTF-8', () => Uint8Array.of(0xff, 0xfe, 0x7b), 400, 'act-malformed'],
      ['not UTF-8 inside the act', () => sealed(Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d)), 400, 'act-malformed'],
      ['not JSON', () => new TextEncoder().encode('an act, please'), 400, 'act-malformed'],
      ['not canonical outside', () => new TextEncoder().encode(`${good()} `), 400, 'act-malformed'],
      ['not canonical inside', () => sealed(json({ z: 1, a: 2 })), 400, 'act-malformed'],
      ['deep nesting', () => new TextEncoder().encode(nested(30_000)), 400, 'act-malformed'],
      ['deep nesting inside', () => sealed(new TextEncoder().encode(nested(10_000))), 400, 'act-malformed'],
      ['another shape', () => sealed(actWith({ body: { condition: 7 } })), 400, 'act-malformed'],
      ['a member too many', () => sealed(actWith({ extra: true })), 400, 'act-malformed'],
      ['an unknown kind', () => sealed(actWith({ kind: 'WarDeclared' })), 400, 'act-kind-unknown'],
      ['unsigned', () => json({ ...(JSON.parse(good()) as object), signatures: [] }), 400, 'act-unsigned'],
      ['signed over another act', () => resigned(good(), good()), 403, 'signature-wrong'],
      [
        'of another exchange',
        () =>
          createSigner('another-00000000000000000' as ExchangeId, 'mediator').sign('ConditionLinked', {
            condition: 'c',
            text: 't',
          }).bytes,
        404,
        'exchange-unknown',
      ],
      ['by a key nobody granted', () => link(createSigner(exchange, 'mediator')).bytes, 404, 'Unknown'],
      ['by a key not yet enrolled', () => link(approver).bytes, 403, 'KeyNotEnrolled'],
      [
        'enrolling a key that proves nothing',
        () => sealed(actWith({ kind: 'KeyEnrolled', body: { publicKey: weak } })),
        403,
        '',
      ],
      [
        'after a tree that never was',
        () => link(mediator, { size: 1, root: weak as never }).bytes,
        409,
        'after-unknown',
      ],
      [
        'after a tree not yet grown',
        () => link(mediator, { size: 1_000_000, root: weak as never }).bytes,
        409,
        'after-unknown',
      ],
      ['65,536 bytes', () => new Uint8Array(65_536).fill(0x20), 413, 'act-too-large'],
      ['a flood of bytes', () => new Uint8Array(5_000_000).fill(0x20), 413, 'act-too-large'],
    ];

    test.each(cases)('[ND-3] %s: refused, state unchanged, node alive', async (_, make, status, kind) => {
      const before = await statusOf('H');
      for (const name of ['H', 'A'] as const) {
        const response = await fetch(`${clientOf(name).baseUrl}/v1/acts`, {
          method: 'POST',
          body: new Uint8Array(await make()),
          headers: { 'content-type': 'application/vnd.dsse+json' },
        });
        expect(response.headers.get('content-type')).toBe('application/problem+json');
        const problem = Problem.parse(await response.json());
        expect([name, response.status, problem.status]).toEqual([name, status, status]);
        if (kind !== '') expect(problem.kind).toBe(kind);
        expect(problem.detail.length).toBeGreaterThan(10);
      }
      const after = await statusOf('H');
      expect([after.log.size, after.exchanges]).toEqual([before.log.size, before.exchanges]);
    });

    test('[ND-3] 65,535 bytes are not too large', async () => {
      const response = await fetch(`${clientOf('H').baseUrl}/v1/acts`, {
        method: 'POST',
        body: new Uint8Array(65_535).fill(0x20),
        headers: { 'content-type': 'application/octet-stream' },
      });
      expect(Problem.parse(await response.json()).kind).toBe('act-malformed');
    });
  });

  describe('over HTTP', () => {
    test('[ND-30] answers only to its own names, and to no page of another site', async () => {
      const { baseUrl } = clientOf('H');
      const port = new URL(baseUrl).port;
      const ask = async (host: string): Promise<number | undefined> =>
        new Promise((resolve, reject) => {
          const request = get(
            { host: '127.0.0.1', port, path: '/v1/status', headers: { host } },
            (response) => {
              response.resume();
              resolve(response.statusCode);
            },
          );
          request.once('error', reject);
        });
      expect(await ask(`127.0.0.1:${port}`)).toBe(200);
      expect(await ask(`localhost:${port}`)).toBe(200);
      expect(await ask(`evil.example:${port}`)).toBe(421);
      expect(await ask('127.0.0.1:1')).toBe(421);
      const foreign = await fetch(`${baseUrl}/v1/acts`, {
        method: 'POST',
        body: new Uint8Array(link(mediator).bytes),
        headers: { 'content-type': 'application/octet-stream', 'sec-fetch-site': 'cross-site' },
      });
      expect(foreign.status).toBe(401);
    });

    test('[ND-31] every response forbids what no page of this node needs', async () => {
      for (const path of ['/', '/v1/status', '/log/checkpoint', '/v1/nothing', '/nowhere']) {
        const { headers } = await fetch(clientOf('A').baseUrl + path);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        expect(headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
        expect(headers.get('access-control-allow-origin')).toBeNull();
        expect(headers.get('server')).toBeNull();
      }
    });

    test('[WR-1] the log is served as C2SP has it, by every node alike', async () => {
      await untilAllHold((await statusOf('H')).log.size);
      const { size } = (await statusOf('H')).log;
      const tile = `tile/0/000.p/${String(size)}`;
      const bundle = `tile/entries/000.p/${String(size)}`;
      const texts = new Set<string>();
      for (const name of nodeNames) {
        for (const [path, type] of [
          ['checkpoint', 'text/plain; charset=utf-8'],
          ['vkey', 'text/plain; charset=utf-8'],
          ['policy', 'text/plain; charset=utf-8'],
          [tile, 'application/octet-stream'],
          [bundle, 'application/octet-stream'],
        ] as const) {
          const response = await fetch(`${clientOf(name).baseUrl}/log/${path}`);
          expect([name, path, response.status, response.headers.get('content-type')]).toEqual([
            name,
            path,
            200,
            type,
          ]);
          const isTile = path.startsWith('tile/');
          expect(response.headers.get('cache-control')?.includes('immutable')).toBe(isTile);
          const bytes = Buffer.from(await response.arrayBuffer());
          if (path !== 'checkpoint') texts.add(`${path} ${bytes.toString('hex')}`);
        }
      }
      expect(texts.size).toBe(4);
      for (const path of [
        'tile/0/000.p/255',
        'tile/0/0',
        'tile/64/000',
        'tile/0/%2e%2e/checkpoint',
        'tile/x/000',
      ]) {
        expect((await fetch(`${clientOf('H').baseUrl}/log/${path}`)).status).toBe(404);
      }
    });

    test('[WR-2] the stream gives every act once, in order, and goes on where it was left', async () => {
      const { size } = (await statusOf('A')).log;
      const read = async (from: number, acts: number): Promise<readonly number[]> => {
        const indexes: number[] = [];
        const closing = new AbortController();
        for await (const event of clientOf('A').stream(from, closing.signal)) {
          if (event.event !== 'act') continue;
          indexes.push(event.index);
          if (indexes.length === acts) closing.abort();
        }
        return indexes;
      };
      expect(await read(0, size)).toEqual(Array.from({ length: size }, (_, index) => index));
      const next = read(size - 1, 2);
      expect(await clientOf('H').submitAct(link(mediator).bytes)).toMatchObject({ ok: true });
      expect(await next).toEqual([size - 1, size]);
      const resumed = await fetch(`${clientOf('A').baseUrl}/v1/stream`, {
        headers: { 'last-event-id': String(size - 1) },
      });
      const reader = (resumed.body as ReadableStream<Uint8Array>).getReader();
      let seen = '';
      while (!seen.includes('event: act'))
        seen += Buffer.from((await reader.read()).value ?? []).toString('utf8');
      await reader.cancel();
      expect(/^id: (\d+)$/mu.exec(seen)?.[1]).toBe(String(size));
    });

    test('[WR-3] an act can be looked up, and proven offline under a cosigned checkpoint', async () => {
      const { bytes, id } = link(mediator);
      const submitted = await clientOf('H').submitAct(bytes);
      await untilAllHold((await statusOf('H')).log.size);
      const found = await clientOf('B').findAct(id);
      expect(found).toMatchObject({ ok: true, body: { id, included: true } });
      expect(submitted).toMatchObject({ ok: true, body: { index: found.ok ? found.body.index : -1 } });
      const proof = await fetch(`${clientOf('B').baseUrl}/v1/acts/${id}/proof`);
      const policyText = await (await fetch(`${clientOf('B').baseUrl}/log/policy`)).text();
      const policy = parsePolicy(new TextEncoder().encode(policyText));
      if (!policy.ok) throw new Error(policy.problem.text);
      const proven = await verifyTlogProof(
        new Uint8Array(await proof.arrayBuffer()),
        { policy: policy.value, leaf: leafHash(bytes) },
        ed25519,
      );
      expect(proven).toMatchObject({ ok: true });
    });
  });

  describe('sealed payloads', () => {
    const observer = createSigner(exchange, 'observer');
    const record = new TextEncoder().encode('family name, given name, date of birth');
    let neutral: Awaited<ReturnType<typeof generateSealingKeys>>;
    let sealed: SealedPayload;
    let hash: string;
    const asked = (signer: Signer) => createRequestSigner(configs.H.name, signer.key);

    beforeAll(async () => {
      const accredited = mediator.sign('PartyAccredited', {
        party: 'N1',
        kind: 'neutral',
        label: 'N1',
        founders: [observer.founder],
        witness: witnessOf('N1'),
      } as never);
      expect(await clientOf('H').submitAct(accredited.bytes)).toMatchObject({ ok: true });
      const enrolled = observer.sign('KeyEnrolled', { publicKey: observer.publicKey });
      expect(await clientOf('N1').submitAct(enrolled.bytes)).toMatchObject({ ok: true });
      neutral = await generateSealingKeys();
      sealed = await sealPayload(
        { exchange, from: 'A', record: 'list-1' },
        [{ party: 'N1', publicKey: neutral.publicKey }],
        record,
      );
      hash = await addressOf(sealed);
    });

    test('[WR-24] are left by a party in its own name, and taken by an addressed party alone', async () => {
      const host = clientOf('H');
      const bytes = toSealedBytes(sealed);
      expect(await host.putPayload(hash, bytes, asked(observer))).toMatchObject({ ok: false, status: 401 });
      expect(await host.putPayload(hash, bytes, asked(coordinator))).toMatchObject({ ok: true, status: 204 });
      expect(await host.putPayload(hash, bytes, asked(coordinator))).toMatchObject({ ok: true, status: 204 });
      const taken = await host.findPayload(hash, asked(observer));
      const parsed = taken.ok ? parseSealedPayload(taken.body) : undefined;
      if (parsed === undefined) throw new Error('nothing was taken');
      expect(await openPayload(parsed, neutral)).toEqual({ ok: true, content: record });
      expect(await host.findPayload(hash, asked(mediator))).toMatchObject({ ok: false, status: 404 });
      const stranger = createSigner(exchange, 'observer');
      expect(await host.findPayload(hash, asked(stranger))).toMatchObject({ ok: false, status: 401 });
      const unsigned = await fetch(`${host.baseUrl}/v1/payloads/${hash}`);
      expect(unsigned.status).toBe(401);
    });

    test('[WR-24] are refused under another address, malformed, or larger than the node takes', async () => {
      const host = clientOf('H');
      const bytes = toSealedBytes(sealed);
      const other = '0'.repeat(64);
      expect(await host.putPayload(other, bytes, asked(coordinator))).toMatchObject({
        ok: false,
        status: 422,
      });
      const noise = new TextEncoder().encode('names in the clear');
      expect(await host.putPayload(hash, noise, asked(coordinator))).toMatchObject({
        ok: false,
        status: 400,
      });
      const large = new Uint8Array(configs.H.payloadBytesMax + 1);
      expect(await host.putPayload(hash, large, asked(coordinator))).toMatchObject({
        ok: false,
        status: 413,
      });
    });

    test('[WR-25] a signed request is good once, here, for this very request', async () => {
      const { baseUrl } = clientOf('H');
      const path = `/v1/payloads/${hash}`;
      const proof = await asked(observer)({ method: 'GET', path, body: new Uint8Array() });
      const use = async (to: string, method = 'GET'): Promise<number> =>
        (await fetch(to, { method, headers: { ...proof } })).status;
      expect(await use(`${baseUrl}${path}`, 'DELETE')).toBe(401);
      expect(await use(`${baseUrl}/v1/payloads/${'0'.repeat(64)}`)).toBe(401);
      expect(await use(`${clientOf('A').baseUrl}${path}`)).toBe(401);
      expect(await use(`${baseUrl}${path}`)).toBe(200);
      expect(await use(`${baseUrl}${path}`)).toBe(401);
    });

    test('[WR-26] are erased for good, by the party that left them alone', async () => {
      const host = clientOf('H');
      expect(await host.erasePayload(hash, asked(observer))).toMatchObject({ ok: false, status: 404 });
      expect(await host.erasePayload(hash, asked(coordinator))).toMatchObject({ ok: true, status: 204 });
      expect(await host.findPayload(hash, asked(observer))).toMatchObject({ ok: false, status: 410 });
      const again = await host.putPayload(hash, toSealedBytes(sealed), asked(coordinator));
      expect(again).toMatchObject({ ok: false, status: 410 });
    });
  });

  test('[ND-5] a host whose database is older than what it signed does not serve', async () => {
    await stop('H');
    const { user, password, host, port, database } = await postgres.provideDatabase('four_older');
    const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${String(port)}/${database}`;
    const older = { ...configs.H, database: { url } };
    await expect(startNode(older, { report: () => undefined })).rejects.toThrow(/it is an older copy/u);
    await start('H');
  });

  test('[ND-7] a party that floods the log has to wait, others have not, and a stop is taken at any rate', async () => {
    await stop('H');
    const actAllowance = { burstBytes: 65_536, bytesPerSecond: 1 };
    running.set('H', await startNode({ ...configs.H, actAllowance } as never, { report: () => undefined }));
    const flood = async () =>
      clientOf('H').submitAct(
        mediator.sign('ConditionLinked', { condition: crypto.randomUUID(), text: 'x'.repeat(400) }).bytes,
      );
    let reply = await flood();
    for (let sent = 0; sent < 200 && reply.ok; sent += 1) reply = await flood();
    expect(reply).toMatchObject({ ok: false, status: 429, problem: { kind: 'slow-down' } });
    const { size } = (await statusOf('H')).log;
    expect(await flood()).toMatchObject({ ok: false, status: 429 });
    expect((await statusOf('H')).log.size).toBe(size);
    expect(await clientOf('H').submitAct(coordinator.sign('ExchangeSuspended', {}).bytes)).toMatchObject({
      ok: true,
    });
    const revoked = mediator.sign('KeyRevoked', { key: mediator.fingerprint, reason: 'lost' });
    expect(await clientOf('H').submitAct(revoked.bytes)).toMatchObject({ ok: true });
    await stop('H');
    await start('H');
  });

  test('[ND-3] a revoked key signs nothing more', async () => {
    const reply = await clientOf('H').submitAct(link(mediator).bytes);
    expect(reply).toMatchObject({ ok: false, status: 403, problem: { kind: 'KeyRevoked' } });
  });
});
