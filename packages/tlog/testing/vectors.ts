/**
 * The vectors under spec/vectors/log, made from nothing but fixed seeds: one claim or text per file, true or with one
 * mutation that the file's name tells. Bytes are base64, numbers are decimal strings, so any language can read them.
 */
import {
  addSignatures,
  cosign,
  emptyRoot,
  formatCheckpoint,
  formatNote,
  formatTlogProof,
  formatVerifierKey,
  formatWitnessRequest,
  leafHash,
  type NoteSignature,
  signCheckpoint,
  signNote,
} from '../src/index.ts';
import { logSigner, origin, toEntry, witnessSigners } from './memory-log.ts';
import { toTestSigner } from './node-crypto.ts';
import { ReferenceTree } from './reference.ts';

/** One vector: `want` is what a verifier must answer; the other members are its input. */
export interface Vector {
  readonly desc: string;
  readonly rule: string;
  readonly want: 'accept' | 'refuse' | `${number}`;
  readonly [input: string]: string | readonly string[];
}

const reference = new ReferenceTree(Array.from({ length: 40 }, (_, at) => toEntry(at)));
const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const flip = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, at) => (at === 4 ? byte ^ 4 : byte));
const time = 1_760_000_000;

/** All vectors by path below spec/vectors/log. */
export async function makeVectors(): Promise<ReadonlyMap<string, Vector>> {
  const vectors = new Map<string, Vector>();
  const add = (path: string, vector: Vector) => vectors.set(`${path}.json`, vector);
  addInclusion(add);
  addConsistency(add);
  await addNotes(add);
  await addWitness(add);
  await addProofs(add);
  addPolicies(add);
  addPlain(add);
  return vectors;
}

type Add = (path: string, vector: Vector) => void;

function addInclusion(add: Add): void {
  for (const [index, size] of [
    [0, 1],
    [0, 7],
    [6, 7],
    [4, 8],
    [20, 33],
    [32, 33],
  ] as const) {
    const truth = {
      leaf: leafHash(toEntry(index)),
      index: String(index),
      size: String(size),
      root: reference.root(0, size),
      path: reference.path(index, 0, size),
    };
    const put = (name: string, want: 'accept' | 'refuse', change: Partial<typeof truth>) => {
      const { leaf, root, path, ...numbers } = { ...truth, ...change };
      const hashes = { leaf: toBase64(leaf), root: toBase64(root), path: path.map(toBase64) };
      const desc = name.replaceAll('-', ' ');
      add(`inclusion/${index}-of-${size}/${name}`, { desc, rule: 'LG-6', want, ...numbers, ...hashes });
    };
    put('true', 'accept', {});
    put('wrong-leaf', 'refuse', { leaf: flip(truth.leaf) });
    put('short-leaf', 'refuse', { leaf: truth.leaf.subarray(1) });
    put('wrong-root', 'refuse', { root: flip(truth.root) });
    put('empty-root', 'refuse', { root: new Uint8Array(0) });
    put('index-is-size', 'refuse', { index: truth.size });
    put('index-is-uint64-max', 'refuse', { index: '18446744073709551615' });
    put('size-is-zero', 'refuse', { size: '0' });
    put('path-with-one-more', 'refuse', { path: [...truth.path, truth.root] });
    if (truth.path.length === 0) continue;
    put('path-with-one-less', 'refuse', { path: truth.path.slice(1) });
    put('path-with-short-hash', 'refuse', { path: truth.path.map((hash) => hash.subarray(0, 31)) });
    truth.path.forEach((_, at) => {
      put(`path-with-wrong-hash-${at}`, 'refuse', {
        path: truth.path.map((hash, i) => (i === at ? flip(hash) : hash)),
      });
    });
  }
}

