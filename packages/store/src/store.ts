import type { CheckpointRepository } from './checkpoint/checkpoint.ts';
import type { LogRepository } from './log/entry.ts';
import type { PayloadRepository } from './payload/payload.ts';
import type { PeerRepository } from './peer/peer.ts';
import type { PendingRepository } from './pending/pending.ts';
import type { SettingRepository } from './setting/setting.ts';

/** Everything one node keeps in its own database. */
export interface Store {
  readonly log: LogRepository;
  readonly checkpoints: CheckpointRepository;
  readonly payloads: PayloadRepository;
  readonly pending: PendingRepository;
  readonly peers: PeerRepository;
  readonly settings: SettingRepository;
  /** True on PGlite: nothing in it survives a crash. A node must refuse to serve on it outside tests. */
  readonly volatile: boolean;
  /** Waits for what runs, then closes every connection. Idempotent. */
  close(): Promise<void>;
}
