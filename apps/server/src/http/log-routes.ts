/** The log as C2SP tlog-tiles has it: checkpoint, hash tiles, entry bundles, and the key to verify them with. */
import { getCheckpoint, getLogKey, getLogPolicy, getNewestCheckpoint } from '@homeward/contract/routes';
import { parseTilePath } from '@homeward/tlog';
import type { Context, Hono } from 'hono';
import type { Node } from '../node/node.ts';
import { nodeProblem } from './problem-reply.ts';

const text = 'text/plain; charset=utf-8';

export function mountLog(app: Hono, node: Node): void {
  const toReply = (c: Context, note: string | undefined): Response =>
    note === undefined
      ? nodeProblem('log-unknown', 'No checkpoint stands yet.')
      : c.body(note, 200, { 'content-type': text, 'cache-control': 'no-cache' });
  app.get(getCheckpoint.path, (c) => toReply(c, node.findCheckpoint()));
  app.get(getNewestCheckpoint.path, (c) => toReply(c, node.findNewest()));
  app.get(getLogKey.path, (c) =>
    c.body(`${node.logKey}\n`, 200, { 'content-type': text, 'cache-control': 'max-age=300' }),
  );
  app.get(getLogPolicy.path, (c) =>
    c.body(node.policyText, 200, { 'content-type': text, 'cache-control': 'max-age=300' }),
  );
  app.get('/log/tile/*', async (c) => {
    const path = c.req.path.slice('/log/'.length);
    const bytes = parseTilePath(path).ok ? await node.findTile(path) : undefined;
    if (bytes === undefined) {
      return nodeProblem('log-unknown', 'The log has no such tile, or is not that long yet.');
    }
    const headers = {
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
    };
    const from = parseStart(c.req.header('range'));
    return from === undefined || from >= bytes.length
      ? c.body(new Uint8Array(bytes), 200, headers)
      : c.body(new Uint8Array(bytes.subarray(from)), 206, {
          ...headers,
          'content-range': `bytes ${String(from)}-${String(bytes.length - 1)}/${String(bytes.length)}`,
        });
  });
}

/** Where `Range: bytes=<from>-` starts. Every other range may be answered with the whole (RFC 9110, section 14.2). */
function parseStart(range: string | undefined): number | undefined {
  const digits = /^bytes=([0-9]{1,15})-$/u.exec(range ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
