/**
 * The vectors under spec/vectors/ledger: one small published log that verifies, and one for each kind of fault. Made from
 * fixed seeds alone; whoever verifies a log gives these verdicts in these words. Files are base64.
 */
import {
  encodeAct,
  fingerprintOf,
  preAuthEncoding,
  sealEnvelope,
  type Act,
  type Base64Hash,
} from '@homeward/core/exchange';
import { nativeSha256, toSigningKey } from '@homeward/keys';
import {
  addSignatures,
  cosign,
  emptyTip,
  encodeBase64,
  formatCheckpoint,
  formatPolicy,
  formatVerifierKey,
  planAppend,
  signCheckpoint,
  tipRoot,
  toVerifierKey,
  type KeyType,
  type NoteSigner,
} from '@homeward/tlog';
import { whoMustCosign } from '../src/index.ts';

/** What a verifier of a log must say of it. */
export interface WantedVerdict {
  readonly ok: boolean;
  /** All of them, in order; entries after the rest. */
  readonly findings: readonly {
    readonly path: string;
    readonly entry?: number;
    readonly rule: string;
    readonly says: string;
  }[];
}

export interface Vector {
  readonly desc: string;
  /** The rule of a specification that decides it. */
  readonly rule: string;
  readonly want: WantedVerdict;
  /** Every published file by its path: key, policy, checkpoint, tiles. */
  readonly files: Readonly<Record<string, string>>;
  /** Present where the fault shows only to a reader who can list the folder. */
  readonly listed?: true;
}

const origin = 'homeward.test/ledger';
const exchange = 'vectors-00000000000000';
const time = 1_760_000_000;

const seedOf = (name: string): Uint8Array => nativeSha256(Buffer.from(`homeward test key ${name}`));
const bytes22 = (name: string): string => Buffer.from(seedOf(name)).toString('base64url').slice(0, 22);

function toSigner(name: string, type: KeyType): NoteSigner {
  const { publicKey, sign } = toSigningKey(seedOf(name));
  return { key: toVerifierKey({ name, type, publicKey }), sign };
}

const log = toSigner(origin, 'note');
const witnesses = {
  A: toSigner('a.test', 'cosignature'),
  B: toSigner('b.test', 'cosignature'),
  N: toSigner('n.test', 'cosignature'),
};
const stranger = toSigner('stranger.test', 'cosignature');

/** Somebody who signs acts: one key, one role. */
function person(name: string, role: string) {
  const { publicKey, sign } = toSigningKey(seedOf(name));
  const key = encodeBase64(publicKey) as Base64Hash;
  const by = fingerprintOf(key);
  return { name, role, key, by, sign, founder: { actor: bytes22(`actor ${name}`), role, key: by } };
}
type Person = ReturnType<typeof person>;

const mediator = person('mediator', 'mediator');

interface Draft {
  readonly signer?: Person;
  readonly kind: string;
  readonly body: object;
  readonly after?: { readonly size: number; readonly root: string };
  readonly nonce?: string;
  readonly exchange?: string;
  /** The bytes of the signature, in place of the true one. */
  readonly signature?: Uint8Array;
}

const accredit = (party: string, kind: 'power' | 'neutral', witness: NoteSigner): Draft => ({
  kind: 'PartyAccredited',
  body: {
    party,
    kind,
    label: `Party ${party}`,
    founders: (kind === 'power' ? ['coordinator', 'approver'] : ['observer']).map(
      (role) => person(`${party} ${role}`, role).founder,
    ),
    witness: formatVerifierKey(witness.key),
  },
});
const condition = (name: string, more: Partial<Draft> = {}): Draft => ({
  kind: 'ConditionLinked',
  body: { condition: name, text: 'A made-up condition.' },
  ...more,
});

function enrol(name: string, role: string): Draft {
  const signer = person(name, role);
  return { signer, kind: 'KeyEnrolled', body: { publicKey: signer.key } };
}

