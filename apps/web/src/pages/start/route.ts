/** Where a visitor arrives. */
import { noSearch, pageRoute } from '../../routing/page-route.ts';

export const startRoute = pageRoute({
  path: '/',
  search: noSearch,
  words: ['start'],
  load: () => import('./start-page.tsx'),
});
