import { describe, expect, test } from 'vitest';
import { trust, toSource, writeLog } from '../testing/memory-log.ts';
import { nodeEd25519, nodeSha256 } from '../testing/node-crypto.ts';
import { type TileSource, verifyLog } from './index.ts';

function verify(source: TileSource) {
  return verifyLog({ source, trust, ed25519: nodeEd25519, sha256: nodeSha256, refuseUnknown: true });
}

describe('a whole log', () => {
  test('verifies when it was written here', async () => {
    for (const sizes of [[0], [1], [5], [256], [257], [10, 300, 515], [65_536, 70_000]]) {
      const { files, head } = await writeLog(sizes);
      const report = await verify(toSource(files));
      expect(report.problems).toEqual([]);
      expect(report).toMatchObject({ ok: true, entries: head.size, files: files.size, uncovered: [] });
    }
  });
});