function addConsistency(add: Add): void {
  for (const [oldSize, newSize] of [
    [1, 1],
    [1, 2],
    [3, 7],
    [4, 7],
    [6, 8],
    [8, 8],
    [20, 33],
  ] as const) {
    const truth = {
      oldSize: String(oldSize),
      oldRoot: reference.root(0, oldSize),
      newSize: String(newSize),
      newRoot: reference.root(0, newSize),
      proof: reference.proof(oldSize, newSize),
    };
    const put = (name: string, want: 'accept' | 'refuse', change: Partial<typeof truth>, rule = 'LG-7') => {
      const { oldRoot, newRoot, proof, ...numbers } = { ...truth, ...change };
      const hashes = { oldRoot: toBase64(oldRoot), newRoot: toBase64(newRoot), proof: proof.map(toBase64) };
      const desc = name.replaceAll('-', ' ');
      add(`consistency/${oldSize}-to-${newSize}/${name}`, { desc, rule, want, ...numbers, ...hashes });
    };
    put('true', 'accept', {});
    put('wrong-old-root', 'refuse', { oldRoot: flip(truth.oldRoot) });
    put('wrong-new-root', 'refuse', { newRoot: flip(truth.newRoot) });
    put('old-size-zero', 'refuse', { oldSize: '0', oldRoot: emptyRoot(), proof: [] }, 'LG-8');
    put('old-size-ahead', 'refuse', { oldSize: String(newSize + 1) });
    put('proof-with-one-more', 'refuse', { proof: [...truth.proof, truth.newRoot] });
    if (truth.proof.length === 0) continue;
    put('swapped-roots', 'refuse', { oldRoot: truth.newRoot, newRoot: truth.oldRoot });
    put('empty-proof', 'refuse', { proof: [] });
    put('proof-with-one-less', 'refuse', { proof: truth.proof.slice(0, -1) });
    truth.proof.forEach((_, at) => {
      put(`proof-with-wrong-hash-${at}`, 'refuse', {
        proof: truth.proof.map((hash, i) => (i === at ? flip(hash) : hash)),
      });
    });
  }
}

const keysOf = {
  logs: [formatVerifierKey(logSigner.key)],
  witnesses: witnessSigners.map(({ key }) => formatVerifierKey(key)),
};

async function addNotes(add: Add): Promise<void> {
  const text = formatCheckpoint({ origin, size: 33, root: reference.root(0, 33) });
  const log = await signNote(text, logSigner);
  const witness = await cosign(text, witnessSigners[0]!, time);
  const note = (...signatures: NoteSignature[]) => toText(formatNote({ text, signatures }));
  const put = (name: string, rule: string, want: 'accept' | 'refuse', written: string) => {
    add(`checkpoint/${name}`, { desc: name.replaceAll('-', ' '), rule, want, ...keysOf, note: written });
  };
  const signText = async (changed: string) =>
    toText(formatNote({ text: changed, signatures: [await signNote(changed, logSigner)] }));
  const stranger = await cosign(text, toTestSigner('stranger.test', 'cosignature'), time);
  put('signed-by-log', 'LG-31', 'accept', note(log));
  put('cosigned', 'LG-32', 'accept', note(log, witness));
  put('cosigned-by-a-stranger-too', 'LG-21', 'accept', note(log, stranger));
  put('known-name-with-another-id', 'LG-21', 'accept', note(log, { ...witness, id: '00000000' }));
  put('not-signed-by-log', 'LG-31', 'refuse', note(witness));
  put('signed-by-strangers-only', 'LG-23', 'refuse', note(stranger));
  put('wrong-log-signature', 'LG-22', 'refuse', note({ ...log, payload: flip(log.payload) }));
  put(
    'wrong-cosignature',
    'LG-22',
    'refuse',
    note(log, { ...witness, payload: witness.payload.map((b, at) => (at === 40 ? b ^ 1 : b)) }),
  );
  put(
    'another-time',
    'LG-33',
    'refuse',
    note(log, { ...witness, payload: witness.payload.map((b, at) => (at === 7 ? b ^ 1 : b)) }),
  );
  put(
    'time-zero',
    'LG-33',
    'refuse',
    note(log, { ...witness, payload: witness.payload.map((b, at) => (at < 8 ? 0 : b)) }),
  );
  put('short-cosignature', 'LG-33', 'refuse', note(log, { ...witness, payload: witness.payload.slice(1) }));
  put('changed-size', 'LG-22', 'refuse', note(log).replace('\n33\n', '\n34\n'));
  put('extension-line', 'LG-30', 'refuse', await signText(`${text}more\n`));
  put('two-lines', 'LG-28', 'refuse', await signText(`${origin}\n33\n`));
  put('size-with-leading-zero', 'LG-29', 'refuse', await signText(text.replace('\n33\n', '\n033\n')));
  put('size-with-sign', 'LG-29', 'refuse', await signText(text.replace('\n33\n', '\n+33\n')));
  put(
    'size-above-2-to-53',
    'LG-11',
    'refuse',
    await signText(text.replace('\n33\n', '\n9007199254740992\n')),
  );
  put('short-root', 'LG-28', 'refuse', await signText(`${origin}\n33\nAAAA\n`));
  put('root-without-padding', 'LG-26', 'refuse', await signText(text.replace('=\n', '\n')));
  put('another-origin', 'LG-31', 'refuse', await signText(text.replace(origin, 'other.test/log')));
  put('no-final-newline', 'LG-20', 'refuse', note(log).slice(0, -1));
  put('carriage-returns', 'LG-20', 'refuse', note(log).replaceAll('\n', '\r\n'));
  put('no-signature', 'LG-20', 'refuse', `${text}\n`);
  put('hyphen-for-dash', 'LG-20', 'refuse', note(log).replace('\u2014', '-'));
  put('blank-in-key-name', 'LG-24', 'refuse', note(log).replace(`\u2014 ${origin}`, '\u2014 homeward test'));
  put('loose-base64', 'LG-26', 'refuse', note(log).replace(/=\n$/, '\n'));
}

