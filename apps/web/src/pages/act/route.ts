/** One act, by its place in the log. */
import { noSearch, pageRoute } from '../../routing/page-route.ts';

export const actRoute = pageRoute({
  path: '/record/$index',
  search: noSearch,
  words: ['record', 'acts', 'refusals', 'verify'],
  load: () => import('./act-page.tsx'),
});
