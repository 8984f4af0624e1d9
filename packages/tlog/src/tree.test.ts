import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { toSource, writeLog, type Files } from '../testing/memory-log.ts';
import { nodeSha256 } from '../testing/node-crypto.ts';
import { ReferenceTree, referenceRoot } from '../testing/reference.ts';
import {
  appendLeaf,
  emptyFrontier,
  emptyRoot,
  encodeBase64,
  frontierRoot,
  isEqualBytes,
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  Prover,
  pureSha256,
  type TileSource,
  verifyConsistency,
  verifyInclusion,
} from './index.ts';
import { toEntry } from '../testing/memory-log.ts';

const sizeMax = 512;
const entries = Array.from({ length: sizeMax }, (_, at) => toEntry(at));
const reference = new ReferenceTree(entries);

/** Fails without printing two long arrays of bytes for each of 260,000 comparisons. */
function isSame(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((hash, at) => isEqualBytes(hash, b[at]!));
}

describe('hashes', () => {
  test('[LG-1] an entry is hashed behind a 0 byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (entry) => {
        const expected = nodeSha256(Buffer.concat([Uint8Array.of(0), entry]));
        return isEqualBytes(leafHash(entry), expected) && isEqualBytes(leafHash(entry, nodeSha256), expected);
      }),
    );
  });

  test('[LG-2] a node is hashed behind a 1 byte, so that it cannot pose as an entry', () => {
    const [left, right] = [leafHash(toEntry(1)), leafHash(toEntry(2))];
    const both = Buffer.concat([left, right]);
    expect(isEqualBytes(nodeHash(left, right), nodeSha256(Buffer.concat([Uint8Array.of(1), both])))).toBe(
      true,
    );
    expect(isEqualBytes(nodeHash(left, right), leafHash(both))).toBe(false);
  });

  test('[LG-3] the empty tree has the hash of nothing', () => {
    expect(encodeBase64(emptyRoot())).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });
});

test('[LG-4] [LG-5] a tree grown leaf by leaf has the root of the recursion, at every size up to 512', () => {
  let frontier = emptyFrontier;
  for (let size = 0; size <= sizeMax; size += 1) {
    const expected = referenceRoot(entries.slice(0, size));
    expect(isEqualBytes(frontierRoot(frontier), expected), `size ${size}`).toBe(true);
    if (size < sizeMax) frontier = appendLeaf(frontier, leafHash(toEntry(size)));
  }
});

