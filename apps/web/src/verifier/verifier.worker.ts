/** Runs verifications away from the page, on files it fetches itself and never from a cache. */
import '../workers/no-eval.ts';
import { Answerer, toProgramFailure } from '../workers/ask.ts';
import { createNodeClient } from '@homeward/contract';
import type { TileSource } from '@homeward/tlog';
import { compareNote } from './compare-note.ts';
import { proveEntry, verifyProofFile } from './proof-file.ts';
import { type Tasks, VerifierFault } from './protocol.ts';
import { verifyWholeLog } from './verify-log.ts';
import { hasEd25519, webEd25519 } from './web-ed25519.ts';

function fresh(base: string): TileSource {
  const node = createNodeClient(base, (url, init) => fetch(url, { ...init, cache: 'no-store' }));
  return {
    read: async (path) => {
      const reply = await node.findTile(path);
      if (reply.ok) return reply.body;
      if (reply.status === 404) return undefined;
      throw new VerifierFault(
        reply.problem.kind === 'unreachable' ? 'silent' : 'answer',
        reply.problem.title,
      );
    },
  };
}

async function needEd25519(): Promise<void> {
  if (!(await hasEd25519())) throw new VerifierFault('no-ed25519');
}

new Answerer<Tasks>(
  self,
  {
    log: async ({ base, seen }, onProgress) => {
      await needEd25519();
      return verifyWholeLog({
        source: fresh(base),
        ed25519: webEd25519,
        seen,
        now: () => performance.now(),
        onProgress,
      });
    },
    prove: async ({ base, ...entry }) => {
      await needEd25519();
      return proveEntry(fresh(base), webEd25519, entry);
    },
    compare: async ({ base, note }) => {
      await needEd25519();
      return compareNote(fresh(base), webEd25519, note);
    },
    file: async ({ bytes, seen }) => {
      await needEd25519();
      return verifyProofFile(bytes, seen, webEd25519);
    },
  },
  {
    toFailure: (error) =>
      error instanceof VerifierFault ? { code: error.code, message: error.message } : toProgramFailure(error),
  },
);
