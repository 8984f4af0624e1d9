/** Which columns of a list are compared, and as what: headers in several languages, a mapping, and what is left. */
import { columnKinds, kinds, type ColumnKind } from '../kinds/index.ts';
import type { KnownColumn } from '../kinds/kind.ts';
import { findBirthPart, findByParts, toWords, withoutAsides, type BirthPart } from './header-words.ts';

/** A compared column: `name` is what it is called in results, `kind` how it is compared. */
export interface ComparedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/**
 * Renames a list's columns: header → a known column name, or a name and a kind for a column of one's own, or `ignore`.
 * Headers are compared without regard to case and surrounding space.
 */
export type ColumnMapping = Readonly<Record<string, string | ComparedColumn>>;

/** The columns known without a mapping, in the order explanations are read. */
export const knownColumns: readonly (ComparedColumn & KnownColumn)[] = columnKinds
  .flatMap((kind) => kinds[kind].columns.map((column) => ({ ...column, kind })))
  .sort((a, b) => a.place - b.place);

/** Headers that mean the id of a record. */
const idWords =
  'id|record id|rec id|person id|entity id|qid|wikidata id|wikidata qid|guid|unique id|uid|uuid|entry id|ід|ид|ідентифікатор|идентификатор|номер запису|номер записи|код|код особи|no|nr|n|№|no пп|no зп|no п п|no з п|п п|з п|пп|зп|номер|порядковий номер|порядковый номер|no no|реєстраційний номер|регистрационный номер|рег номер|рег no|реєстр номер|номер справи|номер дела|номер анкети|' +
  'ref|reference|reg no|case no|case number|record no|record number|row|index|нумар|sıra no|sicil no|kimlik no|الرقم|رقم|الرقم التسلسلي';

/** Words that stand for a column only where nothing else does: much else is called so. */
const lastResorts: readonly (readonly [name: string, words: RegExp])[] = [
  ['full_name', /^label$/u],
  ['date_of_birth', /^(?:year|рік|год)$/u],
];
/** Other names of the persons, compared beside their whole names. */
const aliases =
  /^(?:(?:weak |other |known )?alias(?:es)?|aka|also known as|(?:other|alternative|former) names?|псевдоніми?|псевдонимы?|інші імена|другие имена)$/u;

const bySynonym = new Map(
  [{ name: 'id', words: idWords }, ...knownColumns].flatMap(({ name, words }) =>
    words.split('|').map((word) => [word, name] as const),
  ),
);
const byName = new Map(knownColumns.map((column) => [column.name, column] as const));

/** A header by the exact words that are known; its plain words where none are. */
function getPlainHeader(header: string): string {
  const words = toWords(header);
  if (bySynonym.has(words)) return words;
  const bare = withoutAsides(words);
  // "Name (1)", "name_2", "Surname (as in the passport)" and "Прізвище / Surname" are what they are without that.
  const shorter = [
    bare,
    withoutAsides(toWords(header.replace(/\([^()]*\)/gu, ' '))),
    bare.replace(/ \d$/u, ''),
    ...header.split(/[/|\n]/u).map((part) => withoutAsides(toWords(part))),
  ];
  return shorter.find((one) => bySynonym.has(one)) ?? (bare === '' ? words : bare);
}

/** What a header stands for: the id, a compared column, or nothing that is compared. */
export type ColumnUse =
  | { readonly use: 'id' }
  | { readonly use: 'compare'; readonly column: ComparedColumn }
  | { readonly use: 'keep' };

/**
 * Decides what a header stands for: the mapping first, then the known names and their common translations.
 *
 * A header that is neither is kept and reported, never compared.
 */
export function getColumnUse(header: string, mapping: ColumnMapping = {}): ColumnUse {
  return findMapped(header, mapping) ?? findKnown(header);
}

function findMapped(header: string, mapping: ColumnMapping): ColumnUse | undefined {
  const plain = header.trim().toLowerCase();
  for (const [from, to] of Object.entries(mapping)) {
    if (from.trim().toLowerCase() !== plain) continue;
    if (typeof to !== 'string') return { use: 'compare', column: to };
    if (to === 'id') return { use: 'id' };
    const known = byName.get(to);
    return known === undefined ? { use: 'keep' } : { use: 'compare', column: known };
  }
  return undefined;
}

function findKnown(header: string): ColumnUse {
  const plain = getPlainHeader(header);
  const name = bySynonym.get(plain) ?? (byName.has(header) ? header : findByParts(plain));
  if (name === undefined) return { use: 'keep' };
  if (name === 'id') return { use: 'id' };
  return { use: 'compare', column: byName.get(name)! };
}

