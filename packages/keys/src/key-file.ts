/**
 * Private keys as files, one key each, mode 0600, JSON so that a human sees what a file is for.
 *
 * Law     One key serves one purpose: the log, receipts, the witness, a person's acts, sealing and the node's own
 *         requests never share one (C2SP tlog-cosignature: a key must not serve two cosigners).
 */
import { constants } from 'node:fs';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

export const keyPurposes = ['log', 'receipt', 'witness', 'act', 'sealing', 'node'] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

const Raw32 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/u);

export const KeyFile = z.strictObject({
  purpose: z.enum(keyPurposes),
  /** The key's name in notes, or a label of the person or party who holds it. */
  name: z.string().min(1).max(200),
  publicKey: Raw32,
  privateKey: Raw32,
});
export type KeyFile = Readonly<z.infer<typeof KeyFile>>;

export type KeyFileResult =
  | { readonly ok: true; readonly key: KeyFile }
  | {
      readonly ok: false;
      readonly why: 'absent' | 'malformed' | 'readable-by-others';
      readonly says: string;
    };

/** Writes a new key file. Rejects when the file exists: a key is never overwritten. */
export async function writeKeyFile(path: string, key: KeyFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await file.writeFile(`${JSON.stringify(key, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Reads a key file, refusing one that other accounts of the machine may read. */
export async function readKeyFile(path: string): Promise<KeyFileResult> {
  const file = await stat(path).catch(() => undefined);
  if (file?.isFile() !== true) return { ok: false, why: 'absent', says: `There is no key file ${path}.` };
  if (process.platform !== 'win32' && (file.mode & 0o077) !== 0) {
    return {
      ok: false,
      why: 'readable-by-others',
      says: `${path} can be read by others on this machine. Run: chmod 600 ${path}`,
    };
  }
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    json = undefined;
  }
  const key = KeyFile.safeParse(json);
  return key.success
    ? { ok: true, key: key.data }
    : { ok: false, why: 'malformed', says: `${path} is not a key file of homeward.` };
}
