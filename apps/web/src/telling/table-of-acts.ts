/** Lines of the record as a table that any program reads (RFC 4180), with their sentences in the reader's language. */
import type { RecordLine } from '../replica/protocol.ts';
import type { Words } from '../words/use-words.ts';
import { partyName } from './party-name.ts';
import { toReason } from './reason.ts';
import { toSentence } from './sentence.ts';

/** Marks of direction that isolate names inside a sentence: a table keeps them out. */
const isolates = /[\u2066-\u2069]/gu;

/**
 * A field in quotes. One that a spreadsheet would take for a formula begins with an apostrophe, as its text was written by
 * somebody else.
 */
function toField(text: string): string {
  const plain = text.replaceAll(isolates, '');
  return `"${(/^[=+\-@\t\r]/u.test(plain) ? `'${plain}` : plain).replaceAll('"', '""')}"`;
}

export const tableHead = [
  'number',
  'time',
  'exchange',
  'party',
  'role',
  'kind',
  'sentence',
  'refused',
  'id',
] as const;

/** One row for each line. Times are those the signers claim, in UTC. */
export function toTable(lines: readonly RecordLine[], words: Words): string {
  const rows = lines.map((record) => {
    if (record.kind === 'unread')
      return [
        String(record.index),
        '',
        '',
        '',
        '',
        '',
        words.t('record.unread', { index: String(record.index) }),
        '',
        '',
      ];
    const { line } = record;
    return [
      String(line.index),
      line.at,
      line.exchange,
      line.party === '' ? '' : partyName({ label: line.party, host: line.host }, words),
      line.role,
      line.kind,
      toSentence(line, words),
      record.kind === 'refused' ? toReason(record.refusal, words) : '',
      line.id,
    ];
  });
  return [tableHead, ...rows].map((row) => `${row.map(toField).join(',')}\r\n`).join('');
}
