import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  actIdOf,
  encodeAct,
  fingerprintOf,
  preAuthEncoding,
  sealEnvelope,
  type Act,
  type Base64Hash,
} from '@homeward/core/exchange';
import { generateSigningKey } from '@homeward/keys';
import { openFolderPublisher, toPolicyText } from '@homeward/server';
import {
  addSignatures,
  cosign,
  emptyTip,
  encodeBase64,
  formatVerifierKey,
  planAppend,
  signCheckpoint,
  tipRoot,
  toVerifierKey,
  type NoteSigner,
} from '@homeward/tlog';
import { toPlainText } from '../plain-text.ts';
import { findLog, type PublishedLog } from './log-source.ts';
import { verifyPublished, type Verification } from './verify-published.ts';

const origin = 'homeward.example/small';
const exchange = 'small-000000000000000000';

function noteSigner(name: string, type: 'note' | 'cosignature'): NoteSigner {
  const { publicKey, sign } = generateSigningKey();
  return { key: toVerifierKey({ name, type, publicKey }), sign };
}

function person(role: string) {
  const { publicKey, sign } = generateSigningKey();
  const key = encodeBase64(publicKey) as Base64Hash;
  const by = fingerprintOf(key);
  return {
    key,
    founder: { actor: randomBytes(16).toString('base64url'), role, key: by },
    act(
      kind: Act['kind'],
      body: unknown,
      after: unknown,
      within = exchange,
      nonce = randomBytes(16).toString('base64url'),
    ): Uint8Array {
      const head = {
        exchange: within,
        kind,
        body,
        by,
        role,
        after,
        nonce,
        at: '2026-01-01T00:00:00.000Z',
      };
      const bytes = encodeAct(head as unknown as Act);
      expect(actIdOf(bytes)).toHaveLength(64);
      return sealEnvelope(bytes, by, sign(preAuthEncoding(bytes)));
    },
  };
}

const log = noteSigner(origin, 'note');
const witnesses = [
  { name: 'A', role: 'party' as const, signer: noteSigner('a.example', 'cosignature') },
  { name: 'N1', role: 'observer' as const, signer: noteSigner('n1.example', 'cosignature') },
];
const policy = toPolicyText(
  log.key,
  witnesses.map(({ name, role, signer }) => ({ name, role, key: signer.key })),
);
const mediator = person('mediator');
const stranger = person('mediator');
const coordinator = person('coordinator');
const observer = person('observer');

/** The entries of a log by the rules: one exchange, two parties accredited, and `more` acts: both enrol a key, then the mediator. */
function entriesOf(more: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let tip = emptyTip;
  const after = () => ({ size: tip.size, root: encodeBase64(tipRoot(tip)) });
  const add = (entry: Uint8Array): void => {
    entries.push(entry);
    tip = planAppend(tip, [entry]).tip;
  };
  add(
    mediator.act(
      'ExchangeOpened',
      { title: 'Small', label: 'The host', host: 'H', founders: [mediator.founder], publicKey: mediator.key },
      after(),
    ),
  );
  const [a, n] = witnesses;
  add(
    mediator.act(
      'PartyAccredited',
      {
        party: 'A',
        kind: 'power',
        label: 'A',
        founders: [coordinator.founder, person('approver').founder],
        witness: formatVerifierKey(a!.signer.key),
      },
      after(),
    ),
  );
  add(
    mediator.act(
      'PartyAccredited',
      {
        party: 'N1',
        kind: 'neutral',
        label: 'N1',
        founders: [observer.founder],
        witness: formatVerifierKey(n!.signer.key),
      },
      after(),
    ),
  );
  for (const who of [coordinator, observer].slice(0, more))
    add(who.act('KeyEnrolled', { publicKey: who.key }, after()));
  for (let i = 2; i < more; i += 1) add(condition(mediator, after()));
  return entries;
}

function condition(by: ReturnType<typeof person>, after: unknown): Uint8Array {
  return by.act(
    'ConditionLinked',
    { condition: `c${randomBytes(6).toString('hex')}`, text: 'a condition' },
    after,
  );
}

async function noteOf(
  size: number,
  root: Uint8Array,
  cosigners: readonly NoteSigner[] = witnesses.map(({ signer }) => signer),
): Promise<Uint8Array> {
  const signed = await signCheckpoint({ origin, size, root }, log);
  const text = `${Buffer.from(signed).toString('utf8').split('\n\n')[0] ?? ''}\n`;
  const lines = await Promise.all(cosigners.map(async (signer) => cosign(text, signer, 1_760_000_000)));
  return addSignatures(signed, lines);
}