async function addWitness(add: Add): Promise<void> {
  const head = (size: number) => ({ size, root: reference.root(0, size) });
  const put = (
    name: string,
    rule: string,
    want: `${number}`,
    last: number | undefined,
    body: Uint8Array | string,
  ) => {
    const lastText = last === undefined ? '' : formatCheckpoint({ origin, ...head(last) });
    const text = typeof body === 'string' ? body : toText(body);
    add(`witness/${name}`, {
      desc: name.replaceAll('-', ' '),
      rule,
      want,
      log: keysOf.logs[0]!,
      last: lastText,
      body: text,
    });
  };
  const ask = async (
    oldSize: number,
    next: { size: number; root: Uint8Array },
    proof: readonly Uint8Array[],
    signer = logSigner,
  ) =>
    formatWitnessRequest({
      oldSize,
      proof,
      checkpoint: await signCheckpoint({ origin: signer.key.name, ...next }, signer),
    });
  const fork = (size: number) => ({ size, root: leafHash(Uint8Array.of(9)) });
  const other = toTestSigner('other.test/log', 'note');
  const impostor = toTestSigner(origin, 'note', 'impostor');
  const good = toText(await ask(5, head(9), reference.proof(5, 9)));
  put('first', 'LG-40', '200', undefined, await ask(0, head(5), []));
  put('first-of-size-zero', 'LG-40', '200', undefined, await ask(0, head(0), []));
  put('grown', 'LG-40', '200', 5, good);
  put('grown-from-zero', 'LG-40', '200', 0, await ask(0, head(5), []));
  put('same-again', 'LG-40', '200', 5, await ask(5, head(5), []));
  put('no-empty-line', 'LG-34', '400', 5, good.replace('\n\n', '\n'));
  put('old-with-leading-zero', 'LG-34', '400', 5, good.replace('old 5', 'old 05'));
  put('no-old-line', 'LG-34', '400', 5, good.slice(good.indexOf('\n') + 1));
  put('malformed-hash', 'LG-34', '400', 5, good.replace('old 5\n', 'old 5\nAAAA\n'));
  put(
    'sixty-four-hashes',
    'LG-34',
    '400',
    5,
    good.replace('old 5\n', `old 5\n${`${toBase64(emptyRoot())}\n`.repeat(64)}`),
  );
  put('another-log', 'LG-35', '404', undefined, await ask(0, head(5), [], other));
  put('signed-by-an-impostor', 'LG-36', '403', undefined, await ask(0, head(5), [], impostor));
  put('wrong-signature', 'LG-36', '403', 5, good.replace('\n9\n', '\n8\n'));
  put('old-size-above-checkpoint', 'LG-37', '400', undefined, await ask(6, head(5), []));
  put('old-size-behind', 'LG-38', '409', 7, good);
  put('old-size-ahead-of-last', 'LG-38', '409', 3, good);
  put('rollback', 'LG-38', '409', 9, await ask(3, head(5), reference.proof(3, 5)));
  put('fork-of-another-size', 'LG-39', '422', 5, await ask(5, fork(9), reference.proof(5, 9)));
  put('fork-of-the-same-size', 'LG-39', '422', 5, await ask(5, fork(5), []));
  put('empty-proof', 'LG-39', '422', 5, await ask(5, head(9), []));
  put('proof-from-zero', 'LG-39', '422', undefined, await ask(0, head(5), [emptyRoot()]));
  put('proof-for-the-same-size', 'LG-39', '422', 5, await ask(5, head(5), [emptyRoot()]));
  put('size-zero-with-a-root', 'LG-39', '422', undefined, await ask(0, fork(0), []));
}

