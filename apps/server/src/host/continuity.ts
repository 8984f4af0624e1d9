/**
 * Whether a host's database continues what the host signed: by its own vault, and by what its witnesses keep.
 *
 * Law     Nothing is served, and no receipt given, before both were asked. Going on from an older copy, or beside
 *         another, would make a second history; only a checkpoint that the log's own key has signed proves one. A
 *         witness that cannot be asked in time is named, and holds nobody up: it is asked again with every checkpoint.
 */
import type { Store, Vault } from '@homeward/store';
import { isEqualBytes, type VerifierKey } from '@homeward/tlog';
import type { Alarms } from '../alarm/alarms.ts';
import { readWitnessed, type WitnessPeer } from './witness-client.ts';

export interface ContinuityOptions {
  readonly logKey: VerifierKey;
  readonly store: Store;
  readonly vault: Vault;
  readonly witnesses: readonly WitnessPeer[];
  readonly alarms: Alarms;
  readonly report: (line: string) => void;
}

const patienceMs = 2_000;

/** Rejects when the database does not continue what was signed. */
export async function assertContinues(options: ContinuityOptions): Promise<void> {
  const { logKey, store, vault } = options;
  const size = await store.log.size();
  const signed = await vault.read(`log:${logKey.name}`);
  if (signed !== undefined) {
    if (size < signed.size) {
      throw new Error(
        `The database holds ${String(size)} acts, but a checkpoint of ${String(signed.size)} was signed: it is an older copy. Restore the newest one.`,
      );
    }
    if (!isEqualBytes(await store.log.rootAt(signed.size), signed.root)) {
      throw new Error(
        `The first ${String(signed.size)} acts in the database are not the ones that were signed. Restore the newest copy.`,
      );
    }
  }
  await Promise.all(options.witnesses.map(async (peer) => assertWitnessed(peer, size, options)));
}

/** A vault restored together with its database agrees with it; the witnesses do not. */
async function assertWitnessed(
  peer: WitnessPeer,
  size: number,
  { logKey, store, alarms, report }: ContinuityOptions,
): Promise<void> {
  const shown = await readWitnessed(peer, logKey, patienceMs);
  switch (shown.kind) {
    case 'nothing':
      return;
    case 'unreachable':
      report(`witness ${peer.name} could not be asked before serving what it has cosigned: ${shown.says}`);
      return;
    case 'shown': {
      if (shown.size <= size && isEqualBytes(await store.log.rootAt(shown.size), shown.root)) return;
      const isAhead = shown.size > size;
      const says = isAhead ? toAhead(peer.name, shown.size, size) : toContradiction(peer.name, shown.size);
      await store.checkpoints.put({
        origin: logKey.name,
        size: shown.size,
        root: shown.root,
        note: shown.note,
      });
      await alarms.raise(isAhead ? 'rollback' : 'fork', says);
      throw new Error(`${says} Restore the newest copy of database and vault.`);
    }
  }
}

export function toAhead(witness: string, shown: number, held: number): string {
  return `${witness} has cosigned ${String(shown)} acts, this log holds ${String(held)}: an older copy was restored.`;
}

export function toContradiction(witness: string, size: number): string {
  return `${witness} has cosigned another tree of ${String(size)} acts than the one this log holds, signed by this log's own key: there are two histories.`;
}
