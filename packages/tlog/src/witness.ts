/**
 * The witness: cosigns a log's checkpoint only when it continues what it cosigned before.
 *
 * Law     Of one log a witness cosigns one history: every checkpoint it cosigned is the beginning of every later
 *         one. Checking the old size and storing the new checkpoint are one atomic step, finished durably before
 *         the answer leaves [LG-41]; otherwise a slow request for N rolls N + K back.
 * Why     The whole signed checkpoint is stored, not size and root: only a signature proves that a log forked.
 * Source  C2SP tlog-witness, add-checkpoint.
 */
import {
  addSignatures,
  type Checkpoint,
  keepSignatures,
  readCheckpoint,
  verifyCheckpoint,
} from './checkpoint.ts';
import { verifyConsistency } from './consistency.ts';
import type { Ed25519 } from './ed25519.ts';
import { emptyRoot, type Hash, hashLength, pureSha256, type Sha256 } from './hashing.ts';
import { formatSignatures, noteLengthMax } from './note.ts';
import { accept, type Problem, refuse, type Result, toProblem } from './problem.ts';
import { cosign, type NoteSigner } from './sign.ts';
import {
  concatBytes,
  copyBytes,
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  isEqualBytes,
  parseDecimal,
  utf8ToBytes,
} from './text.ts';
import type { TreeHead } from './tile-source.ts';
import { proofLengthMax } from './tlog-proof.ts';
import type { VerifierKey } from './verifier-key.ts';

/** The body of an add-checkpoint request. `checkpoint` is the signed note, byte for byte. */
export interface WitnessRequest {
  readonly oldSize: number;
  readonly proof: readonly Hash[];
  readonly checkpoint: Uint8Array;
}

/** The bytes of a request. Throws when it cannot be written. */
export function formatWitnessRequest({ oldSize, proof, checkpoint }: WitnessRequest): Uint8Array {
  if (!Number.isSafeInteger(oldSize) || oldSize < 0) throw new RangeError(`${oldSize} is no size`);
  if (proof.length > proofLengthMax || proof.some((hash) => hash.length !== hashLength)) {
    throw new RangeError('this is no consistency proof');
  }
  const lines = [`old ${oldSize}`, ...proof.map(encodeBase64)];
  return concatBytes(utf8ToBytes(`${lines.join('\n')}\n\n`), checkpoint);
}

/** The request that `bytes` are [LG-34]. Its checkpoint is parsed, not verified. */
export function parseWitnessRequest(
  bytes: Uint8Array,
): Result<WitnessRequest & { readonly claimed: Checkpoint }> {
  const malformed = (what: string) => refuse('RequestMalformed', what);
  if (bytes.length > 2 * noteLengthMax) return malformed('The request is too large.');
  const text = decodeUtf8(bytes);
  if (text === undefined) return malformed('The request is not well-formed UTF-8.');
  const end = text.indexOf('\n\n');
  if (end < 0) return malformed('No empty line stands before the checkpoint.');
  const [oldLine, ...lines] = text.slice(0, end).split('\n');
  if (!oldLine!.startsWith('old ')) return malformed('The first line must be "old" and a size.');
  const oldSize = parseDecimal(oldLine!.slice('old '.length));
  if (!oldSize.ok) return oldSize;
  if (lines.length > proofLengthMax) return malformed(`The proof has more than ${proofLengthMax} hashes.`);
  const proof: Hash[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (hash?.length !== hashLength) return malformed('A hash must be canonical base64 of 32 bytes.');
    proof.push(hash);
  }
  const checkpoint = copyBytes(bytes.subarray(end + 2));
  const claimed = readCheckpoint(checkpoint);
  if (!claimed.ok) return claimed;
  return accept({ oldSize: oldSize.value, proof, checkpoint, claimed: claimed.value.checkpoint });
}

/** What a witness decides about a request whose signature holds. */
export type WitnessDecision =
  | { readonly kind: 'Cosign' }
  | { readonly kind: 'OldSizeAhead'; readonly problem: Problem }
  | { readonly kind: 'OldSizeStale'; readonly size: number }
  | { readonly kind: 'Inconsistent'; readonly problem: Problem };

/** What a witness decides upon: the tree a log claims to have grown from `oldSize`, and the last one cosigned. */
export interface WitnessQuestion {
  readonly oldSize: number;
  readonly proof: readonly Hash[];
  readonly next: TreeHead;
  /** Nothing while no checkpoint of this log was ever cosigned. */
  readonly last: TreeHead | undefined;
}

/**
 * Decides whether `next` continues `last`, in the order the protocol gives its answers [LG-37, LG-38, LG-39].
 *
 * Contract  Pure. A size of 0 is settled here, not in the consistency verifier: an old size of 0 wants an empty
 *           proof, and a tree of size 0 has the empty root.
 */
