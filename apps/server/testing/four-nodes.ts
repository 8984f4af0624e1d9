/**
 * Four nodes on one machine, each with its own keys, vault and database, for tests: a host `H`, the parties `A`
 * and `B` and an observer `N1`, on one PostgreSQL server that the caller provides.
 */
import { join } from 'node:path';
import { generateNodeKeys, toPublicLine } from '@homeward/keys';
import { findFreePorts } from '../src/http/free-ports.ts';
import { parseNodeConfig, type NodeConfig, type NodeConfigInput } from '../src/config/node-config.ts';

export const nodeNames = ['H', 'A', 'B', 'N1'] as const;
export type NodeName = (typeof nodeNames)[number];

export interface FourNodesOptions {
  readonly folder: string;
  /** `postgres://` address of this node's own database, migrated. */
  readonly databaseUrl: (name: NodeName) => Promise<string>;
  readonly origin?: string;
  /** Fingerprints of the keys that may open an exchange. */
  readonly openers?: readonly string[];
  readonly cadenceMs?: number;
  readonly mergeDelayMs?: number;
}

const roles = { H: 'host', A: 'party', B: 'party', N1: 'observer' } as const;

/** Makes keys and configurations; nothing runs yet. Ports are free when this is called. */
export async function planFourNodes(
  options: FourNodesOptions,
): Promise<Readonly<Record<NodeName, NodeConfig>>> {
  const { folder, origin = 'homeward.example/log', cadenceMs = 100, mergeDelayMs = 5_000 } = options;
  const ports = await findFreePorts(nodeNames.length);
  const place = (name: NodeName): string => join(folder, name);
  const urlOf = (name: NodeName): string => `http://127.0.0.1:${String(ports[nodeNames.indexOf(name)])}`;
  const keys = new Map<NodeName, ReadonlyMap<string, string>>();
  for (const name of nodeNames) {
    const made = await generateNodeKeys(join(place(name), 'keys'), {
      role: roles[name],
      name: `${name.toLowerCase()}.example`,
      origin,
    });
    keys.set(name, new Map(made.map((key) => [key.purpose, toPublicLine(key)])));
  }
  const get = (name: NodeName, purpose: string): string => keys.get(name)?.get(purpose) ?? '';
  const witnesses = (['A', 'B', 'N1'] as const).map((name) => ({
    name,
    key: get(name, 'witness'),
    url: urlOf(name),
    role: roles[name],
  }));
  const configs: Partial<Record<NodeName, NodeConfig>> = {};
  for (const name of nodeNames) {
    const common = {
      party: name,
      name: `${name.toLowerCase()}.example`,
      listen: { port: ports[nodeNames.indexOf(name)] ?? 0 },
      database: { url: await options.databaseUrl(name) },
      keys: join(place(name), 'keys'),
      vault: join(place(name), 'vault'),
      witnesses,
      cadenceMs,
    };
    const input: NodeConfigInput =
      name === 'H'
        ? { ...common, role: 'host', origin, mergeDelayMs, openers: [...(options.openers ?? [])] }
        : {
            ...common,
            role: roles[name],
            host: { url: urlOf('H'), logKey: get('H', 'log'), receiptKey: get('H', 'receipt') },
          };
    const parsed = parseNodeConfig(input, folder);
    if (!parsed.ok) throw new Error(parsed.says);
    configs[name] = parsed.config;
  }
  return configs as Record<NodeName, NodeConfig>;
}
