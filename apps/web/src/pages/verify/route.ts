/** Where the reader's own browser checks the log. */
import { noSearch, pageRoute } from '../../routing/page-route.ts';

export const verifyRoute = pageRoute({
  path: '/verify',
  search: noSearch,
  words: ['verify', 'acts', 'refusals', 'record'],
  load: () => import('./verify-page.tsx'),
});
