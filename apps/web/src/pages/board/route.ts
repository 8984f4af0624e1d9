/** The live board of one exchange; `wall` fills a screen with it. */
import { pageRoute } from '../../routing/page-route.ts';

export const boardRoute = pageRoute({
  path: '/exchanges/$exchange/board',
  search: (query): { readonly wall?: boolean } => (query['wall'] === true ? { wall: true } : {}),
  words: ['board', 'acts', 'refusals'],
  load: () => import('./board-page.tsx'),
});
