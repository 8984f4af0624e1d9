/**
 * The exchanges that public sources reported, as a data set that one can cite: each figure with whose it is and where it
 * stands, totals by direction and unit with their uncertainty.
 */
import { err, ok, type Result } from '@homeward/core/result';
import {
  cellFaultToSentence,
  readFigures,
  type Amount,
  type EventRecord,
  type Table,
} from '@homeward/core/statements';
import { fileURLToPath } from 'node:url';
import { readTable } from '../table/read-table.ts';

export interface HistoryFigure {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly amount: Amount;
  readonly unit: string;
  readonly role: string;
  readonly countedBy: string;
  readonly sources: string;
  readonly note: string;
  readonly composition: string;
}

export interface HistoryEvent {
  readonly id: string;
  readonly date: string;
  readonly dateEnd: string;
  readonly place: string;
  readonly mediators: readonly string[];
  readonly status: string;
  /** Totals first, then what is beside them; stages and parts are in the tables to download. */
  readonly figures: readonly HistoryFigure[];
}

/** The total of one direction and unit over completed events. */
export interface HistoryTotal {
  readonly from: string;
  readonly to: string;
  readonly isRemains: boolean;
  readonly events: number;
  /** The sum of what is known. */
  readonly sum: number;
  /** Events of which the number is a lower bound or rounded, and those whose number was withheld. */
  readonly inexact: number;
  readonly undisclosed: number;
}

export interface History {
  readonly table: Table;
  readonly record: EventRecord;
  readonly events: readonly HistoryEvent[];
  readonly totals: readonly HistoryTotal[];
}

/** Where the data set of the product stands. */
export const historyFile = fileURLToPath(new URL('../../history/exchanges.csv', import.meta.url));

/** Reads a table of exchanges; a fault names file, line, column and what was expected. */
export function readHistory(file: string = historyFile): Result<History, string> {
  const table = readTable(file);
  if (!table.ok) return table;
  const record = readFigures(table.value);
  if (!record.ok) {
    const [first] = record.error;
    return err(`${file}, ${first === undefined ? 'at fault' : cellFaultToSentence(first)}`);
  }
  return ok({
    table: table.value,
    record: record.value,
    events: toEvents(table.value, record.value),
    totals: toTotals(record.value),
  });
}

/** Roles that a reader needs beside the totals. */
const shownRoles = ['event_total', 'alternative', 'plan', 'refused', 'claim_only'];

function toEvents(table: Table, record: EventRecord): readonly HistoryEvent[] {
  const ids = [...new Set(record.map(({ event }) => event))];
  const events = ids.map((id) => {
    const rows = record.flatMap((figure, index) =>
      figure.event === id ? [{ figure, cells: table.rows[index]!.cells }] : [],
    );
    const first = rows[0]!.cells;
    const hasTotal = rows.some(({ figure }) => figure.role === 'event_total');
    const shown = rows.filter(
      ({ figure }) => shownRoles.includes(figure.role) || (!hasTotal && figure.role === 'stage_total'),
    );
    return {
      id,
      date: first['date'] ?? '',
      dateEnd: rows.map(({ cells }) => cells['date_end'] ?? '').find((text) => text !== '') ?? '',
      place: rows[0]!.figure.place,
      mediators: rows[0]!.figure.mediators,
      status: rows[0]!.figure.status,
      figures: shown
        .toSorted((a, b) => shownRoles.indexOf(a.figure.role) - shownRoles.indexOf(b.figure.role))
        .map(({ figure, cells }) => ({
          id: figure.id,
          from: figure.from,
          to: figure.to,
          amount: figure.amount,
          unit: figure.unit,
          role: figure.role,
          countedBy: figure.countedBy ?? '',
          sources: cells['source'] ?? '',
          note: cells['note'] ?? '',
          composition: figure.composition,
        })),
    };
  });
  return events.toSorted((a, b) => (a.date > b.date ? -1 : 1));
}

function toTotals(record: EventRecord): readonly HistoryTotal[] {
  const totals = new Map<string, HistoryTotal>();
  for (const { role, status, from, to, unit, amount } of record) {
    if (role !== 'event_total' || status !== 'completed' || from === 'MULTI') continue;
    const isRemains = unit === 'remains';
    const key = `${from} ${to} ${isRemains}`;
    const known = totals.get(key) ?? { from, to, isRemains, events: 0, sum: 0, inexact: 0, undisclosed: 0 };
    totals.set(key, {
      ...known,
      events: known.events + 1,
      sum: known.sum + (amount.kind === 'undisclosed' ? 0 : amount.value),
      inexact: known.inexact + (amount.kind === 'at_least' || amount.kind === 'about' ? 1 : 0),
      undisclosed: known.undisclosed + (amount.kind === 'undisclosed' ? 1 : 0),
    });
  }
  return [...totals.values()].toSorted((a, b) => b.events - a.events);
}
