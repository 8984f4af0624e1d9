/** A published log in memory, written by this package's own writer. */
import {
  addSignatures,
  checkpointPath,
  cosign,
  emptyTip,
  formatCheckpoint,
  type LogTip,
  type NoteSigner,
  planAppend,
  signCheckpoint,
  type TileSource,
  type TreeHead,
} from '../src/index.ts';
import { nodeSha256, toTestSigner } from './node-crypto.ts';

export const origin = 'homeward.test/exchange';
export const logSigner: NoteSigner = toTestSigner(origin, 'note');
export const witnessSigners: readonly NoteSigner[] = ['a', 'b', 'c'].map((name) =>
  toTestSigner(`${name}.witness.test`, 'cosignature'),
);
export const trust = { logs: [logSigner.key], witnesses: witnessSigners.map(({ key }) => key) };

export type Files = Map<string, Uint8Array>;

export function toSource(files: Files, list = true): TileSource {
  return {
    read: (path) => Promise.resolve(files.get(path)),
    ...(list && { list: () => [...files.keys()] }),
  };
}

/** Entry `index` of every test log: short, different, sometimes empty. */
export function toEntry(index: number): Uint8Array {
  return index % 97 === 96 ? new Uint8Array(0) : Buffer.from(`entry ${index}${'.'.repeat(index % 7)}`);
}

export interface TestLog {
  readonly files: Files;
  readonly tip: LogTip;
  readonly head: TreeHead;
}

/** Writes entries 0 up to the last of `sizes`, one append per size, keeping every file ever written. */
export async function writeLog(sizes: readonly number[], cosigners = witnessSigners): Promise<TestLog> {
  const files: Files = new Map();
  let tip = emptyTip;
  let root = planAppend(tip, [], nodeSha256).root;
  for (const size of sizes) {
    const entries = Array.from({ length: size - tip.size }, (_, at) => toEntry(tip.size + at));
    const plan = planAppend(tip, entries, nodeSha256);
    for (const { path, bytes } of plan.files) files.set(path, bytes);
    ({ tip, root } = plan);
  }
  const head = { size: tip.size, root };
  files.set(checkpointPath, await signHead(head, cosigners));
  return { files, tip, head };
}

export async function signHead(head: TreeHead, cosigners = witnessSigners): Promise<Uint8Array> {
  const checkpoint = { origin, ...head };
  const lines = cosigners.map((signer, at) =>
    cosign(formatCheckpoint(checkpoint), signer, 1_760_000_000 + at),
  );
  return addSignatures(await signCheckpoint(checkpoint, logSigner), await Promise.all(lines));
}
