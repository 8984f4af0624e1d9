/**
 * From rows of a file to a list that can be sealed: a record, a salt and a commitment for each person.
 *
 * Law     All or nothing: one row that cannot be read refuses the whole, and every fault names its row and column. No
 *         spelling is changed: a name stands in the record as it stands in the cell. Nothing of a row but what the party
 *         shares enters a record.
 * Cost    One hash per person; 10,000 rows take well under a second.
 */
import { listRoot } from '@homeward/core/exchange';
import type { Base64Hash, EntryId, EntryOpening, Lane } from '@homeward/core/exchange';
import { parseDate } from '@homeward/core/linkage';
import {
  commitTo,
  readRecord,
  recordSchema,
  saltLength,
  withoutMembers,
  type Day,
  type ListPlace,
  type PersonRecord,
  type SaltedRecord,
  type SharedByChoice,
  type Spelling,
} from '@homeward/core/record';
import { err, ok, type Result } from '@homeward/core/result';

/** The columns that a record is made of; a file's headers are mapped to these before. */
export const recordColumns = [
  'family_name',
  'given_name',
  'patronymic',
  'full_name',
  'sex',
  'date_of_birth',
  'place_of_birth',
  'citizenship',
  'rank',
  'unit',
  'service_number',
  'category',
  'captured_on',
  'captured_at',
  'facility',
  'notes',
] as const;
export type RecordColumn = (typeof recordColumns)[number];

type Category = EntryOpening['category'];

/** One person of a file: the party's own id, and the cells of each column; several where a column comes several times. */
export interface ListRow {
  /** The line or row of the file, from 1. */
  readonly at: number;
  readonly id: string;
  readonly cells: Readonly<Partial<Record<RecordColumn, readonly string[]>>>;
}

export interface ListMaking {
  readonly place: ListPlace;
  readonly lane: Lane;
  /** Whose word the names are. */
  readonly source: Spelling['source'];
  /** What the party does not share. */
  readonly left: ReadonlySet<SharedByChoice>;
  /** The category of a person by what the file says, in small letters, and where it says nothing. */
  readonly categories: {
    readonly byWord: ReadonlyMap<string, Category>;
    readonly otherwise: Category | undefined;
  };
  /** Random bytes: for entry ids and salts. */
  readonly draw: (bytes: number) => Uint8Array;
}

/** A cell that cannot be read, by its place and what was expected there. The cell itself is not repeated. */
export interface RowFault {
  readonly at: number;
  readonly column: RecordColumn | 'id' | 'names';
  readonly expected: string;
}

/** A list that can be sealed, and which entry is which person of the party's own: private to the party. */
export interface MadeList {
  readonly place: ListPlace;
  readonly salted: readonly SaltedRecord[];
  readonly openings: readonly EntryOpening[];
  readonly root: Base64Hash;
  readonly ownId: ReadonlyMap<EntryId, string>;
}

/** What clerks write where they know nothing. */
const nothingKnown =
  /^(?:[-–—?.]+|н\/?[дв]|невідом[оаий]+|немає даних|неизвестн[оаый]+|нет данных|невядома|unknown|n\/?a|bilinmiyor|غير معروف)$/iu;

const sexes: ReadonlyMap<string, 'female' | 'male'> = new Map([
  ...[
    'm',
    'male',
    'м',
    'ч',
    'муж',
    'чол',
    'мужской',
    'мужчина',
    'чоловіча',
    'чоловік',
    'мужчынскі',
    'erkek',
    'e',
    'ذكر',
  ].map((word) => [word, 'male'] as const),
  ...[
    'f',
    'female',
    'ж',
    'жін',
    'жен',
    'женский',
    'женщина',
    'жіноча',
    'жінка',
    'жаночы',
    'kadın',
    'k',
    'أنثى',
  ].map((word) => [word, 'female'] as const),
]);

const scripts: readonly (readonly [string, RegExp])[] = [
  ['Cyrl', /\p{Script=Cyrillic}/gu],
  ['Latn', /\p{Script=Latin}/gu],
  ['Arab', /\p{Script=Arabic}/gu],
  ['Geor', /\p{Script=Georgian}/gu],
  ['Armn', /\p{Script=Armenian}/gu],
  ['Grek', /\p{Script=Greek}/gu],
  ['Hebr', /\p{Script=Hebrew}/gu],
];

/** The script of most letters (ISO 15924); `Zyyy` where no letter has one of the scripts known here. */
export function findScript(text: string): string {
  let best = 'Zyyy';
  let most = 0;
  for (const [script, letters] of scripts) {
    const count = text.match(letters)?.length ?? 0;
    if (count > most) {
      [best, most] = [script, count];
    }
  }
  return best;
}

/** The cells of a column without those that say that nothing is known. */
function known(row: ListRow, column: RecordColumn): readonly string[] {
  return (row.cells[column] ?? [])
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '' && !nothingKnown.test(cell));
}

const firstKnown = (row: ListRow, column: RecordColumn): string | null => known(row, column)[0] ?? null;