const opening = (opener: Person): Draft => ({
  kind: 'ExchangeOpened',
  body: {
    title: 'Made up for vectors',
    label: 'The host',
    host: 'H',
    founders: [opener.founder],
    publicKey: opener.key,
  },
});

const drafts: readonly Draft[] = [
  opening(mediator),
  accredit('A', 'power', witnesses.A),
  accredit('B', 'power', witnesses.B),
  accredit('N', 'neutral', witnesses.N),
  enrol('A coordinator', 'coordinator'),
  enrol('B coordinator', 'coordinator'),
  enrol('N observer', 'observer'),
  condition('c1'),
  condition('c2'),
];

/** The entries of a log in which each act comes after the tree that stood before it. */
function toEntries(acts: readonly (Draft | Uint8Array)[]): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  let tip = emptyTip;
  for (const [at, draft] of acts.entries()) {
    const entry =
      draft instanceof Uint8Array
        ? draft
        : toEnvelope(draft, at, { size: tip.size, root: encodeBase64(tipRoot(tip, nativeSha256)) });
    entries.push(entry);
    ({ tip } = planAppend(tip, [entry], nativeSha256));
  }
  return entries;
}

function toEnvelope(draft: Draft, at: number, after: NonNullable<Draft['after']>): Uint8Array {
  const signer = draft.signer ?? mediator;
  const bytes = encodeAct({
    exchange: draft.exchange ?? exchange,
    kind: draft.kind,
    body: draft.body,
    by: signer.by,
    role: signer.role,
    after: draft.after ?? after,
    nonce: draft.nonce ?? bytes22(`nonce ${at}`),
    at: new Date(Date.UTC(2026, 0, 1, 8, at)).toISOString(),
  } as unknown as Act);
  const signature = draft.signature ?? signer.sign(preAuthEncoding(bytes));
  return sealEnvelope(bytes, signer.by, signature);
}

type Files = ReadonlyMap<string, Uint8Array>;

interface Publication {
  /** Whom the policy beside the log asks for, in its own words; nothing for no such file. */
  readonly policy?: Uint8Array | undefined;
  readonly cosigners?: readonly NoteSigner[];
}

const text = (bytes: string): Uint8Array => new Uint8Array(Buffer.from(bytes));
const policyOf = (logSigner: NoteSigner, named: Readonly<Record<string, NoteSigner>>): Uint8Array =>
  formatPolicy(
    whoMustCosign(
      logSigner.key,
      Object.entries(named).map(([name, { key }]) => ({ name, key, isPower: name !== 'N' })),
    ),
  );
const goodPolicy = policyOf(log, witnesses);

async function publish(entries: readonly Uint8Array[], how: Publication = {}): Promise<Files> {
  const plan = planAppend(emptyTip, entries, nativeSha256);
  const head = { origin, size: entries.length, root: plan.root };
  const lines = await Promise.all(
    (how.cosigners ?? Object.values(witnesses)).map((signer) => cosign(formatCheckpoint(head), signer, time)),
  );
  const policy = 'policy' in how ? how.policy : goodPolicy;
  return new Map([
    ['vkey', text(`${formatVerifierKey(log.key)}\n`)],
    ...(policy === undefined ? [] : [['policy', policy] as const]),
    ['checkpoint', addSignatures(await signCheckpoint(head, log), lines)],
    ...plan.files.map(({ path, bytes }) => [path, bytes] as const),
  ]);
}

const without = (files: Files, path: string): Files => new Map([...files].filter(([name]) => name !== path));
const withFile = (files: Files, path: string, bytes: Uint8Array): Files => new Map(files).set(path, bytes);
const replaced = (bytes: Uint8Array, from: string, to: string): Uint8Array => {
  const before = Buffer.from(bytes).toString('latin1');
  if (!before.includes(from)) throw new Error(`there is no "${from}" to replace`);
  return new Uint8Array(Buffer.from(before.replace(from, to), 'latin1'));
};
const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte));

