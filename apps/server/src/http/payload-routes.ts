/** Sealed payloads over HTTP, each request signed by a key of the party that asks. */
import { erasePayload, getPayload, putPayload } from '@homeward/contract/routes';
import type { Context, Hono } from 'hono';
import type { PayloadKeeper, PayloadReply } from '../payload/payload-keeper.ts';
import type { AskedBy, RequestChecker } from '../payload/request-check.ts';
import { readBody } from './body.ts';
import { nodeProblem, toProblemResponse } from './problem-reply.ts';

const hashForm = /^[0-9a-f]{64}$/u;

export interface PayloadRoutesOptions {
  readonly keeper: PayloadKeeper;
  readonly checker: RequestChecker;
  readonly bytesMax: number;
}

/** Memory for bodies that nobody has vouched for yet: a signature covers its body, so the body is read first. */
const bodiesBytesMax = 268_435_456;

export function mountPayloads(app: Hono, { keeper, checker, bytesMax }: PayloadRoutesOptions): void {
  const readingMax = Math.max(4, Math.floor(bodiesBytesMax / bytesMax));
  let reading = 0;
  async function answer(
    c: Context,
    act: (hash: string, bytes: Uint8Array, by: AskedBy) => Promise<PayloadReply>,
  ): Promise<Response> {
    const hash = c.req.param('hash') ?? '';
    if (!hashForm.test(hash)) return nodeProblem('request-malformed', 'A payload is named by 64 hex digits.');
    const unsigned = nodeProblem(
      'not-authenticated',
      'Sign the request with an enrolled key; see spec/wire.md.',
    );
    if (!checker.isKnown(c.req.raw)) return unsigned;
    if (reading >= readingMax)
      return nodeProblem('overloaded', 'Too many bodies are under way to this node.');
    reading += 1;
    const body = await readBody(c.req.raw, bytesMax).finally(() => {
      reading -= 1;
    });
    if (body.kind === 'too-large') {
      return nodeProblem('body-too-large', `This node keeps payloads of at most ${String(bytesMax)} bytes.`);
    }
    if (body.kind === 'broken') return nodeProblem('request-malformed', 'The body ended early.');
    const { pathname, search } = new URL(c.req.url);
    const by = checker.check(c.req.raw, pathname + search, body.bytes);
    if (by === undefined) return unsigned;
    const reply = await act(hash, body.bytes, by);
    switch (reply.kind) {
      case 'kept':
      case 'erased':
        return c.body(null, 204, { 'cache-control': 'no-store' });
      case 'payload':
        return c.body(reply.bytes, 200, {
          'content-type': 'application/octet-stream',
          'cache-control': 'no-store',
        });
      case 'problem':
        return toProblemResponse(reply.problem);
    }
  }
  app.get(getPayload.getRoutingPath(), async (c) => answer(c, async (hash, _, by) => keeper.find(hash, by)));
  app.put(putPayload.getRoutingPath(), async (c) =>
    answer(c, async (hash, bytes, by) => keeper.put(hash, bytes, by)),
  );
  app.delete(erasePayload.getRoutingPath(), async (c) =>
    answer(c, async (hash, _, by) => keeper.erase(hash, by)),
  );
}
