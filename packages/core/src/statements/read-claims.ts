/** Reads a table of public statements: one row per statement, as `spec/statements.md` describes it. */
import { err, type Result } from '../result.ts';
import { claimKinds, type Claim, type ClaimAbout, type ClaimDirection, type ClaimKind } from './claim.ts';
import { parseMoment } from './day.ts';
import { readAmount } from './read-figures.ts';
import { findMissingColumns, RowReader, type CellFault, type Table } from './table.ts';
import { units, type Unit } from './unit.ts';

/** Without these no statement can be compared. */
export const claimColumns = [
  'statement_id',
  'made_at',
  'about_event',
  'claim_kind',
  'direction',
  'value',
  'value_kind',
  'unit',
] as const;

/** Words in the role of a speaker by which a report itself leaves open who spoke. */
const doubtful = /\b(?:as reported|as attributed|attribution in doubt|purported|supposed|unconfirmed)\b/iu;
const party = /^[A-Z0-9][A-Z0-9-]*$/u;
const hash = /^[0-9a-f]{64}$/u;

/** @returns every statement, or every fault of every cell */
export function readClaims(table: Table): Result<readonly Claim[], readonly CellFault[]> {
  const missing = findMissingColumns(table, claimColumns);
  if (missing.length > 0) return err(missing);
  const reader = new RowReader();
  const ids = new Set<string>();
  const claims: Claim[] = [];
  for (const row of table.rows) {
    reader.take(row);
    const id = reader.needed('statement_id', 'an id of the statement');
    if (ids.has(id)) reader.fault('statement_id', 'an id that no earlier row has');
    ids.add(id);
    const madeAt = reader.text('made_at');
    const moment = madeAt === '' ? undefined : parseMoment(madeAt);
    if (madeAt !== '' && moment === undefined) {
      reader.fault('made_at', 'a date as YYYY-MM-DD, YYYY-MM or YYYY, or a time with Z or an offset');
    }
    const archived = reader.optional('archived_sha256');
    if (archived !== undefined && !hash.test(archived)) {
      reader.fault('archived_sha256', '64 lower-case hex digits');
    }
    claims.push({
      id,
      madeAt: moment,
      speaker: reader.text('speaker'),
      role: reader.text('role'),
      affiliation: reader.text('affiliation'),
      venue: reader.text('venue'),
      about: readAbout(reader),
      stage: reader.optional('stage'),
      returns: readReturns(reader),
      countedBy: reader.optional('counted_by'),
      kind: reader.oneOf<ClaimKind>('claim_kind', Object.keys(claimKinds) as ClaimKind[], 'out_of_scope'),
      names: reader.parts('names'),
      direction: readDirection(reader),
      amount: readAmount(reader, 'value', 'value_kind'),
      unit: readUnit(reader),
      attribution: readAttribution(reader),
      isAuthorInDoubt: reader.text('author_in_doubt') === 'yes' || doubtful.test(reader.text('role')),
      reportedBy: reader.parts('reported_by'),
      archived,
      sameAs: reader.optional('same_statement_as'),
      corrects: reader.optional('corrects'),
    });
  }
  return reader.done(claims);
}

/** `ua-ru-all` and the like are series; a scope of a year or since the start is a total over several events. */
function readAbout(reader: RowReader): ClaimAbout {
  const event = reader.text('about_event');
  const scope = reader.text('scope');
  if (!['', 'this_stage', 'this_exchange', 'this_year', 'since_start'].includes(scope)) {
    reader.fault('scope', 'one of this_stage, this_exchange, this_year, since_start, or an empty cell');
  }
  if (event.endsWith('-all') || scope === 'this_year' || scope === 'since_start') {
    return { kind: 'cumulative', series: event };
  }
  return event === '' ? { kind: 'nothing' } : { kind: 'event', event };
}

function readReturns(reader: RowReader): Claim['returns'] {
  const text = reader.text('returns');
  if (text === '') return undefined;
  return reader.oneOf('returns', ['exchanges', 'all', 'outside_exchanges'] as const, 'all');
}

function readDirection(reader: RowReader): ClaimDirection {
  const text = reader.text('direction');
  if (text === 'each' || text === 'sum' || text === 'none') return { kind: text };
  if (text === '') return { kind: 'none' };
  const [from, to, ...more] = text.split('>').map((part) => part.trim());
  if (from === undefined || to === undefined || more.length > 0 || !party.test(from) || !party.test(to)) {
    reader.fault('direction', 'A>B with two codes of parties, or each, sum, none');
    return { kind: 'none' };
  }
  return { kind: 'way', from, to };
}

function readUnit(reader: RowReader): Unit {
  return reader.text('unit') === '' ? 'none' : reader.oneOf('unit', Object.keys(units) as Unit[], 'none');
}

function readAttribution(reader: RowReader): Claim['attribution'] {
  const text = reader.text('named_or_anonymous');
  if (text === '') return 'institution';
  return reader.oneOf('named_or_anonymous', ['named', 'anonymous', 'institution'] as const, 'institution');
}
