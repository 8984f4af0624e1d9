/** The board of one exchange as it stood after `at` acts. */
import { pageRoute } from '../../routing/page-route.ts';

export const replayRoute = pageRoute({
  path: '/exchanges/$exchange/replay',
  search: ({ at }): { readonly at?: number } =>
    typeof at === 'number' && Number.isSafeInteger(at) ? { at: Math.max(0, at) } : {},
  words: ['replay', 'board', 'acts', 'refusals'],
  load: () => import('./replay-page.tsx'),
});
