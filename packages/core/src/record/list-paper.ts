/**
 * The paper of a list: the records of its persons and the salts of their commitments, sealed to whom the list is for;
 * and the check that a receiver makes of it against what the log says.
 *
 * Law     A record counts as known only if the commitment of its entry holds. One record that fails takes no other with it.
 *         Data from anyone gets a verdict: nothing here throws.
 * Cost    One hash and one reading per record; 10,000 records take well under a second.
 */
import { decodeUtf8, encodeBase64 } from '@homeward/tlog';
import { canonicalBytes, listRoot } from '../exchange/index.ts';
import type {
  Base64Hash,
  EntryId,
  EntryOpening,
  ExchangeId,
  ListId,
  ListKind,
  PartyId,
} from '../exchange/index.ts';
import type { Fault } from '../json/shape.ts';
import { err, ok, type Result } from '../result.ts';
import { commitTo, parseSalt } from './commitment.ts';
import { readRecord, type PersonRecord } from './record.ts';

export const listPaperSchema = 'homeward/list/v1';
/** The most persons of one list, and so the most records of a paper. */
export const recordsMax = 1_000_000;

/** Where a list stands. */
export interface ListPlace {
  readonly exchange: ExchangeId;
  readonly list: ListId;
  readonly kind: ListKind;
  readonly from: PartyId;
}

export interface SaltedRecord {
  readonly salt: Uint8Array;
  readonly record: PersonRecord;
}

/** What the log says of a list: its root as it was sealed, and its openings in their order. */
export interface OpenedList extends ListPlace {
  readonly root: Base64Hash;
  readonly openings: readonly EntryOpening[];
}

/** Why a record of a paper is not taken for what its entry stands for. */
export type RecordFault =
  | { readonly kind: 'commitment-differs'; readonly entry: EntryId }
  | { readonly kind: 'record-missing'; readonly entry: EntryId }
  | { readonly kind: 'record-of-no-entry'; readonly entry: EntryId }
  | { readonly kind: 'entry-repeated'; readonly entry: EntryId }
  /** `at` counts the records of the paper from 0. */
  | { readonly kind: 'malformed'; readonly at: number; readonly faults: readonly Fault[] };

/** Why a paper is none of this list at all. */
export type PaperFault =
  | { readonly kind: 'not-a-paper'; readonly expected: string }
  | { readonly kind: 'other-exchange'; readonly exchange: string }
  | { readonly kind: 'other-list'; readonly list: string }
  | { readonly kind: 'root-differs' };

/** A paper held against the log. */
export interface CheckedPaper {
  /** Records whose commitments hold, by entry, in the order of the list. */
  readonly records: ReadonlyMap<EntryId, PersonRecord>;
  readonly faults: readonly RecordFault[];
}

/** The bytes of a paper, in canonical spelling. */
export function toListPaper(place: ListPlace, records: readonly SaltedRecord[]): Uint8Array {
  const { exchange, list, kind, from } = place;
  return canonicalBytes({
    schema: listPaperSchema,
    ...{ exchange, list, kind, from },
    records: records.map(({ salt, record }) => ({ salt: encodeBase64(salt), record })),
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Paper {
  readonly exchange: string;
  readonly list: string;
  readonly records: readonly unknown[];
}

function readPaper(bytes: Uint8Array): Result<Paper, PaperFault> {
  const not = (expected: string): Result<Paper, PaperFault> => err({ kind: 'not-a-paper', expected });
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    return not('UTF-8');
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return not('JSON');
  }
  if (!isRecord(content) || content['schema'] !== listPaperSchema) {
    return not(`an object with the schema ${listPaperSchema}`);
  }
  const { exchange, list, records } = content;
  if (typeof exchange !== 'string' || typeof list !== 'string') {
    return not('the exchange and the list that it is for');
  }
  if (!Array.isArray(records) || records.length > recordsMax) {
    return not(`a list of at most ${recordsMax} records`);
  }
  return ok({ exchange, list, records });
}

/**
 * Holds the bytes of a paper against what the log says of the list. The whole is refused when it is for another exchange
 * or list, or when the openings are not those that were sealed; each record is judged for itself.
 */
export function checkListPaper(bytes: Uint8Array, log: OpenedList): Result<CheckedPaper, PaperFault> {
  const paper = readPaper(bytes);
  if (!paper.ok) {
    return paper;
  }
  const { exchange, list, records } = paper.value;
  if (exchange !== log.exchange) {
    return err({ kind: 'other-exchange', exchange });
  }
  if (list !== log.list) {
    return err({ kind: 'other-list', list });
  }
  if (listRoot(log.openings) !== log.root) {
    return err({ kind: 'root-differs' });
  }
  const openings = new Map(log.openings.map((opening) => [opening.entry, opening]));
  const known = new Map<EntryId, PersonRecord>();
  const seen = new Set<EntryId>();
  const faults: RecordFault[] = [];
  for (const [at, row] of records.entries()) {
    const read = readRow(row, at);
    if (!read.ok) {
      faults.push(read.error);
      continue;
    }
    const { salt, record } = read.value;
    const fault = findRecordFault(record, log, openings, seen);
    seen.add(record.entry);
    if (fault !== undefined) {
      faults.push(fault);
    } else if (commitTo(salt, record) === openings.get(record.entry)?.commitment) {
      known.set(record.entry, record);
    } else {
      faults.push({ kind: 'commitment-differs', entry: record.entry });
    }
  }
  const inOrder = new Map<EntryId, PersonRecord>();
  for (const { entry } of log.openings) {
    const record = known.get(entry);
    if (record !== undefined) {
      inOrder.set(entry, record);
    } else if (!seen.has(entry)) {
      faults.push({ kind: 'record-missing', entry });
    }
  }
  return ok({ records: inOrder, faults });
}

function readRow(row: unknown, at: number): Result<SaltedRecord, RecordFault> {
  const malformed = (faults: readonly Fault[]): Result<SaltedRecord, RecordFault> =>
    err({ kind: 'malformed', at, faults });
  if (!isRecord(row)) {
    return malformed([{ pointer: '', expected: 'an object of salt and record' }]);
  }
  const salt = typeof row['salt'] === 'string' ? parseSalt(row['salt']) : undefined;
  if (salt === undefined) {
    return malformed([{ pointer: '/salt', expected: '32 bytes in padded base64' }]);
  }
  const record = readRecord(row['record']);
  if (!record.ok) {
    return malformed(
      record.error.map(({ pointer, expected }) => ({ pointer: `/record${pointer}`, expected })),
    );
  }
  return ok({ salt, record: record.value });
}

function findRecordFault(
  { entry, exchange, list }: PersonRecord,
  log: OpenedList,
  openings: ReadonlyMap<EntryId, EntryOpening>,
  seen: ReadonlySet<EntryId>,
): RecordFault | undefined {
  if (!openings.has(entry) || exchange !== log.exchange || list !== log.list) {
    return { kind: 'record-of-no-entry', entry };
  }
  return seen.has(entry) ? { kind: 'entry-repeated', entry } : undefined;
}
