/** What one node keeps: its log, the interlock, checkpoints, sealed payloads, its outbox, and the vault beside them. */
export type { CheckpointRepository, StoredCheckpoint, StoredCosignature } from './checkpoint/checkpoint.ts';
export { createDatabase, type NewDatabase } from './database/create.ts';
export type { DatabaseAddress, OpenOptions } from './database/connect.ts';
export { DatabaseHeld, holdDatabase } from './database/hold.ts';
export { type ServerReport, UnfitServer } from './database/server-check.ts';
export type { Claim } from './interlock/claim.ts';
export {
  type AppendRefusal,
  type AppendResult,
  entryBytesMax,
  type LogEntry,
  type LogRepository,
  type NewEntry,
  type RehashRequest,
  type RehashVerdict,
} from './log/entry.ts';
export { openSequencer } from './log/sequence.ts';
export type { Sequenced, Sequencer, SequencerOptions } from './log/sequencer.ts';
export { toEntry } from './log/to-entry.ts';
export { SchemaMismatch } from './migration/migrate.ts';
export type {
  PayloadRecipient,
  PayloadRepository,
  PayloadState,
  PutPayloadResult,
  SealedPayload,
} from './payload/payload.ts';
export type { Peer, PeerRepository } from './peer/peer.ts';
export { migrateDatabase, openStore, openVolatileStore } from './open.ts';
export type { PendingAct, PendingRepository } from './pending/pending.ts';
export type { SettingRepository } from './setting/setting.ts';
export type { Store } from './store.ts';
export { FileVault, VaultDamaged } from './vault/file-vault.ts';
export type { Signed, SwapResult, Vault } from './vault/vault.ts';
export { toWitnessStore } from './vault/witness-store.ts';
