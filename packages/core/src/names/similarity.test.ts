import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNames, nameLevel } from './compare.ts';
import { getNameForm, type NameRole } from './name-form.ts';
import { repairName } from './repair.ts';
import { getNameSimilarity } from './similarity.ts';

const form = (text: string, role: NameRole) => getNameForm(repairName(text).text, role);
const near = (a: string, b: string, role: NameRole): number =>
  getNameSimilarity(form(a, role), form(b, role));

describe('ranking', () => {
  test('[NM-23] the usual counterpart of a name outranks its rarer spellings', () => {
    for (const [question, right, wrong, role] of [
      ['Микола', 'Николай', 'Никола', 'given'],
      ['Йосип', 'Иосиф', 'Осип', 'given'],
      ['Олена', 'Елена', 'Алена', 'given'],
      ['Хомівна', 'Фоминична', 'Фомовна', 'patronymic'],
      ['Гнатович', 'Игнатьевич', 'Игнатович', 'patronymic'],
      ['Осипівна', 'Осиповна', 'Иосифовна', 'patronymic'],
      ['Йосипівна', 'Иосифовна', 'Осиповна', 'patronymic'],
      ['Артемівна', 'Артемовна', 'Артемиевна', 'patronymic'],
      ['Євстафійович', 'Евстафьевич', 'Остапович', 'patronymic'],
      ['Ільківна', 'Ильинична', 'Лукинична', 'patronymic'],
      ['Лихий', 'Лихой', 'Лихов', 'family'],
      ['Ткач', 'Ткачь', 'Ткачук', 'family'],
    ] as const)
      expect([question, near(question, right, role) > near(question, wrong, role)]).toEqual([question, true]);
  });

  test('[NM-23] similarity is symmetric, within 0 and 1, and never ranks a worse level above a better one', () => {
    const names = fc.constantFrom(
      ...'Микола Николай Никола Mykola Nikolai Михайло Миша Mikhail Марія Марина Олексій Aleksei Алексий Юрій Георгий'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(names, names, names, (a, b, c) => {
        const one = near(a, b, 'given');
        expect(one).toBe(near(b, a, 'given'));
        expect(one >= 0 && one <= 1).toBe(true);
        const left = compareNames(form(a, 'given'), form(b, 'given'));
        const right = compareNames(form(a, 'given'), form(c, 'given'));
        if (left < right && left !== nameLevel.missing) expect(one).toBeGreaterThan(near(a, c, 'given'));
      }),
    );
  });
});
