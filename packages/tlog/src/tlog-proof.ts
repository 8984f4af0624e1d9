/**
 * Offline proofs: one entry's place in a signed tree, in a text that needs no network to be checked.
 *
 *     c2sp.org/tlog-proof@v1
 *     extra <base64>                 optional, and not authenticated
 *     index <n>
 *     <hash>                         inclusion path, from the leaf's sibling upward
 *
 *     <checkpoint, verbatim>
 *
 * Source  C2SP tlog-proof. The file suffix is `.tlog-proof`.
 */
import { readCheckpoint, type VerifiedCheckpoint } from './checkpoint.ts';
import type { Ed25519 } from './ed25519.ts';
import { type Hash, hashLength, pureSha256, type Sha256 } from './hashing.ts';
import { verifyInclusion } from './inclusion.ts';
import { noteLengthMax } from './note.ts';
import { type Policy, verifyByPolicy } from './policy.ts';
import { accept, refuse, type Result } from './problem.ts';
import {
  concatBytes,
  copyBytes,
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  parseDecimal,
  utf8ToBytes,
} from './text.ts';

/** A proof as it is written; nothing about it is verified. */
export interface TlogProof {
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed checkpoint, byte for byte. */
  readonly checkpoint: Uint8Array;
  /** Whatever the application put beside it. Nobody vouches for it [LG-44]. */
  readonly extra?: Uint8Array;
}

const header = 'c2sp.org/tlog-proof@v1';

/** No tree is higher than the bits of its size. */
export const proofLengthMax = 63;

/** The bytes of a proof. Throws when the index, a hash or the checkpoint cannot be written. */
export function formatTlogProof({ index, path, checkpoint, extra }: TlogProof): Uint8Array {
  if (!Number.isSafeInteger(index) || index < 0) throw new RangeError(`${index} is no index`);
  if (path.length > proofLengthMax || path.some((hash) => hash.length !== hashLength)) {
    throw new RangeError('this is no inclusion path');
  }
  const signed = readCheckpoint(checkpoint);
  if (!signed.ok) throw new RangeError(signed.problem.text);
  const lines = [
    header,
    ...(extra === undefined ? [] : [`extra ${encodeBase64(extra)}`]),
    `index ${index}`,
    ...path.map(encodeBase64),
  ];
  return concatBytes(utf8ToBytes(`${lines.join('\n')}\n\n`), checkpoint);
}

/** The proof that `bytes` are. Law: accepts exactly what `formatTlogProof` makes [LG-42]. */
export function parseTlogProof(bytes: Uint8Array): Result<TlogProof> {
  const malformed = (what: string) => refuse('ProofMalformed', what);
  if (bytes.length > 2 * noteLengthMax) return malformed('The proof is too large.');
  const text = decodeUtf8(bytes);
  if (text === undefined) return malformed('The proof is not well-formed UTF-8.');
  const end = text.indexOf('\n\n');
  if (end < 0) return malformed('No empty line stands before the checkpoint.');
  const [first, ...lines] = text.slice(0, end).split('\n');
  if (first !== header) return malformed(`The first line must be ${header}.`);
  let extra: Uint8Array | undefined;
  if (lines[0]?.startsWith('extra ') === true) {
    extra = decodeBase64(lines.shift()!.slice('extra '.length));
    if (extra === undefined) return malformed('The extra data must be canonical base64.');
  }
  const indexLine = lines.shift();
  if (indexLine?.startsWith('index ') !== true) return malformed('The line "index" is missing.');
  const index = parseDecimal(indexLine.slice('index '.length));
  if (!index.ok) return index;
  if (lines.length > proofLengthMax) return malformed(`The path has more than ${proofLengthMax} hashes.`);
  const path: Hash[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (hash?.length !== hashLength) return malformed('A hash must be canonical base64 of 32 bytes.');
    path.push(hash);
  }
  // The octets before the checkpoint are ASCII: they were matched as such above.
  const checkpoint = copyBytes(bytes.subarray(end + 2));
  const signed = readCheckpoint(checkpoint);
  if (!signed.ok) return signed;
  return accept({ index: index.value, path, checkpoint, ...(extra !== undefined && { extra }) });
}

/** What a proof is checked against: whom to believe, and the leaf hash of the entry that should be in the log. */
export interface ProofExpectation {
  readonly policy: Policy;
  readonly leaf: Hash;
}

/** What a proof proves. */
export interface ProvenEntry {
  readonly index: number;
  readonly checkpoint: VerifiedCheckpoint;
  /** Not authenticated. */
  readonly extra?: Uint8Array;
}

/**
 * Says whether a proof shows that the entry is in a log the policy accepts, under a quorum of witnesses [LG-43].
 *
 * Contract  `bytes` may come from an adversary. Needs no network: a gate device carries a policy and the proof.
 * Cost      One signature verification per line by a known key, at most 63 hashes.
 */
export async function verifyTlogProof(
  bytes: Uint8Array,
  { policy, leaf }: ProofExpectation,
  ed25519: Ed25519,
  sha256: Sha256 = pureSha256,
): Promise<Result<ProvenEntry>> {
  const proof = parseTlogProof(bytes);
  if (!proof.ok) return proof;
  const { index, path, extra } = proof.value;
  const checkpoint = await verifyByPolicy(proof.value.checkpoint, policy, ed25519);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const verdict = verifyInclusion({ leaf, index, size, root, path }, sha256);
  if (!verdict.ok) return verdict;
  return accept({ index, checkpoint: checkpoint.value, ...(extra !== undefined && { extra }) });
}
