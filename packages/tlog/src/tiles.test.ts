import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Files, toEntry, toSource, writeLog } from '../testing/memory-log.ts';
import { nodeSha256 } from '../testing/node-crypto.ts';
import {
  edgeTiles,
  emptyTip,
  entryLengthMax,
  formatBundle,
  levelSize,
  parseBundle,
  parseTilePath,
  planAppend,
  readEntries,
  resumeTip,
  type Sha256,
  tilePath,
  tileWidth,
  tipRoot,
} from './index.ts';

describe('paths', () => {
  test.each([
    [0, 5, 256, 'tile/0/005'],
    [0, 1_234_067, 256, 'tile/0/x001/x234/067'],
    [63, 999, 255, 'tile/63/999.p/255'],
    [1, 1000, 1, 'tile/1/x001/000.p/1'],
    ['entries', 273, 112, 'tile/entries/273.p/112'],
    [0, Number.MAX_SAFE_INTEGER, 256, 'tile/0/x009/x007/x199/x254/x740/991'],
  ] as const)('[LG-12] level %s, tile %d, width %d stands at %4$s', (level, index, width, path) => {
    expect(tilePath({ level, index, width })).toBe(path);
    expect(parseTilePath(path)).toEqual({ ok: true, value: { level, index, width } });
  });

  test('[LG-12] every address has one path, and a path has one spelling', () => {
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const));
    const index = fc.oneof(fc.nat(3000), fc.maxSafeNat());
    fc.assert(
      fc.property(level, index, fc.integer({ min: 1, max: 256 }), (at, tile, width) => {
        const address = { level: at, index: tile, width };
        expect(parseTilePath(tilePath(address))).toEqual({ ok: true, value: address });
      }),
    );
  });

  test.each([
    ...[
      '',
      'tile',
      'tile/0',
      'tile/0/5',
      'tile/0/05',
      'tile/0/0005',
      'tile/00/005',
      'tile/64/000',
      'tile/-1/000',
    ],
    ...[
      'tile/0/x000/001',
      'tile/0/x001',
      'tile/0/001/002',
      'tile/0/001.p/0',
      'tile/0/001.p/256',
      'tile/0/001.p/01',
    ],
    ...['tile/0/001.p/', 'tile/0/001.p/1/', '/tile/0/001', 'tile/entries', 'tile/data/000', 'tile/8/0/001 '],
    ...['tile/0/x999/x999/x999/x999/x999/999', 'tile/0/٠٠١', 'tile/entries/000\n', 'tile/0/../000'],
  ])('[LG-12] %j is no path', (path) => {
    expect(parseTilePath(path)).toMatchObject({
      ok: false,
      problem: { kind: 'PathMalformed', rule: 'LG-12' },
    });
  });

  test('[LG-12] an address that cannot exist is a bug', () => {
    for (const [level, index, width] of [
      [64, 0, 1],
      [0, -1, 1],
      [0, 0.5, 1],
      [0, 0, 0],
      [0, 0, 257],
    ] as const) {
      expect(() => tilePath({ level, index, width })).toThrow(RangeError);
    }
  });
});

describe('widths', () => {
  test('[LG-13] the sizes of the specification', () => {
    const at = (size: number) => edgeTiles(size).map(tilePath);
    expect(at(70_000)).toEqual(['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']);
    expect(at(256)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect(at(0)).toEqual([]);
    expect(levelSize(1, 70_000)).toBe(273);
    expect(levelSize(3, 2 ** 40)).toBe(2 ** 16);
  });
});

describe('bundles', () => {
  const someEntries = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: tileWidth });

  test('[LG-15] reading undoes writing, and nothing may be missing or left over', () => {
    fc.assert(
      fc.property(someEntries, fc.nat(), (entries, any) => {
        const bytes = formatBundle(entries);
        expect(parseBundle(bytes, entries.length)).toEqual({ ok: true, value: entries });
        expect(parseBundle(bytes, entries.length + 1).ok).toBe(false);
        if (bytes.length === 0) return;
        expect(parseBundle(bytes.subarray(0, any % bytes.length), entries.length).ok).toBe(false);
        expect(parseBundle(Uint8Array.of(...bytes, 0), entries.length).ok).toBe(false);
      }),
    );
  });

  test('[LG-16] 65,535 bytes fit, 65,536 do not', () => {
    const largest = new Uint8Array(entryLengthMax).fill(7);
    const bytes = formatBundle([largest]);
    expect([bytes.length, bytes[0], bytes[1]]).toEqual([65_537, 255, 255]);
    expect(parseBundle(bytes, 1)).toEqual({ ok: true, value: [largest] });
    const tooLarge = new Uint8Array(entryLengthMax + 1);
    expect(() => formatBundle([tooLarge])).toThrow(RangeError);
    expect(() => planAppend(emptyTip, [tooLarge])).toThrow(RangeError);
  });
});

/** What C2SP tlog-tiles asks for at `size`, written down without the writer: hashes of whole 256^l blocks. */
function expectedPaths(size: number): string[] {
  const paths: string[] = [];
  for (let level = 0; 256 ** level <= size; level += 1) {
    const hashes = Math.floor(size / 256 ** level);
    const names = (l: number | 'entries') => {
      for (let n = 0; n < Math.floor(hashes / 256); n += 1)
        paths.push(`tile/${l}/${String(n).padStart(3, '0')}`);
      const rest = hashes % 256;
      if (rest > 0) paths.push(`tile/${l}/${String(Math.floor(hashes / 256)).padStart(3, '0')}.p/${rest}`);
    };
    names(level);
    if (level === 0) names('entries');
  }
  return paths.sort();
}

