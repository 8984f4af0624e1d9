/** All routes of a node, behind one guard. `app.fetch` is the whole node as a function of a request. */
import { getExchange, getStatus } from '@homeward/contract/routes';
import type { PayloadRepository } from '@homeward/store';
import { Hono } from 'hono';
import { createRateLimiter, type Allowance } from '../rate/rate-limiter.ts';
import type { Node } from '../node/node.ts';
import { mountPages } from '../web/pages.ts';
import { mountActs } from './act-routes.ts';
import { guard } from './guard.ts';
import { createPayloadKeeper } from '../payload/payload-keeper.ts';
import { createRequestChecker } from '../payload/request-check.ts';
import { mountPayloads } from './payload-routes.ts';
import { mountLog } from './log-routes.ts';
import { nodeProblem } from './problem-reply.ts';
import { mountStream } from './stream-route.ts';
import { mountWitness } from './witness-routes.ts';

export interface AppOptions {
  readonly node: Node;
  readonly isOwnHost: (host: string) => boolean;
  readonly webFolder: string | undefined;
  readonly payloads: PayloadRepository;
  readonly payloadBytesMax: number;
  readonly payloadAllowance: Allowance;
  /** Aborts when the node stops: streams end. */
  readonly stopping: AbortSignal;
  readonly onBug: (error: unknown) => void;
}

export async function createApp(options: AppOptions): Promise<Hono> {
  const { node, isOwnHost, webFolder, payloads, payloadBytesMax, payloadAllowance, stopping, onBug } =
    options;
  const app = new Hono();
  app.onError((error) => {
    onBug(error);
    return nodeProblem('broken', 'The failure was recorded on the node.');
  });
  app.use('*', guard({ isOwnHost }));
  mountLog(app, node);
  mountActs(app, node);
  mountStream(app, node, stopping);
  app.get(getStatus.path, async (c) => c.json(await node.status(), 200, { 'cache-control': 'no-store' }));
  app.get(getExchange.getRoutingPath(), (c) => {
    const exchange = node.findExchange(c.req.param('id'));
    return exchange === undefined
      ? nodeProblem('exchange-unknown', 'The log of this node holds no such exchange.')
      : c.json(exchange, 200, { 'cache-control': 'no-store' });
  });
  app.get('/v1/openapi.json', async (c) => {
    const { toOpenApi } = await import('@homeward/contract/openapi');
    return c.json(toOpenApi(), 200, { 'cache-control': 'max-age=300' });
  });
  mountPayloads(app, {
    keeper: createPayloadKeeper(payloads, createRateLimiter(payloadAllowance)),
    checker: createRequestChecker(node.name, () => node.ledger()),
    bytesMax: payloadBytesMax,
  });
  mountWitness(app, node);
  app.all('/v1/*', () => nodeProblem('route-unknown', 'See /v1/openapi.json.'));
  await mountPages(app, { folder: webFolder, status: async () => node.status() });
  app.notFound(() => nodeProblem('route-unknown', 'See /v1/openapi.json.'));
  return app;
}
