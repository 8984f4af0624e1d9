/** Every parser and verifier is given what an adversary would send: arbitrary bytes, and true ones bent a little. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Files,
  logSigner,
  signHead,
  toSource,
  trust,
  witnessSigners,
  writeLog,
} from '../testing/memory-log.ts';
import { nodeSha256 } from '../testing/node-crypto.ts';
import {
  addCheckpoint,
  assessPublicKey,
  checkpointPath,
  decodeBase64,
  decodeUtf8,
  type Ed25519,
  formatTlogProof,
  formatVerifierKey,
  formatWitnessRequest,
  leafHash,
  parseBundle,
  parseCheckpoint,
  parseCosignature,
  parseDecimal,
  parseNote,
  parsePolicy,
  parseSignatures,
  parseTilePath,
  parseTlogProof,
  parseVerifierKey,
  parseWitnessRequest,
  proveConsistency,
  proveInclusion,
  resumeTip,
  verifyConsistency,
  verifyInclusion,
  verifyLog,
  verifyTlogProof,
} from './index.ts';

/** Says yes half the time, so that what lies behind a signature is reached as well. */
const coin: Ed25519 = { verify: (_key, _message, signature) => (signature[0]! & 1) === 0 };

const policyText = [
  `log ${formatVerifierKey(logSigner.key)} https://host.test`,
  ...witnessSigners.map(({ key }, at) => `witness w${at} ${formatVerifierKey(key)}`),
  'group two 2 w0 w1 w2',
  'quorum two\n',
].join('\n');
const policy = parsePolicy(Buffer.from(policyText));
let files: Files;
let seeds: readonly Uint8Array[];

beforeAll(async () => {
  ({ files } = await writeLog([300, 520]));
  const checkpoint = await signHead({ size: 9, root: leafHash(Uint8Array.of(1)) });
  const hashes = [leafHash(Uint8Array.of(2)), leafHash(Uint8Array.of(3))];
  seeds = [
    checkpoint,
    formatTlogProof({ index: 4, path: hashes, checkpoint, extra: Uint8Array.of(1) }),
    formatWitnessRequest({ oldSize: 3, proof: hashes, checkpoint }),
    Buffer.from(policyText),
    Buffer.from(formatVerifierKey(logSigner.key)),
    Buffer.from('tile/entries/x001/234.p/17'),
    files.get('tile/entries/001.p/44')!,
    files.get('tile/0/001.p/44')!,
  ].map((bytes) => new Uint8Array(bytes));
});

const words = [
  '\n',
  '\n\n',
  '\u2014 ',
  ' ',
  '+',
  '=',
  '0',
  '18446744073709551615',
  'old ',
  'index ',
  'extra ',
  'AAAA',
  '\0',
  '\u{10ffff}',
];

/** True bytes, cut, repeated, with bytes changed and words thrown in; or bytes from nowhere. */
const hostile = fc
  .record({
    seed: fc.nat(8),
    raw: fc.uint8Array({ maxLength: 120 }),
    cut: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    isCut: fc.boolean(),
    bends: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
    word: fc.constantFrom(undefined, undefined, ...words),
    at: fc.nat(),
  })
  .map(({ seed, raw, cut, isCut, bends, word, at }) => {
    let bytes = seed === 8 ? Buffer.from(raw) : Buffer.from(seeds[seed]!);
    if (isCut) bytes = bytes.subarray(Math.min(...cut) * bytes.length, Math.max(...cut) * bytes.length);
    bytes = Buffer.from(bytes);
    for (const [place, byte] of bends) if (bytes.length > 0) bytes[place % bytes.length] = byte;
    if (word === undefined) return bytes;
    const place = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, place), Buffer.from(word), bytes.subarray(place)]);
  });

function isAnswer(answer: object): boolean {
  return 'ok' in answer || 'kind' in answer;
}

describe('hostile bytes', () => {
  test('[LG-56] 60,000 inputs, every parser: an answer and no exception', () => {
    fc.assert(
      fc.property(hostile, fc.nat(300), (bytes, width) => {
        const text = bytes.toString();
        const answers = [
          parseNote(bytes),
          parseTlogProof(bytes),
          parseWitnessRequest(bytes),
          parsePolicy(bytes),
          parseBundle(bytes, width),
          parseCosignature(bytes),
          assessPublicKey(bytes),
          assessPublicKey(bytes.subarray(0, 32)),
          parseVerifierKey(text),
          parseSignatures(text),
          parseCheckpoint(text),
          parseTilePath(text),
          parseDecimal(text),
        ];
        decodeBase64(text);
        decodeUtf8(bytes);
        return answers.every(isAnswer);
      }),
      { numRuns: 60_000 },
    );
  });

  test('[LG-56] 20,000 claims about trees', () => {
    const hash = fc.oneof(fc.uint8Array({ maxLength: 33 }), fc.uint8Array({ minLength: 32, maxLength: 32 }));
    const number = fc.oneof(fc.bigInt(), fc.bigInt({ min: 0n, max: 2n ** 64n }), fc.nat(20), fc.double());
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 2, maxLength: 2 }),
        fc.array(hash, { maxLength: 70 }),
        hash,
        hash,
        ([a, b], path, x, y) => {
          const inclusion = verifyInclusion({ leaf: x, index: a!, size: b!, root: y, path }, nodeSha256);
          const claim = { oldSize: a!, oldRoot: x, newSize: b!, newRoot: y, proof: path };
          return isAnswer(inclusion) && isAnswer(verifyConsistency(claim, nodeSha256));
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test('[LG-56] 20,000 proofs and requests, signatures believed by the toss of a coin', async () => {
    if (!policy.ok) expect.fail(policy.problem.text);
    const known = policy.value;
    const signer = witnessSigners[0]!;
    await fc.assert(
      fc.asyncProperty(hostile, async (bytes) => {
        const leaf = leafHash(Uint8Array.of(2), nodeSha256);
        const proof = await verifyTlogProof(bytes, { policy: known, leaf }, coin, nodeSha256);
        const kept = new Map<string, Uint8Array>();
        const store = {
          find: (origin: string) => Promise.resolve(kept.get(origin)),
          replace: (origin: string, _: unknown, next: Uint8Array) => {
            kept.set(origin, next);
            return Promise.resolve(true);
          },
        };
        const witness = { signer, logs: trust.logs, store, ed25519: coin, sha256: nodeSha256 };
        return isAnswer(proof) && isAnswer(await addCheckpoint(witness, bytes, 1));
      }),
      { numRuns: 20_000 },
    );
  });

  test('[LG-56] 2,000 logs whose every file may be anything', async () => {
    const paths = [...files.keys()];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(paths.length - 1), fc.option(hostile)), { maxLength: 3 }),
        fc.boolean(),
        async (changes, list) => {
          const bent = new Map(files);
          for (const [at, bytes] of changes) {
            if (bytes === null) bent.delete(paths[at]!);
            else bent.set(paths[at]!, bytes);
          }
          const source = toSource(bent, list);
          const tree = { size: 520, root: leafHash(Uint8Array.of(1)) };
          const report = await verifyLog({
            source,
            trust,
            ed25519: { verify: () => true },
            sha256: nodeSha256,
          });
          const others = [
            await resumeTip(source, tree, nodeSha256),
            await proveInclusion(source, { index: 5, tree }, nodeSha256),
            await proveConsistency(source, { oldSize: 5, tree }, nodeSha256),
          ];
          return isAnswer(report) && others.every(isAnswer) && (report.ok || report.problems.length > 0);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(files.has(checkpointPath)).toBe(true);
  });
});
