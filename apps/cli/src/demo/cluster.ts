/**
 * Four nodes on this machine as they would stand on four: a host, two parties and an observer, each a process with
 * its own keys, its own vault and its own database in one PostgreSQL server that this command runs.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNodeClient } from '@homeward/contract';
import type { NodeClient } from '@homeward/contract';
import { generateNodeKeys, readKeyFile, toPublicLine } from '@homeward/keys';
import {
  findFreePorts,
  openFolderPublisher,
  parseDatabaseUrl,
  provideDatabase,
  startEmbeddedPostgres,
  toPolicyText,
} from '@homeward/server';
import type { DatabaseParts, NodeConfigInput } from '@homeward/server';
import { parseVerifierKey } from '@homeward/tlog';
import type { VerifierKey } from '@homeward/tlog';
import type { NodeProcess } from './node-process.ts';
import { startNodeProcess } from './node-process.ts';

export interface Cluster {
  /** By party code: H, A, B, N1. */
  readonly nodes: Readonly<Record<string, NodeProcess>>;
  readonly urls: Readonly<Record<string, string>>;
  readonly clients: Readonly<Record<string, NodeClient>>;
  /** Verifier keys of the nodes as witnesses, by party code; the host is none. */
  readonly witnesses: Readonly<Record<string, string>>;
  /** X25519 keys that papers for a party are sealed to, base64, by party code; the host has none. */
  readonly sealingKeys: Readonly<Record<string, string>>;
  /** The folder that holds the published log as files. */
  readonly logFolder: string;
  /** Brings that folder up to date with what is cosigned; answers the size of what it now holds. */
  readonly publishLog: () => Promise<number | undefined>;
  readonly stop: () => Promise<void>;
}

interface Seat {
  readonly party: string;
  readonly folder: string;
  readonly role: 'host' | 'party' | 'observer';
  readonly name: string;
}

const seats: readonly Seat[] = [
  { party: 'H', folder: 'host', role: 'host', name: 'host' },
  { party: 'A', folder: 'party-a', role: 'party', name: 'party-a' },
  { party: 'B', folder: 'party-b', role: 'party', name: 'party-b' },
  { party: 'N1', folder: 'observer', role: 'observer', name: 'observer' },
];

/** The host publishes often, so that an act is seen everywhere at once; members get each checkpoint handed anyway. */
const cadenceMs = { host: 100, member: 500 };
/** One machine plays all sides and may be slow: its host promises no more than it can keep. */
const mergeDelayMs = 120_000;
/** The built pages; without them a node shows its plain status page. */
const pages = fileURLToPath(new URL('../../../web/dist', import.meta.url));