type Add = (name: string, vector: Omit<Vector, 'files'> & { readonly files: Files }) => void;
type Wrong = WantedVerdict['findings'][number];
const no = (...findings: readonly Wrong[]): WantedVerdict => ({ ok: false, findings });
const yes: WantedVerdict = { ok: true, findings: [] };

/** All vectors by the names of their files. */
export async function makeVectors(): Promise<ReadonlyMap<string, Vector>> {
  const vectors = new Map<string, Vector>();
  const add: Add = (name, { files, ...vector }) => {
    const base64 = [...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')] as const);
    vectors.set(`${name}.json`, { ...vector, files: Object.fromEntries(base64) });
  };
  await addGood(add);
  await addFileFaults(add);
  await addCosignerFaults(add);
  await addActFaults(add);
  return vectors;
}

async function addGood(add: Add): Promise<void> {
  const entries = toEntries(drafts);
  add('good', { desc: 'nine acts, all cosigned', rule: 'ND-40', want: yes, files: await publish(entries) });
  add('good-without-policy', {
    desc: 'without a policy those whom the log accredited are asked for',
    rule: 'ND-40',
    want: yes,
    files: await publish(entries, { policy: undefined }),
  });
}

const tile = 'tile/0/000.p/9';
const bundle = 'tile/entries/000.p/9';

async function addFileFaults(add: Add): Promise<void> {
  const good = await publish(toEntries(drafts));
  const put = (name: string, desc: string, rule: string, wrong: readonly Wrong[], files: Files): void =>
    add(name, { desc, rule, want: no(...wrong), files });
  const key = (says: string): readonly Wrong[] => [{ path: 'vkey', rule: 'LG-25', says }];
  put(
    'key-missing',
    'no key beside the log',
    'LG-25',
    key('The file is missing: whose log is this?'),
    without(good, 'vkey'),
  );
  put(
    'key-of-two-lines',
    'an empty line after the key',
    'LG-25',
    key('The key is not in canonical base64.'),
    withFile(good, 'vkey', text(`${formatVerifierKey(log.key)}\n\n`)),
  );
  put(
    'key-without-newline',
    'no newline after the key',
    'LG-25',
    key('The file must be one verifier key and a newline.'),
    withFile(good, 'vkey', text(formatVerifierKey(log.key))),
  );
  put(
    'policy-of-another-log',
    'the policy names another log',
    'LG-48',
    [{ path: 'policy', rule: 'LG-48', says: 'The policy is not for the one log whose key is in "vkey".' }],
    withFile(good, 'policy', policyOf(toSigner('homeward.test/other', 'note'), witnesses)),
  );
  put(
    'policy-misspelt',
    'a comment in the policy',
    'LG-45',
    [
      {
        path: 'policy',
        rule: 'LG-45',
        says: 'The policy is not in its one spelling: single blanks, no comments, no addresses.',
      },
    ],
    withFile(good, 'policy', Buffer.concat([goodPolicy, text('# a word\n')])),
  );
  put(
    'checkpoint-missing',
    'no checkpoint',
    'LG-52',
    [{ path: 'checkpoint', rule: 'LG-52', says: 'The checkpoint is missing.' }],
    without(good, 'checkpoint'),
  );
  put(
    'checkpoint-altered',
    'another size than was signed',
    'LG-22',
    [{ path: 'checkpoint', rule: 'LG-22', says: `The signature of ${origin} does not verify.` }],
    withFile(good, 'checkpoint', replaced(good.get('checkpoint')!, '\n9\n', '\n8\n')),
  );
  put(
    'tile-missing',
    'a file of hashes is missing',
    'LG-52',
    [{ path: tile, rule: 'LG-52', says: 'The file is missing.' }],
    without(good, tile),
  );
  put(
    'tile-altered',
    'one bit of a hash',
    'LG-14',
    [{ path: tile, entry: 2, rule: 'LG-14', says: 'The hash of entry 2 is wrong.' }],
    withFile(good, tile, flipped(good.get(tile)!, 64)),
  );
  put(
    'entry-altered',
    'one bit of an entry',
    'LG-53',
    [{ path: bundle, entry: 8, rule: 'LG-53', says: 'Entry 8 is not the one in the tree.' }],
    withFile(good, bundle, flipped(good.get(bundle)!, good.get(bundle)!.length - 20)),
  );
  const shorter = await publish(toEntries(drafts.slice(0, 8)));
  const head = {
    origin,
    size: 9,
    root: planAppend(emptyTip, toEntries(drafts.slice(0, 8)), nativeSha256).root,
  };
  const lines = await Promise.all(
    Object.values(witnesses).map((signer) => cosign(formatCheckpoint(head), signer, time)),
  );
  if (shorter.size !== good.size) throw new Error('both logs have one tile');
  put(
    'root-wrong',
    'a signed root to which the entries do not lead',
    'LG-52',
    [{ path: 'checkpoint', rule: 'LG-52', says: 'The 9 entries do not lead to the signed root.' }],
    withFile(good, 'checkpoint', addSignatures(await signCheckpoint(head, log), lines)),
  );
  add('file-beside', {
    desc: 'a file that nobody vouches for, named where the folder can be listed',
    rule: 'LG-52',
    listed: true,
    want: no({
      path: 'notes.txt',
      rule: 'LG-52',
      says: 'Nobody vouches for this file: it is no part of the signed log.',
    }),
    files: withFile(good, 'notes.txt', text('anything')),
  });
}

async function addCosignerFaults(add: Add): Promise<void> {
  const entries = toEntries(drafts);
  const { A, B, N } = witnesses;
  const at = async (
    name: string,
    desc: string,
    rule: string,
    says: string,
    how: Publication,
  ): Promise<void> =>
    add(name, {
      desc,
      rule,
      want: no({ path: 'checkpoint', rule, says }),
      files: await publish(entries, how),
    });
  const few: Wrong = { path: 'checkpoint', rule: 'LG-47', says: 'The 2 known cosignatures are no quorum.' };
  for (const [name, desc, lacks, cosigners] of [
    ['power-missing', 'one power has not cosigned', 'B', [A, N]],
    ['neutral-missing', 'no neutral has cosigned', 'N', [A, B]],
  ] as const) {
    add(name, {
      desc,
      rule: 'LG-47',
      want: no(few, { path: 'checkpoint', rule: 'ND-41', says: missing(lacks) }),
      files: await publish(entries, { cosigners }),
    });
  }
  await at(
    'power-missing-without-policy',
    'one power has not cosigned, and no policy lies beside the log',
    'ND-41',
    missing('B'),
    { cosigners: [A, N], policy: undefined },
  );
  await at(
    'policy-too-weak',
    'a policy that asks for one power spares the others nothing',
    'ND-41',
    missing('B, N'),
    { policy: policyOf(log, { A }), cosigners: [A] },
  );
  await at(
    'line-of-a-stranger',
    'a line by nobody’s key',
    'LG-55',
    'Nobody knows the key that signed as stranger.test.',
    {
      cosigners: [A, B, N, stranger],
    },
  );
  const wrong = await publish(entries);
  const altered = await publish(entries, { cosigners: [A, B] });
  const badLine = await cosign(formatCheckpoint({ origin, size: 9, root: new Uint8Array(32) }), N, time);
  add('cosignature-wrong', {
    desc: 'a cosignature over another tree',
    rule: 'LG-22',
    want: no({ path: 'checkpoint', rule: 'LG-22', says: 'The signature of n.test does not verify.' }),
    files: withFile(wrong, 'checkpoint', addSignatures(altered.get('checkpoint')!, [badLine])),
  });
  add('pure-witness', {
    desc: 'a policy that asks besides for a witness whom no exchange accredited',
    rule: 'ND-41',
    want: yes,
    files: await publish(entries, {
      policy: policyOf(log, { ...witnesses, X: stranger }),
      cosigners: [A, B, N, stranger],
    }),
  });
  const weak = (name: string): Wrong => ({
    path: 'policy',
    rule: 'ND-41',
    says: `The policy would accept a checkpoint without "${name}", a power that it names.`,
  });
  add('policy-changed', {
    desc: 'one word of the policy changed: any power for all powers',
    rule: 'ND-41',
    want: no(weak('A'), weak('B')),
    files: await publish(entries, {
      policy: replaced(goodPolicy, 'group parties all', 'group parties any'),
    }),
  });
  const others = person('another mediator', 'mediator');
  const elsewhere = 'invented-0000000000000';
  const invented: readonly Draft[] = [
    { ...opening(others), signer: others, exchange: elsewhere },
    { ...accredit('Z', 'power', stranger), signer: others, exchange: elsewhere },
  ];
  add('power-invented', {
    desc: 'another exchange of the log names a power that nobody has seen',
    rule: 'ND-41',
    want: yes,
    files: await publish(toEntries([...drafts, ...invented])),
  });
  add('power-missing-elsewhere', {
    desc: 'a power of another exchange has people and has not cosigned: that exchange is unwitnessed, and no other',
    rule: 'ND-41',
    want: no({ path: 'checkpoint', rule: 'ND-41', says: missing('Z', elsewhere) }),
    files: await publish(
      toEntries([...drafts, ...invented, { ...enrol('Z coordinator', 'coordinator'), exchange: elsewhere }]),
    ),
  });
}

const missing = (names: string, of: string = exchange): string =>
  `Every power and a neutral of the exchange ${of} must have cosigned; missing: ${names}.`;

async function addActFaults(add: Add): Promise<void> {
  const put = async (
    name: string,
    desc: string,
    rule: string,
    says: string,
    bad: Draft | Uint8Array,
  ): Promise<void> => {
    const entries = toEntries([...drafts, bad, condition('c3')]);
    const path = 'entry bundle 0';
    add(name, { desc, rule, want: no({ path, entry: 9, rule, says }), files: await publish(entries) });
  };
  const kind = 'ConditionLinked';
  await put(
    'act-unreadable',
    'an entry that is no act',
    'not-an-envelope',
    'The envelope is not as DSSE has it: at "" there should be an object of payload, payloadType and signatures.',
    text('{}'),
  );
  await put(
    'act-signature-wrong',
    'an act signed by another key than it names',
    'signature',
    `${kind}: its signature does not verify under the key it names.`,
    condition('bad', { signature: toSigningKey(seedOf('another')).sign(text('anything')) }),
  );
  await put(
    'act-repeated',
    'the same act twice',
    'ActRepeated',
    `${kind}: the log holds this very act already.`,
    toEntries(drafts)[8]!,
  );
  await put(
    'act-of-no-exchange',
    'an act of an exchange that was never opened',
    'exchange-unknown',
    `${kind}: it belongs to an exchange that the log does not hold.`,
    condition('bad', { exchange: 'nowhere-00000000000000' }),
  );
  await put(
    'act-by-nobody',
    'an act by a key that nobody enrolled',
    'Unknown',
    `${kind}: The act names a key that is not in the record.`,
    condition('bad', { signer: person('nobody', 'mediator') }),
  );
  await put(
    'act-refused',
    'an act that the rules of the exchange refuse',
    'KnownAlready',
    `${kind}: The act names a new condition, but it is in the record already.`,
    condition('c1'),
  );
  await put(
    'act-after-no-tree',
    'an act after a tree that this log never was',
    'ND-10',
    `${kind}: it comes after a tree of 3 acts that this log never was.`,
    condition('bad', { after: { size: 3, root: encodeBase64(new Uint8Array(32).fill(7)) } }),
  );
  await put(
    'act-after-itself',
    'an act after a tree larger than its place',
    'ND-10',
    `${kind}: it comes after a tree larger than its place.`,
    condition('bad', { after: { size: 10, root: encodeBase64(new Uint8Array(32).fill(7)) } }),
  );
  await put(
    'act-nonce-used',
    'a nonce that its key used before',
    'ST-2',
    `${kind}: its nonce was used before.`,
    condition('bad', { nonce: bytes22('nonce 8') }),
  );
}
