/**
 * A host that lies, for tests: it signs with the log's true key whatever it is told to, serves any files, and gives
 * receipts that it does not honour. Members must catch it each way.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signReceipt, toExchangeProblem } from '@homeward/contract';
import { parseEnvelope } from '@homeward/core/exchange';
import {
  addSignatures,
  emptyTip,
  leafHash,
  planAppend,
  signCheckpoint,
  toVerifierKey,
  type NoteSignature,
  type NoteSigner,
} from '@homeward/tlog';
import {
  askWitness,
  type SignedTree,
  type WitnessPeer,
  type WitnessReply,
} from '../src/host/witness-client.ts';
import { generateSigningKey, receiptKeyName } from '@homeward/keys';

export interface LogSigners {
  readonly origin: string;
  readonly log: NoteSigner;
  readonly receipt: NoteSigner;
}

export function makeLogSigners(origin: string): LogSigners {
  const toSigner = (name: string): NoteSigner => {
    const { publicKey, sign } = generateSigningKey();
    return { key: toVerifierKey({ name, type: 'note', publicKey }), sign };
  };
  return { origin, log: toSigner(origin), receipt: toSigner(receiptKeyName(origin)) };
}

export interface ForgingHost {
  readonly url: string;
  /** Files it serves below `/log/`; change them at will. */
  readonly files: Map<string, Uint8Array>;
  /** The places it promised in receipts, by the acts' ids. */
  readonly receipted: ReadonlyMap<string, number>;
  /** Forgets what it promised for an act: the next receipt names another place. */
  readonly forgetReceipt: (act: string) => void;
  /** Which kinds of act it takes; the others are told to come again. Change it at will. */
  takes: (kind: string) => boolean;
  /** Which kinds of act it refuses for good. Change it at will. */
  refuses: (kind: string) => boolean;
  /** What it waits for before it serves a file; the signal tells that the reader gave up. Change it at will. */
  holds: (path: string, gone: AbortSignal) => Promise<void>;
  /** Signs a checkpoint over these entries and serves the whole log of them, and nothing else. */
  publish(entries: readonly Uint8Array[]): Promise<SignedTree>;
  /** As `publish`, but the checkpoint is shown only once `ask` brought cosignatures. */
  sign(entries: readonly Uint8Array[]): Promise<SignedTree>;
  /** Asks a witness to cosign the last signed tree; its line is added to what is shown. */
  ask(peer: WitnessPeer, oldSize: number): Promise<WitnessReply>;
  stop(): Promise<void>;
}

export async function startForgingHost(
  { origin, log, receipt }: LogSigners,
  receiptDueMs = 0,
): Promise<ForgingHost> {
  const files = new Map<string, Uint8Array>();
  const receipted = new Map<string, number>();
  let signed: SignedTree | undefined;
  let lines: NoteSignature[] = [];
  const server: Server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/v1/acts') {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const bytes = Buffer.concat(parts);
        const parsed = parseEnvelope(bytes);
        if (parsed.kind !== 'parsed' || !host.takes(parsed.envelope.act.kind)) {
          response.writeHead(503);
          response.end();
          return;
        }
        if (host.refuses(parsed.envelope.act.kind)) {
          const problem = toExchangeProblem({ kind: 'TermsNotInForce' });
          response.writeHead(problem.status, { 'content-type': 'application/problem+json' });
          response.end(JSON.stringify(problem));
          return;
        }
        const act = parsed.envelope.id;
        // As an honest host would: one act is promised one place.
        const index = receipted.get(act) ?? signed?.size ?? 0;
        receipted.set(act, index);
        const accepted = Date.now();
        const due = accepted + receiptDueMs;
        void signReceipt({ origin, act, index, leaf: leafHash(bytes), accepted, due }, receipt).then(
          (note) => {
            response.writeHead(201, { 'content-type': 'application/json' });
            response.end(JSON.stringify({ id: act, index, receipt: note }));
          },
        );
      });
      return;
    }
    const path = (request.url ?? '').replace(/^\/log\//u, '');
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    void host.holds(path, gone.signal).then(() => {
      const file = files.get(path);
      response.writeHead(file === undefined ? 404 : 200);
      response.end(file);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });

  async function sign(entries: readonly Uint8Array[]): Promise<SignedTree> {
    const plan = planAppend(emptyTip, entries);
    for (const { path, bytes } of plan.files) files.set(path, bytes);
    const note = await signCheckpoint({ origin, size: entries.length, root: plan.root }, log);
    signed = { size: entries.length, root: plan.root, note, logKey: log.key };
    lines = [];
    return signed;
  }

  const host: ForgingHost = {
    receipted,
    forgetReceipt: (act) => void receipted.delete(act),
    takes: () => true,
    refuses: () => false,
    holds: async () => Promise.resolve(),
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    files,
    sign,
    async publish(entries) {
      const tree = await sign(entries);
      files.set('checkpoint', tree.note);
      return tree;
    },
    async ask(peer, oldSize) {
      if (signed === undefined) throw new Error('nothing is signed yet');
      const source = { read: async (path: string) => Promise.resolve(files.get(path)) };
      const reply = await askWitness(peer, signed, oldSize, source, 10_000);
      if (reply.kind === 'cosigned') {
        lines.push(reply.line);
        files.set('checkpoint', addSignatures(signed.note, lines));
      }
      return reply;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
  return host;
}
