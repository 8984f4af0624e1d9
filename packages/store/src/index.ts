export type { CheckpointRepository, StoredCheckpoint, StoredCosignature } from './checkpoint/checkpoint.ts';
export type { Claim } from './interlock/claim.ts';
export {
  entryBytesMax,
  type AppendRefusal,
  type AppendResult,
  type LogEntry,
  type LogRepository,
  type NewEntry,
  type RehashRequest,
  type RehashVerdict,
} from './log/entry.ts';
export type { Sequenced, Sequencer, SequencerOptions } from './log/sequencer.ts';
export type {
  PayloadRecipient,
  PayloadRepository,
  PayloadState,
  PutPayloadResult,
  SealedPayload,
} from './payload/payload.ts';
export type { PeerRepository, Peer } from './peer/peer.ts';
export type { PendingAct, PendingRepository } from './pending/pending.ts';
export type { SettingRepository } from './setting/setting.ts';
export type { Store } from './store.ts';
export type { Signed, SwapResult, Vault } from './vault/vault.ts';
