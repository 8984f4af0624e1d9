/** The outbox against everything that may answer at the host's address. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { signReceipt, toNodeProblem, type Problem, type Receipt } from '@homeward/contract';
import { parseEnvelope, type ActId, type Envelope, type ExchangeId } from '@homeward/core/exchange';
import { nativeSha256 } from '@homeward/keys';
import { openVolatileStore, type Store } from '@homeward/store';
import { leafHash } from '@homeward/tlog';
import { makeLogSigners } from '../../testing/forging-host.ts';
import { createSigner, type SignedAct } from '../../testing/signer.ts';
import { loadAlarms, type Alarms } from '../alarm/alarms.ts';
import { openOutbox, type Outbox, type OutboxOptions } from './outbox.ts';

const exchange = 'outbox-000000000000000000' as ExchangeId;
const origin = 'homeward.example/outbox';
const signers = makeLogSigners(origin);
const officer = createSigner(exchange, 'officer');
const coordinator = createSigner(exchange, 'coordinator');
const delayMaxMs = 60_000;

type Answer = (act: ActId, bytes: Uint8Array, response: ServerResponse) => Promise<void>;

let store: Store;
let server: Server;
let url = '';
let answer: Answer;
let asked: string[] = [];
let alarms: Alarms;
let said: string[] = [];
let logged = new Map<ActId, number>();

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

function receipt(act: ActId, bytes: Uint8Array, more: Partial<Receipt> = {}): Promise<string> {
  const now = Date.now();
  const leaf = leafHash(bytes, nativeSha256);
  return signReceipt(
    { origin, act, index: 4, leaf, accepted: now, due: now + 1_000, ...more },
    signers.receipt,
  );
}

const takes: Answer = async (act, bytes, response) => {
  json(response, 201, { id: act, index: 4, receipt: await receipt(act, bytes) });
};
const away: Answer = async (_act, _bytes, response) => {
  response.destroy();
  return Promise.resolve();
};

async function open(more: Partial<OutboxOptions> = {}): Promise<Outbox> {
  alarms = await loadAlarms(store.settings, () => undefined);
  return openOutbox({
    store,
    hostUrl: url,
    origin,
    receiptKey: signers.receipt.key,
    mergeDelayMaxMs: delayMaxMs,
    alarms,
    findPlaces: async (acts) =>
      Promise.resolve(new Map(acts.flatMap((act) => (logged.has(act) ? [[act, logged.get(act)!]] : [])))),
    maySend: () => true,
    report: (line) => said.push(line),
    ...more,
  });
}

function envelopeOf({ bytes }: SignedAct): Envelope {
  const parsed = parseEnvelope(bytes);
  if (parsed.kind !== 'parsed') throw new Error(JSON.stringify(parsed));
  return parsed.envelope;
}

const handIn = async (outbox: Outbox, act: SignedAct) => outbox.submit(envelopeOf(act), act.bytes);
const suspend = (by = coordinator): SignedAct => by.sign('ExchangeSuspended', {});
const release = (tranche: string): SignedAct =>
  officer.sign('StepReleased', { tranche, leg: 'A-B', step: 1 } as never);

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
  store = await openVolatileStore(database);
});
afterAll(async () => store.close());
beforeEach(async () => {
  await database.exec('delete from pending_act; delete from setting');
  asked = [];
  said = [];
  logged = new Map();
  answer = takes;
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const bytes = new Uint8Array(Buffer.concat(parts));
      const parsed = parseEnvelope(bytes);
      if (parsed.kind !== 'parsed') {
        response.destroy();
        return;
      }
      asked.push(parsed.envelope.act.kind);
      void answer(parsed.envelope.id, bytes, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

describe('a receipt', () => {
  test('[ND-80] that puts its promise off for years, or falls due before it was made, is none', async () => {
    const outbox = await open();
    const year = 31_557_600_000;
    for (const more of [
      { due: Date.now() + 10 * year },
      { due: Number.MAX_SAFE_INTEGER },
      { due: Date.now() + delayMaxMs + 60_000 },
      { accepted: Date.now() + 5_000, due: Date.now() },
    ]) {
      answer = async (act, bytes, response) => {
        json(response, 201, { id: act, index: 4, receipt: await receipt(act, bytes, more) });
      };
      const act = suspend();
      expect(await handIn(outbox, act)).toEqual({ kind: 'kept', id: envelopeOf(act).id });
    }
    expect(outbox.waiting()).toBe(4);
    asked = [];
    answer = takes;
    await outbox.push();
    expect(asked).toHaveLength(4);
  });

  test('[ND-80] of any number that was kept before does not keep the node from starting, and says its act is missing', async () => {
    const act = suspend();
    const { id } = envelopeOf(act);
    await store.pending.put(id, act.bytes);
    await store.settings.put(
      `receipt:${id}`,
      await receipt(id, act.bytes, { due: 9_007_000_000_000_000, accepted: 0 }),
    );
    logged.set(id, 7);
    const outbox = await open();
    expect(alarms.all()).toMatchObject([
      { kind: 'dropped-act', detail: expect.stringContaining('stands at 7') as string },
    ]);
    expect(outbox.waiting()).toBe(0);
  });

  test('[ND-82] is no reason to offer its act no more: it is offered until the replica holds it', async () => {
    const outbox = await open();
    const act = suspend();
    expect(await handIn(outbox, act)).toMatchObject({ kind: 'logged' });
    await outbox.push();
    expect(asked).toHaveLength(1);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    await outbox.push();
    await outbox.push();
    vi.restoreAllMocks();
    expect(asked).toHaveLength(2);
    await outbox.settle(new Map([[envelopeOf(act).id, 4]]));
    expect(outbox.waiting()).toBe(0);
  });

  test('[ND-82] that was given is not taken back by a later refusal', async () => {
    const outbox = await open();
    const act = suspend();
    await handIn(outbox, act);
    answer = async (_act, _bytes, response) => {
      json(response, 403, toNodeProblem('key-unknown', 'no'));
      return Promise.resolve();
    };
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    await outbox.push();
    vi.restoreAllMocks();
    expect(outbox.waiting()).toBe(1);
  });

  test('[ND-81] names the act and the place that its text has, whatever the answer around it says', async () => {
    const outbox = await open();
    answer = async (act, bytes, response) => {
      json(response, 201, { id: 'a'.repeat(64), index: 4, receipt: await receipt(act, bytes) });
    };
    const act = suspend();
    const { id } = envelopeOf(act);
    expect(await handIn(outbox, act)).toMatchObject({ kind: 'logged', submission: { id, index: 4 } });
  });
});

describe('an answer that is no receipt', () => {
  const page = (status: number) => async (_act: ActId, _bytes: Uint8Array, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<html>down for maintenance</html>');
    return Promise.resolve();
  };
  const problem =
    (status: number, body: Problem) => async (_a: ActId, _b: Uint8Array, response: ServerResponse) => {
      json(response, status, body);
      return Promise.resolve();
    };
  const faulty = toNodeProblem('act-malformed', 'd');
  const answers: readonly (readonly [string, Answer])[] = [
    ['a page with 200', page(200)],
    ['a page with 403', page(403)],
    ['a page with 404', page(404)],
    ['a page with 410', page(410)],
    ['a redirect', page(307)],
    [
      'a kind that no table has',
      problem(409, { ...faulty, kind: 'x', type: 'urn:homeward:problem:x', status: 409 }),
    ],
    [
      'a kind of the prototype',
      problem(409, { ...faulty, kind: 'toString', type: 'urn:homeward:problem:toString', status: 409 }),
    ],
    ['a status of success in the document', problem(400, { ...faulty, status: 200 })],
    ['a status of success around it', problem(200, faulty)],
    ['another status than that of its kind', problem(409, { ...faulty, status: 409 })],
    ['a type that is not of its kind', problem(400, { ...faulty, type: 'urn:homeward:problem:key-unknown' })],
    ['an address that is not there', problem(404, toNodeProblem('route-unknown', 'd'))],
    ['another Host header', problem(421, toNodeProblem('host-unexpected', 'd'))],
    [
      'a refusal of the rules with another status',
      problem(400, { ...faulty, kind: 'Suspended', type: 'urn:homeward:problem:Suspended', status: 400 }),
    ],
  ];
  test.each(answers)('[ND-81] %s: the act is kept and sent again', async (_name, hostile) => {
    const outbox = await open();
    answer = hostile;
    const act = suspend();
    const { id } = envelopeOf(act);
    expect(await handIn(outbox, act)).toEqual({ kind: 'kept', id });
    answer = takes;
    asked = [];
    await outbox.push();
    expect(asked).toEqual(['ExchangeSuspended']);
  });

  test('[ND-81] a refusal by a rule is final, and its words are bounded', async () => {
    const outbox = await open();
    answer = problem(403, {
      ...toNodeProblem('key-unknown', 'd'.repeat(1_000_000)),
      title: 't'.repeat(1_000_000),
    });
    const refused = await handIn(outbox, suspend());
    expect(refused).toMatchObject({ kind: 'problem', problem: { kind: 'key-unknown', status: 403 } });
    expect(JSON.stringify(refused).length).toBeLessThan(10_000);
    answer = problem(409, {
      type: 'urn:homeward:problem:Suspended',
      kind: 'Suspended',
      status: 409,
      title: 't'.repeat(1_000_000),
      detail: 'd',
    });
    expect(JSON.stringify(await handIn(outbox, suspend())).length).toBeLessThan(10_000);
    expect(outbox.waiting()).toBe(0);
  });
});

describe('a stop', () => {
  test('[ND-83] handed in after a release takes it out of the queue, through a restart too, and goes out first', async () => {
    const outbox = await open();
    answer = away;
    await handIn(outbox, release('tranche-1-0000000000000'));
    const other = coordinator.sign('ConditionLinked', {
      condition: 'c',
      text: 'The corridor is open.',
    });
    await handIn(outbox, other);
    await handIn(outbox, suspend());
    expect(outbox.waiting()).toBe(2);
    expect(said.join('\n')).toContain('StepReleased');
    const again = await open();
    asked = [];
    answer = takes;
    await again.push();
    await again.push();
    expect(asked).toEqual(['ExchangeSuspended', 'ConditionLinked']);
  });

  test('[ND-83] of one tranche leaves the others, and of another exchange all', async () => {
    const outbox = await open();
    answer = away;
    await handIn(outbox, release('tranche-1-0000000000000'));
    await handIn(outbox, release('tranche-2-0000000000000'));
    await handIn(
      outbox,
      officer.sign('StepHalted', {
        tranche: 'tranche-1-0000000000000',
        leg: 'A-B',
        step: 1,
        reason: 'security',
      } as never),
    );
    const elsewhere = createSigner('elsewhere-0000000000000000' as ExchangeId, 'coordinator');
    await handIn(outbox, suspend(elsewhere));
    expect(outbox.waiting()).toBe(3);
  });

  test('[ND-83] that a kill parted from what it takes out does so at the next start', async () => {
    const first = release('tranche-1-0000000000000');
    const stop = suspend();
    for (const act of [first, stop]) await store.pending.put(envelopeOf(act).id, act.bytes);
    const outbox = await open();
    expect(outbox.waiting()).toBe(1);
  });

  test('[ND-83] does not take out what was handed in after it', async () => {
    const outbox = await open();
    answer = away;
    await handIn(outbox, suspend());
    await handIn(outbox, release('tranche-1-0000000000000'));
    expect(outbox.waiting()).toBe(2);
    expect((await open()).waiting()).toBe(2);
  });
});
