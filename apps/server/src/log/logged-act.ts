/** Looks acts up in a node's own log. */
import type { LoggedAct } from '@homeward/contract';
import type { ActId } from '@homeward/core/exchange';
import type { LogRepository } from '@homeward/store';
import { formatTlogProof, proveInclusion } from '@homeward/tlog';
import { nativeSha256 } from '@homeward/keys';
import { toStoreSource } from './own-source.ts';

export async function findLoggedAct(
  log: LogRepository,
  id: ActId,
  checkpointSize: number,
): Promise<LoggedAct | undefined> {
  const entry = await log.findAct(id);
  if (entry === undefined) return undefined;
  return {
    id,
    index: entry.index,
    envelope: Buffer.from(entry.bytes).toString('base64'),
    included: entry.index < checkpointSize,
  };
}

/** The offline proof of an act under a checkpoint; nothing when the checkpoint does not cover it. */
export async function findLogProof(
  log: LogRepository,
  id: ActId,
  tree: { readonly size: number; readonly root: Uint8Array; readonly note: string },
): Promise<string | undefined> {
  const entry = await log.findAct(id);
  if (entry === undefined || entry.index >= tree.size) return undefined;
  const proof = await proveInclusion(toStoreSource(log), { index: entry.index, tree }, nativeSha256);
  if (!proof.ok)
    throw new Error(`this node's own tiles do not prove entry ${String(entry.index)}: ${proof.problem.text}`);
  const checkpoint = new TextEncoder().encode(tree.note);
  const bytes = formatTlogProof({ index: entry.index, path: proof.value.path, checkpoint });
  return Buffer.from(bytes).toString('utf8');
}
