import { expect, test } from 'vitest';
import { parseDate } from './dates.ts';
import { isUnknown } from './unknown-words.ts';

test('[LK-38] a date is read however it is written', () => {
  const forms = [
    '1985-03-07',
    '07.03.1985 0:00:00',
    '1985-03-07T00:00:00Z',
    '07.03.1985\u00a0р.',
    '«7»\u00a0березня 1985 року',
    '7 марта 1985 г.р.',
    '7 сакавіка 1985',
    '7-Mar-85',
    'March 7, 1985',
    '7 Mart 1985',
    '7 مارس 1985',
    '٠٧/٠٣/١٩٨٥',
    '07. 03. 1985',
    '07.03.1985.',
    '07,03,1985',
    '07.03.1985 (39 р.)',
    'нар. 07.03.1985',
    'народився 7.3.1985',
    '7.III.1985',
    '7/ІІІ/85',
    '07031985',
    '19850307',
    '31113',
    '31113.0',
    '31113,5',
  ];
  expect(forms.map((form) => [form, parseDate(form)])).toEqual(forms.map((form) => [form, 19_850_307]));
  expect(parseDate('05/1989')).toBe(19_890_500);
  expect(parseDate('травень 1989')).toBe(19_890_500);
  expect([parseDate('1.1.20'), parseDate('1.1.45')]).toEqual([20_200_101, 19_450_101]);
  expect(parseDate('03/07/1985', 'month-first')).toBe(19_850_307);
  expect(parseDate('невідомо')).toBe(-1);
});

test('[LK-38] words for nothing are no values, names that look like them are', () => {
  for (const cell of [
    'невідомо',
    'Неизвестно',
    'н/д',
    '-',
    '—',
    '???',
    'NULL',
    'n/a',
    'нет данных',
    'Bilinmiyor',
    'غير معروف',
  ])
    expect([cell, isUnknown(cell)]).toEqual([cell, true]);
  for (const cell of ['Нема́єв', 'Невідомський', 'Nil', 'Na', 'Іванович', '0'])
    expect([cell, isUnknown(cell)]).toEqual([cell, false]);
});
