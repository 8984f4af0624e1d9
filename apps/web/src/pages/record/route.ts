/** Every act of the log. */
import { pageRoute } from '../../routing/page-route.ts';
import { toRecordSearch } from './record-search.ts';

export const recordRoute = pageRoute({
  path: '/record',
  search: toRecordSearch,
  words: ['record', 'acts', 'refusals'],
  load: () => import('./record-page.tsx'),
});
