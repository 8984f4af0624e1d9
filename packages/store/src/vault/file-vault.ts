import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isEqualBytes } from '@homeward/tlog';
import type { Signed, SwapResult, Vault } from './vault.ts';

/** What the vault holds does not read back as it was written: nothing may be signed until a human has looked. */
export class VaultDamaged extends Error {
  override readonly name = 'VaultDamaged';
}

/** Versions kept besides the newest, so that a reader never finds its file gone between listing and reading. */
const versionsKept = 4;
const versionDigits = 12;

/**
 * A vault in a folder: one folder per name, one file per version, numbered.
 *
 * A version is written to a file of its own, synced, and given the next number by `link`, which fails when that
 * number is taken: this is the compare-and-swap, among threads and processes alike, without a lock that a killed
 * process could leave behind. Then the folder is synced, so the swap is on disk before `compareAndSwap` resolves.
 */
export class FileVault implements Vault {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(name: string): Promise<Signed | undefined> {
    return (await this.#newest(await this.#place(name)))?.signed;
  }

  async compareAndSwap(name: string, expected: Signed | undefined, next: Signed): Promise<SwapResult> {
    const place = await this.#place(name);
    const newest = await this.#newest(place);
    const current = newest?.signed;
    if (current?.note !== expected?.note) return { kind: 'moved', current };
    if (current !== undefined && next.size < current.size) return { kind: 'smaller', current };
    if (current !== undefined && next.size === current.size && !isEqualBytes(next.root, current.root)) {
      return { kind: 'fork', current };
    }
    const version = (newest?.version ?? 0) + 1;
    const draft = join(place, `draft-${process.pid}-${randomUUID()}`);
    try {
      await writeSynced(draft, format(next));
      try {
        await link(draft, join(place, toFile(version)));
      } catch (error) {
        if (isCode(error, 'EEXIST')) return { kind: 'moved', current: await this.read(name) };
        throw error;
      }
    } finally {
      await unlink(draft).catch(() => undefined);
    }
    await syncFolder(place);
    const versions = await listVersions(place);
    if (versions.at(-1)! >= version + versionsKept) {
      // The number was free only because its first holder is already cleared away: this caller had read an old
      // version. (Or others went on so fast that it cannot tell; then, too, its note must not leave the house.)
      await unlink(join(place, toFile(version))).catch(() => undefined);
      return { kind: 'moved', current: await this.read(name) };
    }
    for (const old of versions) {
      if (old <= version - versionsKept) await unlink(join(place, toFile(old))).catch(() => undefined);
    }
    return { kind: 'swapped' };
  }

  async #place(name: string): Promise<string> {
    const place = join(this.#folder, createHash('sha256').update(name).digest('hex').slice(0, 32));
    if ((await mkdir(place, { recursive: true, mode: 0o700 })) !== undefined) {
      await syncFolder(place);
      await syncFolder(this.#folder);
    }
    return place;
  }

  async #newest(place: string): Promise<{ readonly version: number; readonly signed: Signed } | undefined> {
    for (;;) {
      const version = (await listVersions(place)).at(-1);
      if (version === undefined) return undefined;
      const file = join(place, toFile(version));
      try {
        return { version, signed: parse(await readFile(file, 'utf8'), file) };
      } catch (error) {
        // Overtaken by several newer versions between listing and reading: look again.
        if (!isCode(error, 'ENOENT')) throw error;
      }
    }
  }
}

function toFile(version: number): string {
  return `${String(version).padStart(versionDigits, '0')}.note`;
}

async function listVersions(place: string): Promise<readonly number[]> {
  return (await readdir(place))
    .filter((file) => /^[0-9]+\.note$/.test(file))
    .map((file) => Number.parseInt(file, 10))
    .sort((a, b) => a - b);
}

/** First line: what this is, and the SHA-256 of all that follows it. */
function format({ size, root, note }: Signed): string {
  const body = JSON.stringify({ size, root: Buffer.from(root).toString('base64'), note });
  return `homeward-vault/1 ${createHash('sha256').update(body).digest('hex')}\n${body}\n`;
}

function parse(text: string, file: string): Signed {
  const [first, body, rest] = text.split('\n');
  const isWhole =
    rest === '' &&
    body !== undefined &&
    first === `homeward-vault/1 ${createHash('sha256').update(body).digest('hex')}`;
  if (!isWhole) throw new VaultDamaged(`${file} does not read back as it was written. Sign nothing.`);
  const { size, root, note } = JSON.parse(body) as { size: number; root: string; note: string };
  return { size, root: new Uint8Array(Buffer.from(root, 'base64')), note };
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no folder to sync; its file system journals the entry itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
