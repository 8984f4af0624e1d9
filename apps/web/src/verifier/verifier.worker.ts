/** Runs verifications away from the page, on files it fetches itself and never from a cache. */
import '../workers/no-eval.ts';
import { createNodeClient } from '@homeward/contract';
import type { TileSource } from '@homeward/tlog';
import { compareNote } from './compare-note.ts';
import { proveEntry, verifyProofFile } from './proof-file.ts';
import { type FromVerifier, type Task, type Tasks, type ToVerifier, VerifierFault } from './protocol.ts';
import { verifyWholeLog } from './verify-log.ts';
import { hasEd25519, webEd25519 } from './web-ed25519.ts';

const post = (message: FromVerifier) => postMessage(message);

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

async function answer<T extends Task>(id: number, task: T, ask: Tasks[T]['ask']): Promise<unknown> {
  if (!(await hasEd25519())) throw new VerifierFault('no-ed25519');
  switch (task) {
    case 'log': {
      const { base, seen } = ask as Tasks['log']['ask'];
      return verifyWholeLog({
        source: fresh(base),
        ed25519: webEd25519,
        seen,
        now: () => performance.now(),
        onProgress: (progress) => post({ kind: 'progress', id, progress }),
      });
    }
    case 'prove': {
      const { base, ...entry } = ask as Tasks['prove']['ask'];
      return proveEntry(fresh(base), webEd25519, entry);
    }
    case 'compare': {
      const { base, note } = ask as Tasks['compare']['ask'];
      return compareNote(fresh(base), webEd25519, note);
    }
    case 'file': {
      const { bytes, seen } = ask as Tasks['file']['ask'];
      return verifyProofFile(bytes, seen, webEd25519);
    }
    default:
      throw new Error('There is no such task.');
  }
}

onmessage = ({ data }: MessageEvent<ToVerifier>) => {
  answer(data.id, data.task, data.ask).then(
    (result) => post({ kind: 'answer', id: data.id, answer: result }),
    (error: unknown) =>
      post({
        kind: 'failed',
        id: data.id,
        code: error instanceof VerifierFault ? error.code : 'program',
        message: error instanceof Error ? error.message : String(error),
      }),
  );
};
