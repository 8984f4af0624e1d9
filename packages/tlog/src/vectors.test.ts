/** The project's own vectors, spec/vectors/log: what is on disk is what the script makes, and every verdict is as stated. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeEd25519 } from '../testing/node-crypto.ts';
import { logSigner, origin, witnessSigners } from '../testing/memory-log.ts';
import { makeVectors, type Vector } from '../testing/vectors.ts';
import {
  addCheckpoint,
  assessPublicKey,
  formatNote,
  parsePolicy,
  parseTilePath,
  parseVerifierKey,
  signNote,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  verifyTlogProof,
} from './index.ts';

const folder = join(import.meta.dirname, '../../../spec/vectors/log');
const names = globSync('**/*.json', { cwd: folder }).sort();
const text = (vector: Vector, name: string) => vector[name] as string;
const bytes = (vector: Vector, name: string) => new Uint8Array(Buffer.from(text(vector, name), 'base64'));
const hashes = (vector: Vector, name: string) =>
  (vector[name] as readonly string[]).map((hash) => new Uint8Array(Buffer.from(hash, 'base64')));
const getKey = (vkey: string) => {
  const key = parseVerifierKey(vkey);
  if (!key.ok) throw new Error(key.problem.text);
  return key.value;
};
const keys = (vector: Vector, name: string) => (vector[name] as readonly string[]).map(getKey);

/** What the verifier of a folder answers, as the vectors write it. */
const judges: Readonly<Record<string, (vector: Vector) => boolean | string | Promise<boolean | string>>> = {
  inclusion: (v) =>
    verifyInclusion({
      leaf: bytes(v, 'leaf'),
      index: BigInt(text(v, 'index')),
      size: BigInt(text(v, 'size')),
      root: bytes(v, 'root'),
      path: hashes(v, 'path'),
    }).ok,
  consistency: (v) =>
    verifyConsistency({
      oldSize: BigInt(text(v, 'oldSize')),
      oldRoot: bytes(v, 'oldRoot'),
      newSize: BigInt(text(v, 'newSize')),
      newRoot: bytes(v, 'newRoot'),
      proof: hashes(v, 'proof'),
    }).ok,
  checkpoint: async (v) => {
    const trust = { logs: keys(v, 'logs'), witnesses: keys(v, 'witnesses') };
    return (await verifyCheckpoint(Buffer.from(text(v, 'note')), trust, nodeEd25519)).ok;
  },
  witness: async (v) => {
    const last = text(v, 'last');
    const stored =
      last === '' ? undefined : formatNote({ text: last, signatures: [await signNote(last, logSigner)] });
    const store = {
      find: (log: string) => Promise.resolve(log === origin ? stored : undefined),
      replace: () => Promise.resolve(true),
    };
    const witness = {
      signer: witnessSigners[0]!,
      logs: [getKey(text(v, 'log'))],
      store,
      ed25519: nodeEd25519,
    };
    return String((await addCheckpoint(witness, Buffer.from(text(v, 'body')), 1)).status);
  },
  'tlog-proof': async (v) => {
    const policy = parsePolicy(Buffer.from(text(v, 'policy')));
    if (!policy.ok) throw new Error(policy.problem.text);
    const expected = { policy: policy.value, leaf: bytes(v, 'leaf') };
    return (await verifyTlogProof(Buffer.from(text(v, 'proof')), expected, nodeEd25519)).ok;
  },
  policy: (v) => parsePolicy(Buffer.from(text(v, 'policy'))).ok,
  'tile-path': (v) => parseTilePath(text(v, 'path')).ok,
  vkey: (v) => parseVerifierKey(text(v, 'vkey')).ok,
  'public-key': (v) => assessPublicKey(bytes(v, 'key')).ok,
};

describe('own vectors', () => {
  let made: ReadonlyMap<string, Vector>;
  beforeAll(async () => {
    made = await makeVectors();
  });

  test('what is on disk is what the script makes', () => {
    expect(names).toEqual([...made.keys()].sort());
    for (const [path, vector] of made) {
      expect(readFileSync(join(folder, path), 'utf8'), path).toBe(
        `${JSON.stringify(vector, undefined, 2)}\n`,
      );
    }
  });

  test.each(names)('%s', async (name) => {
    const vector = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Vector;
    const answer = await judges[name.split('/')[0]!]!(vector);
    expect(typeof answer === 'string' ? answer : answer ? 'accept' : 'refuse').toBe(vector.want);
  });
});
