/** Starts a node from its configuration: keys, vault, database, role, HTTP. */
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { whoMustCosign } from '@homeward/ledger';
import { FileVault, type Store } from '@homeward/store';
import { formatPolicy, type VerifierKey } from '@homeward/tlog';
import type { NodeConfig } from '../config/node-config.ts';
import { startHost } from '../host/host.ts';
import { createApp } from '../http/app.ts';
import { ownHosts } from '../http/guard.ts';
import { loadNodeKeys, type NodeKeys } from '@homeward/keys';
import { startMember } from '../member/member.ts';
import { openFolderPublisher, type FolderPublisher } from '../log/publish-folder.ts';
import type { Node } from '../node/node.ts';
import { openStoreOf } from './open-store.ts';
import { readKey, readLogKey, readPolicy, StartRefused, toSentence } from './read-keys.ts';
import { toBugLine, toReportLine } from '../report/report-line.ts';

export interface RunningNode {
  /** Where it listens, for example `http://127.0.0.1:43121`. */
  readonly url: string;
  readonly port: number;
  readonly node: Node;
  /** Answers what was begun, then closes everything. Idempotent. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** One line for the operator; never personal data. */
  readonly report?: (line: string) => void;
  /** A store already opened, in place of the configured database. The caller closes it. */
  readonly store?: Store;
  /** Takes back, once, the alarms that halt this node: for a human who has looked. */
  readonly isLiftingAlarms?: boolean;
  /** Aborts a start that waits, as that of a member which catches up with what it cosigned. */
  readonly signal?: AbortSignal;
}

/** Where a clone keeps the pages it built; a node without them shows its plain status page. */
const builtPages = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** Looked for at least this often, should a change have come between two looks. */
const publishEveryMs = 1_000;

export async function startNode(config: NodeConfig, options: StartOptions = {}): Promise<RunningNode> {
  const write = options.report ?? ((line: string) => process.stderr.write(`${line}\n`));
  const report = (line: string): void => {
    write(toReportLine(line));
  };
  const onBug = (error: unknown): void => {
    report(toBugLine(error));
  };
  const loaded = await loadNodeKeys(config.keys, config.role);
  if (!loaded.ok) throw new StartRefused(loaded.says);
  const witnesses = config.witnesses.map(({ name, key, url, role }) => ({
    name,
    key: readKey(key, 'cosignature', `the key of witness ${name}`),
    url,
    role,
  }));
  const logKey = readLogKey(config, loaded.keys);
  const policy = readPolicy(config.policy ?? toPolicyText(logKey, witnesses), logKey);
  // Published as everybody spells it: beside a log, `homeward verify` takes no other.
  const policyText = Buffer.from(formatPolicy(policy)).toString('utf8');
  const opened = await openStoreOf(config, options, report);
  const parts = {
    store: opened.store,
    vault: new FileVault(config.vault),
    witnesses,
    policy,
    policyText,
    isLiftingAlarms: options.isLiftingAlarms === true,
    signal: options.signal,
    report,
    onBug,
  };
  const stopping = new AbortController();
  let node: Node | undefined;
  try {
    node = await startRole(config, loaded.keys, logKey, parts);
    const publisher = config.publish === undefined ? undefined : await openPublisher(config.publish, node);
    const { host, port, names } = config.listen;
    let isOwnHost: (host: string) => boolean = () => false;
    const app = await createApp({
      node,
      isOwnHost: (name) => isOwnHost(name),
      webFolder: config.web ?? builtPages,
      payloads: opened.store.payloads,
      payloadBytesMax: config.payloadBytesMax,
      payloadAllowance: config.payloadAllowance,
      stopping: stopping.signal,
      onBug,
    });
    const server = await listen(app.fetch, host, port);
    const address = server.address() as AddressInfo;
    isOwnHost = ownHosts({ host, port: address.port, names });
    const running = node;
    const publishing =
      publisher === undefined ? undefined : keepPublishing(running, publisher, stopping.signal, report);
    let stopped: Promise<void> | undefined;
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${String(address.port)}`,
      port: address.port,
      node: running,
      stop: async () =>
        (stopped ??= (async () => {
          stopping.abort();
          const closed = new Promise<void>((resolve) => {
            server.close(() => {
              resolve();
            });
          });
          await publishing;
          await running.stop();
          if ('closeIdleConnections' in server) server.closeIdleConnections();
          const limit = setTimeout(() => {
            if ('closeAllConnections' in server) server.closeAllConnections();
          }, 300);
          await closed;
          clearTimeout(limit);
          await opened.close();
        })()),
    };
  } catch (error) {
    stopping.abort();
    await node?.stop();
    await opened.close();
    throw error;
  }
}

async function openPublisher(folder: string, node: Node): Promise<FolderPublisher> {
  try {
    return await openFolderPublisher(folder, node);
  } catch (error) {
    throw new StartRefused(`publish: the log cannot be kept in ${folder}: ${toSentence(error)}`);
  }
}

/**
 * Keeps a folder of files up to date with the checkpoint this node stands by, until it stops. A disk that is full or
 * away is said once, and tried again at the next look.
 */
async function keepPublishing(
  node: Node,
  publisher: FolderPublisher,
  stopping: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  let said: string | undefined;
  for (;;) {
    const changed = node.feed.wait(publishEveryMs, stopping);
    const note = node.findCheckpoint();
    try {
      if (note !== undefined) await publisher.publish(note, node.findTile);
      if (said !== undefined) report('publish: the log is in its folder again');
      said = undefined;
    } catch (error) {
      const says = toSentence(error);
      if (says !== said) report(`publish: the log cannot be kept in its folder: ${says}`);
      said = says;
    }
    if (stopping.aborted) return;
    await changed;
  }
}

async function startRole(
  config: NodeConfig,
  keys: NodeKeys,
  logKey: VerifierKey,
  parts: Omit<Parameters<typeof startHost>[0], 'config' | 'keys'>,
): Promise<Node> {
  if (config.role === 'host' && keys.role === 'host') return startHost({ ...parts, config, keys });
  if (config.role !== 'host' && keys.role !== 'host') {
    const receiptKey = readKey(config.host.receiptKey, 'note', 'host.receiptKey');
    return startMember({ ...parts, config, keys, logKey, receiptKey });
  }
  throw new Error('keys and configuration are of different roles');
}

/** The text of the policy that every party, and any one of the observers where there are some, must have cosigned. */
export function toPolicyText(
  logKey: VerifierKey,
  witnesses: readonly {
    readonly name: string;
    readonly key: VerifierKey;
    readonly role: 'party' | 'observer';
  }[],
): string {
  const asked = witnesses.map(({ name, key, role }) => ({ name, key, isPower: role === 'party' }));
  return Buffer.from(formatPolicy(whoMustCosign(logKey, asked))).toString('utf8');
}

async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  hostname: string,
  port: number,
): Promise<ReturnType<typeof serve>> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port, serverOptions: { requestTimeout: 30_000 } }, () => {
      server.off('error', reject);
      resolve(server);
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new StartRefused(`Port ${String(port)} on ${hostname} is taken.`)
          : error,
      );
    });
  });
}
