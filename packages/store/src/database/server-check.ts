import { sql, type Kysely } from 'kysely';

/** The server or the role is not fit to hold what must not be lost. The message names each setting and its remedy. */
export class UnfitServer extends Error {
  override readonly name = 'UnfitServer';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`This PostgreSQL is not fit to serve: ${faults.join('; ')}.`);
    this.faults = faults;
  }
}

export interface ServerReport {
  /** As `server_version_num`: 180004 is 18.4. */
  readonly version: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly role: string;
  /** What loses nothing and still should be known, a sentence each. */
  readonly warnings: readonly string[];
}

/** The first minor version of each line without CVE-2025-8713 (statistics reveal rows behind row security). */
const minorMin: Readonly<Record<number, number>> = { 15: 14, 16: 10, 17: 6 };
const majorMin = 15;

/**
 * What each setting must be, so that an acknowledged act survives a crash. `wal_log_hints` is not among them: data
 * checksums do what it does.
 */
const required: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
  data_checksums: ['on'],
  default_transaction_read_only: ['off'],
};

/** Off where a cluster's manager starts servers itself; no act is lost by it, but the node stands still. */
const restarting = 'restart_after_crash';

/** Reads the settings back from the server itself. */
export async function readServer(
  db: Kysely<unknown>,
): Promise<ServerReport & { readonly roleFaults: readonly string[] }> {
  const settings = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings
    where name = any(${[...Object.keys(required), restarting, 'server_version_num']}::text[])`.execute(db);
  const role = await sql<{
    name: string;
    super: boolean;
    bypass: boolean;
    owns: boolean;
    recovering: boolean;
  }>`
    select rolname as name, rolsuper as super, rolbypassrls as bypass, pg_is_in_recovery() as recovering,
      exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and pg_has_role(current_user, c.relowner, 'usage')) as owns
    from pg_roles where rolname = current_user`.execute(db);
  const found = Object.fromEntries(settings.rows.map(({ name, setting }) => [name, setting]));
  const own = role.rows[0]!;
  return {
    version: Number(found['server_version_num']),
    settings: found,
    role: own.name,
    warnings: settingWarnings(found),
    roleFaults: [
      ...(own.super ? [`role ${own.name} is a superuser: connect as an ordinary role`] : []),
      ...(own.bypass ? [`role ${own.name} has BYPASSRLS: connect as an ordinary role`] : []),
      ...(own.owns
        ? [`role ${own.name} owns the tables and could switch off what guards them: connect as another role`]
        : []),
      ...(own.recovering ? ['the server is a replica in recovery: connect to the primary'] : []),
    ],
  };
}

/** Throws `UnfitServer` with every fault at once. */
export async function assertServerFit(db: Kysely<unknown>): Promise<ServerReport> {
  const { roleFaults, ...report } = await readServer(db);
  const faults = [...versionFaults(report.version), ...settingFaults(report.settings), ...roleFaults];
  if (faults.length > 0) throw new UnfitServer(faults);
  return report;
}

export function versionFaults(version: number): readonly string[] {
  const major = Math.floor(version / 10_000);
  const minor = version % 10_000;
  if (!(major >= majorMin)) return [`version ${major}.${minor} is too old: use ${majorMin} or newer`];
  const least = minorMin[major];
  return least !== undefined && minor < least
    ? [`version ${major}.${minor} has a known hole: update to ${major}.${least} or newer`]
    : [];
}

export function settingFaults(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(required).flatMap(([name, allowed]) => {
    const value = settings[name];
    return value !== undefined && allowed.includes(value)
      ? []
      : [`${name} is ${value ?? 'unknown'}, must be ${allowed.join(' or ')}`];
  });
}

export function settingWarnings(settings: Readonly<Record<string, string>>): readonly string[] {
  const value = settings[restarting];
  return value === 'on'
    ? []
    : [
        `${restarting} is ${value ?? 'unknown'}: when one of its processes crashes, this PostgreSQL stays down until somebody starts it`,
      ];
}
