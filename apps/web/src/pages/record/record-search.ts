/** The filters of the record, in the query of its address: so a view can be sent to a colleague as it is. */
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
