/**
 * Writes a site into a folder: all of it, or nothing. It is made in a folder beside and put in its place at the end, so that
 * a web server never carries half of two publications.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '@homeward/core/result';
import { verifierPath } from '@homeward/publication/page';
import type { TileSource } from '@homeward/tlog';

/** What an earlier publication has, and other folders have not. */
const mark = join('data', 'publication.json');

const verifierFile = fileURLToPath(
  new URL('../../../web/.homeward/public-verifier/verify.js', import.meta.url),
);

/** @param log  the log to lay beside the pages; nothing leaves it out */
export async function writeSite(
  out: string,
  site: ReadonlyMap<string, string | Uint8Array>,
  log: TileSource | undefined,
): Promise<Result<{ readonly files: number }, string>> {
  const target = resolve(out);
  const refused = await findForeign(target);
  if (refused !== undefined) return err(refused);
  if (log !== undefined && log.list === undefined) {
    return err('a log at an address cannot be copied beside the pages: give a folder, or --without-log.');
  }
  const fresh = `${target}.new`;
  const old = `${target}.old`;
  let files = 0;
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    const file = join(fresh, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    files += 1;
  };
  await rm(fresh, { recursive: true, force: true });
  for (const [path, content] of site) await put(path, content);
  if (log !== undefined) {
    if (existsSync(verifierFile)) await put(verifierPath, await readFile(verifierFile));
    for await (const path of log.list?.() ?? []) {
      const bytes = await log.read(path);
      if (bytes !== undefined) await put(join('log', path), bytes);
    }
  }
  await rm(old, { recursive: true, force: true });
  if (existsSync(target)) await rename(target, old);
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
  return ok({ files });
}

/** Why a folder may not be replaced; nothing where there is none, or an earlier publication, or nothing in it. */
async function findForeign(target: string): Promise<string | undefined> {
  if (!existsSync(target)) {
    return existsSync(dirname(target))
      ? undefined
      : `--out ${target}: there is no folder ${dirname(target)}.`;
  }
  const names = await readdir(target).catch(() => undefined);
  if (names === undefined) return `--out ${target} is no folder.`;
  return names.length === 0 || existsSync(join(target, mark))
    ? undefined
    : `--out ${target} holds files that are no publication; name another folder.`;
}
