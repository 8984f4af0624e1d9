/** Every act. The filters are in the query, so that a view can be sent to a colleague as it is. */
import { pageRoute } from '../page-route.ts';

export interface RecordSearch {
  readonly exchange?: string;
  readonly group?: string;
  readonly party?: string;
  readonly q?: string;
}

const names = ['exchange', 'group', 'party', 'q'] as const;

/** The filters that say something; a number that was typed in is a text here. */
export function toRecordSearch(query: Readonly<Record<string, unknown>>): RecordSearch {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query[name];
      const text = typeof value === 'number' ? String(value) : value;
      return typeof text === 'string' && text !== '' ? [[name, text.slice(0, 200)]] : [];
    }),
  );
}

export const recordRoute = pageRoute({
  path: '/record',
  search: toRecordSearch,
  words: ['record', 'acts', 'refusals'],
  load: () => import('./record-page.tsx'),
});