async function publish(
  folder: string,
  entries: readonly Uint8Array[],
  policyText: string | undefined,
  cosigners: readonly NoteSigner[] = witnesses.map(({ signer }) => signer),
): Promise<void> {
  const plan = planAppend(emptyTip, entries);
  const files = [
    ...plan.files,
    { path: 'checkpoint', bytes: await noteOf(entries.length, plan.root, cosigners) },
    { path: 'vkey', bytes: Buffer.from(`${formatVerifierKey(log.key)}\n`) },
    ...(policyText === undefined ? [] : [{ path: 'policy', bytes: Buffer.from(policyText) }]),
  ];
  for (const { path, bytes } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

async function verify(folder: string): Promise<Verification> {
  const found = await findLog(folder);
  if (!found.ok) throw new Error(found.says);
  return verifyPublished(found.log);
}

/** Every file below a folder, by its path. */
async function filesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map((each) => relative(folder, join(each.parentPath, each.name)))
    .toSorted();
}

/** A generator of whole numbers below a limit (Lehmer 1951; modulus 2^31 - 1, multiplier 48271). */
function drawsOf(seed: number): (below: number) => number {
  let state = seed % 2_147_483_647;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

let place: string;
let entries: Uint8Array[];

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'homeward-verify-'));
  entries = entriesOf(270);
  await publish(join(place, 'log'), entries, policy);
});
afterAll(async () => {
  await rm(place, { recursive: true, force: true });
});

describe('homeward verify', () => {
  test('[ND-40] a log by the rules verifies from its folder alone', async () => {
    const verification = await verify(place);
    expect(verification.findings).toEqual([]);
    expect(verification).toMatchObject({ ok: true, origin, size: 273, acts: 273, cosigners: ['A', 'N1'] });
  });

  test('[ND-40] without a policy beside it, the exchanges say who must have cosigned', async () => {
    const folder = join(place, 'no-policy');
    await publish(folder, entries.slice(0, 20), undefined);
    expect(await verify(folder)).toMatchObject({ ok: true, cosigners: ['A', 'N1'] });
    const note = await readFile(join(folder, 'checkpoint'), 'utf8');
    const lines = note.split('\n').filter((line) => !line.startsWith('— a.example '));
    await writeFile(join(folder, 'checkpoint'), lines.join('\n'));
    expect(await verify(folder)).toMatchObject({
      ok: false,
      findings: [{ path: 'checkpoint', rule: 'ND-41' }],
    });
  });

  test('[ND-40] the log of the first minute, without an act or with the first, verifies by the same policy', async () => {
    const folder = join(place, 'empty');
    await publish(folder, [], policy);
    expect(await verify(folder)).toMatchObject({ ok: true, size: 0, cosigners: ['A', 'N1'], findings: [] });
    await publish(join(place, 'opened'), entries.slice(0, 1), policy);
    expect(await verify(join(place, 'opened'))).toMatchObject({
      ok: true,
      cosigners: ['A', 'N1'],
    });
  });

  test('[ND-40] a key had by another way is held against the one beside the log', async () => {
    const folder = join(place, 'keyed');
    await publish(folder, entries, policy);
    const found = await findLog(folder);
    if (!found.ok) throw new Error(found.says);
    expect(await verifyPublished(found.log, { key: formatVerifierKey(log.key) })).toMatchObject({ ok: true });
    const other = formatVerifierKey(noteSigner(origin, 'note').key);
    expect(await verifyPublished(found.log, { key: other })).toMatchObject({
      ok: false,
      findings: [{ path: 'vkey' }],
    });
  });

  test('[ND-41] any byte changed in any file is found and the file is named', async () => {
    // Every byte of a log of a few entries; where a log has many, all of its smallest tile and a sample of the others.
    const small = join(place, 'flipped-small');
    await publish(small, entries.slice(0, 3), policy);
    const large = join(place, 'flipped-large');
    await publish(large, entries, policy);
    const draw = drawsOf(20_250_523);
    const sample = (length: number): readonly number[] => [
      ...new Set([0, 1, 2, length - 1, ...Array.from({ length: 12 }, () => draw(length))]),
    ];
    const every = (length: number): readonly number[] => Array.from({ length }, (_, at) => at);
    for (const [folder, path, offsetsOf] of [
      [small, 'checkpoint', every],
      [small, 'policy', every],
      [small, 'vkey', every],
      [small, 'tile/0/000.p/3', every],
      [small, 'tile/entries/000.p/3', every],
      [large, 'tile/0/000', sample],
      [large, 'tile/0/001.p/17', sample],
      [large, 'tile/1/000.p/1', every],
      [large, 'tile/entries/000', sample],
      [large, 'tile/entries/001.p/17', sample],
    ] as const) {
      const file = join(folder, path);
      const bytes = await readFile(file);
      for (const at of offsetsOf(bytes.length)) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
        await writeFile(file, flipped);
        const { ok, findings } = await verify(folder);
        const where = `${path} of ${relative(place, folder)} at ${String(at)}, bit ${String(at % 8)}`;
        expect(ok, where).toBe(false);
        const isNamed = path === 'vkey' || findings.some((finding) => finding.path === path);
        expect(isNamed, `${where}: ${JSON.stringify(findings)}`).toBe(true);
      }
      await writeFile(file, bytes);
    }
    for (const folder of [small, large]) {
      expect(await verify(folder)).toMatchObject({ ok: true, findings: [] });
    }
    expect(await filesIn(small)).toEqual([
      'checkpoint',
      'policy',
      'tile/0/000.p/3',
      'tile/entries/000.p/3',
      'vkey',
    ]);
    expect((await filesIn(large)).filter((path) => path.startsWith('tile/'))).toEqual([
      'tile/0/000',
      'tile/0/001.p/17',
      'tile/1/000.p/1',
      'tile/entries/000',
      'tile/entries/001.p/17',
    ]);
  });

  test.each([
    [
      'signed by a key nobody accredited',
      () => condition(stranger, { size: 0, root: encodeBase64(tipRoot(emptyTip)) }),
      'Unknown',
    ],
    ['signed over other bytes', () => wronglySigned(), 'signature'],
    ['there twice', () => entries[5]!, 'ActRepeated'],
    [
      'coming after a tree that never was',
      () => condition(mediator, { size: 3, root: encodeBase64(tipRoot(emptyTip)) }),
      'ND-10',
    ],
    ['no act at all', () => Buffer.from('{}'), 'fault'],
  ])('[ND-40] a host that signs a log with an act %s is caught, by entry and rule', async (_, make, rule) => {
    const folder = join(place, `bad-${randomBytes(4).toString('hex')}`);
    await publish(
      folder,
      [
        ...entries.slice(0, 10),
        make(),
        condition(mediator, { size: 0, root: encodeBase64(tipRoot(emptyTip)) }),
      ],
      policy,
    );
    const { ok, findings } = await verify(folder);
    expect(ok).toBe(false);
    expect(findings).toEqual([
      expect.objectContaining({ entry: 10, rule: expect.stringContaining(rule === 'fault' ? '' : rule) }),
    ]);
  });
});