/** Spellings as the columns give them: the n-th family name belongs to the n-th given name. */
function toSpellings(row: ListRow, source: Spelling['source']): readonly Spelling[] {
  const families = known(row, 'family_name');
  const givens = known(row, 'given_name');
  const patronymics = known(row, 'patronymic');
  const parted = Array.from({ length: Math.max(families.length, givens.length) }, (_, n) => ({
    ...(families[n] === undefined ? {} : { family: families[n] }),
    ...(givens[n] === undefined ? {} : { given: givens[n] }),
    ...(patronymics[n] === undefined ? {} : { patronymic: patronymics[n] }),
  }));
  const whole = known(row, 'full_name').map((name) => ({ whole: name }));
  return [...parted, ...whole].map((name) => ({
    ...name,
    script: findScript(Object.values(name).join(' ')),
    source,
  }));
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A date cell as a record has it; undefined where it is no date. */
function toDay(cell: string): Day | undefined {
  const number = parseDate(cell);
  if (number < 0) {
    return undefined;
  }
  const [year, month, day] = [Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100];
  const on = `${year}${month === 0 ? '' : `-${two(month)}`}${month === 0 || day === 0 ? '' : `-${two(day)}`}`;
  return { on };
}

interface ReadRow {
  readonly salted: SaltedRecord;
  readonly opening: EntryOpening;
}

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A random id: 22 letters of base64url, 128 bits and four bits that are dropped. */
function drawId(draw: ListMaking['draw']): string {
  return Array.from(draw(22), (byte) => base64url.charAt(byte & 63)).join('');
}

/** Cells whose reading can fail, read one after another; the faults gather. */
class RowReader {
  readonly faults: RowFault[] = [];
  readonly #row: ListRow;

  constructor(row: ListRow) {
    this.#row = row;
  }

  expect(column: RowFault['column'], expected: string): void {
    this.faults.push({ at: this.#row.at, column, expected });
  }

  day(column: 'date_of_birth' | 'captured_on'): Day | null {
    const cell = firstKnown(this.#row, column);
    const day = cell === null ? null : toDay(cell);
    if (day === undefined) {
      this.expect(column, 'a date as 23.05.1990, 1990-05-23, 1990-05 or 1990');
    }
    return day ?? null;
  }

  sex(): 'female' | 'male' | null {
    const cell = firstKnown(this.#row, 'sex');
    const sex = cell === null ? null : sexes.get(cell.toLowerCase().replace(/\.$/u, ''));
    if (sex === undefined) {
      this.expect('sex', 'a word for female or male, or nothing');
    }
    return sex ?? null;
  }

  category({ byWord, otherwise }: ListMaking['categories']): Category | undefined {
    const cell = firstKnown(this.#row, 'category')?.toLowerCase();
    const category = cell === undefined ? otherwise : byWord.get(cell);
    if (category === undefined) {
      this.expect('category', `one of ${[...byWord.keys()].join(', ') || 'the categories of the terms'}`);
    }
    return category;
  }
}

function readRow(row: ListRow, making: ListMaking): Result<ReadRow, readonly RowFault[]> {
  const { place, source, left, categories, draw, lane } = making;
  const reader = new RowReader(row);
  const names = toSpellings(row, source);
  if (names.length === 0) {
    reader.expect('names', 'a family name, a given name or a whole name');
  }
  const category = reader.category(categories);
  const citizenships = known(row, 'citizenship');
  const notes = firstKnown(row, 'notes');
  const whole: PersonRecord = {
    schema: recordSchema,
    exchange: place.exchange,
    list: place.list,
    entry: drawId(draw) as EntryId,
    names,
    sex: reader.sex(),
    born: reader.day('date_of_birth'),
    birthplace: firstKnown(row, 'place_of_birth'),
    citizenships: citizenships.length === 0 ? null : citizenships,
    service: {
      unit: firstKnown(row, 'unit'),
      rank: firstKnown(row, 'rank'),
      number: firstKnown(row, 'service_number'),
    },
    captured: { on: reader.day('captured_on'), place: firstKnown(row, 'captured_at') },
    region: firstKnown(row, 'facility'),
    claims: category === undefined ? [] : [{ category, by: place.from }],
    ...(notes === null ? {} : { remarks: notes }),
  };
  const record = withoutMembers(whole, left);
  const read = readRecord(record);
  if (!read.ok && reader.faults.length === 0) {
    for (const { pointer, expected } of read.error) {
      reader.expect(toColumn(pointer), expected);
    }
  }
  if (category === undefined || reader.faults.length > 0) {
    return err(reader.faults);
  }
  const salt = draw(saltLength);
  const opening: EntryOpening = { entry: record.entry, commitment: commitTo(salt, record), category, lane };
  return ok({ salted: { salt, record }, opening });
}

/** The column that a member of a record is made of, so that a fault names what a clerk sees. */
function toColumn(pointer: string): RowFault['column'] {
  const column = (
    [
      ['/born', 'date_of_birth'],
      ['/birthplace', 'place_of_birth'],
      ['/citizenships', 'citizenship'],
      ['/service/unit', 'unit'],
      ['/service/rank', 'rank'],
      ['/service/number', 'service_number'],
      ['/captured/on', 'captured_on'],
      ['/captured/place', 'captured_at'],
      ['/region', 'facility'],
      ['/claims', 'category'],
      ['/remarks', 'notes'],
    ] as const
  ).find(([member]) => pointer.startsWith(member));
  return column?.[1] ?? 'names';
}

/** Makes the list, or every fault of its rows. Two rows with one own id are a fault: an entry is one person. */
export function makeList(rows: Iterable<ListRow>, making: ListMaking): Result<MadeList, readonly RowFault[]> {
  const faults: RowFault[] = [];
  const salted: SaltedRecord[] = [];
  const openings: EntryOpening[] = [];
  const ownId = new Map<EntryId, string>();
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.id === '' || seen.has(row.id)) {
      faults.push({ at: row.at, column: 'id', expected: 'an id that no other row has' });
    }
    seen.add(row.id);
    const read = readRow(row, making);
    if (!read.ok) {
      faults.push(...read.error);
      continue;
    }
    salted.push(read.value.salted);
    openings.push(read.value.opening);
    ownId.set(read.value.opening.entry, row.id);
  }
  return faults.length > 0
    ? err(faults)
    : ok({ place: making.place, salted, openings, root: listRoot(openings), ownId });
}
