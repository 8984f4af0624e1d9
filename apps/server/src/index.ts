/** A node of Homeward as a library: what the command and the demonstration start. */
export { parseNodeConfig, readNodeConfig } from './config/node-config.ts';
export type { ConfigResult, NodeConfig, NodeConfigInput } from './config/node-config.ts';
export { findFreePorts } from './http/free-ports.ts';
export { openFolderPublisher } from './log/publish-folder.ts';
export type { FolderPublisher } from './log/publish-folder.ts';
export { generateSigningKey, toSigningKey, verifyEd25519 } from './keys/ed25519.ts';
export type { SigningKey } from './keys/ed25519.ts';
export { readKeyFile, writeKeyFile } from './keys/key-file.ts';
export type { KeyFile, KeyFileResult } from './keys/key-file.ts';
export { fingerprintOf, generateActKey, generateNodeKeys, toPublicLine } from './keys/node-keys.ts';
export type { KeyPlan } from './keys/node-keys.ts';
export { createRequestSigner } from './payload/request-signing.ts';
export { startNode, StartRefused, toPolicyText } from './node/start-node.ts';
export type { RunningNode, StartOptions } from './node/start-node.ts';
export { parseDatabaseUrl, provideDatabase, startEmbeddedPostgres } from './postgres/index.ts';
export type { DatabaseParts, EmbeddedPostgres } from './postgres/index.ts';
export { version } from './node/version.ts';
