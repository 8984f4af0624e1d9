/**
 * The pages by address. An address names an exchange by its random id, an act by its place in the log, and never a
 * person. A page that is not in this list is nowhere; one that is, is typed wherever a link leads to it.
 */
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { actRoute } from '../pages/act/route.ts';
import { boardRoute } from '../pages/board/route.ts';
import { galleryRoute } from '../pages/gallery/route.ts';
import { recordRoute } from '../pages/record/route.ts';
import { replayRoute } from '../pages/replay/route.ts';
import { startRoute } from '../pages/start/route.ts';
import { verifyRoute } from '../pages/verify/route.ts';
import { NotFound, PageFault } from './fault.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFault });
const getParentRoute = () => root;

const start = createRoute({ getParentRoute, ...startRoute });
const board = createRoute({ getParentRoute, ...boardRoute });
const replay = createRoute({ getParentRoute, ...replayRoute });
const record = createRoute({ getParentRoute, ...recordRoute });
const act = createRoute({ getParentRoute, ...actRoute });
const verify = createRoute({ getParentRoute, ...verifyRoute });
const gallery = createRoute({ getParentRoute, ...galleryRoute });

const tree = root.addChildren([start, board, replay, record, act, verify, gallery]);

export function createAppRouter() {
  return createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