/**
 * Decides what all headers of a list stand for. Beyond {@link getColumnUse}: a bare "name" beside a family name is the
 * given name, alone it is the whole name; several columns of one name part (a name in two scripts, aliases) are all
 * compared, of other columns that stand for one thing the first; only one column is the id, and a real id goes before a
 * row's number.
 */
export function getColumnUses(headers: readonly string[], mapping: ColumnMapping = {}): readonly ColumnUse[] {
  const uses = headers.map((header) => getColumnUse(header, mapping));
  const isNamed = (name: string): boolean =>
    uses.some((use) => use.use === 'compare' && use.column.name === name);
  addLastResorts(headers, mapping, uses);
  addBirthParts(headers, mapping, uses);
  const isFamily = isNamed('family_name');
  const isBare = (header: string): boolean =>
    /^(name|names|імя|имя|imia|imya|imja)$/u.test(getPlainHeader(header));
  const settled = uses.map((use, index): ColumnUse => {
    const header = headers[index]!;
    if (use.use !== 'compare' || findMapped(header, mapping) !== undefined || !isBare(header)) return use;
    if (isFamily && use.column.name === 'full_name' && !isNamed('given_name'))
      return { use: 'compare', column: byName.get('given_name')! };
    if (!isFamily && use.column.name === 'given_name' && !isNamed('patronymic') && !isNamed('full_name'))
      return { use: 'compare', column: byName.get('full_name')! };
    return use;
  });
  const ids = settled.flatMap((use, index) => (use.use === 'id' ? [index] : []));
  const id =
    ids.find((index) => findMapped(headers[index]!, mapping) !== undefined) ??
    ids.find((index) => /id|ід|ид|код/u.test(getPlainHeader(headers[index]!))) ??
    ids[0];
  const taken = new Set<string>();
  return settled.map((use, index): ColumnUse => {
    if (use.use === 'id') return index === id ? use : { use: 'keep' };
    if (use.use === 'keep') return use;
    if (taken.has(use.column.name) && !kinds[use.column.kind].isRepeated) return { use: 'keep' };
    taken.add(use.column.name);
    return use;
  });
}

/** Where a month of birth has a column of its own, so have the day and the year; changes `uses`. */
function addBirthParts(headers: readonly string[], mapping: ColumnMapping, uses: ColumnUse[]): void {
  const found = headers.flatMap((header, index) => {
    const part = findMapped(header, mapping) === undefined ? findBirthPart(toWords(header)) : undefined;
    return part === undefined ? [] : [{ index, part }];
  });
  const has = (part: BirthPart): boolean => found.some((one) => one.part === part);
  if (!has('birth_month') || !has('birth_year')) return;
  for (const { index, part } of found) uses[index] = { use: 'compare', column: { name: part, kind: 'date' } };
}

/** Gives headers that say little a use where nothing better is there; changes `uses`. */
function addLastResorts(headers: readonly string[], mapping: ColumnMapping, uses: ColumnUse[]): void {
  const free = headers.flatMap((header, index) =>
    uses[index]!.use === 'keep' && findMapped(header, mapping) === undefined
      ? [{ index, plain: getPlainHeader(header) }]
      : [],
  );
  const isUsed = (name: string): boolean =>
    uses.some((use) => (use.use === 'compare' ? use.column.name === name : use.use === name));
  const compare = (name: string): ColumnUse => ({ use: 'compare', column: byName.get(name)! });
  if (!isUsed('id')) {
    const ids = free.filter(({ plain }) => plain.endsWith(' id'));
    const [only] = ids.length === 1 ? ids : ids.filter(({ index }) => index === 0);
    if (only !== undefined) uses[only.index] = { use: 'id' };
  }
  for (const [name, words] of lastResorts) {
    const isFree =
      !isUsed(name) && (name !== 'full_name' || (!isUsed('family_name') && !isUsed('given_name')));
    const found = isFree ? free.find(({ plain }) => words.test(plain)) : undefined;
    if (found !== undefined) uses[found.index] = compare(name);
  }
  if (isUsed('full_name'))
    for (const { index, plain } of free) if (aliases.test(plain)) uses[index] = compare('full_name');
}

/** A mapping file to start from, for a list whose headers say nothing: each header with a known column to choose. */
export function suggestMapping(headers: readonly string[]): string {
  const wanted = ['family_name', 'given_name', 'patronymic', 'date_of_birth', 'id'];
  const columns = Object.fromEntries(
    headers.slice(0, 12).map((header) => [header, `one of ${wanted.join(', ')}, full_name, ignore`] as const),
  );
  return JSON.stringify({ columns });
}
