import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createNodeClient, type Alarm } from '@homeward/contract';
import type { ExchangeId } from '@homeward/core/exchange';
import { openStore } from '@homeward/store';
import {
  addSignatures,
  cosign,
  encodeBase64,
  formatSignatures,
  formatVerifierKey,
  parseNote,
  toVerifierKey,
  type NoteSignature,
} from '@homeward/tlog';
import { parseNodeConfig, type NodeConfig } from '../config/node-config.ts';
import type { WitnessPeer } from '../host/witness-client.ts';
import { generateSigningKey, generateNodeKeys, toPublicLine } from '@homeward/keys';
import { startNode, type RunningNode } from '../start/start-node.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../postgres/index.ts';
import { makeLogSigners, startForgingHost, type ForgingHost } from '../../testing/forging-host.ts';
import { createSigner, madeUpWitness } from '../../testing/signer.ts';
import { until } from '../../testing/until.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let count = 0;
const toStop: { stop(): Promise<void> }[] = [];
const exchange = 'lying-000000000000000000' as ExchangeId;
const mediator = createSigner(exchange, 'mediator');

const opening = mediator.sign('ExchangeOpened', {
  title: 'Rehearsal',
  label: 'The host',
  host: 'H',
  founders: [mediator.founder],
  publicKey: mediator.publicKey,
} as never).bytes;
const condition = (): Uint8Array =>
  mediator.sign('ConditionLinked', { condition: `c-${crypto.randomUUID()}`, text: 'a condition' }).bytes;
const history = (size: number): Uint8Array[] => [opening, ...Array.from({ length: size - 1 }, condition)];

interface Member {
  readonly peer: WitnessPeer;
  readonly config: NodeConfig;
  readonly running: RunningNode;
  readonly alarms: () => Promise<readonly Alarm[]>;
  readonly size: () => Promise<number>;
  readonly checkpoint: () => Promise<string | undefined>;
  readonly outbox: () => Promise<number>;
}

interface MemberPlan {
  readonly host: ForgingHost;
  readonly signers: ReturnType<typeof makeLogSigners>;
  readonly others?: readonly WitnessPeer[];
  readonly freshnessMs?: number;
}

async function databaseUrl(name: string): Promise<string> {
  const { user, password, host, port, database } = await postgres.provideDatabase(name);
  return `postgres://${user}:${encodeURIComponent(password)}@${host}:${String(port)}/${database}`;
}

/** A party's node that follows a lying host. */
async function startMember({
  host,
  signers,
  others = [],
  freshnessMs = 60_000,
}: MemberPlan): Promise<Member> {
  count += 1;
  const name = `m${String(count)}.example`;
  const keys = join(folder, name, 'keys');
  const made = await generateNodeKeys(keys, { role: 'party', name });
  const witness = made.find(({ purpose }) => purpose === 'witness');
  if (witness === undefined) throw new Error('no witness key was made');
  const parsed = parseNodeConfig(
    {
      role: 'party',
      party: 'A',
      name,
      database: { url: await databaseUrl(`lying_${String(count)}`) },
      keys,
      vault: join(folder, name, 'vault'),
      host: {
        url: host.url,
        logKey: formatVerifierKey(signers.log.key),
        receiptKey: formatVerifierKey(signers.receipt.key),
      },
      witnesses: [
        { name, key: toPublicLine(witness), url: 'http://127.0.0.1:9' },
        ...others.map((other) => ({ name: other.name, key: formatVerifierKey(other.key), url: other.url })),
      ],
      cadenceMs: 50,
      freshnessMs,
    },
    folder,
  );
  if (!parsed.ok) throw new Error(parsed.says);
  return { config: parsed.config, ...(await run(parsed.config, toPublicLine(witness))) };
}

async function run(
  config: NodeConfig,
  vkey: string,
  options: { readonly isLiftingAlarms?: boolean } = {},
): Promise<Omit<Member, 'config'>> {
  const running = await startNode(config, { report: () => undefined, ...options });
  toStop.push(running);
  const client = createNodeClient(running.url);
  const status = async () => {
    const reply = await client.getStatus();
    if (!reply.ok) throw new Error(reply.problem.detail);
    return reply.body;
  };
  const key = toVerifierKey({
    name: config.name,
    type: 'cosignature',
    publicKey: Buffer.from(vkey.split('+').slice(2).join('+'), 'base64').subarray(1),
  });
  return {
    running,
    peer: { name: config.name, key, url: running.url },
    alarms: async () => (await status()).alarms,
    size: async () => (await status()).log.size,
    checkpoint: async () => (await status()).log.checkpoint?.note,
    outbox: async () => (await status()).outbox,
  };
}

