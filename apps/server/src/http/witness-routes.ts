/** The witness's two doors (C2SP tlog-witness). */
import { addCheckpoint } from '@homeward/contract/routes';
import { witnessSizeType } from '@homeward/tlog';
import type { Hono } from 'hono';
import type { Node } from '../node/node.ts';
import { readBody } from './body.ts';
import { nodeProblem } from './problem-reply.ts';

/** 63 hashes and a note with some dozens of signatures. */
const requestBytesMax = 65_536;
const text = 'text/plain; charset=utf-8';

export function mountWitness(app: Hono, node: Node): void {
  app.post(addCheckpoint.path, async (c) => {
    if (node.addCheckpoint === undefined)
      return nodeProblem('role-differs', 'A host does not witness its own log.');
    const body = await readBody(c.req.raw, requestBytesMax);
    if (body.kind === 'too-large')
      return c.body('The request is too large.\n', 413, { 'content-type': text });
    if (body.kind === 'broken') return c.body('The request ended early.\n', 400, { 'content-type': text });
    const answer = await node.addCheckpoint(body.bytes);
    switch (answer.kind) {
      case 'Cosigned':
        return c.body(answer.body, answer.status, { 'content-type': text });
      case 'OldSizeStale':
        return c.body(answer.body, answer.status, { 'content-type': witnessSizeType });
      case 'Malformed':
      case 'OldSizeAhead':
      case 'Untrusted':
      case 'LogUnknown':
      case 'Inconsistent':
        return c.body(`${answer.problem.text}\n`, answer.status, { 'content-type': text });
      case 'NotVouched':
        return c.body(`${answer.says}\n`, answer.status, { 'content-type': text });
    }
  });
  app.get('/:origin{[0-9a-f]{64}}/checkpoint', async (c) => {
    const note = await node.findWitnessed?.(c.req.param('origin'));
    return note === undefined
      ? nodeProblem('log-unknown', 'This node cosigned nothing of such a log.')
      : c.body(note, 200, { 'content-type': text, 'cache-control': 'no-cache' });
  });
}
