/** The vectors of this project, spec/vectors/ledger: what is on disk is what the script makes, and each verdict is as stated. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nativeSha256, verifyEd25519, verifyEd25519Aside } from '@homeward/keys';
import { makeVectors, type Vector } from '../testing/vectors.ts';
import { verifyLog } from './index.ts';

const folder = join(import.meta.dirname, '../../../spec/vectors/ledger');
const names = globSync('*.json', { cwd: folder }).sort();
const read = (name: string): Vector => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Vector;

describe('the vectors of the ledger', () => {
  test('[ND-40] [ND-41] are what their script makes', async () => {
    const made = await makeVectors();
    expect(names).toEqual([...made.keys()].sort());
    for (const name of names) expect([name, read(name)]).toEqual([name, made.get(name)]);
  });

  const runtimes = [
    ['at once', verifyEd25519],
    ['on other threads', verifyEd25519Aside],
  ] as const;
  test.each(runtimes.flatMap(([how, verify]) => names.map((name) => [name, how, verify] as const)))(
    '[ND-40] [ND-41] %s, signatures checked %s',
    async (name, _, verify) => {
      const { files, want } = read(name);
      const { ok, findings, findingCount } = await verifyLog(
        {
          read: async (path) =>
            Promise.resolve(path in files ? Buffer.from(files[path]!, 'base64') : undefined),
          list: () => Object.keys(files),
        },
        {},
        { ed25519: { verify }, sha256: nativeSha256, pause: async () => Promise.resolve() },
      );
      expect({
        ok,
        findings: findings.map(({ fault, ...told }) => (expect(fault).toBeDefined(), told)),
      }).toEqual(want);
      expect(findingCount).toBe(want.findings.length);
    },
  );
});
