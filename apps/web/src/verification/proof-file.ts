/**
 * One act with its proof in one file: a C2SP tlog-proof whose `extra` carries the log entry, the signer's public key
 * and the keys of the log, so that it can be checked without a network.
 *
 * Nothing in `extra` is believed for being there: the entry must hash to the proven leaf, the public key must have the
 * fingerprint that the act names, and a log key this browser has not met before is shown as such.
 */
import { fingerprintOf, initial, parseEnvelope, type Base64Hash } from '@homeward/core/exchange';
import {
  type CheckpointKeys,
  decodeBase64,
  decodeUtf8,
  type Ed25519,
  encodeBase64,
  formatTlogProof,
  formatVerifierKey,
  leafHash,
  parseTlogProof,
  parseVerifierKey,
  proveInclusion,
  readBundle,
  readCheckpoint,
  type TileSource,
  tileWidth,
  type VerifiedCheckpoint,
  type VerifierKey,
  verifyCheckpoint,
  verifyInclusion,
} from '@homeward/tlog';
import { toActLine } from '../replica/act-line.ts';
import type { FileAnswer, ProofAnswer, SeenCheckpoint } from './protocol.ts';
import { readKeys, toCosigners } from './verify-log.ts';

interface Carried {
  readonly entry: Uint8Array | undefined;
  readonly publicKey: string;
  readonly log: string;
  readonly witnesses: readonly string[];
}

/** Proves one entry from a node's published files, and makes the file to keep. */
export async function proveEntry(
  source: TileSource,
  ed25519: Ed25519,
  { index, publicKey }: { readonly index: number; readonly publicKey: string },
): Promise<ProofAnswer> {
  const keys = await readKeys(source);
  const note = await source.read('checkpoint');
  if (note === undefined) return { kind: 'not-yet' };
  if (keys === undefined) return { kind: 'wrong', path: 'vkey', text: 'There is no verifier key.' };
  const checkpoint = await verifyCheckpoint(note, keys, ed25519);
  if (!checkpoint.ok) return { kind: 'wrong', path: 'checkpoint', text: checkpoint.problem.text };
  const tree = checkpoint.value;
  if (index >= tree.size) return { kind: 'not-yet' };
  const bundle = Math.floor(index / tileWidth);
  const entries = await readBundle(source, bundle, Math.min(tileWidth, tree.size - bundle * tileWidth));
  if (!entries.ok) return { kind: 'wrong', path: '', text: entries.problem.text };
  const entry = entries.value[index % tileWidth]!;
  const proof = await proveInclusion(source, { index, tree });
  if (!proof.ok) return { kind: 'wrong', path: '', text: proof.problem.text };
  const { path } = proof.value;
  const verdict = verifyInclusion({ leaf: leafHash(entry), index, size: tree.size, root: tree.root, path });
  if (!verdict.ok) return { kind: 'wrong', path: '', text: verdict.problem.text };
  const extra = new TextEncoder().encode(
    JSON.stringify({
      entry: encodeBase64(entry),
      log: formatVerifierKey(tree.log),
      publicKey,
      witnesses: keys.witnesses.map(formatVerifierKey),
    }),
  );
  return {
    kind: 'proven',
    size: tree.size,
    root: encodeBase64(tree.root),
    path: path.map(encodeBase64),
    cosigners: toCosigners(tree),
    signature: (await checkSignature(entry, publicKey, ed25519)) === 'ok',
    file: formatTlogProof({ index, path, checkpoint: note, extra }),
  };
}

