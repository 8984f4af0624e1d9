/** Dates: of birth, of capture, or of anything else that a column of one's own holds. */
import { createInt32 } from '../memory/shared-numbers.ts';
import { dateLevel, dateLevels, findDateOrder, getDateShare, parseDate } from './dates.ts';
import { level, missing, orderLevels, type Kind, type Level } from './kind.ts';

/** The levels of two dates with their shares; ages use them too. */
export const dateScale: readonly Level[] = orderLevels(dateLevel, {
  missing,
  same: level(dateLevels[dateLevel.same]!, 0.9, 1 / 14_000, { rarity: 'own', meets: 'group' }),
  swapped: level(dateLevels[dateLevel.swapped]!, 0.012, 1 / 30_000, { meets: 'near' }),
  oneDigit: level(dateLevels[dateLevel.oneDigit]!, 0.035, 1 / 2500, { meets: 'near' }),
  years: level(dateLevels[dateLevel.years]!, 0.006, 1 / 9000, { meets: 'near' }),
  placeholder: level(dateLevels[dateLevel.placeholder]!, 0.015, 1 / 2500, { meets: 'near' }),
  twoOfThree: level(dateLevels[dateLevel.twoOfThree]!, 0.006, 1 / 400, { meets: 'near' }),
  year: level(dateLevels[dateLevel.year]!, 0.01, 1 / 42, { meets: 'near' }),
  different: level(dateLevels[dateLevel.different]!, 0.016, 1),
});

/** Values that are numbers of days: year × 10,000 + month × 100 + day. */
export const describeDates =
  (scale: number): Kind['describe'] =>
  (texts) => {
    const dates = createInt32(texts.length);
    for (const [value, text] of texts.entries()) dates[value] = Number(text) * scale;
    return { names: undefined, texts: undefined, dates, groupKeys: texts };
  };

export const date: Kind = {
  columns: [
    {
      name: 'date_of_birth',
      place: 2,
      words:
        'date of birth|date of birth dob|dob|doğum tarihi|data narodzhennia|data narodzhennya|data rozhdeniya|d o b|do b|birth date|birthdate|birthday|birth day|birth|born|born on|date birth|birth year|year of birth|birthyear|yob|дата народження|дата народж|день народження|рік народження|рік нар|народився|народжений|дн|д н|дата рождения|дата рожд|день рождения|год рождения|год рожд|др|д р|гр|г р|рн|р н|родился|дата нараджэння|год нараджэння|geburtsdatum|data urodzenia|doğum tarihi|dogum tarihi|doğum yılı|تاريخ الميلاد|تاريخ الولادة|سنة الميلاد|дата нар|дата рожд',
    },
    {
      name: 'captured_on',
      place: 11,
      words:
        'captured on|capture date|date of capture|дата полону|дата полонення|дата пленения|дата взяття в полон|esir alınma tarihi|تاريخ الأسر|дата паланення',
    },
  ],
  levels: dateScale,
  usual: 1 / 14_000,
  getShare: ({ dates }, value) => getDateShare(dates![value]!),
  prepareCells: (cells) => {
    const order = findDateOrder(cells);
    return (cell) => {
      const number = parseDate(cell, order);
      return number <= 0 ? '' : String(number);
    };
  },
  describe: describeDates(1),
  near: undefined,
  getWorstNear: () => 0,
  blocking: 'own',
  isRepeated: false,
  isFromTable: false,
  isCrossable: false,
  // Of all dates only that of birth stays with a person.
  getContradiction: (column) => (column === 'date_of_birth' ? 'namesake' : undefined),
  sharedBy: ['kin'],
};