async function addProofs(add: Add): Promise<void> {
  const [index, size] = [20, 33];
  const unsigned = { origin, size, root: reference.root(0, size) };
  const lines = await Promise.all(
    witnessSigners.map((signer) => cosign(formatCheckpoint(unsigned), signer, time)),
  );
  const alone = await signCheckpoint(unsigned, logSigner);
  const checkpoint = addSignatures(alone, lines.slice(0, 2));
  const path = reference.path(index, 0, size);
  const policy = `${policyLines(2).join('\n')}\n`;
  const put = (
    name: string,
    rule: string,
    want: 'accept' | 'refuse',
    proof: Uint8Array | string,
    leaf = leafHash(toEntry(index)),
  ) => {
    const text = typeof proof === 'string' ? proof : toText(proof);
    add(`tlog-proof/${name}`, {
      desc: name.replaceAll('-', ' '),
      rule,
      want,
      policy,
      leaf: toBase64(leaf),
      proof: text,
    });
  };
  const good = toText(formatTlogProof({ index, path, checkpoint }));
  put('true', 'LG-43', 'accept', good);
  put(
    'with-extra',
    'LG-44',
    'accept',
    formatTlogProof({ index, path, checkpoint, extra: Uint8Array.of(1, 2) }),
  );
  put(
    'quorum-missed',
    'LG-43',
    'refuse',
    formatTlogProof({ index, path, checkpoint: addSignatures(alone, lines.slice(0, 1)) }),
  );
  put('another-entry', 'LG-43', 'refuse', good, leafHash(toEntry(21)));
  put('another-index', 'LG-43', 'refuse', good.replace('index 20', 'index 21'));
  put('index-outside', 'LG-43', 'refuse', good.replace('index 20', 'index 33'));
  put('wrong-hash', 'LG-43', 'refuse', formatTlogProof({ index, path: path.map(flip), checkpoint }));
  put('another-header', 'LG-42', 'refuse', good.replace('@v1', '@v2'));
  put('index-with-leading-zero', 'LG-42', 'refuse', good.replace('index 20', 'index 020'));
  put('extra-after-index', 'LG-42', 'refuse', good.replace('index 20\n', 'index 20\nextra AQI=\n'));
}

function policyLines(threshold: number): string[] {
  return [
    `log ${keysOf.logs[0]!}`,
    ...keysOf.witnesses.map((vkey, at) => `witness w${at} ${vkey}`),
    `group some ${threshold} w0 w1 w2`,
    'quorum some',
  ];
}

function addPolicies(add: Add): void {
  const put = (name: string, rule: string, want: 'accept' | 'refuse', lines: readonly string[]) => {
    add(`policy/${name}`, { desc: name.replaceAll('-', ' '), rule, want, policy: `${lines.join('\n')}\n` });
  };
  const keys = policyLines(2).slice(0, 4);
  const witnessAsLog = toTestSigner('log.test', 'note', witnessSigners[0]!.key.name);
  put('group', 'LG-45', 'accept', policyLines(2));
  put('none', 'LG-45', 'accept', ['quorum none']);
  put('comments-and-blanks', 'LG-45', 'accept', [
    '# x',
    '',
    ' \t',
    ...keys,
    '\tgroup  g\tall w0 w1 ',
    'quorum g',
  ]);
  put('no-quorum', 'LG-45', 'refuse', keys);
  put('two-quorums', 'LG-45', 'refuse', [...policyLines(2), 'quorum w0']);
  put('undefined-quorum', 'LG-45', 'refuse', [...keys, 'quorum g']);
  put('member-defined-later', 'LG-45', 'refuse', [...keys, 'group g any h', 'group h any w0', 'quorum g']);
  put('member-of-two-groups', 'LG-45', 'refuse', [...keys, 'group g any w0', 'group h any w0', 'quorum g']);
  put('member-twice', 'LG-45', 'refuse', [...keys, 'group g 2 w0 w0', 'quorum g']);
  put('threshold-zero', 'LG-45', 'refuse', policyLines(0));
  put('threshold-too-high', 'LG-45', 'refuse', policyLines(4));
  put('key-twice', 'LG-46', 'refuse', [...keys, keys[1]!.replace('w0', 'w9'), 'quorum w0']);
  put('key-as-log-and-witness', 'LG-46', 'refuse', [
    ...keys,
    `log ${formatVerifierKey(witnessAsLog.key)}`,
    'quorum w0',
  ]);
  put('carriage-return', 'LG-45', 'refuse', ['quorum none\r']);
  put('unknown-keyword', 'LG-45', 'refuse', ['mirror m', 'quorum none']);
}

