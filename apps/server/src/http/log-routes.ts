/** The log as C2SP tlog-tiles has it: checkpoint, hash tiles, entry bundles, and the key to verify them with. */
import { getCheckpoint, getLogKey, getLogPolicy } from '@homeward/contract/routes';
import { parseTilePath } from '@homeward/tlog';
import type { Hono } from 'hono';
import type { Node } from '../node/node.ts';
import { nodeProblem } from './problem-reply.ts';

const text = 'text/plain; charset=utf-8';

export function mountLog(app: Hono, node: Node): void {
  app.get(getCheckpoint.path, (c) => {
    const note = node.findCheckpoint();
    return note === undefined
      ? nodeProblem('log-unknown', 'No checkpoint stands yet.')
      : c.body(note, 200, { 'content-type': text, 'cache-control': 'no-cache' });
  });
  app.get(getLogKey.path, (c) =>
    c.body(`${node.logKey}\n`, 200, { 'content-type': text, 'cache-control': 'max-age=300' }),
  );
  app.get(getLogPolicy.path, (c) =>
    c.body(node.policyText, 200, { 'content-type': text, 'cache-control': 'max-age=300' }),
  );
  app.get('/log/tile/*', async (c) => {
    const path = c.req.path.slice('/log/'.length);
    const bytes = parseTilePath(path).ok ? await node.findTile(path) : undefined;
    return bytes === undefined
      ? nodeProblem('log-unknown', 'The log has no such tile, or is not that long yet.')
      : c.body(new Uint8Array(bytes), 200, {
          'content-type': 'application/octet-stream',
          'cache-control': 'public, max-age=31536000, immutable',
        });
  });
}