describe('proofs from tiles', () => {
  let files: Files;
  let source: TileSource;
  beforeAll(async () => {
    ({ files } = await writeLog(Array.from({ length: sizeMax }, (_, at) => at + 1)));
    source = toSource(files);
  });

  test('[LG-9] [LG-6] inclusion: every index of every size up to 512 gives the path of RFC 6962, and it verifies', async () => {
    const prover = new Prover(source, nodeSha256);
    for (let size = 1; size <= sizeMax; size += 1) {
      const root = reference.root(0, size);
      for (let index = 0; index < size; index += 1) {
        const proof = await prover.inclusion({ index, tree: { size, root } });
        if (!proof.ok) expect.fail(`${index} of ${size}: ${proof.problem.text}`);
        const { leaf, path } = proof.value;
        if (!isSame(path, reference.path(index, 0, size))) expect.fail(`${index} of ${size}`);
        if (!verifyInclusion({ leaf, index, size, root, path }, nodeSha256).ok)
          expect.fail(`${index} of ${size}`);
      }
    }
  });

  test('[LG-9] [LG-7] consistency: every pair of sizes up to 512 gives the proof of RFC 6962, and it verifies', async () => {
    const prover = new Prover(source, nodeSha256);
    for (let newSize = 1; newSize <= sizeMax; newSize += 1) {
      const newRoot = reference.root(0, newSize);
      for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
        const tree = { size: newSize, root: newRoot };
        const made = await prover.consistency({ oldSize, tree });
        if (!made.ok) expect.fail(`${oldSize} to ${newSize}: ${made.problem.text}`);
        const { oldRoot, proof } = made.value;
        if (!isSame(proof, reference.proof(oldSize, newSize))) expect.fail(`${oldSize} to ${newSize}`);
        if (!isEqualBytes(oldRoot, reference.root(0, oldSize))) expect.fail(`root of ${oldSize}`);
        if (!verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof }, nodeSha256).ok) {
          expect.fail(`${oldSize} to ${newSize}`);
        }
      }
    }
  });

  test('[LG-9] from an old size of 0 the proof is empty, and outside the tree there is none', async () => {
    const tree = { size: 10, root: reference.root(0, 10) };
    const made = await proveConsistency(source, { oldSize: 0, tree });
    expect(made).toMatchObject({ ok: true, value: { proof: [] } });
    for (const oldSize of [11, -1, 1.5, Number.NaN]) {
      expect(await proveConsistency(source, { oldSize, tree })).toMatchObject({ ok: false });
      expect(await proveInclusion(source, { index: oldSize, tree })).toMatchObject({ ok: false });
    }
  });

  test('[LG-10] a wrong, short or missing tile is refused by the prover', async () => {
    const tree = { size: 300, root: reference.root(0, 300) };
    const path = 'tile/0/000';
    const tile = files.get(path)!;
    const flipped = Uint8Array.from(tile, (byte, at) => (at === 5 * 32 ? byte ^ 1 : byte));
    for (const [bytes, kind] of [
      [flipped, 'TileWrong'],
      [tile.subarray(1), 'TileMalformed'],
      [undefined, 'FileMissing'],
    ] as const) {
      const broken: TileSource = { read: (at) => (at === path ? Promise.resolve(bytes) : source.read(at)) };
      expect(await proveInclusion(broken, { index: 7, tree })).toMatchObject({ problem: { kind } });
      expect(await proveConsistency(broken, { oldSize: 9, tree })).toMatchObject({ problem: { kind } });
    }
  });
});

const someSize = fc.integer({ min: 1, max: sizeMax });
const someHash = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** One change to one hash of a list, or one hash more or less. */
const someDamage = fc.tuple(
  fc.nat(),
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom('flip', 'drop', 'add', 'cut'),
);

function damage(
  hashes: readonly Uint8Array[],
  [where, bit, how]: readonly [number, number, string],
): readonly Uint8Array[] {
  const at = where % (hashes.length + (how === 'add' ? 1 : 0) || 1);
  const flipped = hashes[at] && Uint8Array.from(hashes[at]);
  if (flipped !== undefined) flipped[bit >> 3]! ^= 1 << (bit & 7);
  if (how === 'flip') return hashes.map((hash, i) => (i === at ? flipped! : hash));
  if (how === 'drop') return hashes.filter((_, i) => i !== at);
  if (how === 'cut') return hashes.map((hash, i) => (i === at ? hash.subarray(0, bit % 32) : hash));
  return [...hashes.slice(0, at), new Uint8Array(32).fill(bit), ...hashes.slice(at)];
}

