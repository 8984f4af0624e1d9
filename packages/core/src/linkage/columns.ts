/** Which columns of a list are compared, and as what. */

/** How the values of a column are compared. */
export type ColumnKind =
  | 'family_name'
  | 'given_name'
  | 'patronymic'
  | 'full_name'
  | 'date'
  | 'age'
  | 'identifier'
  | 'place'
  | 'text'
  | 'category';

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
export const knownColumns: readonly ComparedColumn[] = [
  { name: 'service_number', kind: 'identifier' },
  { name: 'date_of_birth', kind: 'date' },
  { name: 'age', kind: 'age' },
  { name: 'family_name', kind: 'family_name' },
  { name: 'given_name', kind: 'given_name' },
  { name: 'patronymic', kind: 'patronymic' },
  { name: 'full_name', kind: 'full_name' },
  { name: 'place_of_birth', kind: 'place' },
  { name: 'unit', kind: 'text' },
  { name: 'rank', kind: 'category' },
  { name: 'captured_on', kind: 'date' },
  { name: 'captured_at', kind: 'place' },
  { name: 'citizenship', kind: 'category' },
  { name: 'sex', kind: 'category' },
];

const synonyms: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'record_id', 'person_id', 'ід', 'ид', 'номер запису'],
  family_name: [
    'family_name',
    'familyname',
    'surname',
    'last_name',
    'lastname',
    'прізвище',
    'фамилия',
    'прозвішча',
    'family name',
    'last name',
  ],
  given_name: [
    'given_name',
    'givenname',
    'first_name',
    'firstname',
    'forename',
    "ім'я",
    'імя',
    'имя',
    'given name',
    'first name',
  ],
  patronymic: [
    'patronymic',
    'middle_name',
    'middlename',
    'по батькові',
    'отчество',
    'побатькові',
    'father_name',
    'middle name',
  ],
  full_name: ['full_name', 'fullname', 'name', 'піб', 'фио', 'п.і.б.', 'ф.и.о.', 'full name', "повне ім'я"],
  date_of_birth: [
    'date_of_birth',
    'dob',
    'birth_date',
    'birthdate',
    'дата народження',
    'дата рождения',
    'born',
    'date of birth',
    'birthday',
    'year_of_birth',
    'birth_year',
  ],
  place_of_birth: [
    'place_of_birth',
    'birth_place',
    'birthplace',
    'pob',
    'місце народження',
    'место рождения',
    'place of birth',
  ],
  service_number: [
    'service_number',
    'service number',
    'personal_number',
    'military_id',
    'особистий номер',
    'личный номер',
  ],
  sex: ['sex', 'gender', 'стать', 'пол'],
  rank: ['rank', 'звання', 'военное звание', 'звание'],
  unit: ['unit', 'військова частина', 'воинская часть', 'підрозділ', 'подразделение'],
  citizenship: ['citizenship', 'nationality', 'громадянство', 'гражданство'],
  captured_on: ['captured_on', 'capture_date'],
  captured_at: ['captured_at', 'capture_place'],
  age: ['age', 'вік', 'возраст'],
};

const bySynonym = new Map(
  Object.entries(synonyms).flatMap(([name, words]) => words.map((word) => [word, name] as const)),
);
const byName = new Map(knownColumns.map((column) => [column.name, column] as const));

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
  const plain = header.trim().toLowerCase();
  for (const [from, to] of Object.entries(mapping)) {
    if (from.trim().toLowerCase() !== plain) continue;
    if (typeof to !== 'string') return { use: 'compare', column: to };
    if (to === 'id') return { use: 'id' };
    const known = byName.get(to);
    return known === undefined ? { use: 'keep' } : { use: 'compare', column: known };
  }
  const name = bySynonym.get(plain) ?? (byName.has(plain) ? plain : undefined);
  if (name === undefined) return { use: 'keep' };
  if (name === 'id') return { use: 'id' };
  return { use: 'compare', column: byName.get(name)! };
}
