/** Asks one witness to cosign (C2SP tlog-witness, client side). */
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
  /** It has cosigned a larger tree than ours: ours is not the only history. */
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
      text = (await response.text()).slice(0, 10_000);
    } catch (error) {
      return { kind: 'unreachable', says: error instanceof Error ? reasonOf(error) : 'no answer' };
    }
    if (status === 200) return readCosignature(peer, tree, text);
    if (status !== 409) return { kind: 'refused', says: `${String(status)} ${text.slice(0, 300)}` };
    const size = parseDecimal(text.trimEnd());
    if (!size.ok) return { kind: 'refused', says: '409 without a size' };
    if (size.value > tree.size) return { kind: 'ahead', size: size.value };
    old = size.value;
  }
  return { kind: 'refused', says: 'its size moved while we asked' };
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
