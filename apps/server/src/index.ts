/** A node of Homeward as a library: what the command and the demonstration start. */
export { parseNodeConfig, readNodeConfig } from './config/node-config.ts';
export type { ConfigResult, NodeConfig, NodeConfigInput } from './config/node-config.ts';
export { findFreePorts } from './http/free-ports.ts';
export { openFolderPublisher } from './log/publish-folder.ts';
export type { FolderPublisher } from './log/publish-folder.ts';
export { StartRefused } from './start/read-keys.ts';
export { restoreHost, type RestoreSource } from './start/restore-host.ts';
export { startNode, toPolicyText } from './start/start-node.ts';
export type { RunningNode, StartOptions } from './start/start-node.ts';
export { parseDatabaseUrl, provideDatabase, startEmbeddedPostgres } from './postgres/index.ts';
export type { DatabaseParts, EmbeddedPostgres } from './postgres/index.ts';
export { version } from './node/version.ts';
