/**
 * Four real nodes for the journeys: a host, two parties and an observer, each with its own keys and its own database in
 * one PostgreSQL server, talking HTTP on loopback and serving the built pages.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  findFreePorts,
  parseNodeConfig,
  startEmbeddedPostgres,
  startNode,
  type NodeConfig,
  type NodeConfigInput,
  type RunningNode,
} from '@homeward/server';
import { type NoteSigner, parseVerifierKey } from '@homeward/tlog';
import { generateNodeKeys, readKeyFile, toPublicLine, toSigningKey } from '@homeward/keys';

export const seats = ['H', 'A', 'B', 'N1'] as const;
export type Seat = (typeof seats)[number];

export interface Cluster {
  readonly urls: Readonly<Record<Seat, string>>;
  readonly witnesses: Readonly<Record<string, string>>;
  /** Signs as the host's log does: for a log that tells two histories. */
  readonly logSigner: NoteSigner;
  /** Ends a node as an operator would; its address stays its own. */
  stopNode(seat: Seat): Promise<void>;
  startNode(seat: Seat): Promise<void>;
  stop(): Promise<void>;
}

const roles = { H: 'host', A: 'party', B: 'party', N1: 'observer' } as const;
const names = { H: 'host', A: 'party-a', B: 'party-b', N1: 'observer' } as const;

export async function startCluster({
  web,
  openers,
}: {
  readonly web: string;
  /** Fingerprints of the keys that may open an exchange. */
  readonly openers: readonly string[];
}): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'homeward-e2e-'));
  const origin = 'homeward.example/journeys';
  const ports = await findFreePorts(seats.length);
  const urlOf = (seat: Seat) => `http://127.0.0.1:${String(ports[seats.indexOf(seat)])}`;
  const lines = new Map<Seat, ReadonlyMap<string, string>>();
  for (const seat of seats) {
    const made = await generateNodeKeys(join(folder, seat, 'keys'), {
      role: roles[seat],
      name: names[seat],
      origin,
    });
    lines.set(seat, new Map(made.map((key) => [key.purpose, toPublicLine(key)])));
  }
  const line = (seat: Seat, purpose: string) => lines.get(seat)!.get(purpose)!;
  const members = (['A', 'B', 'N1'] as const).map((seat) => ({
    name: names[seat],
    key: line(seat, 'witness'),
    url: urlOf(seat),
    role: roles[seat],
  }));
  const logSigner = await readLogSigner(join(folder, 'H', 'keys', 'log.key'), line('H', 'log'));
  const postgres = await startEmbeddedPostgres({ folder });
  const configs = new Map<Seat, NodeConfig>();
  for (const seat of seats) {
    const { user, password, host, port, database } = await postgres.provideDatabase(
      `e2e_${names[seat].replaceAll('-', '_')}`,
    );
    const common = {
      party: seat,
      name: names[seat],
      listen: { port: ports[seats.indexOf(seat)]! },
      database: {
        url: `postgres://${user}:${encodeURIComponent(password)}@${host}:${String(port)}/${database}`,
      },
      keys: join(folder, seat, 'keys'),
      vault: join(folder, seat, 'vault'),
      witnesses: members,
      cadenceMs: 40,
      web,
    };
    const input: NodeConfigInput =
      seat === 'H'
        ? { ...common, role: 'host', origin, openers: [...openers] }
        : {
            ...common,
            role: roles[seat],
            host: { url: urlOf('H'), logKey: line('H', 'log'), receiptKey: line('H', 'receipt') },
          };
    const parsed = parseNodeConfig(input, folder);
    if (!parsed.ok) throw new Error(parsed.says);
    configs.set(seat, parsed.config);
  }
  const running = new Map<Seat, RunningNode>();
  const start = async (seat: Seat) => {
    running.set(seat, await startNode(configs.get(seat)!, { report: () => undefined }));
  };
  const stop = async (seat: Seat) => {
    await running.get(seat)?.stop();
    running.delete(seat);
  };
  for (const seat of seats) await start(seat);
  return {
    urls: { H: urlOf('H'), A: urlOf('A'), B: urlOf('B'), N1: urlOf('N1') },
    witnesses: Object.fromEntries((['A', 'B', 'N1'] as const).map((seat) => [seat, line(seat, 'witness')])),
    logSigner,
    stopNode: stop,
    startNode: start,
    stop: async () => {
      for (const seat of seats) await stop(seat);
      await postgres.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readLogSigner(path: string, publicLine: string): Promise<NoteSigner> {
  const file = await readKeyFile(path);
  if (!file.ok) throw new Error(file.says);
  const key = parseVerifierKey(publicLine);
  if (!key.ok) throw new Error(key.problem.text);
  const { sign } = toSigningKey(Buffer.from(file.key.privateKey, 'base64'));
  return { key: key.value, sign };
}