async function setUp(plan: Partial<MemberPlan> = {}, receiptDueMs?: number) {
  const signers = plan.signers ?? makeLogSigners('homeward.example/lying');
  const host = await startForgingHost(signers, receiptDueMs);
  toStop.push(host);
  const member = await startMember({ host, signers, ...plan });
  return { signers, host, member };
}

/** What a signature on a note is about. */
function textOf(note: Uint8Array): string {
  const parsed = parseNote(note);
  if (!parsed.ok) throw new Error(parsed.problem.text);
  return parsed.value.text;
}

/** The receipt for an act that a member keeps in its database. */
async function findReceipt({ config }: Member, act: string): Promise<unknown> {
  if (!('url' in config.database)) throw new Error('no address of a database');
  const store = await openStore(config.database.url);
  try {
    return await store.settings.find(`receipt:${act}`);
  } finally {
    await store.close();
  }
}

const hasAlarm = (member: Member, kind: Alarm['kind']) => async (): Promise<boolean> =>
  (await member.alarms()).some((alarm) => alarm.kind === kind);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-lying-'));
  postgres = await startEmbeddedPostgres({ folder });
});
afterEach(async () => {
  for (const each of toStop.splice(0).reverse()) await each.stop();
});
afterAll(async () => {
  await postgres.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('a member of a host that lies', () => {
  test('[ND-10] [ND-11] cosigns an honest log as it grows', async () => {
    const { host, member } = await setUp();
    const acts = history(5);
    await host.publish(acts.slice(0, 3));
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await host.publish(acts);
    expect(await host.ask(member.peer, 3)).toMatchObject({ kind: 'cosigned' });
    expect(await member.size()).toBe(5);
    expect(await member.alarms()).toEqual([]);
  });

  test('[ND-28] shows a cosignature that it has seen on a tree until a larger tree, whatever notes come after', async () => {
    const signers = makeLogSigners('homeward.example/lying');
    const host = await startForgingHost(signers);
    toStop.push(host);
    const { publicKey, sign } = generateSigningKey();
    const key = toVerifierKey({ name: 'other.example', type: 'cosignature', publicKey });
    const others = [{ name: 'other.example', key, url: 'http://127.0.0.1:9' }];
    const member = await startMember({ host, signers, others });
    const acts = history(4);
    const { note } = await host.publish(acts.slice(0, 3));
    const text = textOf(note);
    const line = await cosign(text, { key, sign }, Math.floor(Date.now() / 1000));
    host.files.set('checkpoint', addSignatures(note, [line]));
    const shown = formatSignatures([line]).trim();
    const isShown = async (): Promise<boolean> => (await member.checkpoint())?.includes(shown) === true;
    await until(isShown);
    // The member's own line comes on a note that has no other, and the host then shows that one.
    const asked = await host.ask(member.peer, 0);
    if (asked.kind !== 'cosigned') throw new Error(asked.kind);
    const ownLine = formatSignatures([asked.line]).trim();
    await until(async () => (await member.checkpoint())?.includes(ownLine) === true);
    expect(await isShown()).toBe(true);
    await host.publish(acts);
    await until(async () => (await member.size()) === 4);
    await until(async () => !(await isShown()));
  });

  test('[ND-13] catches a second tree of the same size, and cosigns nothing ever after', async () => {
    const { host, member } = await setUp();
    const acts = history(5);
    await host.publish(acts);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await host.publish([...acts.slice(0, 4), condition()]);
    expect(await host.ask(member.peer, 5)).toMatchObject({ kind: 'contradicts', shown: { size: 5 } });
    expect(await member.alarms()).toMatchObject([{ kind: 'fork' }]);
    await host.publish([...acts, condition()]);
    expect(await host.ask(member.peer, 5)).toMatchObject({ kind: 'refused' });
  });

  test('[ND-13] catches a larger tree with another past, also after a restart', async () => {
    const { host, member } = await setUp();
    const acts = history(6);
    await host.publish(acts);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await member.running.stop();
    const again = await run(member.config, formatVerifierKey(member.peer.key));
    await host.publish([...acts.slice(0, 2), ...Array.from({ length: 7 }, condition)]);
    await until(hasAlarm({ ...again, config: member.config }, 'fork'));
    expect(await again.size()).toBe(6);
  });

  test('[ND-14] takes nothing that does not lead to the signed root', async () => {
    const { host, member } = await setUp();
    const acts = history(4);
    await host.sign(acts);
    const bundle = host.files.get('tile/entries/000.p/4');
    if (bundle === undefined) throw new Error('the host serves no bundle');
    const other = history(4);
    const forged = await startForgingHost(makeLogSigners('homeward.example/other'));
    toStop.push(forged);
    await forged.sign(other);
    host.files.set('tile/entries/000.p/4', forged.files.get('tile/entries/000.p/4') ?? bundle);
    for (const times of [1, 2]) {
      expect(await host.ask(member.peer, 0), `${String(times)} times`).toMatchObject({ kind: 'refused' });
      expect(await member.alarms()).toEqual([]);
    }
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'refused' });
    expect(await member.alarms()).toMatchObject([{ kind: 'rewrite' }]);
    expect(await member.size()).toBe(0);
  });

  test('[ND-14] asks again for a reply that was damaged on its way, and halts for nobody’s bad line', async () => {
    const { host, member } = await setUp();
    const acts = history(6);
    // More damaged replies than a rewrite takes, and never so many in a row.
    for (let size = 1; size <= acts.length; size += 1) {
      await host.sign(acts.slice(0, size));
      const path = `tile/entries/000.p/${String(size)}`;
      const bundle = host.files.get(path)!;
      host.files.set(path, bundle.with(-1, bundle.at(-1)! ^ 1));
      expect(await host.ask(member.peer, size - 1)).toMatchObject({ kind: 'refused' });
      host.files.set(path, bundle);
      expect(await host.ask(member.peer, size - 1)).toMatchObject({ kind: 'cosigned' });
    }
    expect(await member.size()).toBe(acts.length);
    expect(await member.alarms()).toEqual([]);
  });

  test('[ND-15] is not stopped by an older checkpoint that a cache shows once, before or after a restart', async () => {
    const { host, member } = await setUp();
    const acts = history(6);
    const vkey = formatVerifierKey(member.peer.key);
    await host.publish(acts);
    await until(async () => (await member.size()) === 6);
    const six = host.files.get('checkpoint')!;
    await host.publish(acts.slice(0, 4));
    const stale = host.files.get('checkpoint')!;
    let shown = 0;
    host.holds = async (path) => {
      if (path === 'checkpoint') shown += 1;
      return Promise.resolve();
    };
    await until(() => shown > 3);
    expect(await member.alarms()).toEqual([]);
    host.files.set('checkpoint', six);
    const more = [...acts, condition()];
    await host.publish(more);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await until(async () => (await member.size()) === 7);
    await member.running.stop();
    host.files.set('checkpoint', stale);
    const again = await run(member.config, vkey);
    const before = shown;
    await until(() => shown > before + 3);
    expect(await again.alarms()).toEqual([]);
    await host.publish([...more, condition()]);
    await until(async () => (await again.size()) === 8);
    expect(await host.ask(again.peer, 7)).toMatchObject({ kind: 'cosigned' });
  });

  test('[ND-15] tells without a halt where nothing but older checkpoints comes, and takes it back', async () => {
    const { host, member } = await setUp({ freshnessMs: 1_000 });
    const acts = history(6);
    await host.publish(acts);
    await until(async () => (await member.size()) === 6);
    await host.publish(acts.slice(0, 4));
    await until(hasAlarm(member, 'stale'));
    await host.publish([...acts, condition()]);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await until(async () => !(await member.alarms()).some(({ kind }) => kind === 'stale'));
  });

  test('[ND-15] [ND-13] halts at an older checkpoint that is no beginning of what it holds', async () => {
    const { host, member } = await setUp();
    const acts = history(6);
    await host.publish(acts);
    await until(async () => (await member.size()) === 6);
    await host.publish([...acts.slice(0, 3), condition()]);
    await until(hasAlarm(member, 'fork'));
  });

  test('[ND-22] stays halted through a restart, goes on when its operator says so, and halts again at what is still wrong', async () => {
    const { host, member } = await setUp();
    const acts = history(6);
    const vkey = formatVerifierKey(member.peer.key);
    await host.publish(acts);
    await until(async () => (await member.size()) === 6);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await host.publish([...acts.slice(0, 3), condition()]);
    await until(hasAlarm(member, 'fork'));
    await member.running.stop();
    const halted = await run(member.config, vkey);
    await host.publish(acts);
    expect(await host.ask(halted.peer, 6)).toMatchObject({ kind: 'refused' });
    await halted.running.stop();
    const lifted = await run(member.config, vkey, { isLiftingAlarms: true });
    expect(await lifted.alarms()).toEqual([]);
    expect(await host.ask(lifted.peer, 6)).toMatchObject({ kind: 'cosigned' });
    await host.publish([...acts.slice(0, 5), condition()]);
    await until(hasAlarm({ ...lifted, config: member.config }, 'fork'));
    await lifted.running.stop();
    const again = await run(member.config, vkey, { isLiftingAlarms: true });
    await until(hasAlarm({ ...again, config: member.config }, 'fork'));
  });

  test('[ND-11] does not cosign a log with an act that the rules refuse, and names the act', async () => {
    const { host, member } = await setUp();
    const stranger = createSigner(exchange, 'mediator');
    const bad = stranger.sign('ConditionLinked', { condition: 'c', text: 'by nobody' }).bytes;
    await host.publish([...history(3), bad]);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'refused' });
    expect(await member.alarms()).toMatchObject([
      {
        kind: 'refused-act',
        detail: expect.stringContaining('Entry 3 [Unknown]: ConditionLinked: ') as string,
      },
    ]);
    expect(await member.size()).toBe(0);
  });

  test('[ND-29] says that its party is let in by another witness key than its own, cosigns on, and is told once', async () => {
    const founders = (['coordinator', 'approver'] as const).map(
      (role) => createSigner(exchange, role).founder,
    );
    const accredit = (party: string, witness: string): Uint8Array =>
      mediator.sign('PartyAccredited', { party, kind: 'power', label: party, founders, witness } as never)
        .bytes;
    const { host, member } = await setUp();
    await host.publish([opening, accredit('B', madeUpWitness('b.example'))]);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    expect(await member.alarms()).toEqual([]);
    const vkey = formatVerifierKey(member.peer.key);
    const honest = await setUp();
    await honest.host.publish([opening, accredit('A', formatVerifierKey(honest.member.peer.key))]);
    expect(await honest.host.ask(honest.member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    expect(await honest.member.alarms()).toEqual([]);
    const sly = await setUp();
    await sly.host.publish([opening, accredit('A', vkey)]);
    expect(await sly.host.ask(sly.member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    expect(await sly.member.alarms()).toMatchObject([
      { kind: 'other-witness', detail: expect.stringContaining(exchange) as string },
    ]);
    await sly.member.running.stop();
    const own = formatVerifierKey(sly.member.peer.key);
    const lifted = await run(sly.member.config, own, { isLiftingAlarms: true });
    expect(await lifted.alarms()).toEqual([]);
    expect(await lifted.size()).toBe(2);
  });

  test('[ND-10] does not take an act that comes after a tree this log never was', async () => {
    const { host, member } = await setUp();
    const root = encodeBase64(new Uint8Array(32)) as never;
    const bad = mediator.sign(
      'ConditionLinked',
      { condition: 'c', text: 'on a fork' },
      { size: 2, root },
    ).bytes;
    await host.publish([...history(3), bad]);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'refused' });
    expect(await member.alarms()).toMatchObject([{ kind: 'refused-act' }]);
  });

  test('[ND-16] [ND-24] says which act was promised a place and dropped, until the log holds it after all', async () => {
    const { host, member } = await setUp();
    const acts = history(3);
    await host.publish(acts);
    await until(async () => (await member.size()) === 3);
    const dropped = mediator.sign('ConditionLinked', { condition: 'dropped', text: 'a condition' });
    const reply = await createNodeClient(member.running.url).submitAct(dropped.bytes);
    expect(reply).toMatchObject({ ok: true, status: 201 });
    await until(hasAlarm(member, 'dropped-act'));
    expect(await findReceipt(member, dropped.id)).toEqual(expect.any(String));
    expect(await member.alarms()).toMatchObject([{ detail: expect.stringContaining(dropped.id) as string }]);
    await host.publish([...acts, dropped.bytes]);
    await until(async () => !(await hasAlarm(member, 'dropped-act')()));
    await until(async () => (await findReceipt(member, dropped.id)) === undefined);
    const again = await createNodeClient(member.running.url).submitAct(dropped.bytes);
    expect(again).toMatchObject({ ok: true });
    await until(async () => (await member.outbox()) === 0);
    expect(await findReceipt(member, dropped.id)).toBeUndefined();
    expect(await member.alarms()).toEqual([]);
  });

  test('[ND-16] [ND-24] an act at another place than was promised leaves the outbox, and its receipt and an alarm stay', async () => {
    const { host, member } = await setUp();
    const acts = history(3);
    await host.publish(acts);
    await until(async () => (await member.size()) === 3);
    const dropped = mediator.sign('ConditionLinked', { condition: 'dropped', text: 'a condition' });
    const reply = await createNodeClient(member.running.url).submitAct(dropped.bytes);
    expect(reply).toMatchObject({ ok: true, status: 201, body: { index: 3 } });
    const late = condition();
    await host.publish([...acts, late]);
    await until(hasAlarm(member, 'dropped-act'));
    await host.publish([...acts, late, dropped.bytes]);
    await until(async () => (await member.outbox()) === 0);
    const detail = `Act ${dropped.id} was promised place 3 and stands at 4 in the log.`;
    const isTold = (told: readonly Alarm[]): boolean => told.length === 1 && told[0]?.detail === detail;
    await until(async () => isTold(await member.alarms()));
    await member.running.stop();
    const again = await run(member.config, formatVerifierKey(member.peer.key));
    // Another act goes all the way, so whatever a start would undo is undone.
    const next = mediator.sign('ConditionLinked', { condition: 'next', text: 'a condition' });
    await createNodeClient(again.running.url).submitAct(next.bytes);
    await host.publish([...acts, late, dropped.bytes, next.bytes]);
    await until(async () => (await again.size()) === 6 && (await again.outbox()) === 0);
    expect(await again.alarms()).toMatchObject([{ kind: 'dropped-act', detail }]);
    const receipt = await findReceipt(member, dropped.id);
    expect(receipt).toEqual(expect.any(String));
    expect(await findReceipt(member, next.id)).toBeUndefined();
    // Handed in again, the act is promised another place: the first promise remains the broken one.
    host.forgetReceipt(dropped.id);
    const later = await createNodeClient(again.running.url).submitAct(dropped.bytes);
    expect(later).toMatchObject({ ok: true, body: { index: 6 } });
    expect(await findReceipt(member, dropped.id)).toBe(receipt);
    expect(await again.alarms()).toMatchObject([{ kind: 'dropped-act', detail }]);
    expect(await again.outbox()).toBe(0);
  });

  test('[ND-23] [ND-13] is halted by a fork, however many acts the host dropped before', async () => {
    const { host, member } = await setUp();
    const acts = history(3);
    await host.publish(acts);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await until(async () => (await member.size()) === 3);
    const client = createNodeClient(member.running.url);
    const replies = await Promise.all(Array.from({ length: 110 }, async () => client.submitAct(condition())));
    expect(replies.filter(({ ok }) => !ok)).toEqual([]);
    await until(async () => (await member.alarms()).length >= 17);
    await host.publish([...acts.slice(0, 2), condition()]);
    await until(hasAlarm(member, 'fork'));
    expect(await client.submitAct(condition())).toMatchObject({ ok: false, problem: { kind: 'halted' } });
    await member.running.stop();
    const again = await run(member.config, formatVerifierKey(member.peer.key));
    expect(await hasAlarm({ ...again, config: member.config }, 'fork')()).toBe(true);
  });

  test('[ND-24] acts that the host promised and never logged hold back none that it has not got yet', async () => {
    const { host, member } = await setUp({}, 600_000);
    await host.publish(history(3));
    await until(async () => (await member.size()) === 3);
    const client = createNodeClient(member.running.url);
    await Promise.all(Array.from({ length: 300 }, async () => client.submitAct(condition())));
    await until(() => host.receipted.size === 300);
    host.takes = () => false;
    const late = mediator.sign('ConditionLinked', { condition: 'late', text: 'a condition' });
    expect(await client.submitAct(late.bytes)).toMatchObject({ ok: true, status: 202 });
    host.takes = () => true;
    await until(() => host.receipted.has(late.id));
  });

  test('[ND-12] an act refused for good once, and handed in again while the host is away, is sent', async () => {
    const { host, member } = await setUp({}, 600_000);
    const acts = history(3);
    await host.publish(acts);
    await until(async () => (await member.size()) === 3);
    const client = createNodeClient(member.running.url);
    const linked = mediator.sign('ConditionLinked', { condition: 'again', text: 'a condition' });
    host.refuses = () => true;
    expect(await client.submitAct(linked.bytes)).toMatchObject({
      ok: false,
      problem: { kind: 'TermsNotInForce' },
    });
    host.refuses = () => false;
    host.takes = () => false;
    expect(await client.submitAct(linked.bytes)).toMatchObject({ ok: true, status: 202 });
    host.takes = () => true;
    await until(() => host.receipted.has(linked.id));
    await host.publish([...acts, linked.bytes]);
    await until(async () => (await member.outbox()) === 0);
  });

  test('[ND-24] an act that rests on one still kept is not refused for good before that one', async () => {
    const { host, member } = await setUp({}, 600_000);
    await host.publish(history(3));
    await until(async () => (await member.size()) === 3);
    const client = createNodeClient(member.running.url);
    const linked = mediator.sign('ConditionLinked', { condition: 'first', text: 'a condition' });
    const met = mediator.sign('ConditionMet', { condition: 'first' });
    host.takes = (kind) => kind !== 'ConditionLinked';
    host.refuses = () => !host.receipted.has(linked.id);
    for (const { bytes } of [linked, met]) {
      expect(await client.submitAct(bytes)).toMatchObject({ ok: true, status: 202 });
    }
    host.takes = () => true;
    host.refuses = (kind) => kind === 'ConditionMet' && !host.receipted.has(linked.id);
    await until(() => host.receipted.has(met.id));
    host.refuses = () => true;
    const refused = await client.submitAct(condition());
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'TermsNotInForce' } });
  });

  test('[ND-24] a stop is sent although the host takes no act before it', async () => {
    const { host, member } = await setUp({}, 600_000);
    await host.publish(history(3));
    await until(async () => (await member.size()) === 3);
    const client = createNodeClient(member.running.url);
    host.takes = () => false;
    const suspended = mediator.sign('ExchangeSuspended', {});
    for (const bytes of [condition(), condition(), suspended.bytes]) {
      expect(await client.submitAct(bytes)).toMatchObject({ ok: true, status: 202 });
    }
    host.takes = (kind) => kind === 'ExchangeSuspended';
    await until(() => host.receipted.has(suspended.id));
    expect(host.receipted.size).toBe(1);
  });

  test('[ND-17] says that a log stands still, and takes it back when it moves', async () => {
    const { host, member } = await setUp({ freshnessMs: 3_000 });
    const acts = history(4);
    await host.publish(acts.slice(0, 3));
    await host.ask(member.peer, 0);
    await until(hasAlarm(member, 'frozen'));
    await host.sign(acts);
    // A cosignature is fresh for a moment only here: it is asked for until the alarm was seen to be gone.
    await until(async () => {
      expect(await host.ask(member.peer, 3)).toMatchObject({ kind: 'cosigned' });
      return !(await hasAlarm(member, 'frozen')());
    });
  });

  test('[ND-17] is told nothing of a log by one witness alone, nor by a time that has not come', async () => {
    const signers = makeLogSigners('homeward.example/lying');
    const host = await startForgingHost(signers);
    toStop.push(host);
    const { publicKey, sign } = generateSigningKey();
    const key = toVerifierKey({ name: 'other.example', type: 'cosignature', publicKey });
    const others = [{ name: 'other.example', key, url: 'http://127.0.0.1:9' }];
    const member = await startMember({ host, signers, others, freshnessMs: 3_000 });
    const tree = await host.publish(history(3));
    const text = textOf(tree.note);
    const own: NoteSignature[] = [];
    /** Shows the tree cosigned by the other witness, in so many seconds from now, and by the member as it last was. */
    const show = async (fromNow: number): Promise<void> => {
      const line = await cosign(text, { key, sign }, Math.floor(Date.now() / 1000) + fromNow);
      const note = addSignatures(tree.note, [...own, line]);
      host.files.set('checkpoint', note);
      const shown = formatSignatures([line]).trim();
      await until(async () => (await member.checkpoint())?.includes(shown) === true);
    };
    const askMember = async (): Promise<void> => {
      const reply = await host.ask(member.peer, await member.size());
      if (reply.kind !== 'cosigned') throw new Error(reply.kind);
      own.splice(0, 1, reply.line);
    };
    await askMember();
    await show(10 * 365 * 86_400);
    await until(hasAlarm(member, 'frozen'));
    // The look that took the first of two notes is over when the second is seen.
    await show(0);
    await show(1);
    expect(await member.alarms()).toMatchObject([{ kind: 'frozen' }]);
    await until(async () => {
      await askMember();
      await show(0);
      return !(await hasAlarm(member, 'frozen')());
    });
  });

  test('[ND-17] [ND-25] a restart makes no log any fresher, whatever the host shows then', async () => {
    const signers = makeLogSigners('homeward.example/lying');
    const host = await startForgingHost(signers);
    toStop.push(host);
    const { publicKey, sign } = generateSigningKey();
    const key = toVerifierKey({ name: 'other.example', type: 'cosignature', publicKey });
    const others = [{ name: 'other.example', key, url: 'http://127.0.0.1:9' }];
    const member = await startMember({ host, signers, others, freshnessMs: 600_000 });
    const vkey = formatVerifierKey(member.peer.key);
    const restart = async (freshnessMs: number) => {
      const config = { ...member.config, freshnessMs };
      return { ...(await run(config, vkey)), config };
    };
    /** Since when a member that is frozen has seen no quorum. */
    const staleSince = async (frozen: Member): Promise<number> => {
      await until(hasAlarm(frozen, 'frozen'));
      return Date.parse(/\d{4}-\S+Z/u.exec((await frozen.alarms())[0]!.detail)![0]);
    };
    // A log of which no quorum was ever seen is as old as the first look at it.
    await member.running.stop();
    const stoppedAt = Date.now();
    const unseen = await restart(1_000);
    expect(await staleSince(unseen)).toBeLessThan(stoppedAt);
    await unseen.running.stop();
    const seen = await restart(600_000);
    // Cosignatures are of whole seconds: of one after the first look.
    const second = (): number => Math.floor(Date.now() / 1000);
    await until(() => second() * 1_000 > stoppedAt);
    const at = second();
    const tree = await host.publish(history(3));
    const line = await cosign(textOf(tree.note), { key, sign }, at);
    const asked = await host.ask(seen.peer, 0);
    if (asked.kind !== 'cosigned') throw new Error(asked.kind);
    host.files.set('checkpoint', addSignatures(tree.note, [asked.line, line]));
    const shown = formatSignatures([line]).trim();
    await until(async () => (await seen.checkpoint())?.includes(shown) === true);
    await seen.running.stop();
    host.files.delete('checkpoint');
    const again = await restart(1_000);
    expect(await staleSince(again)).toBe(at * 1_000);
    const resumed = mediator.sign('ExchangeResumed', {
      suspension: mediator.sign('ExchangeSuspended', {}).id,
    });
    const reply = await createNodeClient(again.running.url).submitAct(resumed.bytes);
    expect(reply).toMatchObject({ ok: false, problem: { kind: 'frozen' } });
  });

  test('[ND-25] lets nobody start to move by a log that stands still, and keeps what else its people say', async () => {
    const { host, member } = await setUp({ freshnessMs: 1_000 });
    await host.publish(history(3));
    await host.ask(member.peer, 0);
    await until(hasAlarm(member, 'frozen'));
    const client = createNodeClient(member.running.url);
    const suspended = mediator.sign('ExchangeSuspended', {});
    const resumed = mediator.sign('ExchangeResumed', { suspension: suspended.id });
    expect(await client.submitAct(resumed.bytes)).toMatchObject({ ok: false, problem: { kind: 'frozen' } });
    for (const bytes of [condition(), suspended.bytes]) {
      expect(await client.submitAct(bytes)).toMatchObject({ ok: true });
    }
    await member.running.stop();
    const again = await run(member.config, formatVerifierKey(member.peer.key));
    const reply = await createNodeClient(again.running.url).submitAct(resumed.bytes);
    expect(reply).toMatchObject({ ok: false, problem: { kind: 'frozen' } });
  });

  test('[ND-17] [ND-25] finds that a log stands still while the host takes its time to serve the next tree', async () => {
    const { host, member } = await setUp({ freshnessMs: 1_000 });
    const acts = history(4);
    await host.publish(acts.slice(0, 3));
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    const readers: AbortSignal[] = [];
    let serve: () => void = () => undefined;
    const served = new Promise<void>((resolve) => (serve = resolve));
    host.holds = async (path, gone) => {
      if (path !== 'tile/entries/000.p/4') return;
      readers.push(gone);
      await served;
    };
    await host.publish(acts);
    await until(() => readers.length > 0);
    await until(hasAlarm(member, 'frozen'));
    const resumed = mediator.sign('ExchangeResumed', {
      suspension: mediator.sign('ExchangeSuspended', {}).id,
    });
    const reply = await createNodeClient(member.running.url).submitAct(resumed.bytes);
    expect(reply).toMatchObject({ ok: false, problem: { kind: 'frozen' } });
    expect(readers.map(({ aborted }) => aborted)).toEqual([false]);
    serve();
    await until(async () => (await member.size()) === 4);
  });

  test('[ND-25] sends nothing that it kept and that lets people move while the log stands still, and all else', async () => {
    const { host, member } = await setUp({ freshnessMs: 3_000 }, 600_000);
    await host.publish(history(3));
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await until(async () => (await member.checkpoint()) !== undefined);
    const client = createNodeClient(member.running.url);
    const suspended = mediator.sign('ExchangeSuspended', {});
    const resumed = mediator.sign('ExchangeResumed', { suspension: suspended.id });
    const linked = mediator.sign('ConditionLinked', { condition: 'kept', text: 'a condition' });
    const rests = mediator.sign('ConditionMet', { condition: 'kept' });
    host.takes = () => false;
    for (const { bytes } of [resumed, rests, linked]) {
      expect(await client.submitAct(bytes)).toMatchObject({ ok: true, status: 202 });
    }
    await until(hasAlarm(member, 'frozen'));
    // What may rest on the act that stays here is not refused for good, and holds back none.
    host.refuses = (kind) => kind === 'ConditionMet' && !host.receipted.has(resumed.id);
    host.takes = () => true;
    await until(() => host.receipted.has(linked.id));
    expect([...host.receipted.keys()]).toEqual([linked.id]);
    expect(await member.outbox()).toBe(3);
    await until(async () => {
      await host.ask(member.peer, 3);
      return host.receipted.has(rests.id);
    });
    expect([...host.receipted.keys()]).toEqual([linked.id, resumed.id, rests.id]);
  });

  test('[ND-20] sends nothing that it kept once it is halted, but what stops', async () => {
    const { host, member } = await setUp({}, 600_000);
    const acts = history(3);
    await host.publish(acts);
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    const client = createNodeClient(member.running.url);
    host.takes = () => false;
    const stop = mediator.sign('ExchangeSuspended', {});
    for (const bytes of [condition(), stop.bytes, condition()]) {
      expect(await client.submitAct(bytes)).toMatchObject({ ok: true, status: 202 });
    }
    await host.publish([...acts.slice(0, 2), condition()]);
    await until(hasAlarm(member, 'fork'));
    host.takes = () => true;
    await until(() => host.receipted.has(stop.id));
    // Sent in the same run as the first, if it had been sent at all.
    const later = mediator.sign('KeyRevoked', { key: mediator.fingerprint, reason: 'lost' });
    expect(await client.submitAct(later.bytes)).toMatchObject({ ok: true, status: 201 });
    expect([...host.receipted.keys()]).toEqual([stop.id, later.id]);
    expect(await member.outbox()).toBe(4);
  });

  test('[ND-18] finds out from another member that each was shown another log', async () => {
    const signers = makeLogSigners('homeward.example/lying');
    const { host: oneHost, member: one } = await setUp({ signers });
    const otherHost = await startForgingHost(signers);
    toStop.push(otherHost);
    const other = await startMember({ host: otherHost, signers, others: [one.peer] });
    await oneHost.publish(history(4));
    await otherHost.publish(history(4));
    expect(await oneHost.ask(one.peer, 0)).toMatchObject({ kind: 'cosigned' });
    expect(await otherHost.ask(other.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await until(hasAlarm(other, 'fork'));
    expect(await otherHost.ask(other.peer, 4)).toMatchObject({ kind: 'refused' });
  });

  test('[ND-19] a restored copy of any age catches up with what it cosigned before it serves', async () => {
    const { host, member } = await setUp();
    await host.publish(history(3));
    expect(await host.ask(member.peer, 0)).toMatchObject({ kind: 'cosigned' });
    await member.running.stop();
    const lines: string[] = [];
    const database = { url: await databaseUrl('lying_older') };
    const restored = await startNode({ ...member.config, database }, { report: (line) => lines.push(line) });
    toStop.push(restored);
    expect(lines.join(' ')).toContain('cosigned 3 acts and its database holds 0');
    expect(restored.node.size()).toBe(3);
  });

  test('[ND-19] an older copy serves nothing while the host does not show what was cosigned, and stops when asked', async () => {
    const { host, member } = await setUp();
    await host.publish(history(3));
    await host.ask(member.peer, 0);
    await member.running.stop();
    await host.publish(history(2));
    const database = { url: await databaseUrl('lying_waiting') };
    const stopping = new AbortController();
    const starting = startNode(
      { ...member.config, database },
      {
        report: (line) => {
          if (line.includes('catching up'))
            setTimeout(() => {
              stopping.abort();
            }, 500);
        },
        signal: stopping.signal,
      },
    );
    await expect(starting).rejects.toThrow();
  });

  test('[ND-19] an older copy to which another history is shown never serves', async () => {
    const { host, signers, member } = await setUp();
    await host.publish(history(3));
    await host.ask(member.peer, 0);
    await member.running.stop();
    const other = await startForgingHost(signers);
    toStop.push(other);
    await other.publish(history(4));
    const database = { url: await databaseUrl('lying_another') };
    const config = { ...member.config, database } as typeof member.config & { role: 'party' };
    await expect(
      startNode({ ...config, host: { ...config.host, url: other.url } }, { report: () => undefined }),
    ).rejects.toThrow(/not the ones that this node cosigned/u);
  });

  test('[ND-86] a second process on the database of one that serves is refused, and harms nothing', async () => {
    const { host, member } = await setUp();
    await host.publish(history(3));
    await until(async () => Promise.resolve(member.running.node.size() === 3));
    await expect(startNode(member.config, { report: () => undefined })).rejects.toThrow(
      /Another process serves/u,
    );
    expect((await member.running.node.status()).alarms).toEqual([]);
  });
});
