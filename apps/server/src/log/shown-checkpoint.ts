/**
 * The checkpoint that a node shows to those outside: the newest that its policy accepts.
 *
 * Law     What is shown verifies by the published policy, and never goes back. Only while no checkpoint was ever accepted
 *         is the newest one shown, whoever has cosigned it. The accepted one is kept, so that a restart shows it again.
 * Why     Whoever reads a log between a checkpoint and its last cosignature would call it unwitnessed, for a state that
 *         heals itself within a second.
 * Cost    One small row written for each accepted checkpoint.
 */
import { ed25519 } from '@homeward/keys';
import type { SettingRepository } from '@homeward/store';
import { verifyByPolicy, type Policy } from '@homeward/tlog';

export interface ShownTree {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

export interface ShownCheckpoint {
  /** A checkpoint this node stands by, whenever it is new or has more lines. */
  offer(tree: ShownTree & { readonly isQuorum: boolean }): Promise<void>;
  shown(): ShownTree | undefined;
}

/** `isOwn` says whether a tree is a beginning of this node's own log: what was kept may be of another, or of a copy. */
export async function openShownCheckpoint(
  settings: SettingRepository,
  policy: Policy,
  isOwn: (tree: { readonly size: number; readonly root: Uint8Array }) => Promise<boolean>,
): Promise<ShownCheckpoint> {
  const setting = `accepted:${policy.logs.map(({ key }) => key.name).join(' ')}`;
  let accepted = await load();
  let newest: ShownTree | undefined;

  async function load(): Promise<ShownTree | undefined> {
    const note = await settings.find(setting);
    if (typeof note !== 'string') return undefined;
    const verified = await verifyByPolicy(Buffer.from(note), policy, ed25519);
    if (!verified.ok || !(await isOwn(verified.value))) return undefined;
    const { size, root } = verified.value;
    return { size, root, note };
  }

  return {
    async offer({ size, root, note, isQuorum }) {
      const tree = { size, root, note };
      if (size >= (newest?.size ?? 0)) newest = tree;
      if (!isQuorum || size < (accepted?.size ?? 0) || note === accepted?.note) return;
      accepted = tree;
      await settings.put(setting, note);
    },
    shown: () => accepted ?? newest,
  };
}
