/**
 * The pages by address. An address names an exchange by its random id, an act by its place in the log, and
 * never a person; filters live in the query, so that a view can be sent to a colleague as it is.
 */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound, PageFault } from './fault.tsx';
import { Shell } from './shell.tsx';
import { StartPage } from '../start/start-page.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFault });
const start = createRoute({ getParentRoute: () => root, path: '/', component: StartPage });
const training = createRoute({
  getParentRoute: () => root,
  path: '/training',
  component: lazyRouteComponent(() => import('../training/training-page.tsx'), 'TrainingPage'),
});

const tree = root.addChildren([start, training]);

export function createAppRouter() {
  return createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
