/**
 * One act with its proof in one file: a C2SP tlog-proof whose `extra` carries the log entry, the signer's public key
 * and the keys of the log, so that it can be checked without a network.
 *
 * Nothing in `extra` is believed for being there: the entry must hash to the proven leaf, and the public key must have the
 * fingerprint that the act names. Anyone can make a log, its witnesses and a proof of their own: where this browser
 * has not verified the log before, the answer says that the keys are the file's, and no cosigner counts as known.
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
  isEqualBytes,
  leafHash,
  parseTlogProof,
  parseVerifierKey,
  type Problem,
  proveInclusion,
  readBundle,
  readCheckpoint,
  tilePath,
  type TileSource,
  tileWidth,
  type VerifiedCheckpoint,
  type VerifierKey,
  verifyCheckpoint,
  verifyInclusion,
} from '@homeward/tlog';
import { toActLine } from '../reading/act-line.ts';
import type {
  Cosigner,
  EntryToProve,
  FileAnswer,
  ProofAnswer,
  SeenCheckpoint,
  SignatureState,
} from './protocol.ts';
import { readKeys } from '@homeward/ledger';
import { toCosigners } from './verify-log.ts';

interface Carried {
  readonly entry: Uint8Array | undefined;
  readonly publicKey: string;
  readonly log: string;
  readonly witnesses: readonly string[];
}

/** Proves from a node's published files that the log holds this very entry at its place, and makes the file to keep. */
export async function proveEntry(
  source: TileSource,
  ed25519: Ed25519,
  { index, entry: shown, publicKey }: EntryToProve,
): Promise<ProofAnswer> {
  const keys = await readKeys(source);
  const note = await source.read('checkpoint');
  if (note === undefined) return { kind: 'not-yet' };
  if (keys === undefined) return { kind: 'wrong', problem: 'KeyMalformed', path: 'vkey', text: '' };
  const checkpoint = await verifyCheckpoint(note, keys, ed25519);
  if (!checkpoint.ok) return toWrong(checkpoint.problem, 'checkpoint');
  const tree = checkpoint.value;
  if (index >= tree.size) return { kind: 'not-yet' };
  const bundle = Math.floor(index / tileWidth);
  const width = Math.min(tileWidth, tree.size - bundle * tileWidth);
  const entries = await readBundle(source, bundle, width);
  if (!entries.ok) return toWrong(entries.problem);
  const entry = entries.value[index % tileWidth]!;
  const proof = await proveInclusion(source, { index, tree });
  if (!proof.ok) return toWrong(proof.problem);
  const { path } = proof.value;
  const verdict = verifyInclusion({ leaf: leafHash(entry), index, size: tree.size, root: tree.root, path });
  if (!verdict.ok) return toWrong(verdict.problem);
  // The page shows what its node told by another way: a proof of other bytes says nothing about those.
  if (!isEqualBytes(entry, shown)) {
    const at = tilePath({ level: 'entries', index: bundle, width });
    return { kind: 'wrong', problem: 'EntryOther', path: at, text: '' };
  }
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
    signature: await checkSignature(entry, publicKey, ed25519),
    file: formatTlogProof({ index, path, checkpoint: note, extra }),
  };
}

/** Checks a file without asking anybody. `seen` are the logs this browser verified before. */
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
  if (known === undefined && keys.logs.length === 0) return { kind: 'no-key' };
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
    cosigners: known === undefined ? toCosigners(tree).map(asUnknown) : toCosigners(tree),
    signature: await checkSignature(carried.entry, carried.publicKey, ed25519),
    line:
      parsed.kind === 'parsed'
        ? toActLine(index, parsed.envelope.id, parsed.envelope.act, initial, initial)
        : undefined,
    json: parsed.kind === 'parsed' ? new TextDecoder().decode(parsed.envelope.actBytes) : '',
  };
}

function toWrong({ kind, text }: Problem, path = ''): Extract<ProofAnswer, { readonly kind: 'wrong' }> {
  return { kind: 'wrong', problem: kind, path, text };
}

/** A cosigner whose key only the file vouches for. */
const asUnknown = ({ name }: Cosigner): Cosigner => ({ name, key: '', at: '' });

async function checkSignature(
  entry: Uint8Array,
  publicKey: string,
  ed25519: Ed25519,
): Promise<SignatureState> {
  const parsed = parseEnvelope(entry);
  const key = decodeBase64(publicKey);
  if (key?.length !== 32 || parsed.kind !== 'parsed') return 'none';
  const { act, signature, signedBytes } = parsed.envelope;
  // Another's key put beside the act says nothing about its signature.
  if (fingerprintOf(publicKey as Base64Hash) !== act.by) return 'none';
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
