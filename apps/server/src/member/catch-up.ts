/**
 * What a member does when its database is older than what it cosigned last: a backup was restored, or a disk lost.
 *
 * Law     It serves and signs nothing before its replica holds all that it ever cosigned, with the very root that the
 *         vault keeps. An older copy catches up from the host; a copy of another history never serves. So a backup of
 *         any age can be restored, and a host cannot use that to show the member a second history.
 */
import type { Store, Vault } from '@homeward/store';
import { isEqualBytes } from '@homeward/tlog';
import type { Alarms } from '../alarm/alarms.ts';
import type { Replica } from '../replica/replica.ts';

/** A tree that this node has cosigned. */
export interface CosignedTree {
  readonly size: number;
  readonly root: Uint8Array;
}

export async function findCosigned(vault: Vault, origin: string): Promise<CosignedTree | undefined> {
  return vault.read(`witness:${origin}`);
}

export interface CatchUpOptions {
  readonly cosigned: CosignedTree | undefined;
  readonly store: Store;
  readonly replica: Pick<Replica, 'size'>;
  readonly alarms: Alarms;
  /** Looks once at what the host publishes. */
  readonly look: () => Promise<void>;
  readonly pauseMs: number;
  readonly signal: AbortSignal | undefined;
  readonly report: (line: string) => void;
}

/** Resolves when the replica continues what was cosigned. Rejects when it never will, or when `signal` aborts. */
export async function catchUp(options: CatchUpOptions): Promise<void> {
  const { cosigned, store, replica, alarms, report, signal } = options;
  if (cosigned === undefined) return;
  if (replica.size() < cosigned.size) {
    report(
      `catching up: this node cosigned ${String(cosigned.size)} acts and its database holds ${String(replica.size())}; it serves and signs nothing before it has them from the host`,
    );
  }
  while (replica.size() < cosigned.size) {
    if (signal?.aborted === true) throw new Error('stopped before it had caught up');
    await options.look();
    const halted = alarms.halted();
    if (halted !== undefined) throw new Error(halted);
    if (replica.size() < cosigned.size) await pause(options.pauseMs, signal);
  }
  if (isEqualBytes(await store.log.rootAt(cosigned.size), cosigned.root)) return;
  const says = `The first ${String(cosigned.size)} acts in the database are not the ones that this node cosigned.`;
  await alarms.raise('fork', says);
  throw new Error(`${says} Restore a copy of its own history.`);
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