describe('homeward verify of the vectors', () => {
  const vectors = join(import.meta.dirname, '../../../../spec/vectors/ledger');
  test.each(globSync('*.json', { cwd: vectors }).sort())(
    '[ND-40] [ND-41] gives the verdict on %s in the words of every verifier',
    async (name) => {
      const { files, want } = JSON.parse(await readFile(join(vectors, name), 'utf8')) as {
        readonly files: Readonly<Record<string, string>>;
        readonly want: { readonly ok: boolean; readonly findings: readonly unknown[] };
      };
      const folder = join(place, `vector-${name}`);
      await mkdir(folder);
      // A folder without a checkpoint is no log at all: it is found by the one taken away below.
      await writeFile(join(folder, 'checkpoint'), '');
      for (const [path, bytes] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), Buffer.from(bytes, 'base64'));
      }
      const found = await findLog(folder);
      if (!found.ok) throw new Error(found.says);
      if (!('checkpoint' in files)) await rm(join(folder, 'checkpoint'));
      const { ok, findings } = await verifyPublished(found.log);
      expect({
        ok,
        findings: findings.map(({ fault, ...told }) => (expect(fault).toBeDefined(), told)),
      }).toEqual(want);
    },
  );
});

describe('homeward verify of a hostile log', () => {
  const beginning = { size: 0, root: encodeBase64(tipRoot(emptyTip)) };

  test('[ND-40] a later exchange that lets in a power of the same code does not replace whose cosignature is asked for', async () => {
    const folder = join(place, 'replaced');
    const forger = person('mediator');
    const mine = noteSigner('a.example', 'cosignature');
    const more = [
      forger.act(
        'ExchangeOpened',
        { title: 'Other', label: 'H', host: 'H', founders: [forger.founder], publicKey: forger.key },
        beginning,
        'other-000000000000000000',
      ),
      forger.act(
        'PartyAccredited',
        {
          party: 'A',
          kind: 'power',
          label: 'A',
          founders: [person('coordinator').founder, person('approver').founder],
          witness: formatVerifierKey(mine.key),
        },
        beginning,
        'other-000000000000000000',
      ),
    ];
    const own = [mine, witnesses[1]!.signer];
    await publish(folder, [...entries.slice(0, 5), ...more], undefined, own);
    expect(await verify(folder)).toMatchObject({ ok: false, findings: [{ rule: 'ND-41' }] });
    await publish(folder, [...entries.slice(0, 5), ...more], undefined, [...own, witnesses[0]!.signer]);
    expect(await verify(folder)).toMatchObject({ ok: true });
  });

  test.each([
    ['no witness key', () => '', 'WitnessMissing'],
    ['a name for a key', () => 'b.example', 'WitnessUnfit'],
    ['another power’s witness key', () => formatVerifierKey(witnesses[0]!.signer.key), 'WitnessTaken'],
    [
      'another power’s witness key by another name',
      () => formatVerifierKey(toVerifierKey({ ...witnesses[0]!.signer.key, name: 'b.example' })),
      'WitnessTaken',
    ],
  ])(
    '[ND-40] [ND-41] [EX-66] a log in which a power has %s does not verify, whoever cosigned: by entry and rule',
    async (_, toWitness, rule) => {
      const body = {
        party: 'B',
        kind: 'power',
        label: 'B',
        founders: [person('coordinator').founder, person('approver').founder],
        witness: toWitness(),
      };
      const letIn = mediator.act('PartyAccredited', body, beginning);
      for (const stated of [policy, undefined]) {
        const folder = join(place, `unwitnessed-${randomBytes(4).toString('hex')}`);
        await publish(folder, [...entries.slice(0, 5), letIn], stated);
        expect(await verify(folder)).toMatchObject({ ok: false, findings: [{ entry: 5, rule }] });
      }
    },
  );

  test.each([
    ['asks for nobody', () => toPolicyText(log.key, []), []],
    [
      'asks for one of two',
      () =>
        policy
          .replace(/^group both all .*$/mu, 'group both any parties neutrals')
          .replace('quorum parties', 'quorum both'),
      [witnesses[1]!.signer],
    ],
  ])('[ND-41] a policy beside the log that %s does not spare the powers', async (_, toText, cosigners) => {
    const folder = join(place, `weaker-${randomBytes(4).toString('hex')}`);
    await publish(folder, entries.slice(0, 20), toText(), cosigners);
    const { ok, findings } = await verify(folder);
    expect(ok).toBe(false);
    expect(findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: 'checkpoint', rule: 'ND-41' })]),
    );
  });

  test.each(['notes.txt', 'tile/0/001.p/18', 'tile/2/000.p/1'])(
    '[ND-41] a file beside the log that nobody vouches for is named: %s',
    async (extra) => {
      const folder = join(place, `extra-${randomBytes(4).toString('hex')}`);
      await publish(folder, entries, policy);
      await mkdir(dirname(join(folder, extra)), { recursive: true });
      await writeFile(join(folder, extra), 'anything');
      const { ok, findings } = await verify(folder);
      expect([ok, new Set(findings.map(({ path }) => path))]).toEqual([false, new Set([extra])]);
    },
  );

  test('[ND-40] a nonce that one key used twice is found', async () => {
    const folder = join(place, 'nonce');
    const nonce = 'once-000000000000000000';
    const [first, second] = [1, 2].map((n) =>
      mediator.act('ConditionLinked', { condition: `n${String(n)}`, text: 'x' }, beginning, exchange, nonce),
    );
    await publish(folder, [...entries.slice(0, 5), first!, second!], policy);
    expect(await verify(folder)).toMatchObject({ ok: false, findings: [{ entry: 6, rule: 'ST-2' }] });
  });

  test('[ND-43] files that are pipes, devices or larger than a file of a log can be are refused, not read', async () => {
    const folder = join(place, 'files');
    const tile = join(folder, 'tile/0/000');
    const make: readonly [string, () => Promise<void>][] = [
      ['pipe', async () => Promise.resolve(void execFileSync('mkfifo', [tile]))],
      ['device', async () => symlink('/dev/zero', tile)],
      [
        'giant',
        async () => {
          await writeFile(tile, '');
          await truncate(tile, 3 * 2 ** 30);
        },
      ],
    ];
    for (const [, spoil] of make) {
      await publish(folder, entries, policy);
      await rm(tile);
      await spoil();
      await expect(verify(folder)).rejects.toThrow(/tile\/0\/000 is /u);
      await rm(tile);
    }
  });

  test('[ND-43] an address that answers without end is left at the size of a file', async () => {
    let taken = 0;
    const server = createServer((_, response) => {
      const more = (): void => {
        while (taken < 200 * 1_048_576) {
          taken += 1_048_576;
          if (!response.write(Buffer.alloc(1_048_576))) {
            response.once('drain', more);
            return;
          }
        }
        response.end();
      };
      response.on('error', () => undefined);
      more();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    expect(await findLog(`http://127.0.0.1:${String(port)}`)).toMatchObject({ ok: false });
    server.closeAllConnections();
    server.close();
    expect(taken).toBeLessThan(60 * 1_048_576);
  });

  test('[ND-43] what a log says cannot write over what the command says', () => {
    expect(toPlainText('Two\nYES: it verifies\u001b[2J\u009b1A\u202eeno')).toBe(
      'Two\\u{a}YES: it verifies\\u{1b}[2J\\u{9b}1A\\u{202e}eno',
    );
    expect(toPlainText('Обмін 1000 на 1000 — تبادل')).toBe('Обмін 1000 на 1000 — تبادل');
  });
});

