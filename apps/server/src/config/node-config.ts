/**
 * The configuration of one node, as `homeward serve --config FILE` reads it.
 *
 * Law     Everything a node trusts stands here by key, never by address: whose log, whose receipts, which
 *         witnesses, which quorum. A missing or unknown member is refused with its path.
 */
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import * as z from 'zod';

const Url = z.url({ protocol: /^https?$/u });
const VerifierKeyText = z.string().regex(/^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/u, 'expected a vkey line');

const Database = z.union([
  z.strictObject({
    /** The role that serves: no superuser, no owner of the tables. */
    url: z.string().min(1),
    /** The owner of the tables: with it the node brings them up to date at start. */
    ownerUrl: z.string().min(1).optional(),
  }),
  /** A PostgreSQL of the node's own, in this folder. */
  z.strictObject({ embedded: z.string().min(1) }),
]);

const Witness = z.strictObject({
  /** Name of the witness's node, for people. */
  name: z.string().min(1),
  /** Its vkey, of type cosignature. */
  key: VerifierKeyText,
  /** Where it takes `POST /add-checkpoint`. */
  url: Url,
  role: z.enum(['party', 'observer']).default('party'),
});

/** Bytes that one party of one exchange may send at once, and how fast that comes back. */
const Allowance = z.strictObject({
  burstBytes: z.int().min(65_536),
  bytesPerSecond: z.int().min(1),
});

const Common = {
  party: z.string().regex(/^[A-Za-z0-9-]{1,16}$/u),
  name: z.string().min(1).max(200),
  listen: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.int().min(0).max(65_535),
      /** Host header values besides the address itself, for a node behind a reverse proxy. */
      names: z.array(z.string()).default([]),
    })
    .prefault({ port: 0 }),
  /** Left out: `DATABASE_URL` (and `DATABASE_OWNER_URL`) of the environment, or else a PostgreSQL of the node's own in the folder `database`. */
  database: Database.optional(),
  /** Folder with this node's key files. */
  keys: z.string().min(1),
  /** Folder of the last signed checkpoint: never inside the database or its backups. */
  vault: z.string().min(1),
  /** Folder to keep the published log in as files, for a web server or `homeward verify`. */
  publish: z.string().min(1).optional(),
  /** Built pages to serve; without it the node shows its plain status page. */
  web: z.string().optional(),
  witnesses: z.array(Witness).default([]),
  /** tlog-policy text. Without it: all parties and any observer among the witnesses. */
  policy: z.string().optional(),
  /** Between two looks for a new checkpoint, or two publications of one. */
  cadenceMs: z.int().min(10).max(600_000).default(1_000),
  /** Sealed payloads, bytes each. */
  payloadBytesMax: z.int().min(1).max(16_777_216).default(4_194_304),
  payloadAllowance: Allowance.default({ burstBytes: 268_435_456, bytesPerSecond: 1_048_576 }),
};

export const HostConfig = z.strictObject({
  role: z.literal('host'),
  ...Common,
  origin: z.string().min(1).max(200),
  /** Fingerprints of the keys that may open an exchange in this log. Nobody may, unless named here. */
  openers: z
    .array(z.string().regex(/^[0-9a-f]{64}$/u, 'expected the fingerprint of an act key: 64 hex digits'))
    .default([]),
  actAllowance: Allowance.default({ burstBytes: 33_554_432, bytesPerSecond: 65_536 }),
  /** The host's promise: an act with a receipt is in a published checkpoint within this time. */
  mergeDelayMs: z.int().min(100).default(10_000),
  /** An idle log asks its witnesses again this often, so that its cosignatures stay fresh. */
  refreshMs: z.int().min(100).default(30_000),
});

export const MemberConfig = z.strictObject({
  role: z.enum(['party', 'observer']),
  ...Common,
  /** The log this node follows: its keys decide, whatever answers at the address. */
  host: z.strictObject({ url: Url, logKey: VerifierKeyText, receiptKey: VerifierKeyText }),
  /** What keys that this node's copy does not know yet may send through it, all together. */
  strangerAllowance: Allowance.default({ burstBytes: 4_194_304, bytesPerSecond: 16_384 }),
  /** The longest promise that this node takes from the host: a receipt that falls due later is none. */
  mergeDelayMaxMs: z.int().min(1_000).max(86_400_000).default(600_000),
  /** Alarm when the newest cosignatures are older than this. */
  freshnessMs: z.int().min(1_000).default(600_000),
});

export const NodeConfig = z.discriminatedUnion('role', [HostConfig, MemberConfig]);
type Settled<Config extends { readonly database?: unknown }> = Readonly<
  Omit<Config, 'database'> & { database: z.infer<typeof Database> }
>;
export type HostConfig = Settled<z.infer<typeof HostConfig>>;
export type MemberConfig = Settled<z.infer<typeof MemberConfig>>;
export type NodeConfig = HostConfig | MemberConfig;
/** What a caller writes: members with a default may be left out. */
export type NodeConfigInput = z.input<typeof NodeConfig>;

/** Of which `DATABASE_URL` and `DATABASE_OWNER_URL` count. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type ConfigResult =
  { readonly ok: true; readonly config: NodeConfig } | { readonly ok: false; readonly says: string };

/** The database of a configuration that names none. */
function databaseOf(environment: Environment): z.infer<typeof Database> {
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl } = environment;
  if (url === undefined || url === '') return { embedded: 'database' };
  return ownerUrl === undefined || ownerUrl === '' ? { url } : { url, ownerUrl };
}

/**
 * Judges a configuration; `folder` is what relative paths in it start from, `environment` says which database one is
 * that names none.
 */
export function parseNodeConfig(
  json: unknown,
  folder: string,
  environment: Environment = process.env,
): ConfigResult {
  const parsed = NodeConfig.safeParse(json);
  if (!parsed.success) {
    const says = parsed.error.issues
      .map(({ path, message }) => `${path.length === 0 ? '(whole)' : path.join('.')}: ${message}`)
      .join('; ');
    return { ok: false, says };
  }
  const config = parsed.data;
  const at = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  const named = config.database ?? databaseOf(environment);
  const database = 'embedded' in named ? { embedded: at(named.embedded) } : named;
  return {
    ok: true,
    config: {
      ...config,
      database,
      keys: at(config.keys),
      vault: at(config.vault),
      ...(config.web === undefined ? {} : { web: at(config.web) }),
      ...(config.publish === undefined ? {} : { publish: at(config.publish) }),
    },
  };
}

/** Reads a configuration file. Problems name the file and the member that is wrong. */
export async function readNodeConfig(path: string): Promise<ConfigResult> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : 'no reason given';
    return { ok: false, says: `${path} cannot be read: ${why}` };
  }
  let json: unknown;
  try {
    // Some editors begin a file with a byte order mark, which is no JSON.
    json = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    return {
      ok: false,
      says: `${path} is not JSON: ${error instanceof Error ? error.message : 'malformed'}`,
    };
  }
  const parsed = parseNodeConfig(json, dirname(resolve(path)));
  return parsed.ok ? parsed : { ok: false, says: `${path}: ${parsed.says}` };
}
