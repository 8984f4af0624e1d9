import { expect, test } from 'vitest';
import { parseFullName } from './full-name.ts';

const read = (text: string): string => {
  const { family, given, patronymic } = parseFullName(text);
  return `${family}|${given}|${patronymic}`;
};

test('[NM-30] a whole name is read out of what stands around it', () => {
  const cases: readonly (readonly [cell: string, name: string])[] = [
    ['Остап Данилович, РУДЕНКО', 'РУДЕНКО|Остап|Данилович'],
    ['РУДЕНКО, Остап Данилович', 'РУДЕНКО|Остап|Данилович'],
    ['Руденко Остап Данилович, 1977 р.н.', 'Руденко|Остап|Данилович'],
    ['Руденко Остап Данилович 12.03.1977 р.н.', 'Руденко|Остап|Данилович'],
    ['14. Руденко Остап Данилович', 'Руденко|Остап|Данилович'],
    ['Руденко, О. Д.', 'Руденко|О.|Д.'],
    ['Руденко ОД', 'Руденко|О.|Д.'],
    ['ОД Руденко', 'Руденко|О.|Д.'],
    ['Руденко О.Д., 1977', 'Руденко|О.|Д.'],
    // Two capitals may be a family name.
    ['ЛІ ВІКТОР', 'ЛІ|ВІКТОР|'],
  ];
  for (const [cell, name] of cases) expect([cell, read(cell)]).toEqual([cell, name]);
});

test('[NM-31] a name in another case is brought to the nominative', () => {
  const cases: readonly (readonly [cell: string, name: string])[] = [
    ['сержанта Руденка Остапа Даниловича', 'Руденко|Остап|Данилович'],
    ['Руденку Остапу Даниловичу', 'Руденко|Остап|Данилович'],
    ['Остапом Даниловичем Руденком', 'Руденко|Остап|Данилович'],
    ['Вишневського Миколи Юрійовича', 'Вишневський|Микола|Юрійович'],
    ['Вишневської Дарії Юріївни', 'Вишневська|Дарія|Юріївна'],
    ['Руденко Олені Павлівні', 'Руденко|Олена|Павлівна'],
    ['ВИШНЕВСЬКОГО АНДРІЯ ПЕТРОВИЧА', 'ВИШНЕВСЬКИЙ|АНДРІЙ|ПЕТРОВИЧ'],
    ['рядового Смирнова Павла Андреевича', 'Смирнов|Павло|Андреевич'],
    ['Смирновой Анны Андреевны', 'Смирнова|Анна|Андреевна'],
  ];
  for (const [cell, name] of cases) {
    const [family, given, patronymic] = read(cell).split('|');
    expect([cell, `${family!.split('; ')[0]!}|${given!}|${patronymic!}`]).toEqual([cell, name]);
  }
  // The nominative stays as it is.
  expect(read('Руденко Остап Данилович')).toBe('Руденко|Остап|Данилович');
  expect(read('Сорока Марія Іванівна')).toBe('Сорока|Марія|Іванівна');
});
