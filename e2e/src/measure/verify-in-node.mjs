/**
 * Verifies a node's log in Node with the very function that the page runs, for comparison: the same files over HTTP,
 * the same hashes, Ed25519 by node:crypto. Prints the report's milliseconds and size as JSON.
 */
import { createPublicKey, verify } from 'node:crypto';
import { verifyWholeLog } from '../../../apps/web/src/verifier/verify-log.ts';

const base = process.argv[2];
const prefix = Buffer.from('302a300506032b6570032100', 'hex');
const keys = new Map();

function keyOf(raw) {
  const name = Buffer.from(raw).toString('hex');
  let key = keys.get(name);
  if (key === undefined) {
    key = createPublicKey({ key: Buffer.concat([prefix, raw]), format: 'der', type: 'spki' });
    keys.set(name, key);
  }
  return key;
}

const report = await verifyWholeLog({
  source: {
    read: async (path) => {
      const ask = () => fetch(`${base}/log/${path}`);
      // While signatures are checked nothing is read, and the node closes what is idle: ask again.
      const response = await ask().catch(ask);
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
    },
  },
  ed25519: {
    verify: (key, message, signature) => {
      try {
        return verify(null, message, keyOf(key), signature);
      } catch {
        return false;
      }
    },
  },
  seen: [],
  now: () => performance.now(),
});
process.stdout.write(
  `${JSON.stringify({ ok: report.ok, size: report.size, milliseconds: report.milliseconds })}\n`,
);