/** Checks a file without asking anybody. `seen` are the logs this browser met before. */
export async function verifyProofFile(
  bytes: Uint8Array,
  seen: readonly SeenCheckpoint[],
  ed25519: Ed25519,
): Promise<FileAnswer> {
  const proof = parseTlogProof(bytes);
  if (!proof.ok) return { kind: 'malformed', text: proof.problem.text };
  const carried = parseExtra(proof.value.extra);
  const stated = readCheckpoint(proof.value.checkpoint);
  if (!stated.ok) return { kind: 'malformed', text: stated.problem.text };
  const known = seen.find(({ origin }) => origin === stated.value.checkpoint.origin);
  const keys = toKeys(
    known === undefined ? [carried.log] : [known.log],
    known?.witnesses ?? carried.witnesses,
  );
  const checkpoint = await verifyCheckpoint(proof.value.checkpoint, keys, ed25519);
  if (!checkpoint.ok) {
    return { kind: 'wrong', problem: checkpoint.problem.kind, text: checkpoint.problem.text };
  }
  if (carried.entry === undefined) return { kind: 'no-act' };
  const tree: VerifiedCheckpoint = checkpoint.value;
  const { index, path } = proof.value;
  const verdict = verifyInclusion({
    leaf: leafHash(carried.entry),
    index,
    size: tree.size,
    root: tree.root,
    path,
  });
  if (!verdict.ok) return { kind: 'wrong', problem: verdict.problem.kind, text: verdict.problem.text };
  const parsed = parseEnvelope(carried.entry);
  return {
    kind: 'proven',
    index,
    size: tree.size,
    root: encodeBase64(tree.root),
    origin: tree.origin,
    logKey: formatVerifierKey(tree.log),
    logKnown: known !== undefined,
    cosigners: toCosigners(tree),
    signature: await checkSignature(carried.entry, carried.publicKey, ed25519),
    line:
      parsed.kind === 'parsed'
        ? toActLine(index, parsed.envelope.id, parsed.envelope.act, initial, initial)
        : undefined,
    json: parsed.kind === 'parsed' ? new TextDecoder().decode(parsed.envelope.actBytes) : '',
  };
}

async function checkSignature(
  entry: Uint8Array,
  publicKey: string,
  ed25519: Ed25519,
): Promise<'ok' | 'bad' | 'none'> {
  const parsed = parseEnvelope(entry);
  const key = decodeBase64(publicKey);
  if (key?.length !== 32) return 'none';
  if (parsed.kind !== 'parsed') return 'bad';
  const { act, signature, signedBytes } = parsed.envelope;
  if (fingerprintOf(publicKey as Base64Hash) !== act.by) return 'bad';
  return (await ed25519.verify(key, signedBytes, signature)) ? 'ok' : 'bad';
}

function toKeys(logs: readonly string[], witnesses: readonly string[]): CheckpointKeys {
  const parse = (texts: readonly string[]): readonly VerifierKey[] =>
    texts.flatMap((text) => {
      const key = parseVerifierKey(text);
      return key.ok ? [key.value] : [];
    });
  return { logs: parse(logs), witnesses: parse(witnesses) };
}

function parseExtra(extra: Uint8Array | undefined): Carried {
  const nothing: Carried = { entry: undefined, publicKey: '', log: '', witnesses: [] };
  if (extra === undefined) return nothing;
  let content: unknown;
  try {
    content = JSON.parse(decodeUtf8(extra) ?? '');
  } catch {
    return nothing;
  }
  if (typeof content !== 'object' || content === null) return nothing;
  const text = (name: string): string => {
    const value: unknown = Object.hasOwn(content, name)
      ? (content as Record<string, unknown>)[name]
      : undefined;
    return typeof value === 'string' ? value : '';
  };
  // A file whose extra is the entry itself, as other programs may write it.
  if (Object.hasOwn(content, 'payload')) return { ...nothing, entry: extra };
  const witnesses: unknown = (content as { readonly witnesses?: unknown }).witnesses;
  return {
    entry: text('entry') === '' ? undefined : decodeBase64(text('entry')),
    publicKey: text('publicKey'),
    log: text('log'),
    witnesses: Array.isArray(witnesses)
      ? witnesses.filter((each): each is string => typeof each === 'string').slice(0, 32)
      : [],
  };
}