function addPlain(add: Add): void {
  const putPath = (name: string, want: 'accept' | 'refuse', path: string) => {
    add(`tile-path/${name}`, { desc: name.replaceAll('-', ' '), rule: 'LG-12', want, path });
  };
  putPath('full-tile', 'accept', 'tile/0/005');
  putPath('groups-of-three', 'accept', 'tile/0/x001/x234/067');
  putPath('partial-bundle', 'accept', 'tile/entries/273.p/112');
  putPath('highest-level', 'accept', 'tile/63/000.p/1');
  putPath('level-64', 'refuse', 'tile/64/000');
  putPath('width-zero', 'refuse', 'tile/0/000.p/0');
  putPath('width-256', 'refuse', 'tile/0/000.p/256');
  putPath('needless-group', 'refuse', 'tile/0/x000/005');
  putPath('two-digits', 'refuse', 'tile/0/05');
  putPath('groups-without-x', 'refuse', 'tile/0/001/234');

  const putKey = (name: string, rule: string, want: 'accept' | 'refuse', vkey: string) => {
    add(`vkey/${name}`, { desc: name.replaceAll('-', ' '), rule, want, vkey });
  };
  const [vkey] = keysOf.logs as [string];
  putKey('note-key', 'LG-25', 'accept', vkey);
  putKey('cosignature-key', 'LG-25', 'accept', keysOf.witnesses[0]!);
  putKey('another-name', 'LG-25', 'refuse', `x${vkey}`);
  putKey(
    'upper-case-id',
    'LG-25',
    'refuse',
    vkey.replace(/\+[0-9a-f]{8}\+/, (id) => id.toUpperCase()),
  );
  putKey('no-name', 'LG-24', 'refuse', vkey.slice(vkey.indexOf('+')));
  putKey('one-plus', 'LG-25', 'refuse', vkey.replace('+', ''));
  putKey('loose-base64', 'LG-26', 'refuse', `${vkey}=`);

  const putPublic = (name: string, rule: string, want: 'accept' | 'refuse', hex: string) => {
    add(`public-key/${name}`, {
      desc: name.replaceAll('-', ' '),
      rule,
      want,
      key: toBase64(Buffer.from(hex, 'hex')),
    });
  };
  const ends = (first: string, fill: string, last: string) => first + fill.repeat(30) + last;
  putPublic('honest', 'LG-49', 'accept', Buffer.from(logSigner.key.publicKey).toString('hex'));
  putPublic('neutral', 'LG-49', 'refuse', ends('01', '00', '00'));
  putPublic('neutral-with-sign', 'LG-49', 'refuse', ends('01', '00', '80'));
  putPublic('order-4', 'LG-49', 'refuse', ends('00', '00', '00'));
  putPublic('order-2', 'LG-49', 'refuse', ends('ec', 'ff', '7f'));
  putPublic('order-4-above-the-prime', 'LG-49', 'refuse', ends('ed', 'ff', '7f'));
  putPublic('neutral-above-the-prime', 'LG-49', 'refuse', ends('ee', 'ff', 'ff'));
  putPublic('above-the-prime', 'LG-50', 'refuse', ends('f0', 'ff', '7f'));
  putPublic('short', 'LG-49', 'refuse', '00');
}
