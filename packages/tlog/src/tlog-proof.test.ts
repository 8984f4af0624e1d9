import { beforeAll, describe, expect, test } from 'vitest';
import { checkpointPath } from './index.ts';
import { logSigner, toEntry, toSource, witnessSigners, writeLog } from '../testing/memory-log.ts';
import { nodeEd25519, nodeSha256 } from '../testing/node-crypto.ts';
import {
  formatTlogProof,
  formatVerifierKey,
  type Hash,
  leafHash,
  parsePolicy,
  parseTlogProof,
  type Policy,
  proveInclusion,
  type TlogProof,
  verifyTlogProof,
} from './index.ts';

const index = 300;
const leaf = leafHash(toEntry(index));
let proof: TlogProof;
let policy: Policy;

beforeAll(async () => {
  const { files, head } = await writeLog([700]);
  const made = await proveInclusion(toSource(files), { index, tree: head }, nodeSha256);
  if (!made.ok) throw new Error(made.problem.text);
  proof = { index, path: made.value.path, checkpoint: files.get(checkpointPath)! };
  const text = [
    `log ${formatVerifierKey(logSigner.key)}`,
    ...witnessSigners.map(({ key }, at) => `witness w${at} ${formatVerifierKey(key)}`),
    'group three all w0 w1 w2',
    'quorum three\n',
  ];
  const parsed = parsePolicy(Buffer.from(text.join('\n')));
  if (!parsed.ok) throw new Error(parsed.problem.text);
  policy = parsed.value;
});

const verify = (bytes: Uint8Array, expected: Hash = leaf) =>
  verifyTlogProof(bytes, { policy, leaf: expected }, nodeEd25519, nodeSha256);

describe('offline proofs', () => {
  test('[LG-42] writing what was read gives the same bytes', () => {
    for (const extra of [undefined, new Uint8Array(0), Uint8Array.of(1, 2, 3)]) {
      const bytes = formatTlogProof({ ...proof, ...(extra && { extra }) });
      const parsed = parseTlogProof(bytes);
      if (!parsed.ok) expect.fail(parsed.problem.text);
      expect(Buffer.from(formatTlogProof(parsed.value)).equals(bytes)).toBe(true);
      expect(parsed.value.extra).toEqual(extra);
    }
    const first = Buffer.from(formatTlogProof(proof)).toString().split('\n').slice(0, 2);
    expect(first).toEqual(['c2sp.org/tlog-proof@v1', 'index 300']);
  });

  test('[LG-42] anything else is refused', () => {
    const good = Buffer.from(formatTlogProof(proof)).toString();
    const hash = `${Buffer.from(leaf).toString('base64')}\n`;
    const bad = [
      ...['', 'c2sp.org/tlog-proof@v1', good.replace('@v1', '@v2'), good.replace('index 300', 'index 0300')],
      ...[
        good.replace('index 300', 'index -1'),
        good.replace('index 300\n', ''),
        good.replace('index', 'extra\nindex'),
      ],
      ...[good.replace('index', 'extra A\nindex'), good.replace('index 300\n', 'index 300\nextra AAAA\n')],
      ...[
        good.replace('index 300\n', 'index 300\nAAAA\n'),
        good.replace('\n\n', '\n\n\n'),
        good.replace('\n\n', '\n'),
      ],
      ...[good.replace('index 300\n', `index 300\n${hash.repeat(64)}`), `\n${good}`, good.slice(0, -1)],
      good.replace('index 300', 'index 9007199254740992'),
    ];
    for (const text of bad) expect(parseTlogProof(Buffer.from(text)).ok, JSON.stringify(text)).toBe(false);
    for (const wrong of [{ index: -1 }, { path: [new Uint8Array(3)] }, { checkpoint: new Uint8Array(3) }]) {
      expect(() => formatTlogProof({ ...proof, ...wrong })).toThrow(RangeError);
    }
  });

  test('[LG-43] the entry is shown to be in the log', async () => {
    expect(await verify(formatTlogProof(proof))).toMatchObject({
      ok: true,
      value: { index, checkpoint: { size: 700 } },
    });
  });

  test('[LG-43] another entry, another place, another path or a missed quorum is refused', async () => {
    expect(await verify(formatTlogProof(proof), leafHash(toEntry(301)))).toMatchObject({
      problem: { kind: 'InclusionWrong' },
    });
    expect((await verify(formatTlogProof({ ...proof, index: 301 }))).ok).toBe(false);
    expect((await verify(formatTlogProof({ ...proof, index: 700 }))).ok).toBe(false);
    expect((await verify(formatTlogProof({ ...proof, path: proof.path.slice(1) }))).ok).toBe(false);
    const strict = { ...policy, quorum: 'nobody' };
    expect(
      await verifyTlogProof(formatTlogProof(proof), { policy: strict, leaf }, nodeEd25519),
    ).toMatchObject({
      problem: { kind: 'QuorumMissed' },
    });
  });

  test('[LG-43] any changed byte is refused', async () => {
    const bytes = formatTlogProof(proof);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 7)) : byte));
      const verdict = await verify(changed);
      // A line whose name or id was hit is a stranger's; two of three witnesses are still no three.
      expect(verdict.ok, `byte ${at}`).toBe(false);
    }
  });

  test('[LG-44] the extra data is authenticated by nothing', async () => {
    for (const extra of [Uint8Array.of(1), Uint8Array.of(2)]) {
      expect(await verify(formatTlogProof({ ...proof, extra }))).toMatchObject({
        ok: true,
        value: { extra },
      });
    }
  });
});
