/** Every component in every state, on invented figures. */
import { noSearch, pageRoute } from '../../routing/page-route.ts';

export const galleryRoute = pageRoute({
  path: '/gallery',
  search: noSearch,
  words: ['gallery', 'start', 'board', 'acts', 'record', 'replay', 'refusals', 'verify'],
  load: () => import('./gallery-page.tsx'),
});
