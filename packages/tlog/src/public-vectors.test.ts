/**
 * The public vectors, from the data folder that HOMEWARD_DATA names (by default beside the repository). They are not
 * part of the project; without them these tests are skipped, and those on our own vectors remain.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeEd25519, nodeSha256 } from '../testing/node-crypto.ts';
import { referenceRoot } from '../testing/reference.ts';
import {
  assessPublicKey,
  parseBundle,
  parseVerifierKey,
  toStrictEd25519,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  verifyNote,
} from './index.ts';

const data = process.env['HOMEWARD_DATA'] ?? join(import.meta.dirname, '../../../../shared');
const vectors = resolve(data, 'vectors');
const present = existsSync(vectors);

/** JSON with every number as a bigint: two vectors hold 2^64 - 1, which `JSON.parse` would round. */
function parseExact(text: string): Record<string, unknown> {
  const quoted = text.replace(
    /("(?:[^"\\]|\\.)*")|(-?[0-9]+)/g,
    (_, string?: string, digits?: string) => string ?? `"#${digits!}"`,
  );
  return JSON.parse(quoted, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith('#') ? BigInt(value.slice(1)) : value,
  ) as Record<string, unknown>;
}

const bytesOf = (text: unknown) => new Uint8Array(Buffer.from((text as string | null) ?? '', 'base64'));
const hashesOf = (list: unknown) => ((list as string[] | null) ?? []).map(bytesOf);
const read = (...path: string[]) => new Uint8Array(readFileSync(join(vectors, ...path)));
const readText = (...path: string[]) => readFileSync(join(vectors, ...path), 'utf8');

describe.skipIf(!present)(
  `public vectors (${present ? vectors : 'skipped: no vectors, set HOMEWARD_DATA'})`,
  () => {
    test('[LG-6] [LG-11] 98 inclusion claims', () => {
      const names = globSync('merkle/testdata/inclusion/**/*.json', { cwd: vectors });
      expect(names.length).toBe(98);
      for (const name of names) {
        const vector = parseExact(readText(name));
        const { ok } = verifyInclusion({
          leaf: bytesOf(vector['leafHash']),
          index: vector['leafIdx'] as bigint,
          size: vector['treeSize'] as bigint,
          root: bytesOf(vector['root']),
          path: hashesOf(vector['proof']),
        });
        expect(ok, name).toBe(vector['wantErr'] === false);
      }
    });

    test('[LG-7] [LG-8] 98 consistency claims', () => {
      const names = globSync('merkle/testdata/consistency/**/*.json', { cwd: vectors });
      expect(names.length).toBe(98);
      for (const name of names) {
        const vector = parseExact(readText(name));
        const { ok } = verifyConsistency({
          oldSize: vector['size1'] as bigint,
          oldRoot: bytesOf(vector['root1']),
          newSize: vector['size2'] as bigint,
          newRoot: bytesOf(vector['root2']),
          proof: hashesOf(vector['proof']),
        });
        expect(ok, name).toBe(vector['wantErr'] === false);
      }
    });

    test('[LG-51] [LG-49] 12 signatures on which verifiers differ; small-order keys never get that far', () => {
      const cases = JSON.parse(readText('ed25519-speccheck', 'cases.json')) as Record<
        'message' | 'pub_key' | 'signature',
        string
      >[];
      const strict = toStrictEd25519(nodeEd25519);
      const verdicts = cases.map(({ message, pub_key, signature }) =>
        strict.verify(
          Buffer.from(pub_key, 'hex'),
          Buffer.from(message, 'hex'),
          Buffer.from(signature, 'hex'),
        ),
      );
      // The runtime's own row is VVVVXXXXXXXV in Node 20 and Go, XXXVXXXXXXXX in Node 24.21.
      expect(verdicts.map((isValid) => (isValid === true ? 'V' : 'X')).join('')).toBe('XXXVXXXXXXXX');
      const refused = cases.flatMap(({ pub_key }, at) =>
        assessPublicKey(Buffer.from(pub_key, 'hex')).ok ? [] : [at],
      );
      expect(refused).toEqual([0, 1, 10, 11]);
    });

    test('[LG-31] [LG-28] [LG-14] [LG-15] the sample log: 16 checkpoints, 15 tiles, 15 bundles', async () => {
      const key = parseVerifierKey(readText('sample-log', 'log.vkey').trim());
      if (!key.ok) expect.fail(key.problem.text);
      for (let size = 0; size <= 15; size += 1) {
        const bytes = read('sample-log', `checkpoint.${size}`);
        const checkpoint = await verifyCheckpoint(bytes, { logs: [key.value], witnesses: [] }, nodeEd25519);
        if (!checkpoint.ok) expect.fail(checkpoint.problem.text);
        expect(checkpoint.value.size).toBe(size);
        const bundle =
          size === 0 ? new Uint8Array(0) : read('sample-log', 'tile', 'entries', '000.p', String(size));
        const entries = parseBundle(bundle, size);
        if (!entries.ok) expect.fail(entries.problem.text);
        expect(Buffer.from(referenceRoot(entries.value)).equals(checkpoint.value.root)).toBe(true);
        if (size === 0) continue;
        const leaves = entries.value.map((entry) => nodeSha256(Buffer.concat([Uint8Array.of(0), entry])));
        expect(Buffer.concat(leaves).equals(read('sample-log', 'tile', '0', '000.p', String(size)))).toBe(
          true,
        );
      }
    });

    test('[LG-20] [LG-25] the signed note of the specification', async () => {
      const key = parseVerifierKey(readText('signed-note', 'example.vkey').trim());
      if (!key.ok) expect.fail(key.problem.text);
      expect(key.value.id).toBe('530d903a');
      const note = await verifyNote(read('signed-note', 'example.note'), [key.value], nodeEd25519);
      expect(note).toMatchObject({ ok: true, value: { text: 'This is an example message.\n', unknown: [] } });
    });
  },
);