export function decideWitness(
  { oldSize, proof, next, last }: WitnessQuestion,
  sha256: Sha256 = pureSha256,
): WitnessDecision {
  const inconsistent = (problem: Problem): WitnessDecision => ({ kind: 'Inconsistent', problem });
  if (oldSize > next.size) {
    const text = `The old size ${oldSize} is above the checkpoint's size ${next.size}.`;
    return { kind: 'OldSizeAhead', problem: toProblem('OldSizeAhead', text) };
  }
  const lastSize = last?.size ?? 0;
  if (oldSize !== lastSize) return { kind: 'OldSizeStale', size: lastSize };
  if (next.size === 0 && !isEqualBytes(next.root, emptyRoot(sha256))) {
    return inconsistent(toProblem('EmptyRootWrong', 'A log without entries must have the empty root.'));
  }
  if (oldSize === 0) {
    return proof.length === 0
      ? { kind: 'Cosign' }
      : inconsistent(toProblem('ConsistencyWrong', 'From an old size of 0 the proof must be empty.'));
  }
  const claim = { oldSize, oldRoot: last!.root, newSize: next.size, newRoot: next.root, proof };
  const verdict = verifyConsistency(claim, sha256);
  return verdict.ok ? { kind: 'Cosign' } : inconsistent(verdict.problem);
}

/**
 * Where a witness keeps the last checkpoint it cosigned of each log, whole, with signatures.
 *
 * Contract  `replace` is atomic and durable: it stores `next` only while what is stored is byte for byte
 *           `expected` (nothing for a log not yet cosigned), and answers whether it did. Two of them at once
 *           never both succeed on one `expected`. It must lie outside the backups of the log itself: whoever can
 *           set it back can make the witness cosign a fork.
 */
export interface WitnessStore {
  find(origin: string): Promise<Uint8Array | undefined>;
  replace(origin: string, expected: Uint8Array | undefined, next: Uint8Array): Promise<boolean>;
}

/** A witness: its key, the logs it watches, its memory, and how it checks signatures. */
export interface Witness {
  readonly signer: NoteSigner;
  /** The keys of the logs it watches; a log's origin is the name of its keys. */
  readonly logs: readonly VerifierKey[];
  readonly store: WitnessStore;
  readonly ed25519: Ed25519;
  readonly sha256?: Sha256;
}

/** What a witness answers, as the protocol has it: `body` is text, and empty where the protocol gives it no meaning. */
export type WitnessAnswer =
  | {
      readonly kind: 'Cosigned';
      readonly status: 200;
      readonly body: string;
      readonly checkpoint: Uint8Array;
    }
  | { readonly kind: 'Malformed' | 'OldSizeAhead'; readonly status: 400; readonly problem: Problem }
  | { readonly kind: 'Untrusted'; readonly status: 403; readonly problem: Problem }
  | { readonly kind: 'LogUnknown'; readonly status: 404; readonly problem: Problem }
  | { readonly kind: 'OldSizeStale'; readonly status: 409; readonly size: number; readonly body: string }
  | { readonly kind: 'Inconsistent'; readonly status: 422; readonly problem: Problem };

/** The content type of the body of a 409. */
export const witnessSizeType = 'text/x.tlog.size';

/** The last checkpoint cosigned of a log. Throws on a damaged store: a witness without memory must not sign. */
async function findLast(store: WitnessStore, origin: string) {
  const bytes = await store.find(origin);
  if (bytes === undefined) return { bytes, head: undefined };
  const stored = readCheckpoint(bytes);
  if (!stored.ok || stored.value.checkpoint.origin !== origin) {
    throw new Error(`the last checkpoint stored for ${origin} is damaged`);
  }
  return { bytes, head: stored.value.checkpoint };
}

/**
 * Answers an add-checkpoint request.
 *
 * Contract  `body` may come from an adversary; `time` is the witness's own clock in Unix seconds.
 *           A 200 leaves only after the store has taken the checkpoint. When another request was faster, this one is
 *           judged anew against what that one stored.
 * Cost      One verification per line by a key of the log, one signature, at most 126 hashes.
 */
export async function addCheckpoint(
  witness: Witness,
  body: Uint8Array,
  time: number,
): Promise<WitnessAnswer> {
  const { signer, logs, store, ed25519, sha256 = pureSha256 } = witness;
  const request = parseWitnessRequest(body);
  if (!request.ok) return { kind: 'Malformed', status: 400, problem: request.problem };
  const { oldSize, proof, checkpoint, claimed } = request.value;
  const trusted = logs.filter(({ name }) => name === claimed.origin);
  if (trusted.length === 0) {
    return {
      kind: 'LogUnknown',
      status: 404,
      problem: toProblem('LogUnknown', 'This log is not watched here.'),
    };
  }
  const verified = await verifyCheckpoint(checkpoint, { logs: trusted, witnesses: [] }, ed25519);
  if (!verified.ok) return { kind: 'Untrusted', status: 403, problem: verified.problem };
  const { text, origin } = verified.value;
  while (true) {
    const last = await findLast(store, origin);
    const decision = decideWitness({ oldSize, proof, next: verified.value, last: last.head }, sha256);
    switch (decision.kind) {
      case 'OldSizeAhead':
        return { kind: decision.kind, status: 400, problem: decision.problem };
      case 'OldSizeStale':
        return { kind: decision.kind, status: 409, size: decision.size, body: `${decision.size}\n` };
      case 'Inconsistent':
        return { kind: decision.kind, status: 422, problem: decision.problem };
      case 'Cosign': {
        const line = await cosign(text, signer, time);
        // Lines of strangers are not kept: they would be stored and served in our name.
        const next = addSignatures(keepSignatures(checkpoint, trusted), [line]);
        if (await store.replace(origin, last.bytes, next)) {
          return { kind: 'Cosigned', status: 200, body: formatSignatures([line]), checkpoint: next };
        }
      }
    }
  }
}
