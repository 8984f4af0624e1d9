import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordLine } from '../replica/protocol.ts';
import { wordsOf } from '../testing/words-of.ts';
import { languages } from '../words/languages.ts';
import { tableHead, toTable } from './table-of-acts.ts';

const lineOf = (party: string): RecordLine => ({
  kind: 'act',
  line: {
    index: 7,
    id: 'ab'.repeat(32),
    exchange: 'X',
    kind: 'ExchangeSuspended',
    at: '2025-06-02T04:00:00.000Z',
    key: 'cd'.repeat(32),
    role: 'coordinator',
    party,
    host: false,
    facts: { text: party },
  },
});

/** Reads a table back, as a spreadsheet does. */
function parse(table: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, field, end] of table.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/gu)) {
    rows.at(-1)!.push(field!.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe.each(languages)('the record as a table in %s', (language) => {
  it('[WB-48] has a row for each act and as many fields as its head, whatever the names are', async () => {
    const words = await wordsOf(language);
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), { maxLength: 5 }),
        (parties) => {
          const rows = parse(toTable(parties.map(lineOf), words));
          expect(rows.length).toBe(parties.length + 1);
          for (const row of rows) {
            expect(row.length).toBe(tableHead.length);
            for (const field of row) expect(field).not.toMatch(/^[=+\-@\t\r]/u);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