describe('a published folder', () => {
  const sizes = [20, 600, 610, 620, 700, 768, 800, 1_030] as const;
  const notes = new Map<number, string>();
  const files = new Map<string, Uint8Array>();
  const closing: (() => void)[] = [];

  beforeAll(async () => {
    const all = entriesOf(sizes.at(-1)! - 3);
    let tip = emptyTip;
    for (const size of sizes) {
      const plan = planAppend(tip, all.slice(tip.size, size));
      tip = plan.tip;
      for (const { path, bytes } of plan.files) files.set(path, bytes);
      notes.set(size, Buffer.from(await noteOf(size, plan.root)).toString('utf8'));
    }
  });
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  const open = async (folder: string) => {
    const publisher = await openFolderPublisher(folder, {
      logKey: formatVerifierKey(log.key),
      policyText: policy,
    });
    return async (note: number | string) =>
      publisher.publish(typeof note === 'string' ? note : notes.get(note)!, async (path) =>
        Promise.resolve(files.get(path)),
      );
  };
  /** The folder as a plain web server gives it. */
  async function serve(folder: string): Promise<string> {
    const server = createServer((request, response) => {
      void readFile(join(folder, request.url ?? '')).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    closing.push(() => void server.close());
    const address = server.address();
    return `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`;
  }

  /** The log at a place, for a reader so slow that `meanwhile` happens after each look at the checkpoint. */
  async function slowly(place: string, meanwhile: () => Promise<void>): Promise<PublishedLog> {
    const found = await findLog(place);
    if (!found.ok) throw new Error(found.says);
    const { source } = found.log;
    return {
      ...found.log,
      source: {
        ...source,
        read: async (path) => {
          const bytes = await source.read(path);
          if (path === 'checkpoint') await meanwhile();
          return bytes;
        },
      },
    };
  }

  test.each(['folder', 'address'])(
    '[ND-42] verifies for a reader whom the log outgrows: as a %s',
    async (kind) => {
      const folder = join(place, `outgrown-${kind}`);
      const grow = await open(folder);
      await grow(20);
      await grow(600);
      const later: number[] = [610, 620, 700, 768, 800, 1_030];
      const reader = await slowly(kind === 'folder' ? folder : await serve(folder), async () => {
        for (const size of later.splice(0)) await grow(size);
      });
      expect(await verifyPublished(reader)).toMatchObject({ ok: true, size: 600, findings: [] });
      expect(await verify(folder)).toMatchObject({ ok: true, size: 1_030, findings: [] });
      const superseded = (await filesIn(folder)).filter((path) => /tile\/(0|entries)\/.*\.p\//u.test(path));
      expect(superseded).toEqual(['tile/0/004.p/6', 'tile/entries/004.p/6']);
    },
  );

  test('[ND-42] is read anew, a few times at most, where its edge was taken away', async () => {
    const folder = join(place, 'pruned');
    const grow = await open(folder);
    await grow(600);
    const pruneTo = async (size: number, width: number): Promise<void> => {
      await grow(size);
      for (const level of ['0', 'entries']) {
        await rm(join(folder, `tile/${level}/002.p/${String(width)}`), { force: true });
      }
    };
    let looks = 0;
    const once = await slowly(await serve(folder), async () => {
      looks += 1;
      if (looks === 1) await pruneTo(610, 88);
    });
    expect(await verifyPublished(once)).toMatchObject({ ok: true, size: 610, findings: [] });
    await rm(folder, { recursive: true });
    const again = await open(folder);
    await again(610);
    const behind = await slowly(await serve(folder), async () => {
      await rm(join(folder, 'tile/0/002.p/98'), { force: true });
    });
    // Nothing has grown: what is missing is missing.
    expect(await verifyPublished(behind)).toMatchObject({
      ok: false,
      findings: [{ path: 'tile/0/002.p/98', says: 'The file is missing.' }],
    });
  });

  test('[ND-41] [ND-42] tiles that stand ahead of the checkpoint are waited for a moment, then named', async () => {
    const folder = join(place, 'ahead');
    const grow = await open(folder);
    await grow(600);
    const tile = join(folder, 'tile/0/002.p/98');
    await writeFile(tile, files.get('tile/0/002.p/98')!);
    await writeFile(`${tile}.new`, 'half');
    await writeFile(join(folder, 'checkpoint.new'), 'half');
    expect(await verify(folder)).toMatchObject({ ok: false, findings: [{ path: 'tile/0/002.p/98' }] });
    let looks = 0;
    const reader = await slowly(folder, async () => {
      looks += 1;
      if (looks === 2) await grow(610);
    });
    expect(await verifyPublished(reader)).toMatchObject({ ok: true, size: 600, findings: [] });
    await writeFile(join(folder, 'stray.new'), 'anything');
    expect(await verify(folder)).toMatchObject({ ok: false, findings: [{ path: 'stray.new' }] });
  });

  test('[ND-42] is made whole at the next start, whatever a loss of power left', async () => {
    const folder = join(place, 'mended');
    await (
      await open(folder)
    )(700);
    const whole = await filesIn(folder);
    await rm(join(folder, 'tile/0/000'));
    await rm(join(folder, 'tile/entries/002.p/188'));
    for (const path of ['tile/0/001.p/5', 'tile/entries/001.p/5', 'tile/0/002.p/200', 'tile/0/009']) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), 'left over');
    }
    for (const path of ['checkpoint', 'tile/0/000', 'policy']) {
      await writeFile(join(folder, `${path}.new`), 'left over');
    }
    await writeFile(join(folder, 'index.html'), 'the operator’s own');
    await (
      await open(folder)
    )(700);
    expect(await filesIn(folder)).toEqual([...whole, 'index.html'].toSorted());
    await rm(join(folder, 'index.html'));
    expect(await verify(folder)).toMatchObject({ ok: true, size: 700, findings: [] });
  });

  test('[ND-42] shows no checkpoint that its policy does not accept, and none smaller than before', async () => {
    const folder = join(place, 'steady');
    const grow = await open(folder);
    await grow(600);
    const bare = `${notes.get(610)!.split('\n').slice(0, 5).join('\n')}\n`;
    for (const note of [bare, notes.get(20)!]) {
      await grow(note);
      expect(await verify(folder)).toMatchObject({ ok: true, size: 600 });
    }
    await grow(610);
    expect(await verify(folder)).toMatchObject({ ok: true, size: 610 });
    const other = noteSigner('homeward.example/other', 'note');
    await expect(
      openFolderPublisher(folder, {
        logKey: formatVerifierKey(other.key),
        policyText: toPolicyText(other.key, []),
      }),
    ).rejects.toThrow('another log');
    expect(await verify(folder)).toMatchObject({ ok: true, size: 610 });
  });
});

function wronglySigned(): Uint8Array {
  const good = condition(mediator, { size: 0, root: encodeBase64(tipRoot(emptyTip)) });
  const other = condition(mediator, { size: 0, root: encodeBase64(tipRoot(emptyTip)) });
  const sig = (bytes: Uint8Array): string =>
    /"sig":"([^"]+)"/u.exec(Buffer.from(bytes).toString('utf8'))?.[1] ?? '';
  return Buffer.from(Buffer.from(good).toString('utf8').replace(sig(good), sig(other)));
}
