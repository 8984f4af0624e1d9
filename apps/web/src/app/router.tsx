/**
 * The pages by address. An address names an exchange by its random id, an act by its place in the log, and
 * never a person; filters live in the query, so that a view can be sent to a colleague as it is.
 */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound, PageFault } from './fault.tsx';
import type { RecordSearch } from '../pages/record/record-page.tsx';
import { Shell } from './shell.tsx';
import { StartPage } from '../pages/start/start-page.tsx';
import { wantRefusals } from '../words/start-words.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFault });
const start = createRoute({ getParentRoute: () => root, path: '/', component: StartPage });
/** A page that may have to say why the rules refuse something; a reader cut off still gets the page. */
async function withReasons<M>(load: Promise<M>): Promise<M> {
  await wantRefusals().catch(() => undefined);
  return load;
}
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;

const board = createRoute({
  getParentRoute: () => root,
  path: '/exchanges/$exchange/board',
  validateSearch: (search): { readonly wall?: boolean } => (search['wall'] === true ? { wall: true } : {}),
  component: lazyRouteComponent(() => withReasons(import('../pages/board/board-route.tsx')), 'BoardRoute'),
});
const replay = createRoute({
  getParentRoute: () => root,
  path: '/exchanges/$exchange/replay',
  validateSearch: (search): { readonly at?: number } =>
    Number.isSafeInteger(search['at']) ? { at: Math.max(0, search['at'] as number) } : {},
  component: lazyRouteComponent(() => withReasons(import('../pages/replay/replay-route.tsx')), 'ReplayRoute'),
});
const record = createRoute({
  getParentRoute: () => root,
  path: '/record',
  validateSearch: (search): RecordSearch => {
    const { exchange, group, party, q } = {
      exchange: text(search['exchange']),
      group: text(search['group']),
      party: text(search['party']),
      q: text(typeof search['q'] === 'number' ? String(search['q']) : search['q']),
    };
    return {
      ...(exchange === undefined ? {} : { exchange }),
      ...(group === undefined ? {} : { group }),
      ...(party === undefined ? {} : { party }),
      ...(q === undefined ? {} : { q }),
    };
  },
  component: lazyRouteComponent(() => withReasons(import('../pages/record/record-route.tsx')), 'RecordRoute'),
});
const act = createRoute({
  getParentRoute: () => root,
  path: '/record/$index',
  component: lazyRouteComponent(() => withReasons(import('../pages/record/record-route.tsx')), 'ActRoute'),
});
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  component: lazyRouteComponent(() => withReasons(import('../pages/verify/verify-page.tsx')), 'VerifyPage'),
});
const training = createRoute({
  getParentRoute: () => root,
  path: '/training',
  component: lazyRouteComponent(
    () => withReasons(import('../pages/gallery/gallery-page.tsx')),
    'TrainingPage',
  ),
});

const tree = root.addChildren([start, board, replay, record, act, verify, training]);

export function createAppRouter() {
  return createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
