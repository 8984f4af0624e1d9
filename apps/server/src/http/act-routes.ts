/** Acts: handing one in, and looking one up. */
import { getAct, getActProof, submitAct } from '@homeward/contract/routes';
import { envelopeBytesMax } from '@homeward/core/exchange';
import type { Hono } from 'hono';
import type { Node } from '../node/node.ts';
import { readBody } from './body.ts';
import { nodeProblem, toProblemResponse } from './problem-reply.ts';

const actTypes: ReadonlySet<string> = new Set(['application/vnd.dsse+json', 'application/octet-stream']);
const actId = /^[0-9a-f]{64}$/u;

export function mountActs(app: Hono, node: Node): void {
  app.post(submitAct.path, async (c) => {
    const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    if (!actTypes.has(type)) {
      return nodeProblem('media-type-unknown', 'Send the envelope as application/vnd.dsse+json.');
    }
    const body = await readBody(c.req.raw, envelopeBytesMax);
    if (body.kind === 'too-large') {
      return nodeProblem('act-too-large', `A log entry holds at most ${String(envelopeBytesMax)} bytes.`);
    }
    if (body.kind === 'broken') return nodeProblem('request-malformed', 'The body ended early.');
    const submitted = await node.submit(body.bytes);
    switch (submitted.kind) {
      case 'logged':
        return c.json(submitted.submission, submitted.again ? 200 : 201, { 'cache-control': 'no-store' });
      case 'kept':
        return c.json({ id: submitted.id }, 202, { 'cache-control': 'no-store' });
      case 'problem':
        return toProblemResponse(submitted.problem);
    }
  });
  app.get(getAct.getRoutingPath(), async (c) => {
    const id = c.req.param('id');
    const act = actId.test(id) ? await node.findAct(id) : undefined;
    return act === undefined
      ? nodeProblem('act-unknown', 'The log of this node holds no such act.')
      : c.json(act, 200, { 'cache-control': 'no-store' });
  });
  app.get(getActProof.getRoutingPath(), async (c) => {
    const id = c.req.param('id');
    const proof = actId.test(id) ? await node.findProof(id) : undefined;
    return proof === undefined
      ? nodeProblem('act-unknown', 'No checkpoint of this node covers such an act.')
      : c.body(proof, 200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  });
}
