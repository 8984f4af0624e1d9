import { expect, test } from 'vitest';
import { getColumnUses } from './known-columns.ts';

const columns = (...headers: string[]): (string | undefined)[] =>
  getColumnUses(headers).map((use) =>
    use.use === 'compare' ? use.column.name : use.use === 'id' ? 'id' : undefined,
  );

test('[LK-1] [LK-37] headers that clerks combine, in six languages, mean what they say', () => {
  const cases: readonly (readonly [header: string, column: string | undefined])[] = [
    ['ПІБ полоненого', 'full_name'],
    ["Прізвище, ім'я та по батькові військовослужбовця", 'full_name'],
    ['Фамилия, инициалы', 'full_name'],
    ['Прозвішча, імя, імя па бацьку', 'full_name'],
    ['Имя и отчество', 'given_name'],
    ['Прiзвище (за паспортом)', 'family_name'],
    ['Прізвище / Surname', 'family_name'],
    ['Дата нар.', 'date_of_birth'],
    ['Число, місяць, рік народження', 'date_of_birth'],
    ['Год рождения', 'date_of_birth'],
    ['Дата і місце народження', 'place_of_birth'],
    ['№№', 'id'],
    ['№п/п', 'id'],
    ['Реєстраційний номер', 'id'],
    ['Ref', 'id'],
    ['Soyadı', 'family_name'],
    ['Doğum tarihi', 'date_of_birth'],
    ['الاسم الكامل', 'full_name'],
    ['تاريخ الميلاد', 'date_of_birth'],
    ['اسم العائلة', 'family_name'],
    // Another person's.
    ['Прізвище матері', undefined],
    ['ПІБ родича', undefined],
    ['Дата рождения супруга жены', undefined],
    ['Контакт', undefined],
  ];
  expect(columns('Прiзвище', 'Iм’я')).toEqual(['family_name', 'given_name']);
  for (const [header, column] of cases) expect([header, columns(header)[0]]).toEqual([header, column]);
});

test('[LK-37] day, month and year in three columns are one date of birth', () => {
  expect(columns('id', 'Рік народження', 'Місяць народження', 'День народження')).toEqual([
    'id',
    'birth_year',
    'birth_month',
    'birth_day',
  ]);
  expect(columns('id', 'by', 'bm', 'bd')).toEqual(['id', 'birth_year', 'birth_month', 'birth_day']);
  expect(columns('id', 'Рік народження')).toEqual(['id', 'date_of_birth']);
});