/** Starts everything in `folder`, making what is not there yet. What was there goes on where it was left. */
export async function startCluster(work: {
  readonly folder: string;
  /** Fingerprints of the keys that may open an exchange. */
  readonly openers: readonly string[];
  /** A PostgreSQL that is there already, as its superuser: the nodes' databases are made in it, and left there. */
  readonly databaseUrl?: string | undefined;
  readonly tell: (says: string) => void;
}): Promise<Cluster> {
  const { folder, openers, tell } = work;
  await mkdir(folder, { recursive: true });
  const origin = await readOrMake(
    join(folder, 'origin'),
    () => `homeward.demo/${randomBytes(6).toString('hex')}`,
  );
  const ports = await findFreePorts(seats.length);
  const urls = Object.fromEntries(
    seats.map(({ party }, index) => [party, `http://127.0.0.1:${String(ports[index])}`]),
  );
  for (const { role, name, folder: seat } of seats) {
    const keys = join(folder, seat, 'keys');
    if (!existsSync(keys)) {
      await generateNodeKeys(`${keys}.new`, role === 'host' ? { role, name, origin } : { role, name });
      await rename(`${keys}.new`, keys);
    }
  }
  const lineOf = async (seat: string, purpose: string): Promise<string> => {
    const key = await readKeyFile(join(folder, seat, 'keys', `${purpose}.key`));
    if (!key.ok) throw new Error(key.says);
    return toPublicLine(key.key);
  };
  const logKey = await lineOf('host', 'log');
  const receiptKey = await lineOf('host', 'receipt');
  const members = seats.filter((seat): seat is Seat & { role: 'party' | 'observer' } => seat.role !== 'host');
  const witnesses = await Promise.all(
    members.map(async ({ party, name, role, folder: seat }) => ({
      name,
      key: await lineOf(seat, 'witness'),
      url: urls[party]!,
      role,
    })),
  );

  const sealingKeys = Object.fromEntries(
    await Promise.all(
      members.map(async ({ party, folder: seat }) => [party, await lineOf(seat, 'sealing')] as const),
    ),
  );
  const postgres = await providePostgres(folder, origin, work.databaseUrl, tell);
  const nodes: Record<string, NodeProcess> = {};
  try {
    for (const [index, { party, folder: seat, role, name }] of seats.entries()) {
      const database = await postgres.provide(name.replaceAll('-', '_'));
      const common = {
        party,
        name,
        listen: { host: '127.0.0.1', port: ports[index]! },
        database: { url: toUrl(database) },
        keys: 'keys',
        vault: 'vault',
        witnesses,
        cadenceMs: role === 'host' ? cadenceMs.host : cadenceMs.member,
        ...(existsSync(join(pages, 'index.html')) ? { web: pages } : {}),
      };
      const config: NodeConfigInput =
        role === 'host'
          ? { role, ...common, origin, openers: [...openers], mergeDelayMs }
          : { role, ...common, host: { url: urls['H']!, logKey, receiptKey } };
      const file = join(folder, seat, 'node.json');
      // The database password stands in it.
      await writeFile(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
      nodes[party] = startNodeProcess({
        name,
        url: urls[party]!,
        config: file,
        output: join(folder, seat, 'node.log'),
      });
    }
    await Promise.all(Object.values(nodes).map(({ ready }) => ready));
  } catch (error) {
    await stop();
    throw error;
  }

  async function stop(): Promise<void> {
    await Promise.all(Object.values(nodes).map(async (node) => node.stop()));
    await postgres.stop();
  }

  const clients = Object.fromEntries(
    Object.entries(urls).map(([party, url]) => [party, createNodeClient(url)]),
  );
  const logFolder = join(folder, 'host', 'log');
  const published = await openFolderPublisher(logFolder, {
    logKey,
    policyText: toPolicyText(
      toKey(logKey),
      witnesses.map((witness) => ({ ...witness, key: toKey(witness.key) })),
    ),
  });
  async function publishLog(): Promise<number | undefined> {
    const checkpoint = await clients['H']!.findCheckpoint();
    if (!checkpoint.ok) return undefined;
    return published.publish(checkpoint.body, async (path) => {
      const tile = await clients['H']!.findTile(path);
      return tile.ok ? tile.body : undefined;
    });
  }

  return {
    nodes,
    urls,
    clients,
    witnesses: Object.fromEntries(members.map(({ party }, index) => [party, witnesses[index]!.key])),
    sealingKeys,
    logFolder,
    publishLog,
    stop,
  };
}

/** Where the nodes' databases are made: in a PostgreSQL of one's own, or in one that starts and stops with this command. */
async function providePostgres(
  folder: string,
  origin: string,
  databaseUrl: string | undefined,
  tell: (says: string) => void,
): Promise<{
  readonly provide: (name: string) => Promise<DatabaseParts>;
  readonly stop: () => Promise<void>;
}> {
  if (databaseUrl === undefined || databaseUrl === '') {
    const postgres = await startEmbeddedPostgres({ folder, tell });
    return {
      provide: async (name) => postgres.provideDatabase(name),
      stop: async () => postgres.stop(),
    };
  }
  const admin = parseDatabaseUrl(databaseUrl);
  const prefix = `homeward_${origin.split('/').at(-1)!}`;
  tell(`The nodes keep their databases in the PostgreSQL of DATABASE_URL, as ${prefix}_….`);
  return {
    provide: async (name) => provideDatabase(admin, `${prefix}_${name}`),
    stop: async () => Promise.resolve(),
  };
}

function toKey(line: string): VerifierKey {
  const key = parseVerifierKey(line);
  if (!key.ok) throw new Error('a key of the cluster cannot be read');
  return key.value;
}

function toUrl(address: DatabaseParts): string {
  const { host, port, database, user, password } = address;
  const query = host.startsWith('/') ? `?host=${encodeURIComponent(host)}&port=${String(port)}` : '';
  const at = host.startsWith('/') ? '' : `${host}:${String(port)}`;
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${at}/${database}${query}`;
}

async function readOrMake(path: string, make: () => string): Promise<string> {
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept !== undefined && kept.endsWith('\n')) return kept.trim();
  const made = make();
  await writeFile(`${path}.new`, `${made}\n`);
  await rename(`${path}.new`, path);
  return made;
}
