import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createNodeClient } from '@homeward/contract';
import {
  actIdOf,
  checkPhrase,
  encodeAct,
  fingerprintOf,
  preAuthEncoding,
  sealEnvelope,
  termsHash,
  type Act,
  type ActKind,
  type Base64Hash,
  type Terms,
} from '@homeward/core/exchange';
import {
  generateActKey,
  generateNodeKeys,
  generateSigningKey,
  toPublicLine,
  toSigningKey,
  verifyEd25519,
  type KeyFile,
} from '@homeward/keys';
import {
  parseNodeConfig,
  startEmbeddedPostgres,
  startNode,
  type EmbeddedPostgres,
  type NodeConfig,
  type RunningNode,
} from '@homeward/server';
import {
  addCheckpoint,
  formatVerifierKey,
  parseVerifierKey,
  toVerifierKey,
  type NoteSigner,
  type VerifierKey,
  type Witness,
  type WitnessStore,
} from '@homeward/tlog';
import { findLog } from '../verify/log-source.ts';
import { verifyPublished } from '../verify/verify-published.ts';
import { run } from './approve-command.ts';
import { run as sign } from './sign-command.ts';

const exchange = 'approve-0000000000000000';
const emptyTree = { size: 0, root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' };
const terms = {
  legs: [
    { id: 'L1', from: 'A', to: 'B', lane: 'exchange', count: 10 },
    { id: 'L2', from: 'B', to: 'A', lane: 'exchange', count: 10 },
  ],
  parity: [{ kind: 'equal-per-tranche', sides: [['L1'], ['L2']] }],
  couplings: [{ legs: ['L1', 'L2'], stepSize: { L1: 5, L2: 5 } }],
  gates: [],
  crossings: [{ id: 'C1', label: 'a crossing', capacity: 10 }],
  tranches: [{ number: 1, persons: { L1: 10, L2: 10 } }],
  order: ['longest in captivity'],
  verdictDays: 7,
  commentRoundsMax: 2,
  approvalsPerPower: 2,
  neutrals: ['N1'],
  categories: [],
} as unknown as Terms;

let folder: string;
let postgres: EmbeddedPostgres;
let host: RunningNode;
let witnessServer: Server;
let hostPlan: { readonly config: NodeConfig };
const people = new Map<
  string,
  { readonly file: string; readonly key: KeyFile; readonly role: string; readonly actor: string }
>();

async function person(name: string, role: string): Promise<void> {
  const file = join(folder, `${name}.key`);
  const key = await generateActKey(file, name);
  people.set(name, { file, key, role, actor: randomBytes(16).toString('base64url') });
}

/** The parties' nodes as far as the log's checkpoints go: each cosigns by its own key whatever continues the log. */
const cosigners = new Map(
  ['A', 'B', 'N1'].map((party): [string, NoteSigner] => {
    const { publicKey, sign } = generateSigningKey();
    const name = `${party.toLowerCase()}.example`;
    return [party, { key: toVerifierKey({ name, type: 'cosignature', publicKey }), sign }];
  }),
);
function witnessOf(party: string): string {
  const signer = cosigners.get(party);
  if (signer === undefined) throw new Error(`${party} has no node`);
  return formatVerifierKey(signer.key);
}

/** Who has to have cosigned, as it is published. */
function policyOf(logKey: string): string {
  const witnesses = [...cosigners.keys()].map((party) => `witness ${party} ${witnessOf(party)}`);
  return [
    `log ${logKey}`,
    ...witnesses,
    'group powers all A B',
    'group both all powers N1',
    'quorum both',
    '',
  ].join('\n');
}

/** Serves `/<party>/add-checkpoint` for each of them; answers the address below which they are. */
async function serveCosigners(log: VerifierKey): Promise<string> {
  const witnesses = new Map(
    [...cosigners].map(([party, signer]): [string, Witness] => {
      const cosigned = new Map<string, Uint8Array>();
      const store: WitnessStore = {
        find: async (origin) => Promise.resolve(cosigned.get(origin)),
        replace: async (origin, expected, next) => {
          const isSame = cosigned.get(origin) === expected;
          if (isSame) cosigned.set(origin, next);
          return Promise.resolve(isSame);
        },
      };
      return [`/${party}/add-checkpoint`, { signer, logs: [log], store, ed25519: { verify: verifyEd25519 } }];
    }),
  );
  witnessServer = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const witness = witnesses.get(request.url ?? '');
      if (witness === undefined) return void response.writeHead(404).end();
      void addCheckpoint(witness, Buffer.concat(parts), Math.floor(Date.now() / 1000)).then((answer) =>
        response.writeHead(answer.status).end('body' in answer ? answer.body : answer.problem.text),
      );
    });
  });
  await new Promise<void>((resolve) => witnessServer.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((witnessServer.address() as AddressInfo).port)}`;
}

function get(name: string) {
  const found = people.get(name);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  const publicKey = found.key.publicKey as Base64Hash;
  const by = fingerprintOf(publicKey);
  return { ...found, publicKey, by, founder: { actor: found.actor, role: found.role, key: by } };
}

async function act(name: string, kind: ActKind, body: unknown): Promise<string> {
  const { key, role, by } = get(name);
  const nonce = randomBytes(16).toString('base64url');
  const bytes = encodeAct({
    exchange,
    kind,
    body,
    by,
    role,
    after: emptyTree,
    nonce,
    at: new Date().toISOString(),
  } as unknown as Act);
  const { sign } = toSigningKey(Buffer.from(key.privateKey, 'base64'));
  const reply = await createNodeClient(host.url).submitAct(
    sealEnvelope(bytes, by, sign(preAuthEncoding(bytes))),
  );
  if (!reply.ok) throw new Error(reply.problem.detail);
  return actIdOf(bytes);
}

const said = { out: '', err: '' };
beforeEach(() => {
  Object.assign(said, { out: '', err: '' });
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said.out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said.err += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeward-approve-'));
  postgres = await startEmbeddedPostgres({ folder });
  const { user, password, host: at, port, database } = await postgres.provideDatabase('approve');
  const keys = join(folder, 'keys');
  const made = await generateNodeKeys(keys, {
    role: 'host',
    name: 'h.example',
    origin: 'homeward.example/approve',
  });
  const log = parseVerifierKey(toPublicLine(made.find(({ purpose }) => purpose === 'log')!));
  if (!log.ok) throw new Error(log.problem.text);
  const nodes = await serveCosigners(log.value);
  for (const [name, role] of [
    ['mediator', 'mediator'],
    ['a1', 'coordinator'],
    ['a2', 'approver'],
    ['b1', 'coordinator'],
    ['b2', 'approver'],
    ['n1', 'observer'],
    ['stranger', 'approver'],
  ] as const) {
    await person(name, role);
  }
  const mediator = get('mediator');
  const logKey = formatVerifierKey(log.value);
  const parsed = parseNodeConfig(
    {
      role: 'host',
      party: 'H',
      name: 'h.example',
      origin: 'homeward.example/approve',
      openers: [mediator.by],
      database: {
        url: `postgres://${user}:${encodeURIComponent(password)}@${at}:${String(port)}/${database}`,
      },
      keys,
      vault: join(folder, 'vault'),
      publish: join(folder, 'published'),
      witnesses: [...cosigners.keys()].map((name) => ({
        name,
        key: witnessOf(name),
        url: `${nodes}/${name}`,
        role: name === 'N1' ? ('observer' as const) : ('party' as const),
      })),
      // Spelled as an operator may, not as it is published.
      policy: `# everybody cosigns\n\n${policyOf(logKey).replaceAll(' ', '  ').replace('\n', '\thttps://host.example/log\n')}`,
      cadenceMs: 50,
    },
    folder,
  );
  if (!parsed.ok) throw new Error(parsed.says);
  hostPlan = parsed;
  host = await startNode(parsed.config, { report: () => undefined });
  await act('mediator', 'ExchangeOpened', {
    title: 'T',
    label: 'The host',
    host: 'H',
    founders: [mediator.founder],
    publicKey: mediator.publicKey,
  });
  for (const [party, kind, founders] of [
    ['A', 'power', ['a1', 'a2']],
    ['B', 'power', ['b1', 'b2']],
    ['N1', 'neutral', ['n1']],
  ] as const) {
    const body = {
      party,
      kind,
      label: party,
      founders: founders.map((name) => get(name).founder),
      witness: witnessOf(party),
    };
    await act('mediator', 'PartyAccredited', body);
    for (const name of founders) await act(name, 'KeyEnrolled', { publicKey: get(name).publicKey });
  }
});
afterAll(async () => {
  await host.stop();
  await new Promise((resolve) => witnessServer.close(resolve));
  await postgres.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Waits until the host published a checkpoint over everything it holds, with every cosignature. */
async function published(): Promise<void> {
  await vi.waitFor(
    async () => {
      const status = await createNodeClient(host.url).getStatus();
      const { size, checkpoint } = status.ok ? status.body.log : {};
      expect(checkpoint).toMatchObject({ size, quorum: true });
      // What everybody is shown follows a moment later.
      const [, shown] = (await (await fetch(`${host.url}/log/checkpoint`)).text()).split('\n');
      expect(Number(shown)).toBe(size);
    },
    { timeout: 10_000 },
  );
}

describe('a published folder', () => {
  test('[ND-42] follows the log, and what lies in it verifies at any moment', async () => {
    for (let i = 0; i < 300; i += 1)
      await act('mediator', 'ConditionLinked', { condition: `p${String(i)}`, text: 't' });
    await published();
    const { size } =
      (
        await createNodeClient(host.url)
          .getStatus()
          .then((reply) => (reply.ok ? reply.body : undefined))
      )?.log ?? {};
    await vi.waitFor(
      async () => {
        const found = await findLog(join(folder, 'published'));
        if (!found.ok) throw new Error(found.says);
        const verification = await verifyPublished(found.log);
        expect(verification.findings).toEqual([]);
        expect(verification.size).toBe(size);
      },
      { timeout: 10_000 },
    );
  });
});

describe('the policy of a node', () => {
  test('[ND-44] is published as verification takes it, at its address and in its folder', async () => {
    const spelled = policyOf(host.node.logKey);
    expect(await (await fetch(`${host.url}/log/policy`)).text()).toBe(spelled);
    expect(await readFile(join(folder, 'published', 'policy'), 'utf8')).toBe(spelled);
    await published();
    const found = await findLog(host.url);
    if (!found.ok) throw new Error(found.says);
    expect((await verifyPublished(found.log)).findings).toEqual([]);
  });

  test('[ND-44] is refused at the start where it is for another log', async () => {
    const other = formatVerifierKey(
      toVerifierKey({
        name: 'homeward.example/other',
        type: 'note',
        publicKey: generateSigningKey().publicKey,
      }),
    );
    const { config } = hostPlan;
    for (const policy of [`log ${other}\nquorum none\n`, 'quorum none\n']) {
      await expect(startNode({ ...config, policy }, { report: () => undefined })).rejects.toThrow(
        'The witness policy must be for one log',
      );
    }
  });
});

describe('homeward approve', () => {
  test('[ND-50] shows the act from its bytes with six words, and signs what this machine computed', async () => {
    const proposed = await act('mediator', 'TermsProposed', { terms });
    await published();
    expect(await run([proposed, '--node', host.url, '--key', get('a2').file])).toBe(1);
    expect(said.err).toContain('Nothing was signed.');
    expect(await run([proposed, '--node', host.url, '--key', get('a2').file, '--yes'])).toBe(0);
    expect(said.err).toContain(checkPhrase(termsHash(terms)));
    expect(said.err).toContain('"kind": "TermsProposed"');
    const { id } = JSON.parse(said.out) as { readonly id: string };
    expect(await createNodeClient(host.url).findAct(id)).toMatchObject({ ok: true });
    await published();
    expect(await run([proposed, '--node', host.url, '--key', get('a2').file, '--yes'])).toBe(1);
    expect(said.err).toContain('This person has signed already');
  });

  test('[ND-50] signs nothing over a log that is not the one whose key was given', async () => {
    const proposed = await act('mediator', 'TermsProposed', { terms: { ...terms, verdictDays: 8 } });
    await published();
    const own = (await readFile(join(folder, 'published', 'vkey'), 'utf8')).trim();
    const ask = ['--node', host.url, '--key', get('b2').file, '--yes', '--log-key'];
    const other = formatVerifierKey(
      toVerifierKey({ name: 'homeward.example/approve', type: 'note', publicKey: randomBytes(32) }),
    );
    expect(await run([proposed, ...ask, other])).toBe(1);
    expect(said.err).toContain('not the key you gave');
    expect(await run([proposed, ...ask, 'no-key'])).toBe(2);
    expect(said.out).toBe('');
    expect(await run([proposed, ...ask, own])).toBe(0);
  });

  test('[ND-50] signs nothing for a stranger, for an act that asks for no approval, or for one not in the log', async () => {
    const linked = await act('mediator', 'ConditionLinked', { condition: 'c1', text: 't' });
    await published();
    const node = ['--node', host.url, '--yes', '--key'];
    expect(await run([linked, ...node, get('a2').file])).toBe(1);
    expect(await run([linked, ...node, get('stranger').file])).toBe(1);
    expect(await run(['0'.repeat(64), ...node, get('a2').file])).toBe(2);
    expect(await run(['nonsense', ...node, get('a2').file])).toBe(2);
    expect(await run([linked, ...node, join(folder, 'keys', 'log.key')])).toBe(2);
    expect(said.out).toBe('');
  });
});

describe('homeward sign', () => {
  const bodyOf = async (body: unknown): Promise<string> => {
    const file = join(folder, `${randomBytes(4).toString('hex')}.json`);
    await writeFile(file, JSON.stringify(body));
    return file;
  };
  const by = (name: string) => ['--node', host.url, '--key', get(name).file];
  const founding = {
    party: 'C',
    kind: 'power',
    label: 'Power C',
    founders: [] as unknown[],
    // Another exchange of the log may call a power by another code; its node is the same.
    witness: witnessOf('A'),
  };

  test('[ND-51] takes an exchange from nothing to its first enrolled key', async () => {
    await published();
    // The body that the manual shows, with this mediator's code and key.
    const manual = new URL('../../../../docs/operate/nodes.md', import.meta.url);
    const shown = [...(await readFile(manual, 'utf8')).matchAll(/^```json\n(.*?)^```$/gmsu)]
      .map(([, json = '']) => JSON.parse(json) as Record<string, unknown>)
      .find((json) => 'founders' in json);
    const opening = await bodyOf({ ...shown, founders: [get('mediator').founder] });
    expect(await sign(['ExchangeOpened', '--body', opening, ...by('mediator'), '--yes'])).toBe(0);
    const { exchange: opened } = JSON.parse(said.out) as { readonly exchange: string };
    expect(said.err).toContain('"kind": "ExchangeOpened"');
    await published();
    const accredit = await bodyOf({ ...founding, founders: [get('a1').founder, get('a2').founder] });
    const there = ['--exchange', opened];
    expect(await sign(['PartyAccredited', ...there, '--body', accredit, ...by('mediator'), '--yes'])).toBe(0);
    await published();
    expect(await sign(['KeyEnrolled', ...there, ...by('a1'), '--yes'])).toBe(0);
    await published();
    expect(await createNodeClient(host.url).findExchange(opened)).toMatchObject({
      ok: true,
      body: { parties: [{ id: 'C' }, { id: 'H' }] },
    });
    said.err = '';
    expect(await sign(['KeyEnrolled', ...there, ...by('a1'), '--yes'])).toBe(1);
    expect(said.err).toMatch(/^Refused: .+ Nothing was signed or sent\.\n$/u);
  });

  test('[ND-51] signs nothing unasked, for a stranger, or that the rules or the form refuse, and says what is wrong', async () => {
    await published();
    const size = async () => {
      const status = await createNodeClient(host.url).getStatus();
      return status.ok ? status.body.log.size : undefined;
    };
    const before = await size();
    const says = async (exitCode: number, args: readonly string[], words: RegExp): Promise<void> => {
      said.err = '';
      expect(await sign(args)).toBe(exitCode);
      expect(said.err).toMatch(words);
    };
    const there = ['--exchange', exchange];
    const withoutLabel = await bodyOf({ ...founding, label: undefined });
    await says(2, ['WarDeclared', ...by('mediator')], /there is no act of the kind "WarDeclared"/u);
    await says(2, ['PartyAccredited', ...there, '--body', withoutLabel, ...by('mediator')], /\/body\/label/u);
    await says(2, ['KeyEnrolled', ...by('a1')], /say which with --exchange/u);
    await says(
      2,
      ['KeyEnrolled', '--exchange', 'none-000000000000000000', ...by('a1')],
      /holds no exchange/u,
    );
    await says(2, ['ConditionMet', ...there, ...by('stranger')], /knows no key/u);
    await says(
      2,
      ['ConditionMet', ...there, '--body', join(folder, 'none.json'), ...by('a1')],
      /cannot be read/u,
    );
    await says(
      1,
      ['TermsAccepted', ...there, '--body', await bodyOf({ terms: '0'.repeat(64) }), ...by('a1')],
      /^Refused: /u,
    );
    const linked = await bodyOf({ condition: 'c-unasked', text: 'a condition' });
    await says(1, ['ConditionLinked', ...there, '--body', linked, ...by('mediator')], /Nothing was signed/u);
    expect(await size()).toBe(before);
    expect(said.out).toBe('');
  });

  test('[ND-41] signs on in its own exchange whatever power another exchange of the log invents, and not in that one', async () => {
    await published();
    const opening = await bodyOf({
      title: 'Another',
      label: 'The host',
      host: 'H',
      founders: [get('mediator').founder],
    });
    expect(await sign(['ExchangeOpened', '--body', opening, ...by('mediator'), '--yes'])).toBe(0);
    const { exchange: other } = JSON.parse(said.out) as { readonly exchange: string };
    await published();
    const there = ['--exchange', other];
    const { publicKey } = generateSigningKey();
    const madeUp = formatVerifierKey(toVerifierKey({ name: 'z.example', type: 'cosignature', publicKey }));
    const founders = [get('b1').founder, get('b2').founder];
    const invented = await bodyOf({ party: 'Z', kind: 'power', label: 'Z', founders, witness: madeUp });
    expect(await sign(['PartyAccredited', ...there, '--body', invented, ...by('mediator'), '--yes'])).toBe(0);
    await published();
    const found = await findLog(host.url);
    if (!found.ok) throw new Error(found.says);
    // Named only, nobody of it can act: it holds nobody up.
    expect(await verifyPublished(found.log)).toMatchObject({ ok: true });
    expect(await sign(['KeyEnrolled', ...there, ...by('b1'), '--yes'])).toBe(0);
    await published();
    const link = await bodyOf({ condition: 'one-more', text: 'a condition' });
    said.err = '';
    expect(await sign(['ConditionLinked', ...there, '--body', link, ...by('mediator'), '--yes'])).toBe(1);
    expect(said.err).toMatch(
      /^Every power and a neutral of the exchange \S+ must have cosigned; missing: Z\. /u,
    );
    const own = ['--exchange', exchange];
    expect(await sign(['ConditionLinked', ...own, '--body', link, ...by('mediator'), '--yes'])).toBe(0);
    await published();
    expect(await verifyPublished(found.log, { exchange })).toMatchObject({ ok: true });
    expect(await verifyPublished(found.log, { exchange: other })).toMatchObject({ ok: false });
    expect(await verifyPublished(found.log)).toMatchObject({
      ok: false,
      findings: [{ rule: 'ND-41', fault: { exchange: other, names: ['Z'] } }],
    });
  });
});
