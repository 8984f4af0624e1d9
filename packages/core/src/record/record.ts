/**
 * The record of one person on one list (`record-v1`): what one party tells another about the person.
 *
 * Form     Plain JSON in its canonical spelling (RFC 8785). A member that is absent is not shared; a member that is `null`
 *          is unknown to who wrote the record.
 * Law      Bytes from anyone are read to a record or to faults, and never throw. One record has one spelling.
 * Source   GC III 122 (what an information bureau records of a prisoner); `spec/record.md`.
 */
import { decodeUtf8 } from '@homeward/tlog';
import { canonicalBytes, canonicalText } from '../exchange/index.ts';
import type { EntryId, ExchangeId, ListId, PartyId } from '../exchange/index.ts';
import {
  either,
  findFaults,
  fitting,
  listOf,
  matching,
  members,
  oneOf,
  optional,
  text,
  type Fault,
  type Of,
  type Shape,
} from '../json/shape.ts';
import { err, ok, type Result } from '../result.ts';
import { day } from './day.ts';

export const recordSchema = 'homeward/record/v1';
/** No record is longer, in bytes of its canonical form. */
export const recordBytesMax = 32_768;

const unknownOr = <T>(shape: Shape<T>): Shape<T | null> =>
  either((value) => value === null, { read: () => undefined }, shape);

const word = text(1, 200);
const id = <T extends string>(): Shape<T> =>
  matching<T>(/^[A-Za-z0-9_-]{22,43}$/u, 'a random id of 22 to 43 base64url characters');
const party = matching<PartyId>(/^[A-Za-z0-9-]{1,16}$/u, 'a code of 1 to 16 of A–Z a–z 0–9 -');

/** Whose word a spelling is: a document, the person, relatives, who holds the person, or a register of the service. */
export const nameSources = ['document', 'person', 'relatives', 'holder', 'service'] as const;

/** One spelling of a name as somebody gave it. Nothing here is made by a machine. */
const spelling = fitting(
  members({
    family: optional(word),
    given: optional(word),
    patronymic: optional(word),
    /** The name where nobody divided it. */
    whole: optional(word),
    script: matching(/^[A-Z][a-z]{3}$/u, 'a script of ISO 15924, as Cyrl, Latn or Arab'),
    source: oneOf(...nameSources),
    /** A name of earlier: before a marriage, a change, or an adoption. */
    of: optional(oneOf('birth', 'former')),
  }),
  ({ family, given, whole }) => family !== undefined || given !== undefined || whole !== undefined,
  'a family name, a given name or a whole name',
);

const service = members({
  force: optional(unknownOr(word)),
  unit: optional(unknownOr(word)),
  rank: optional(unknownOr(word)),
  number: optional(unknownOr(word)),
});

const capture = members({
  on: optional(unknownOr(day)),
  place: optional(unknownOr(word)),
  saidBy: optional(unknownOr(oneOf('holder', 'person', 'relatives', 'service', 'witness'))),
});

/** What a party claims the person to be. A claim has an author; several may stand side by side. */
const claim = members({
  category: matching(/^[A-Za-z0-9-]{1,64}$/u, 'a code of a category of 1 to 64 of A–Z a–z 0–9 -'),
  by: party,
  on: optional(day),
});

export const record = members({
  schema: oneOf(recordSchema),
  exchange: id<ExchangeId>(),
  list: id<ListId>(),
  entry: id<EntryId>(),
  names: listOf(spelling, 1, 8),
  sex: optional(unknownOr(oneOf('female', 'male'))),
  born: optional(unknownOr(day)),
  birthplace: optional(unknownOr(word)),
  citizenships: optional(unknownOr(listOf(word, 1, 8))),
  service: optional(unknownOr(service)),
  captured: optional(unknownOr(capture)),
  region: optional(unknownOr(word)),
  claims: optional(listOf(claim, 0, 16)),
  remarks: optional(text(1, 4000)),
  photo: optional(matching(/^[0-9a-f]{64}$/u, '64 lowercase hex digits')),
});

export type PersonRecord = Of<typeof record>;
export type Spelling = PersonRecord['names'][number];

/** The members that a party may leave out, in the order in which a form shows them. */
export const sharedByChoice = [
  'sex',
  'born',
  'birthplace',
  'citizenships',
  'service',
  'captured',
  'region',
  'claims',
  'remarks',
  'photo',
] as const;
export type SharedByChoice = (typeof sharedByChoice)[number];

/** The bytes that a commitment covers. A record that the shape refuses is a bug of the caller. */
export function toRecordBytes(content: PersonRecord): Uint8Array {
  return canonicalBytes(content);
}

/**
 * The record that `bytes` spell, or every place where they are none. Bytes that are not canonical are refused: two
 * spellings of one record would have two commitments.
 */
export function parseRecord(bytes: Uint8Array): Result<PersonRecord, readonly Fault[]> {
  const whole = (expected: string): Result<PersonRecord, readonly Fault[]> =>
    err([{ pointer: '', expected }]);
  if (bytes.length > recordBytesMax) {
    return whole(`at most ${recordBytesMax} bytes`);
  }
  const spelled = decodeUtf8(bytes);
  if (spelled === undefined) {
    return whole('UTF-8');
  }
  let content: unknown;
  try {
    content = JSON.parse(spelled);
  } catch {
    return whole('JSON');
  }
  return readRecord(content, spelled);
}

/** The record in JSON data that was read already; `spelled` is its text where that has to be canonical. */
export function readRecord(content: unknown, spelled?: string): Result<PersonRecord, readonly Fault[]> {
  const faults = findFaults(record, content);
  if (faults.length > 0) {
    return err(faults);
  }
  let canonical: string;
  try {
    canonical = canonicalText(content);
  } catch {
    // Half a character: no Unicode, and no canonical form (RFC 8785, 3.2.2.2).
    return err([{ pointer: '', expected: 'whole characters' }]);
  }
  if (spelled !== undefined && canonical !== spelled) {
    return err([{ pointer: '', expected: 'the canonical spelling (RFC 8785)' }]);
  }
  return ok(content as PersonRecord);
}

/** The record without the members that the party does not share; what is left is unchanged. */
export function withoutMembers(content: PersonRecord, left: ReadonlySet<SharedByChoice>): PersonRecord {
  const kept = Object.entries(content).filter(([name]) => !left.has(name as SharedByChoice));
  return Object.fromEntries(kept) as unknown as PersonRecord;
}
