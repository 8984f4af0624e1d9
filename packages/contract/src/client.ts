/**
 * A typed client of one node, for the command, the demo and the web pages. It runs wherever `fetch` does.
 *
 * A reply is a value: `ok` with what was asked for, or the node's problem document. A node that cannot be
 * reached or answers with something that is not its contract is a problem too (`kind` `unreachable`,
 * `contract-broken`), so that a caller handles one shape. What a node says of itself proves nothing: whoever
 * must be sure verifies the log (`homeward verify`).
 */
import type * as z from 'zod';
import { readAtMost } from './bounded-body.ts';
import { Problem } from './problem.ts';
import { ExchangeSummary } from './exchange-summary.ts';
import { NodeStatus } from './node-status.ts';
import { readStream, type StreamEvent } from './stream.ts';
import { KeptAct, LoggedAct, Submission } from './submission.ts';

export type Reply<T> =
  | { readonly ok: true; readonly status: number; readonly body: T }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };

export type FetchLike = (url: string, init?: RequestInit) => Promise<Response>;

/** Adds what proves who asks (`request-signature.ts`) to a request; payload routes need it. */
export type SignRequest = (request: {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
}) => Promise<Readonly<Record<string, string>>>;

export interface NodeClient {
  readonly baseUrl: string;
  /** Hands in an act's envelope: 201 when it is new, 200 with the same receipt when the node had it. */
  /** A party's node that cannot reach the host answers 202 with a `KeptAct`: no receipt yet, and nothing to do again. */
  submitAct(envelope: Uint8Array): Promise<Reply<Submission | KeptAct>>;
  findAct(id: string): Promise<Reply<LoggedAct>>;
  getStatus(): Promise<Reply<NodeStatus>>;
  findExchange(id: string): Promise<Reply<ExchangeSummary>>;
  /** The newest checkpoint with its cosignatures, as note text. */
  findCheckpoint(): Promise<Reply<string>>;
  /** A tile or entry bundle by its path below `/log/`, for example `tile/0/000.p/7`. */
  findTile(path: string): Promise<Reply<Uint8Array>>;
  findPayload(hash: string, sign: SignRequest): Promise<Reply<Uint8Array>>;
  putPayload(hash: string, sealed: Uint8Array, sign: SignRequest): Promise<Reply<undefined>>;
  erasePayload(hash: string, sign: SignRequest): Promise<Reply<undefined>>;
  /** Acts and checkpoints from `from` on, until the node ends the connection or `signal` aborts. */
  stream(from: number, signal?: AbortSignal): AsyncGenerator<StreamEvent>;
}

/** The largest reply: a bundle of 256 full entries, or a sealed payload with its header. */
const replyBytesMax = 17_000_000;

