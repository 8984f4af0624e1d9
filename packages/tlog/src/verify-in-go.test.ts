/** What is written here must satisfy somebody else's verifier: examples/verify-in-go, where Go is installed. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Files, logSigner, witnessSigners, writeLog } from '../testing/memory-log.ts';
import { checkpointPath, formatVerifierKey } from './index.ts';

const program = join(import.meta.dirname, '../../../examples/verify-in-go');
const hasGo = spawnSync('go', ['version']).status === 0;
const scratch = mkdtempSync(join(tmpdir(), 'verify-in-go-'));
const binary = join(scratch, 'verify-in-go');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function publish(name: string, files: Files): string {
  const folder = join(scratch, name);
  for (const [path, bytes] of [
    ...files,
    ['vkey', Buffer.from(`${formatVerifierKey(logSigner.key)}\n`)] as const,
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

function verify(folder: string): { status: number | null; said: string } {
  const witnesses = witnessSigners.flatMap(({ key }) => ['-witness', formatVerifierKey(key)]);
  const { status, stdout, stderr } = spawnSync(binary, [...witnesses, folder], { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}`.trim() };
}

describe.skipIf(!hasGo)(`Go's own packages${hasGo ? '' : ' (skipped: Go is not installed)'}`, () => {
  let unbuilt: string | undefined;
  beforeAll(() => {
    const build = spawnSync('go', ['build', '-o', binary, '.'], { cwd: program, encoding: 'utf8' });
    // Without a network its one dependency may not be had; a program that does not compile is a failure.
    const isOffline = /dial tcp|no such host|proxy|connection refused|i\/o timeout/i.test(build.stderr);
    if (build.status !== 0 && !isOffline) throw new Error(build.stderr);
    unbuilt = build.status === 0 ? undefined : 'golang.org/x/mod could not be fetched';
  }, 300_000);

  test('[LG-57] verify a log of 70,000 entries written here', async (context) => {
    if (unbuilt !== undefined) context.skip(unbuilt);
    const { files } = await writeLog([12_345, 70_000]);
    expect(verify(publish('large', files))).toEqual({
      status: 0,
      said: 'verified: 70000 entries, 277 tiles, 986 inclusion and 986 consistency proofs, 3 cosignatures',
    });
  });

  test('[LG-57] verify logs of every awkward size', async (context) => {
    if (unbuilt !== undefined) context.skip(unbuilt);
    for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 513]) {
      const { status, said } = verify(publish(`size-${size}`, (await writeLog([size])).files));
      expect({ status, said }).toMatchObject({
        status: 0,
        said: expect.stringContaining(`verified: ${size} entries`) as string,
      });
    }
  });

  test('[LG-57] [LG-53] refuse it with one byte changed, wherever that is', async (context) => {
    if (unbuilt !== undefined) context.skip(unbuilt);
    const { files } = await writeLog([600]);
    const folder = publish('flipped', files);
    expect(verify(folder).status).toBe(0);
    for (const path of files.keys()) {
      const file = join(folder, path);
      const bytes = readFileSync(file);
      const changed = Buffer.from(bytes);
      changed[path === checkpointPath ? changed.indexOf('600') : Math.floor(bytes.length / 2)]! ^= 1;
      writeFileSync(file, changed);
      expect(verify(folder), path).toMatchObject({
        status: 1,
        said: expect.stringContaining('does not verify') as string,
      });
      writeFileSync(file, bytes);
    }
    expect(verify(folder).status).toBe(0);
  });
});
