/** The filters of the record, in the query of its address: so a view can be sent to a colleague as it is. */
import { roles } from '@homeward/core/exchange';
import { isGroup, kindsOf } from '../../reading/kinds.ts';
import type { RecordQuery } from '../../reading/record-query.ts';

export interface RecordSearch {
  readonly exchange?: string;
  readonly group?: string;
  readonly party?: string;
  readonly role?: string;
  readonly from?: string;
  readonly to?: string;
  readonly q?: string;
}

const names = ['exchange', 'group', 'party', 'role', 'from', 'to', 'q'] as const;

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
