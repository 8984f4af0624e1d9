/** The filters of an address as the record is asked by them. Apart from those, which every page brings to know its links. */
import { roles } from '@homeward/core/exchange';
import { isGroup, kindsOf } from '../../reading/kinds.ts';
import type { RecordQuery } from '../../reading/record-query.ts';
import type { RecordSearch } from './record-search.ts';

const toDay = (text: string | undefined) =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(text) ? text : undefined;

/** The filters as the record is asked by them; one that names nothing there is narrows nothing. */
export function toFilters(search: RecordSearch): Omit<RecordQuery, 'text' | 'terms'> {
  const { exchange, group, party } = search;
  const role = roles.find((one) => one === search.role);
  const from = toDay(search.from);
  const to = toDay(search.to);
  return {
    ...(exchange === undefined ? {} : { exchange }),
    ...(group !== undefined && isGroup(group) ? { kinds: kindsOf(group) } : {}),
    ...(party === undefined ? {} : { party }),
    ...(role === undefined ? {} : { role }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}
