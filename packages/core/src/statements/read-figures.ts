/** Reads a table of exchanges: one row per stage or leg and direction, as `spec/statements.md` describes it. */
import { err, type Result } from '../result.ts';
import type { Amount } from './amount.ts';
import { parseSpan, type Span } from './day.ts';
import { figureRoles, figureStatuses, type EventRecord, type Figure } from './figure.ts';
import { findMissingColumns, RowReader, type CellFault, type Table } from './table.ts';
import type { Unit } from './unit.ts';

export const figureColumns = [
  'row_id',
  'event_id',
  'stage',
  'date',
  'from_party',
  'to_party',
  'count',
  'count_kind',
  'unit',
  'row_role',
  'status',
] as const;

const recordUnits = ['persons', 'military', 'civilians', 'children', 'women', 'wounded', 'remains'] as const;
const nowhen: Span = { from: '0000-00-00', to: '0000-00-00' };

/** @returns every figure, or every fault of every cell */
export function readFigures(table: Table): Result<EventRecord, readonly CellFault[]> {
  const missing = findMissingColumns(table, figureColumns);
  if (missing.length > 0) return err(missing);
  const reader = new RowReader();
  const ids = new Set<string>();
  const figures: Figure[] = [];
  for (const row of table.rows) {
    reader.take(row);
    const id = reader.needed('row_id', 'an id of the row');
    if (ids.has(id)) reader.fault('row_id', 'an id that no earlier row has');
    ids.add(id);
    const starts = readSpan(reader, 'date') ?? nowhen;
    const ends = reader.text('date_end') === '' ? starts : (readSpan(reader, 'date_end') ?? starts);
    if (ends.to < starts.from) reader.fault('date_end', 'a date that is not before the date');
    figures.push({
      id,
      event: reader.needed('event_id', 'the id of an event'),
      stage: reader.text('stage'),
      starts,
      ends,
      from: reader.needed('from_party', 'the code of a party'),
      to: reader.needed('to_party', 'the code of a party'),
      amount: readAmount(reader, 'count', 'count_kind') ?? { kind: 'undisclosed' },
      unit: reader.oneOf<Unit>('unit', recordUnits, 'persons'),
      role: reader.oneOf('row_role', figureRoles, 'part'),
      partOf: reader.optional('part_of'),
      status: reader.oneOf('status', figureStatuses, 'completed'),
      countedBy: reader.optional('claimed_by'),
      // A file without the column does not say where anything comes from, and is believed.
      isSourced: !table.columns.includes('source') || reader.text('source') !== '',
      mediators: reader.parts('mediators'),
      place: reader.text('place'),
      composition: reader.text('composition'),
    });
  }
  for (const [index, figure] of figures.entries()) {
    if (figure.partOf === undefined || ids.has(figure.partOf)) continue;
    reader.take(table.rows[index]!);
    reader.fault('part_of', 'the row_id of another row');
  }
  return reader.done(figures);
}

function readSpan(reader: RowReader, column: string): Span | undefined {
  const span = parseSpan(reader.text(column));
  if (span === undefined) reader.fault(column, 'a date as YYYY-MM-DD, YYYY-MM or YYYY');
  return span;
}

const wholeNumber = /^\d{1,9}$/u;

/** A number and how it was given; undefined if there is none, or it is at fault. Spaces and commas are not taken. */
export function readAmount(reader: RowReader, valueColumn: string, kindColumn: string): Amount | undefined {
  const text = reader.text(valueColumn);
  const kind = reader.text(kindColumn);
  switch (kind) {
    case 'exact':
    case 'about':
    case 'at_least':
      if (!wholeNumber.test(text)) {
        reader.fault(valueColumn, `a whole number without signs, because ${kindColumn} is ${kind}`);
        return undefined;
      }
      return { kind, value: Number(text) };
    case 'undisclosed':
      if (text !== '') reader.fault(valueColumn, `an empty cell, because ${kindColumn} is undisclosed`);
      return { kind: 'undisclosed' };
    case 'none':
    case '':
      if (text !== '') reader.fault(kindColumn, 'exact, about or at_least, because there is a number');
      return undefined;
    default:
      reader.fault(kindColumn, 'one of exact, about, at_least, undisclosed, none');
      return undefined;
  }
}
