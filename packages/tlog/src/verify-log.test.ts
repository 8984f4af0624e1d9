import { describe, expect, test } from 'vitest';
import {
  type Files,
  logSigner,
  signHead,
  toEntry,
  toSource,
  trust,
  witnessSigners,
  writeLog,
} from '../testing/memory-log.ts';
import { nodeEd25519, nodeSha256, toTestSigner } from '../testing/node-crypto.ts';
import {
  checkpointPath,
  type EntryRun,
  formatBundle,
  formatVerifierKey,
  leafHash,
  type LogVerification,
  parsePolicy,
  type TileSource,
  verifyLog,
} from './index.ts';

function verify(source: TileSource, more: Partial<LogVerification> = {}) {
  return verifyLog({ source, trust, ed25519: nodeEd25519, sha256: nodeSha256, refuseUnknown: true, ...more });
}

function withFile(files: Files, path: string, bytes: Uint8Array | undefined): Files {
  const changed = new Map(files);
  if (bytes === undefined) changed.delete(path);
  else changed.set(path, bytes);
  return changed;
}

function flip(bytes: Uint8Array, at: number, bit = at % 8): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte));
}

describe('a whole log', () => {
  test('[LG-52] verifies when it was written here, partial files of former sizes included', async () => {
    for (const sizes of [
      [0],
      [1],
      [5],
      [256],
      [257],
      [10, 300, 515],
      [1, 2, 3, 511, 512],
      [65_536, 70_000],
    ]) {
      const { files, head } = await writeLog(sizes);
      const report = await verify(toSource(files));
      expect(report.problems).toEqual([]);
      expect(report).toMatchObject({ ok: true, entries: head.size, files: files.size, uncovered: [] });
      expect(report.checkpoint).toMatchObject({ size: head.size, log: logSigner.key });
      expect((await verify(toSource(files, false))).ok).toBe(true);
    }
  });

  test('[LG-54] shows every entry once, in order, with its leaf hash', async () => {
    const { files } = await writeLog([600]);
    const runs: EntryRun[] = [];
    await verify(toSource(files), { visit: (run) => void runs.push(run), readAhead: 2 });
    expect(runs.map(({ first }) => first)).toEqual([0, 256, 512]);
    const shown = runs.flatMap(({ entries, leaves }) =>
      entries.map((entry, at) => ({ entry, leaf: leaves[at]! })),
    );
    expect(shown.length).toBe(600);
    for (const [index, { entry, leaf }] of shown.entries()) {
      expect(Buffer.from(entry).equals(toEntry(index))).toBe(true);
      expect(Buffer.from(leaf).equals(leafHash(entry))).toBe(true);
    }
  });

  test('[LG-54] what visiting rejects with reaches the caller, and so does a source that cannot tell', async () => {
    const { files } = await writeLog([600]);
    const fail = () => Promise.reject(new Error('disk on fire'));
    await expect(verify(toSource(files), { visit: fail })).rejects.toThrow('disk on fire');
    const read = (path: string) => (path === 'tile/entries/001' ? fail() : Promise.resolve(files.get(path)));
    await expect(verify({ read })).rejects.toThrow('disk on fire');
  });

  test('[LG-53] every single byte changed, in every file, is found and its file named', async () => {
    // Small enough for each byte to have its turn: two bundles, two levels, superseded partials of three sizes.
    const { files } = await writeLog([3, 200, 258]);
    let flips = 0;
    for (const [path, bytes] of files) {
      const stride = path === checkpointPath || bytes.length < 200 ? 1 : 131;
      for (let at = 0; at < bytes.length; at += stride) {
        const report = await verify(toSource(withFile(files, path, flip(bytes, at))));
        flips += 1;
        if (report.ok) expect.fail(`${path}, byte ${at}: not found`);
        const named = new Set(report.problems.map((problem) => problem.path));
        expect([...named], `byte ${at}`).toEqual([path]);
      }
    }
    expect(flips).toBeGreaterThan(800);
  });

  test('[LG-53] in a log of 70,000 entries too, on each level, with the entry where there is one', async () => {
    const { files } = await writeLog([65_000, 66_000, 70_000]);
    const cases = [
      ['tile/entries/273.p/112', 1, 'EntryWrong', 273 * 256],
      ['tile/0/273.p/112', 111 * 32, 'TileWrong', 69_999],
      ['tile/1/000', 100 * 32, 'TileWrong', 25_600],
      ['tile/1/001.p/17', 16 * 32 + 31, 'TileWrong', 272 * 256],
      ['tile/2/000.p/1', 5, 'TileWrong', 0],
      ['tile/entries/253.p/232', 5, 'EntryWrong', 253 * 256],
    ] as const;
    for (const [path, place, kind, entry] of cases) {
      const bytes = files.get(path)!;
      // In a bundle the last byte of the first entry, whose length stands in its first two bytes.
      const at = kind === 'EntryWrong' ? 1 + ((bytes[0]! << 8) | bytes[1]!) : place;
      const report = await verify(toSource(withFile(files, path, flip(bytes, at, 0))));
      expect(report.problems, path).toMatchObject([{ path, kind, entry }]);
    }
  });

  test('[LG-53] missing, longer, shorter and swapped files are found', async () => {
    const { files } = await writeLog([100, 258, 600]);
    for (const [path, bytes] of files) {
      if (path === checkpointPath) continue;
      const isNeeded = !/\.p\/(100|2|1)$/.test(path) || path === 'tile/1/000.p/2';
      for (const changed of [
        undefined,
        bytes.subarray(1),
        bytes.subarray(0, -1),
        Uint8Array.of(...bytes, 0),
        new Uint8Array(0),
      ]) {
        if (changed === undefined && !isNeeded) continue;
        const report = await verify(toSource(withFile(files, path, changed)));
        expect(report.ok, `${path} ${changed?.length ?? 'gone'}`).toBe(false);
        expect(report.problems[0]).toMatchObject({ path });
      }
    }
    const swapped = withFile(files, 'tile/entries/000', files.get('tile/entries/001'));
    expect((await verify(toSource(swapped))).problems[0]).toMatchObject({
      path: 'tile/entries/000',
      entry: 0,
    });
    const both = withFile(swapped, 'tile/0/000', files.get('tile/0/001'));
    expect((await verify(toSource(both))).ok).toBe(false);
    expect((await verify(toSource(withFile(files, checkpointPath, undefined)))).problems).toMatchObject([
      { kind: 'FileMissing', path: checkpointPath },
    ]);
  });

  test('[LG-52] a partial tile may be gone once its full tile exists', async () => {
    const { files } = await writeLog([300]);
    const longer = (await writeLog([600])).files;
    const one = 'tile/1/000.p/1';
    const grown = new Map([
      ...longer,
      ...[checkpointPath, one].map((path) => [path, files.get(path)!] as const),
    ]);
    const report = await verify(toSource(grown));
    expect(report).toMatchObject({ ok: true, entries: 300, problems: [] });
    expect((await verify(toSource(withFile(grown, one, undefined)))).problems).toMatchObject([{ path: one }]);
    // Beyond the signed size nobody vouches for anything, and the report says so.
    expect([...report.uncovered].sort()).toEqual([
      ...['tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2', 'tile/entries/001', 'tile/entries/002.p/88'],
    ]);
    const wrong = withFile(grown, 'tile/0/001', flip(grown.get('tile/0/001')!, 0));
    expect((await verify(toSource(wrong))).problems).toMatchObject([{ path: 'tile/0/001', entry: 256 }]);
  });

  test('[LG-52] files that are no part of a log are named, not judged', async () => {
    const { files } = await writeLog([5]);
    const report = await verify(toSource(withFile(files, 'vkey', Uint8Array.of(1))));
    expect(report).toMatchObject({ ok: true, uncovered: ['vkey'] });
  });

  test('[LG-53] a forged history under a true checkpoint is refused, though all its tiles agree', async () => {
    const { files, head } = await writeLog([300]);
    const other = (await writeLog([299])).files;
    const forged = new Map([...other, [checkpointPath, await signHead({ ...head, size: 299 })] as const]);
    expect((await verify(toSource(forged))).problems).toMatchObject([
      { kind: 'RootWrong', path: checkpointPath },
    ]);
    expect((await verify(toSource(files))).ok).toBe(true);
  });

  test('[LG-53] when neither a bundle nor its hashes can be read, the rest is said to be unverified', async () => {
    const { files } = await writeLog([600]);
    const broken = withFile(withFile(files, 'tile/0/001', undefined), 'tile/entries/001', formatBundle([]));
    const report = await verify(toSource(broken));
    expect(report.ok).toBe(false);
    expect(report.problems.map(({ path }) => path)).toEqual([
      'tile/0/001',
      'tile/entries/001',
      checkpointPath,
    ]);
    expect(report.entries).toBe(256);
  });

  test('[LG-55] a line by an unknown key is refused on demand', async () => {
    const { files, head } = await writeLog([5]);
    const stranger = toTestSigner('stranger.test', 'cosignature');
    const more = withFile(files, checkpointPath, await signHead(head, [...witnessSigners, stranger]));
    expect((await verify(toSource(more), { refuseUnknown: false })).ok).toBe(true);
    expect((await verify(toSource(more))).problems).toMatchObject([
      { kind: 'SignatureUnknown', rule: 'LG-55', path: checkpointPath },
    ]);
  });

  test('[LG-48] [LG-52] with a policy the quorum must hold', async () => {
    const text = [
      `log ${formatVerifierKey(logSigner.key)}`,
      ...witnessSigners.map(({ key }, at) => `witness w${at} ${formatVerifierKey(key)}`),
      'group two 2 w0 w1 w2',
      'quorum two\n',
    ];
    const policy = parsePolicy(Buffer.from(text.join('\n')));
    if (!policy.ok) expect.fail(policy.problem.text);
    const { files, head } = await writeLog([5]);
    expect((await verify(toSource(files), { trust: policy.value })).ok).toBe(true);
    const lonely = withFile(files, checkpointPath, await signHead(head, witnessSigners.slice(0, 1)));
    expect((await verify(toSource(lonely), { trust: policy.value })).problems).toMatchObject([
      { kind: 'QuorumMissed' },
    ]);
  });

  test('[LG-53] many problems are counted, and the first thousand kept', async () => {
    const { files } = await writeLog(Array.from({ length: 255 }, (_, at) => at + 1).concat(6 * 256));
    const broken = new Map(
      [...files].map(([path, bytes]) => [path, path === checkpointPath ? bytes : bytes.map((b) => b ^ 1)]),
    );
    const report = await verify(toSource(broken));
    expect(report.ok).toBe(false);
    expect(report.problemCount).toBeGreaterThanOrEqual(report.problems.length);
    expect(report.problems.length).toBeLessThanOrEqual(1000);
  });
});
