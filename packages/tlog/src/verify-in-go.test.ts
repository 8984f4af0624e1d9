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
if (!hasGo) tellUntried('Go is not installed');
const scratch = mkdtempSync(join(tmpdir(), 'verify-in-go-'));
const binary = join(scratch, 'verify-in-go');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A line for whoever reads the end of a run, `.ci/run` among them: what is skipped here was checked by nobody. */
function tellUntried(why: string): void {
  process.stderr.write(`skipped: logs written here were not read by Go's own packages, because ${why}.\n`);
}

/**
 * Whether `go` failed because no network could be reached at all. An answer is an answer: a module that the proxy does
 * not have, or one with another checksum, is a failure.
 */
function isUnreachable(said: string): boolean {
  const isAnswered = /\b[45]\d\d [A-Z]|checksum mismatch|missing go\.sum|SECURITY ERROR/u.test(said);
  return (
    !isAnswered &&
    /dial (?:tcp|udp).*(?:no such host|connection refused|network is unreachable|no route to host|i\/o timeout|server misbehaving|name resolution)|disabled by GOPROXY=off/u.test(
      said,
    )
  );
}

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
    if (build.status === 0) return;
    if (!isUnreachable(build.stderr)) throw new Error(build.stderr);
    unbuilt = 'golang.org/x/mod is not here and no network can be reached';
    tellUntried(unbuilt);
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

test.each([
  [true, 'dial tcp: lookup proxy.golang.org on 127.0.0.53:53: no such host'],
  [true, 'Get "https://proxy.golang.org/…": dial tcp 142.250.1.1:443: connect: connection refused'],
  [true, 'Get "https://proxy.golang.org/…": dial tcp [2a00::1]:443: connect: network is unreachable'],
  [true, 'golang.org/x/mod@v0.14.0: module lookup disabled by GOPROXY=off'],
  [
    false,
    'golang.org/x/mod@v0.99.0: reading https://proxy.golang.org/golang.org/x/mod/@v/v0.99.0.zip: 404 Not Found',
  ],
  [false, 'main.go:20:2: missing go.sum entry for module providing package golang.org/x/mod/sumdb/note'],
  [false, 'verifying golang.org/x/mod@v0.14.0: checksum mismatch\nSECURITY ERROR'],
  [false, './main.go:31:2: undefined: proxy'],
])('an unreachable network is told from an answer: %s for %s', (expected, said) => {
  expect(isUnreachable(said)).toBe(expected);
});