describe('what verifiers refuse', () => {
  test('[LG-6] any change to leaf, index, root or path of a true inclusion claim', () => {
    fc.assert(
      fc.property(someSize, fc.nat(), someDamage, someHash, (size, any, hurt, other) => {
        const index = any % size;
        const path = reference.path(index, 0, size);
        const leaf = leafHash(toEntry(index));
        const root = reference.root(0, size);
        const isTrue = (claim: object) =>
          verifyInclusion({ leaf, index, size, root, path, ...claim }, nodeSha256).ok;
        expect(isTrue({})).toBe(true);
        if (path.length > 0 || hurt[2] === 'add') expect(isTrue({ path: damage(path, hurt) })).toBe(false);
        expect(isTrue({ leaf: damage([leaf], [0, hurt[1], 'flip'])[0] })).toBe(false);
        expect(isTrue({ root: damage([root], [0, hurt[1], 'flip'])[0] })).toBe(false);
        expect(isTrue({ leaf: other })).toBe(false);
        expect(isTrue({ index: (index + 1) % size })).toBe(size === 1);
        expect(isTrue({ index: size })).toBe(false);
        expect(isTrue({ leaf: leaf.subarray(1) })).toBe(false);
        expect(isTrue({ root: new Uint8Array(0) })).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  test('[LG-7] any change to a true consistency claim', () => {
    fc.assert(
      fc.property(someSize, fc.nat(), someDamage, (newSize, any, hurt) => {
        const oldSize = 1 + (any % newSize);
        const proof = reference.proof(oldSize, newSize);
        const oldRoot = reference.root(0, oldSize);
        const newRoot = reference.root(0, newSize);
        const isTrue = (claim: object) =>
          verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof, ...claim }, nodeSha256).ok;
        expect(isTrue({})).toBe(true);
        if (proof.length > 0 || hurt[2] === 'add') expect(isTrue({ proof: damage(proof, hurt) })).toBe(false);
        const bent = (root: Uint8Array) => damage([root], [0, hurt[1], 'flip'])[0];
        expect(isTrue({ oldRoot: bent(oldRoot) })).toBe(false);
        expect(isTrue({ newRoot: bent(newRoot) })).toBe(false);
        expect(isTrue({ oldRoot: newRoot, newRoot: oldRoot })).toBe(oldSize === newSize);
        expect(isTrue({ oldSize: newSize + 1 })).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  test('[LG-8] an old size of 0, whatever the proof', () => {
    const root = reference.root(0, 5);
    for (const newSize of [0, 5]) {
      const claim = { oldSize: 0, oldRoot: emptyRoot(), newSize, newRoot: root, proof: [] };
      expect(verifyConsistency(claim)).toMatchObject({ problem: { kind: 'OldSizeZero', rule: 'LG-8' } });
    }
  });

  test('[LG-11] numbers that are no uint64, or were rounded; and uint64 beyond 2^53 are not rounded', () => {
    const leaf = leafHash(toEntry(0));
    const claim = { leaf, index: 0, size: 1, root: leaf, path: [] };
    expect(verifyInclusion(claim).ok).toBe(true);
    expect(verifyInclusion({ ...claim, index: 0n, size: 1n }).ok).toBe(true);
    for (const size of [2 ** 53, 1.5, Number.NaN, -1, Infinity, 2n ** 64n, -1n]) {
      expect(verifyInclusion({ ...claim, size })).toMatchObject({ problem: { kind: 'NumberTooLarge' } });
      const tree = { oldSize: size, oldRoot: leaf, newSize: size, newRoot: leaf, proof: [] };
      expect(verifyConsistency(tree)).toMatchObject({ ok: false });
    }
    const max = 2n ** 64n - 1n;
    expect(verifyInclusion({ ...claim, index: max, size: 1n })).toMatchObject({
      problem: {
        kind: 'IndexOutsideTree',
        text: 'Index 18446744073709551615 is outside a tree of 1 entries.',
      },
    });
    // The last leaf of 2^64 - 1: its path has one hash per set bit of the index, and each leads to a wider left.
    const path = Array.from({ length: 63 }, (_, at) => new Uint8Array(32).fill(at));
    const root = path.reduce((hash, left) => nodeHash(left, hash), leaf);
    expect(verifyInclusion({ leaf, index: max - 1n, size: max, root, path }).ok).toBe(true);
    expect(verifyInclusion({ leaf, index: max - 2n, size: max, root, path }).ok).toBe(false);
  });
});

test('[LG-1] the portable SHA-256 and the native one are one function', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) =>
      isEqualBytes(pureSha256(bytes), nodeSha256(bytes)),
    ),
  );
});