export function createNodeClient(baseUrl: string, fetch: FetchLike = globalThis.fetch): NodeClient {
  const base = baseUrl.replace(/\/+$/u, '');

  async function send<T>(
    path: string,
    init: RequestInit,
    read: (response: Response) => Promise<T | undefined>,
  ): Promise<Reply<T>> {
    let response: Response;
    try {
      response = await fetch(base + path, { redirect: 'error', ...init });
    } catch (error) {
      return unreachable(path, error);
    }
    try {
      if (!response.ok) return { ok: false, status: response.status, problem: await toProblem(response) };
      const body = await read(response);
      if (body === undefined) return broken(response.status, path);
      return { ok: true, status: response.status, body };
    } catch (error) {
      return unreachable(path, error);
    }
  }

  const asBytes = async (response: Response): Promise<Uint8Array | undefined> =>
    readAtMost(response, replyBytesMax);
  const asText = async (response: Response): Promise<string | undefined> => {
    const bytes = await asBytes(response);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  const as =
    <T>(schema: z.ZodType<T>) =>
    async (response: Response): Promise<T | undefined> =>
      schema.safeParse(parseJson(await asText(response))).data;

  async function sendSigned<T>(
    method: string,
    path: string,
    body: Uint8Array<ArrayBuffer> | undefined,
    sign: SignRequest,
    read: (response: Response) => Promise<T | undefined>,
  ): Promise<Reply<T>> {
    const proof = await sign({ method, path, body: body ?? new Uint8Array() });
    const headers =
      body === undefined ? { ...proof } : { ...proof, 'content-type': 'application/octet-stream' };
    return send(path, body === undefined ? { method, headers } : { method, headers, body }, read);
  }

  return {
    baseUrl: base,
    submitAct: (envelope) =>
      send(
        '/v1/acts',
        {
          method: 'POST',
          headers: { 'content-type': 'application/vnd.dsse+json' },
          body: new Uint8Array(envelope),
        },
        async (response) => (response.status === 202 ? as(KeptAct) : as(Submission))(response),
      ),
    findAct: (id) => send(`/v1/acts/${encodeURIComponent(id)}`, {}, as(LoggedAct)),
    getStatus: () => send('/v1/status', {}, as(NodeStatus)),
    findExchange: (id) => send(`/v1/exchanges/${encodeURIComponent(id)}`, {}, as(ExchangeSummary)),
    findCheckpoint: () => send('/log/checkpoint', { cache: 'no-store' }, asText),
    findTile: (path) => send(`/log/${path}`, {}, asBytes),
    findPayload: (hash, sign) => sendSigned('GET', `/v1/payloads/${hash}`, undefined, sign, asBytes),
    putPayload: async (hash, sealed, sign) =>
      emptied(
        await sendSigned(
          'PUT',
          `/v1/payloads/${hash}`,
          new Uint8Array(sealed),
          sign,
          async (response) => (await asText(response))?.length,
        ),
      ),
    erasePayload: async (hash, sign) =>
      emptied(
        await sendSigned(
          'DELETE',
          `/v1/payloads/${hash}`,
          undefined,
          sign,
          async (response) => (await asText(response))?.length,
        ),
      ),
    async *stream(from, signal) {
      let response: Response;
      try {
        response = await fetch(`${base}/v1/stream?from=${String(from)}`, {
          headers: { accept: 'text/event-stream' },
          ...(signal === undefined ? {} : { signal }),
        });
      } catch {
        return;
      }
      if (!response.ok || response.body === null) return;
      try {
        yield* readStream(chunksOf(response.body));
      } catch {
        // The connection broke: the caller resumes from the index after the last act it saw.
      }
    },
  };
}

/** A body's chunks. Not every browser iterates a `ReadableStream`, so its reader is used. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function emptied(reply: Reply<number>): Reply<undefined> {
  return reply.ok ? { ok: true, status: reply.status, body: undefined } : reply;
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function toProblem(response: Response): Promise<Problem> {
  const text = new TextDecoder().decode(await readAtMost(response, replyBytesMax));
  try {
    const problem = Problem.safeParse(JSON.parse(text));
    if (problem.success) return problem.data;
  } catch {
    // Not JSON: the C2SP routes answer in plain text.
  }
  return {
    type: 'about:blank',
    title: `The node answered ${String(response.status)}.`,
    status: response.status,
    detail: text.slice(0, 500),
    kind: 'http',
  };
}

function unreachable(path: string, error: unknown): Reply<never> {
  const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause : error) : undefined;
  return {
    ok: false,
    status: 0,
    problem: {
      type: 'urn:homeward:problem:unreachable',
      title: 'The node could not be reached.',
      status: 0,
      detail: `${path}: ${cause?.message ?? 'no answer'}`,
      kind: 'unreachable',
    },
  };
}

function broken(status: number, path: string): Reply<never> {
  return {
    ok: false,
    status,
    problem: {
      type: 'urn:homeward:problem:contract-broken',
      title: 'The node answered with something that is not its contract.',
      status,
      detail: path,
      kind: 'contract-broken',
    },
  };
}
