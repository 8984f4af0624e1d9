/** Asks one witness to cosign (C2SP tlog-witness, client side). */
import { readAtMost } from '@homeward/contract';
import {
  addSignatures,
  formatWitnessRequest,
  parseDecimal,
  parseSignatures,
  proveConsistency,
  verifyCheckpoint,
  type NoteSignature,
  type TileSource,
  type VerifierKey,
} from '@homeward/tlog';
import { ed25519 } from '../keys/ed25519.ts';
import { nativeSha256, reasonOf } from '../log/store-source.ts';
import { witnessedPath } from '../replica/gossip.ts';

/** Some dozens of signature lines, or a checkpoint with them. */
const answerBytesMax = 100_000;

export interface WitnessPeer {
  readonly name: string;
  readonly key: VerifierKey;
  readonly url: string;
}

export interface SignedTree {
  readonly size: number;
  readonly root: Uint8Array;
  /** The note as the log signed it, without cosignatures. */
  readonly note: Uint8Array;
  readonly logKey: VerifierKey;
}

export type WitnessReply =
  | { readonly kind: 'cosigned'; readonly line: NoteSignature; readonly time: number }
  /** It shows a larger tree than ours that our own key has signed: ours is not the only history. */
  | { readonly kind: 'ahead'; readonly size: number }
  | { readonly kind: 'refused'; readonly says: string }
  | { readonly kind: 'unreachable'; readonly says: string };

/** `oldSize` is what the witness cosigned last as far as we know; a 409 corrects it once. */
export async function askWitness(
  peer: WitnessPeer,
  tree: SignedTree,
  oldSize: number,
  source: TileSource,
  timeoutMs: number,
): Promise<WitnessReply> {
  let old = Math.min(oldSize, tree.size);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const proof = await proveConsistency(source, { oldSize: old, tree }, nativeSha256);
    if (!proof.ok) return { kind: 'refused', says: proof.problem.text };
    const body = formatWitnessRequest({ oldSize: old, proof: proof.value.proof, checkpoint: tree.note });
    let status: number;
    let text: string;
    try {
      const response = await fetch(`${peer.url.replace(/\/+$/u, '')}/add-checkpoint`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      });
      status = response.status;
      const bytes = await readAtMost(response, answerBytesMax);
      if (bytes === undefined) return { kind: 'refused', says: 'answered with more than an answer may be' };
      text = Buffer.from(bytes).toString('utf8');
    } catch (error) {
      return { kind: 'unreachable', says: error instanceof Error ? reasonOf(error) : 'no answer' };
    }
    if (status === 200) return readCosignature(peer, tree, text);
    if (status !== 409) return { kind: 'refused', says: `${String(status)} ${text.slice(0, 300).trim()}` };
    const size = parseDecimal(text.trimEnd());
    if (!size.ok) return { kind: 'refused', says: '409 without a size' };
    if (size.value > tree.size) return findProofOfMore(peer, tree, size.value, timeoutMs);
    old = size.value;
  }
  return { kind: 'refused', says: 'its size moved while we asked' };
}

/**
 * A size alone proves nothing: whoever answers could halt a host for good by it. The checkpoint it has cosigned, which
 * our own key has signed, does.
 */
async function findProofOfMore(
  peer: WitnessPeer,
  tree: SignedTree,
  claimed: number,
  timeoutMs: number,
): Promise<WitnessReply> {
  const refused: WitnessReply = {
    kind: 'refused',
    says: `says that it cosigned ${String(claimed)} acts and shows no checkpoint of them that this log signed`,
  };
  try {
    const url = peer.url.replace(/\/+$/u, '') + witnessedPath(tree.logKey.name);
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    const note = await readAtMost(response, answerBytesMax);
    if (!response.ok || note === undefined) return refused;
    const shown = await verifyCheckpoint(note, { logs: [tree.logKey], witnesses: [] }, ed25519);
    return shown.ok && shown.value.size > tree.size ? { kind: 'ahead', size: shown.value.size } : refused;
  } catch (error) {
    return { kind: 'unreachable', says: error instanceof Error ? reasonOf(error) : 'no answer' };
  }
}

async function readCosignature(peer: WitnessPeer, tree: SignedTree, text: string): Promise<WitnessReply> {
  const lines = parseSignatures(text);
  const line = lines.ok
    ? lines.value.find(({ id, name }) => id === peer.key.id && name === peer.key.name)
    : undefined;
  if (line === undefined) return { kind: 'refused', says: 'answered without its signature' };
  const cosigned = await verifyCheckpoint(
    addSignatures(tree.note, [line]),
    { logs: [tree.logKey], witnesses: [peer.key] },
    ed25519,
  );
  const time = cosigned.ok ? cosigned.value.cosignatures[0]?.time : undefined;
  return time === undefined
    ? { kind: 'refused', says: 'answered with a signature that does not verify' }
    : { kind: 'cosigned', line, time };
}