describe('append', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 6 });

  test('[LG-17] [LG-14] however a log grew, it has the files the size asks for, with the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (grown) => {
        const size = grown.reduce((sum, step) => sum + step, 0);
        const atOnce = (await writeLog([size])).files;
        let tip = emptyTip;
        const files: Files = new Map();
        for (const step of grown) {
          const entries = Array.from({ length: step }, (_, at) => toEntry(tip.size + at));
          const plan = planAppend(tip, entries, nodeSha256);
          for (const { path, bytes } of plan.files) {
            expect(files.has(path), `${path} is written once`).toBe(false);
            files.set(path, bytes);
          }
          for (const prefix of plan.superseded) {
            const gone = [...files.keys()].filter((path) => path.startsWith(prefix));
            expect(gone.length).toBeGreaterThan(0);
            expect(files.has(prefix.slice(0, -'.p/'.length)), 'the full one stands').toBe(true);
            for (const path of gone) files.delete(path);
          }
          ({ tip } = plan);
        }
        expect(expectedPaths(size).filter((path) => !files.has(path))).toEqual([]);
        const stale = [...files.keys()].filter(
          (path) => path.includes('.p/') && files.has(path.replace(/\.p\/.*$/, '')),
        );
        expect(stale).toEqual([]);
        for (const path of expectedPaths(size)) {
          expect(Buffer.from(files.get(path)!).equals(atOnce.get(path)!)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('[LG-17] the files come bundles first, then tiles from the lowest level up', () => {
    const entries = Array.from({ length: 65_537 }, (_, at) => toEntry(at));
    const levels = planAppend(emptyTip, entries, nodeSha256).files.map(({ path }) => path.split('/')[1]);
    expect([...new Set(levels)]).toEqual(['entries', '0', '1', '2']);
    const order = ['entries', '0', '1', '2'];
    expect(levels).toEqual(levels.toSorted((a, b) => order.indexOf(a!) - order.indexOf(b!)));
  });

  test('[LG-18] hashing 100 more entries costs 200 hashes and a logarithm, at any size', () => {
    let tip = emptyTip;
    const batch = Array.from({ length: 100 }, (_, at) => toEntry(at));
    for (let round = 0; round < 700; round += 1) {
      let hashes = 0;
      const counting: Sha256 = (message) => ((hashes += 1), nodeSha256(message));
      const plan = planAppend(tip, batch, counting);
      ({ tip } = plan);
      expect(hashes).toBeLessThanOrEqual(200 + 2 * Math.ceil(Math.log2(tip.size + 1)));
      expect(plan.files.length).toBeLessThanOrEqual(8);
    }
    expect(tip.size).toBe(70_000);
  });

  test('[LG-19] a writer that starts again continues as if it had never stopped', async () => {
    for (const size of [0, 1, 255, 256, 257, 600, 65_535, 65_536, 65_537]) {
      const { files, tip, head } = await writeLog([size]);
      const resumed = await resumeTip(toSource(files), head, nodeSha256);
      if (!resumed.ok) expect.fail(resumed.problem.text);
      expect(tipRoot(resumed.value)).toEqual(new Uint8Array(head.root));
      const more = Array.from({ length: 300 }, (_, at) => toEntry(size + at));
      const [a, b] = [planAppend(tip, more, nodeSha256), planAppend(resumed.value, more, nodeSha256)];
      expect(b.files.map(({ path }) => path)).toEqual(a.files.map(({ path }) => path));
      expect(b.files.every(({ bytes }, at) => Buffer.from(bytes).equals(a.files[at]!.bytes))).toBe(true);
      expect(Buffer.from(b.root).equals(a.root)).toBe(true);
    }
  });

  test('[LG-19] files that do not lead to the known root are refused', async () => {
    const { files, head } = await writeLog([600]);
    for (const path of edgeTiles(600).map(tilePath).concat('tile/entries/002.p/88')) {
      for (const bytes of [
        undefined,
        new Uint8Array(5),
        files.get(path)!.map((byte, at) => (at === 9 ? byte ^ 4 : byte)),
      ]) {
        const broken = new Map(files);
        if (bytes === undefined) broken.delete(path);
        else broken.set(path, bytes);
        expect((await resumeTip(toSource(broken), head)).ok, path).toBe(false);
      }
    }
    expect((await resumeTip(toSource(files), { ...head, size: 599 })).ok).toBe(false);
  });

  test('[LG-15] a range of entries is read across bundles', async () => {
    const { files } = await writeLog([600]);
    const size = 600;
    for (const [from, to] of [
      [0, 0],
      [0, 600],
      [255, 257],
      [250, 520],
      [599, 600],
    ] as const) {
      const read = await readEntries(toSource(files), { from, to, size });
      if (!read.ok) expect.fail(read.problem.text);
      expect(read.value.map((entry) => Buffer.from(entry).toString())).toEqual(
        Array.from({ length: to - from }, (_, at) => Buffer.from(toEntry(from + at)).toString()),
      );
    }
    expect((await readEntries(toSource(files), { from: 0, to: 601, size })).ok).toBe(false);
    expect((await readEntries(toSource(new Map()), { from: 0, to: 1, size })).ok).toBe(false);
  });
});
