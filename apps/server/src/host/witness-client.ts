/** Asks one witness to cosign (C2SP tlog-witness, client side). */
import { readAtMost } from '@homeward/contract';
import { toReason } from '@homeward/ledger';
import {
  addSignatures,
  formatWitnessRequest,
  isEqualBytes,
  parseDecimal,
  parseSignatures,
  proveConsistency,
  verifyCheckpoint,
  type NoteSignature,
  type TileSource,
  type VerifierKey,
} from '@homeward/tlog';
import { ed25519, nativeSha256 } from '@homeward/keys';
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

/** A checkpoint that a witness cosigned and that the log's own key has signed. */
export interface Witnessed {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

export type WitnessReply =
  | { readonly kind: 'cosigned'; readonly line: NoteSignature; readonly time: number }
  /** It shows a larger tree than ours that our own key has signed: ours is not the only history. */
  | { readonly kind: 'ahead'; readonly shown: Witnessed }
  /** It shows another tree than ours, no larger, that our own key has signed: there are two histories. */
  | { readonly kind: 'contradicts'; readonly shown: Witnessed }
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
      return { kind: 'unreachable', says: toReason(error) };
    }
    if (status === 200) return readCosignature(peer, tree, text);
    if (status === 422) {
      const contradiction = await findContradiction(peer, tree, source, timeoutMs);
      if (contradiction !== undefined) return contradiction;
    }
    if (status !== 409) return { kind: 'refused', says: `${String(status)} ${text.slice(0, 300).trim()}` };
    const size = parseDecimal(text.trimEnd());
    if (!size.ok) return { kind: 'refused', says: '409 without a size' };
    if (size.value > tree.size) {
      return (
        (await findContradiction(peer, tree, source, timeoutMs)) ?? {
          kind: 'refused',
          says: `says that it cosigned ${String(size.value)} acts and shows no checkpoint of them that this log signed`,
        }
      );
    }
    old = size.value;
  }
  return { kind: 'refused', says: 'its size moved while we asked' };
}

/**
 * What a witness says of sizes and roots proves nothing: whoever answers could halt a host for good by it. The checkpoint
 * it has cosigned, which our own key has signed, does.
 */
async function findContradiction(
  peer: WitnessPeer,
  tree: SignedTree,
  source: TileSource,
  timeoutMs: number,
): Promise<WitnessReply | undefined> {
  const shown = await readWitnessed(peer, tree.logKey, timeoutMs);
  if (shown.kind !== 'shown') return undefined;
  const { size, root } = shown;
  if (size > tree.size) return { kind: 'ahead', shown };
  if (size === 0) return undefined;
  const own =
    size === tree.size
      ? tree.root
      : await proveConsistency(source, { oldSize: size, tree }, nativeSha256).then((proof) =>
          proof.ok ? proof.value.oldRoot : undefined,
        );
  return own === undefined || isEqualBytes(own, root) ? undefined : { kind: 'contradicts', shown };
}

/** The last checkpoint of this log that a witness cosigned; nothing where it shows none that the log's key has signed. */
export async function readWitnessed(
  peer: WitnessPeer,
  logKey: VerifierKey,
  timeoutMs: number,
): Promise<
  | ({ readonly kind: 'shown' } & Witnessed)
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreachable'; readonly says: string }
> {
  try {
    const url = peer.url.replace(/\/+$/u, '') + witnessedPath(logKey.name);
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    const note = await readAtMost(response, answerBytesMax);
    if (!response.ok || note === undefined) return { kind: 'nothing' };
    const shown = await verifyCheckpoint(note, { logs: [logKey], witnesses: [] }, ed25519);
    if (!shown.ok) return { kind: 'nothing' };
    const { size, root } = shown.value;
    return { kind: 'shown', size, root, note: Buffer.from(note).toString('utf8') };
  } catch (error) {
    return { kind: 'unreachable', says: toReason(error) };
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
