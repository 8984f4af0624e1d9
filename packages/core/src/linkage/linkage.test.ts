import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNames, getEditDistanceSlowly, getNameForm, repairName, romanise } from '../names/index.ts';
import { assignExactly, assignOneToOne } from './decision/assign.ts';
import { clusterComponent } from './decision/cluster.ts';
import { findNearKeys, getIndexedEdits } from './near/deletion-index.ts';
import { buildField } from './fields/field.ts';
import { getValueLevel } from './fields/field-numbers.ts';
import { countField } from './model/count-field.ts';
import {
  compareDates,
  dedupeList,
  describeCoverage,
  describeExplanation,
  escapeHtml,
  createExplainer,
  explainPair,
  getColumnUse,
  getColumnUses,
  linkLists,
  linkTables,
  matchNewcomers,
  matchPerson,
  parseDate,
  suggestMapping,
  prepareComparison,
  toPersonTable,
  writeReport,
  type LinkResult,
  type PersonRow,
} from './index.ts';

/** Generated people only: names drawn from short lists by a fixed rule, nobody real. */
const surnames =
  'Шевчук Коваленко Бондар Ткачук Мельник Олійник Лисенко Гнатюк Савчук Поліщук Кравець Мороз Литвин Руденко Клименко Яременко Дяченко Гончар Панасюк Цимбалюк Зінченко Федорук Ярмоленко Хоменко Жук'.split(
    ' ',
  );
const russian =
  'Шевчук Коваленко Бондарь Ткачук Мельник Олейник Лысенко Гнатюк Савчук Полищук Кравец Мороз Литвин Руденко Клименко Яременко Дьяченко Гончар Панасюк Цымбалюк Зинченко Федорук Ярмоленко Хоменко Жук'.split(
    ' ',
  );
const given = [
  ['Микола', 'Николай', 'Mykola'],
  ['Сергій', 'Сергей', 'Serhii'],
  ['Олексій', 'Алексей', 'Oleksii'],
  ['Дмитро', 'Дмитрий', 'Dmytro'],
  ['Пилип', 'Филипп', 'Pylyp'],
  ['Юрій', 'Юрий', 'Yurii'],
  ['Павло', 'Павел', 'Pavlo'],
] as const;
const fathers = [
  ['Іванович', 'Иванович'],
  ['Миколайович', 'Николаевич'],
  ['Григорович', 'Григорьевич'],
  ['Степанович', 'Степанович'],
  ['Васильович', 'Васильевич'],
] as const;

const two = (number: number): string => String(number).padStart(2, '0');

function makeLists(count: number, offset = 0): { left: PersonRow[]; right: PersonRow[] } {
  const left: PersonRow[] = [];
  const right: PersonRow[] = [];
  for (let person = offset; person < offset + count; person += 1) {
    const surname = (person * 7 + Math.floor(person / 25)) % surnames.length;
    const first = given[(person * 3 + Math.floor(person / 9)) % given.length]!;
    const father = fathers[(person * 11) % fathers.length]!;
    const born = `${1960 + ((person * 13) % 45)}-${two(1 + ((person * 5) % 12))}-${two(1 + ((person * 17) % 28))}`;
    left.push({
      id: `a${String(person).padStart(4, '0')}`,
      family_name: surnames[surname],
      given_name: first[0],
      patronymic: father[0],
      date_of_birth: born,
    });
    right.push({
      id: `b${String(person).padStart(4, '0')}`,
      family_name: russian[surname],
      given_name: first[1],
      patronymic: person % 5 === 0 ? '' : father[1],
      date_of_birth: person % 11 === 0 ? '' : born,
    });
  }
  return { left, right };
}

const toLines = (result: LinkResult): string[] =>
  result.pairs.map(
    (pair) =>
      `${result.leftIds[pair.left]!},${result.rightIds[pair.right]!},${pair.weight.toFixed(4)},${pair.decision},${pair.margin.toFixed(4)}`,
  );
const isTrue = (result: LinkResult, pair: LinkResult['pairs'][number]): boolean =>
  result.leftIds[pair.left]!.slice(1) === result.rightIds[pair.right]!.slice(1);

describe('lists', () => {
  test('[LK-1] known headers, their translations and the mapping are compared; others are reported', () => {
    expect(getColumnUse('Прізвище')).toMatchObject({ use: 'compare', column: { name: 'family_name' } });
    expect(getColumnUse(' ID ')).toEqual({ use: 'id' });
    expect(getColumnUse('shoe size')).toEqual({ use: 'keep' });
    expect(getColumnUse('mail', { mail: { name: 'mail', kind: 'identifier' } })).toMatchObject({
      use: 'compare',
    });
    const { left, right } = makeLists(30);
    const result = linkLists(
      left.map((row) => ({ ...row, sex: 'm', hat: 'yes' })),
      right.map((row) => ({ ...row, sex: 'm' })),
    );
    expect(result.ignored).toEqual(['hat']);
    expect(result.compared.map((column) => column.name)).not.toContain('sex');
    expect(() => toPersonTable([{ id: '1' }, { id: '1' }])).toThrow('comes twice');
    expect(() => toPersonTable([{ family_name: 'Жук' }])).toThrow('no id');
  });

  test('[LK-1] headers are known in English, Ukrainian, Russian and Belarusian, whatever their marks and capitals', () => {
    const read = (headers: string): string =>
      getColumnUses(headers.split('|'))
        .map((use) => (use.use === 'compare' ? use.column.name : use.use))
        .join(' ');
    const parts = 'id family_name given_name patronymic date_of_birth';
    for (const headers of [
      'id|Прізвище|Ім’я|По батькові|Дата народження',
      '№ з/п|ПРІЗВИЩЕ|ІМʼЯ|ПО БАТЬКОВІ|Рік народження',
      'rec_id|Фамилия|Имя|Отчество|Дата рожд.',
      'Код|Прозвішча|Імя|Імя па бацьку|Дата нараджэння',
      'uid|lastName|firstName|middleName|birthDate',
      'ID|surname_ru|name_ru|patronymic_ru|DOB',
      'id|Family name (Latin)|Given names|Middle Name|Year of birth',
    ])
      expect([headers, read(headers)]).toEqual([headers, parts]);
    for (const headers of ['№|ПІБ|Д.Н.', 'n|ФИО|г.р.', "id|Прізвище, ім'я, по батькові|Born", 'id|name|dob'])
      expect([headers, read(headers)]).toEqual([headers, 'id full_name date_of_birth']);
    expect(read('n|id|ПІБ|ПІБ (латиницею)|hat')).toBe('keep id full_name full_name keep');
    for (const headers of [
      'id|prizvyshche|imia|po_batkovi|dob',
      'qid|familia|imya|otchestvo|year',
      'entity_id|family_names|given_names|middle|Date of birth (DOB)',
      'wikidata_id|surname_lat|given_lat|patr_lat|yob',
      'case_id|Surname (as in the passport)|First name|middle_names|born',
    ])
      expect([headers, read(headers)]).toEqual([headers, parts]);
    expect(read('id|nom|prénom')).toBe('id family_name given_name');
    expect(read('id|Name of person|label')).toBe('id full_name keep');
    expect(read('id|label|name_original_script')).toBe('id keep full_name');
    expect(read('id|label')).toBe('id full_name');
    expect(read('id|pib|aliases|hat_id')).toBe('id full_name full_name keep');
    expect(read('hat_id|coat_id|name')).toBe('id keep full_name');
    expect(read('name|hat_id|coat_id')).toBe('full_name keep keep');
    expect(read('id|name_1|name_2|birth year|dob')).toBe('id full_name full_name date_of_birth keep');
    expect(JSON.parse(suggestMapping(['a', 'b']))).toEqual({
      columns: { a: expect.stringContaining('family_name'), b: expect.stringContaining('full_name') },
    });
  });

  test('[LK-35] of several names of one person the best counts: in one cell, in brackets, in two columns', () => {
    const left = [
      { id: 'a1', name_uk: 'Шевчук Олександр', dob: '1980-02-03' },
      { id: 'a2', name_uk: 'Коваленко Ганна Петрівна', dob: '1981-03-04' },
      { id: 'a3', name_uk: 'Бондар Микола', dob: '1982-04-05' },
      { id: 'a4', name_uk: 'Ткачук Марія', dob: '1983-05-06' },
    ];
    const link = (names: readonly string[], more?: readonly string[]) => {
      const right = left.map(({ dob }, index) => ({
        id: `b${index + 1}`,
        name_en: names[index],
        ...(more === undefined ? {} : { name_ru: more[index] }),
        dob,
      }));
      return linkLists(left, right);
    };
    const alone = link(['Shevchuk Aleksandr', 'Kovalenko Anna', 'Bondar Nikolai', 'Tkachuk Maria']);
    const best = (result: LinkResult) =>
      result.pairs.map((pair) =>
        explainPair(result, result.leftIds[pair.left]!, result.rightIds[pair.right]!),
      );
    for (const result of [
      link([
        'Sasha Grim; Shevchuk Aleksandr',
        'Anna Lysenko a.k.a. Anna Petrovna Kovalenko',
        'Bondar Nikolai / Бондарь Николай',
        'Maria Hnatiuk (Tkachuk)',
      ]),
      link(
        ['Sasha Grim', 'Lysenko Anna', '', 'Maria Hnatiuk née Tkachuk'],
        ['Шевчук Александр', 'Коваленко Анна', 'Бондарь Николай', ''],
      ),
    ]) {
      expect(result.pairs.filter((pair) => isTrue(result, pair)).length).toBe(4);
      for (const explained of best(result))
        for (const { column, level } of explained!.fields)
          if (column !== 'patronymic')
            expect([column, level]).toEqual([
              column,
              expect.not.stringMatching(/different|not alike|another/u),
            ]);
    }
    expect(alone.pairs.length).toBe(4);
    const told = best(link(['Sasha Grim; Shevchuk Aleksandr', 'Kovalenko Anna', '', ''])).flatMap((one) =>
      one!.fields.flatMap(({ notes }) => notes),
    );
    expect(told).toContain('of several names: шевчук and shevchuk');
  });

  test('[LK-2] dates are read in their usual forms', () => {
    for (const cell of [
      '12 березня 1985',
      '12 марта 1985 г.',
      '12-Mar-1985',
      'March 12, 1985',
      '12.03.85',
      '12.3.1985р.',
      '1985-03-12T00:00:00Z',
      '1985; 1985-03-12',
    ])
      expect([cell, parseDate(cell)]).toEqual([cell, 19850312]);
    for (const cell of ['1985 р.н.', '1985 г.р.', '1985', '1985 року народження'])
      expect([cell, parseDate(cell)]).toEqual([cell, 19850000]);
    expect(
      ['1990-02-01', '19900201', '1.2.1990', '01/02/1990', '01.02.90', '32905'].map((cell) =>
        parseDate(cell),
      ),
    ).toEqual([19900201, 19900201, 19900201, 19900201, 19900201, 19900201]);
    expect(parseDate('02/01/1990', 'month-first')).toBe(19900201);
    expect([parseDate('1990'), parseDate('1990-02'), parseDate('1990-02-31'), parseDate('unknown')]).toEqual([
      19900000, 19900200, 19900231, -1,
    ]);
  });

  test('[LK-3] a whole-name column is parted', () => {
    const { left, right } = makeLists(60);
    const result = linkLists(
      left.map((row) => ({
        id: row['id'],
        ПІБ: [row['family_name'], row['given_name'], row['patronymic']].join(' '),
        date_of_birth: row['date_of_birth'],
      })),
      right.map((row) => ({
        id: row['id'],
        name: [row['given_name'], row['patronymic'], row['family_name']].join(' '),
        date_of_birth: row['date_of_birth'],
      })),
    );
    expect(result.compared.map((column) => column.name)).toContain('patronymic');
    const matches = result.pairs.filter((pair) => pair.decision === 'match');
    expect(matches.length).toBeGreaterThan(50);
    expect(matches.every((pair) => isTrue(result, pair))).toBe(true);
  });

  test('[LK-4] a missing value weighs nothing; a contradiction weighs against', () => {
    const { left, right } = makeLists(40);
    const without = { ...right[7], patronymic: '' };
    const against = { ...right[7], id: 'x', patronymic: 'Кузьмич' };
    const result = linkLists(left, [...right.filter((_, index) => index !== 7), without, against], {
      oneToOne: false,
      review: 0.0001,
    });
    const bar = (id: string) =>
      explainPair(result, 'a0007', id)!.fields.find((field) => field.column === 'patronymic')!;
    expect(bar('b0007')).toMatchObject({ level: 'missing', weight: 0 });
    expect(bar('x').weight).toBeLessThan(0);
  });
});

describe('comparison', () => {
  test('[LK-5] date levels, and their symmetry', () => {
    const level = (a: number, b: number) => compareDates(a, b);
    expect(level(19900205, 19900205)).toBe(1);
    expect(level(19900205, 19900502)).toBe(2);
    expect(level(19900205, 19900206)).toBe(3);
    expect(level(19900212, 19900221)).toBe(3);
    expect(level(19900205, 19910205)).toBe(4);
    expect(level(19930205, 20030205)).toBe(4);
    expect(level(19900205, 19900101)).toBe(5);
    expect(level(19900205, 19900000)).toBe(5);
    expect(level(19900205, 19540205)).toBe(6);
    expect(level(19900209, 19900227)).toBe(6);
    expect(level(19900205, 19901127)).toBe(7);
    expect(level(19900205, 19811127)).toBe(8);
    const date = fc
      .tuple(
        fc.integer({ min: 1950, max: 1960 }),
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 31 }),
      )
      .map(([y, m, d]) => y * 10_000 + m * 100 + d);
    fc.assert(
      fc.property(date, date, (a, b) => {
        expect(level(a, b)).toBe(level(b, a));
      }),
    );
  });

  test('[LK-6] [LK-25] the deletion index finds every pair within the allowed edits that comparing all pairs finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 11 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 30 }), (keys) => {
        const found = new Set(findNearKeys(keys, 2).pairs);
        for (let a = 0; a < keys.length; a += 1)
          for (let b = a + 1; b < keys.length; b += 1) {
            const allowed = Math.min(
              getIndexedEdits(keys[a]!.length, 2),
              getIndexedEdits(keys[b]!.length, 2),
            );
            if (allowed > 0 && getEditDistanceSlowly(keys[a]!, keys[b]!) <= allowed)
              expect([keys[a], keys[b], found.has(a * keys.length + b)]).toEqual([keys[a], keys[b], true]);
          }
      }),
      { numRuns: 200 },
    );
  });

  test('[LK-6] the level of two values is the level of their names', () => {
    const words = [
      ...surnames,
      ...russian,
      'Shevchuk',
      'Kovalenko',
      'Мельничук',
      'Коваль',
      'Шевчук-Бондар',
      'Гнатюх',
    ];
    const rows = words.map((name, index) => ({ id: String(index), family_name: name }));
    const table = toPersonTable(rows);
    const column = table.columns[0];
    const field = buildField(
      'family_name',
      'family_name',
      { column, rows: rows.length },
      { column, rows: rows.length },
    );
    for (let a = 0; a < words.length; a += 1)
      for (let b = 0; b < words.length; b += 1) {
        const slow = compareNames(
          getNameForm(repairName(words[a]!).text, 'family'),
          getNameForm(repairName(words[b]!).text, 'family'),
        );
        const fast = getValueLevel(field, field.left[a]!, field.left[b]!);
        expect([words[a], words[b], fast === field.levels - 1 ? 12 : fast]).toEqual([
          words[a],
          words[b],
          slow,
        ]);
      }
  });

  test('[LK-7] [LK-25] pairs counted from frequencies are the pairs counted one by one', () => {
    const { left, right } = makeLists(60);
    const messy = right.map((row, index) =>
      index % 7 === 0
        ? { ...row, family_name: `${row['family_name'] ?? ''}о`, date_of_birth: '1980-01-01' }
        : row,
    );
    const comparison = prepareComparison(toPersonTable(left), toPersonTable(messy));
    for (const [index, field] of comparison.fields.entries()) {
      const slow = new Array<number>(field.levels).fill(0);
      for (const a of field.left) for (const b of field.right) slow[getValueLevel(field, a, b)]! += 1;
      const { pairs } = comparison.counts[index]!;
      const swapped = field.cross === undefined ? -1 : 12;
      for (let level = 1; level < field.levels - 1; level += 1)
        if (level !== swapped)
          expect([field.name, level, pairs[level]]).toEqual([field.name, level, slow[level]]);
    }
    const one = prepareComparison(toPersonTable(left), toPersonTable(left));
    expect(one.oneList).toBe(false);
    const table = toPersonTable(left);
    const same = prepareComparison(table, table);
    for (const [index, field] of same.fields.entries()) {
      let equal = 0;
      for (let a = 0; a < field.left.length; a += 1)
        for (let b = a + 1; b < field.left.length; b += 1)
          if (field.left[a] === field.left[b] && field.left[a] !== 0) equal += 1;
      expect(countField(field, undefined, true).pairs[1]).toBe(equal);
      expect(same.counts[index]!.pairs[1]).toBe(equal);
    }
  });

  test('[LK-8] a rare surname weighs more than a common one', () => {
    const { left, right } = makeLists(80);
    const rare = { id: 'r', family_name: 'Вернигора', given_name: 'Микола' };
    const common = left.map((row, index) => (index < 30 ? { ...row, family_name: 'Шевчук' } : row));
    const result = linkLists([...common, { ...rare, id: 'ra' }], [...right, { ...rare, id: 'rb' }], {
      oneToOne: false,
      review: 0.0001,
    });
    const weight = (a: string, b: string) =>
      explainPair(result, a, b)!.fields.find((field) => field.column === 'family_name')!.weight;
    const shevchuk = right.findIndex((row) => row['family_name'] === 'Шевчук');
    expect(weight('ra', 'rb')).toBeGreaterThan(weight('a0001', String(right[shevchuk]!['id'])) + 1);
  });

  test('[LK-9] thirty persons are linked by the shipped priors, and the result says so', () => {
    const { left, right } = makeLists(30);
    const result = linkLists(left, right);
    expect(result.model.training.learnt).toBe(false);
    expect(result.model.training.rounds).toBeGreaterThan(0);
    const matches = result.pairs.filter((pair) => pair.decision === 'match');
    expect(matches.length).toBeGreaterThanOrEqual(28);
    expect(matches.every((pair) => isTrue(result, pair))).toBe(true);
    const more = makeLists(400);
    expect(linkLists(more.left, more.right).model.training).toMatchObject({ learnt: true, settled: true });
  });

  test('[LK-10] swapped family and given names are found, with a level that says so', () => {
    const { left, right } = makeLists(200);
    const swapped = right.map((row, index) =>
      index % 20 === 3 ? { ...row, family_name: row['given_name'], given_name: row['family_name'] } : row,
    );
    const result = linkLists(left, swapped);
    const explained = explainPair(result, 'a0003', 'b0003')!;
    expect(explained.fields.filter((field) => field.level.includes('swapped')).length).toBe(2);
    expect(explained.weight).toBeGreaterThan(0);
  });

  test('[LK-10] names that changed places are the same civil names in another language, and match', () => {
    const { left, right } = makeLists(200);
    const names = [
      ['Юркевич', 'Микола', 'Юркевич', 'Николай'],
      ['Галковська', 'Світлана', 'Галковская', 'Svetlana'],
    ] as const;
    for (const [index, [family, given, family2, given2]] of names.entries()) {
      const day = `198${index}-03-0${index + 1}`;
      left.push({ id: `a9${index}`, family_name: family, given_name: given, date_of_birth: day });
      right.push({ id: `b9${index}`, family_name: given2, given_name: family2, date_of_birth: day });
    }
    const result = linkLists(left, right);
    for (const index of names.keys()) {
      const explained = explainPair(result, `a9${index}`, `b9${index}`)!;
      expect(explained.fields.filter((field) => field.level.includes('swapped')).length).toBe(2);
      expect(
        result.pairs.some(
          (pair) =>
            pair.decision === 'match' &&
            result.leftIds[pair.left] === `a9${index}` &&
            result.rightIds[pair.right] === `b9${index}`,
        ),
      ).toBe(true);
    }
  });

  test('[LK-26] two known given names speak against a pair, letters that are no name hardly do', () => {
    const { left, right } = makeLists(200);
    const put = (id: string, given: string, other: string): void => {
      left.push({
        id: `a${id}`,
        family_name: 'Підмогильний',
        given_name: given,
        date_of_birth: '1991-04-06',
      });
      right.push({
        id: `b${id}`,
        family_name: 'Подмогильный',
        given_name: other,
        date_of_birth: '1991-04-06',
      });
    };
    put('80', 'Андрій', 'Сергей');
    put('81', 'Андрій', 'Анрдійко-Бр');
    const result = linkLists(left, right, { review: 1e-9 });
    const level = (a: string, b: string) =>
      explainPair(result, a, b)!.fields.find((field) => field.column === 'given_name')!;
    expect(level('a80', 'b80').level).toBe('another name');
    expect(level('a81', 'b81').level).toBe('not alike');
    expect(level('a80', 'b80').weight).toBeLessThan(level('a81', 'b81').weight - 2);
  });
});

describe('initials', () => {
  const letter = (text: string | undefined): string =>
    text === undefined || text === '' ? '' : `${text.charAt(0)}.`;
  /** Surnames that tell most persons apart, so that letters decide between the rest. */
  function makeInitials(count: number): { left: PersonRow[]; right: PersonRow[] } {
    const roots =
      'Бабар Гонтар Довган Жадан Заруб Кобзар Лобод Назар Опар Пален Рогат Саган Тиман Хотин'.split(' ');
    const endings = 'енко чук юк ський ець ак ило ан ич'.split(' ');
    const { left, right } = makeLists(count);
    const family = (index: number): string =>
      `${roots[index % roots.length]!}${endings[Math.floor(index / (2 * roots.length)) % endings.length]!}`;
    return {
      left: left.map((row, index) => ({
        id: row['id'],
        family_name: family(index),
        given_name: row['given_name'],
        patronymic: row['patronymic'],
      })),
      right: right.map((row, index) => ({
        id: row['id'],
        family_name: family(index),
        given_name: letter(row['given_name']),
        patronymic: letter(row['patronymic']),
      })),
    };
  }

  test('[LK-34] a list of surnames and initials is matched, with names or with initials on the other', () => {
    const { left, right } = makeInitials(100);
    const initials = left.map((row) => ({
      ...row,
      given_name: letter(row['given_name']),
      patronymic: letter(row['patronymic']),
    }));
    for (const one of [left, initials]) {
      const result = linkLists(one, right);
      const matched = result.pairs.filter((pair) => pair.decision === 'match');
      expect(matched.length).toBeGreaterThan(85);
      expect(matched.filter((pair) => !isTrue(result, pair))).toEqual([]);
      const id = left.find((row) => row['given_name'] === 'Сергій')!['id']!.slice(1);
      const bars = explainPair(result, `a${id}`, `b${id}`)!.fields;
      expect(bars.find(({ column }) => column === 'given_name')).toMatchObject({ level: 'initial' });
      expect(bars.find(({ column }) => column === 'given_name')!.weight).toBeGreaterThan(1);
    }
  });

  test('[LK-34] another initial is a contradiction, and a rare letter says more than a common one', () => {
    const { left, right } = makeInitials(100);
    const result = linkLists(left, [
      ...right.filter(({ id }) => id !== 'b0007'),
      { ...right[7]!, given_name: 'Щ.' },
    ]);
    const bar = (id: string, column: string) =>
      explainPair(result, `a${id}`, `b${id}`)!.fields.find((field) => field.column === column)!;
    expect(bar('0007', 'given_name')).toMatchObject({ level: 'another initial' });
    expect(bar('0007', 'given_name').weight).toBeLessThan(-2);
    const count = (start: string): number =>
      left.filter((row) => row['given_name']!.startsWith(start)).length;
    const [often, seldom] = ['М', 'О', 'П', 'С', 'Д', 'Ю']
      .sort((a, b) => count(b) - count(a))
      .filter((_, at) => at % 5 === 0) as [string, string];
    const at = (start: string): string =>
      left.find((row) => row['given_name']!.startsWith(start) && row['id'] !== 'a0007')!['id']!.slice(1);
    expect(count(often)).toBeGreaterThan(count(seldom));
    expect(bar(at(seldom), 'given_name').weight).toBeGreaterThan(bar(at(often), 'given_name').weight);
  });
});

describe('kin', () => {
  /** One person of each pair is on the left list, the other on the right: nobody is on both. */
  const kin = [
    // Brothers, and sisters, of one father.
    ['Ткаченко Андрій Петрович 12.03.1985', 'Ткаченко Сергей Петрович 07.09.1988'],
    ['Гнатюк Олексій Іванович 01.05.1990', 'Gnatiuk Oleksandr Ivanovych 11.02.1993'],
    ['Бойко Марія Степанівна 20.07.1979', 'Бойко Марина Степановна 14.01.1982'],
    ['Левченко Данило Романович 03.11.1995', 'Levchenko Denys Romanovych 30.06.1997'],
    // Twins: one day of birth, one father.
    ['Савчук Богдан Юрійович 15.08.1991', 'Савчук Борис Юрьевич 15.08.1991'],
    ['Мороз Олена Вікторівна 22.02.1987', 'Moroz Olha Viktorivna 22.02.1987'],
    ['Кравець Михайло Олегович 09.10.1994', 'Кравец Николай Олегович 09.10.1994'],
    ['Підмогильний Ігор Павлович 05.05.1983', 'Подмогильный Егор Павлович 05.05.1983'],
    // Brother and sister.
    ['Романюк Олександр Якович 18.12.1980', 'Романюк Александра Яковлевна 02.04.1984'],
    // Father and son, also of one name.
    ['Шевчук Іван Петрович 10.10.1960', 'Шевчук Петр Иванович 21.03.1986'],
    ['Дяченко Василь Васильович 06.06.1962', 'Diachenko Vasyl Ivanovych 17.07.1935'],
    ['Коваль Григорій Ілліч 08.01.1958', 'Коваль Илья Григорьевич 28.11.1984'],
    // Different families of one root.
    ['Мельник Юрій Олексійович 04.04.1989', 'Мельничук Юрий Алексеевич 19.05.1989'],
    ['Ткач Роман Ігорович 27.09.1992', 'Tkachuk Roman Ihorovych 13.09.1992'],
  ] as const;
  const toRow = (id: string, text: string): PersonRow => {
    const [family_name, given_name, patronymic, date_of_birth] = text.split(' ');
    return { id, family_name, given_name, patronymic, date_of_birth };
  };

  test('[LK-28] brothers, twins, parents and namesakes are not matched, though their own records are missing', () => {
    const { left, right } = makeLists(400);
    const crowd = [left, right] as const;
    const result = linkLists(
      [...crowd[0], ...kin.map(([one], index) => toRow(`k${index}`, one))],
      [...crowd[1], ...kin.map(([, other], index) => toRow(`k${index}`, other))],
    );
    const wrong = result.pairs
      .filter((pair) => pair.decision === 'match')
      .map((pair) => `${result.leftIds[pair.left]!} ${result.rightIds[pair.right]!}`)
      .filter((pair) => pair.includes('k'));
    expect(wrong).toEqual([]);
    const twins = explainPair(result, 'k4', 'k4')!;
    expect(twins.weight).toBeGreaterThan(0);
    expect(twins.probability).toBeLessThanOrEqual(0.5);
    expect(describeExplanation(twins).join('\n')).toContain(
      'a brother, sister or twin would show the rest as well',
    );
  });

  test.each([1, 2, 8])(
    '[LK-28] %i namesakes with another father or another date of birth, and nobody else, are not matched',
    (count) => {
      const full = kin.slice(0, 8).map(([, text]) => toRow('', text));
      const surname = 'Довгань Заєць Кушнір Нечай Сулима Тарасюк Хвиля Цюпа'.split(' ');
      const one = full.map((row, index) => ({ ...row, family_name: surname[index]! }));
      const differ = [
        ['patronymic', (index: number) => ({ patronymic: index % 2 === 0 ? 'Тарасович' : 'Назарович' })],
        ['date_of_birth', (index: number) => ({ date_of_birth: `19${61 + 4 * index}-12-30` })],
      ] as const;
      for (const [column, other] of differ) {
        const bare = (row: PersonRow): PersonRow =>
          Object.fromEntries(
            Object.entries(row).filter(([name]) =>
              ['id', 'family_name', 'given_name', column].includes(name),
            ),
          );
        const { left, right } = makeLists(104);
        const result = linkLists(
          [...left, ...one.slice(0, count).map((row, index) => ({ ...row, id: `k${index}` }))].map(bare),
          [
            ...right,
            ...one.slice(0, count).map((row, index) => ({ ...row, id: `k${index}`, ...other(index) })),
          ].map(bare),
        );
        const wrong = result.pairs.filter(
          (pair) => pair.decision === 'match' && result.leftIds[pair.left]!.startsWith('k'),
        );
        expect([column, wrong]).toEqual([column, []]);
        expect(describeExplanation(explainPair(result, 'k0', 'k0')!).join('\n')).toContain(
          'a namesake would show the rest as well',
        );
      }
    },
  );

  test('[LK-28] that others have matches says nothing for two families with the same given name and father', () => {
    const { left, right } = makeLists(100);
    const result = linkLists(
      [...left, { id: 'k', family_name: 'Савченко', given_name: 'Юрій', patronymic: 'Васильович' }],
      [...right, { id: 'k', family_name: 'Savchuk', given_name: 'Yurii', patronymic: 'Vasylovych' }],
    );
    expect(
      result.pairs.filter((pair) => result.leftIds[pair.left] === 'k' && pair.decision === 'match'),
    ).toEqual([]);
  });

  test('[LK-28] each of the kin finds themselves when both lists have them all', () => {
    const { left, right } = makeLists(400);
    const all = kin.flatMap(([one, other]) => [one, other]);
    const result = linkLists(
      [...left, ...all.map((text, index) => toRow(`k${index}`, text))],
      [...right, ...all.map((text, index) => toRow(`k${index}`, text))],
    );
    const found = result.pairs
      .filter((pair) => pair.decision === 'match' && result.leftIds[pair.left]!.startsWith('k'))
      .map((pair) => [result.leftIds[pair.left]!, result.rightIds[pair.right]!]);
    expect(found.length).toBe(all.length);
    expect(found.filter(([a, b]) => a !== b)).toEqual([]);
  });
});

describe('calibration', () => {
  test('[LK-33] lists of family names alone are matched where the names are rare, and lists that share nobody are not', () => {
    const roots =
      'Бабар Гонтар Довган Жадан Заруб Кобзар Лобод Мазур Назар Опар Пален Рогат Саган Тиман Хотин';
    const endings = 'енко чук юк ів ський ець ак ило ан ич';
    const names = roots.split(' ').flatMap((root) => endings.split(' ').map((ending) => `${root}${ending}`));
    const toRows = (id: string, list: readonly string[]): PersonRow[] =>
      list.map((name) => ({ id: `${id}${name}`, family_name: name }));
    const latin = toRows('b', names).map((row) => ({
      ...row,
      family_name: romanise(row['family_name']!, 'kmu-55'),
    }));
    const result = linkLists(toRows('a', names), latin);
    const matched = result.pairs.filter((pair) => pair.decision === 'match');
    expect(matched.length).toBeGreaterThan(0.9 * names.length);
    expect(matched.every((pair) => isTrue(result, pair))).toBe(true);
    const others = names.map((name) => `Ш${name.slice(1).toLowerCase()}`);
    const apart = linkLists(toRows('a', names), toRows('b', others));
    expect(apart.coverage.matched).toBe(0);
  });

  /** People whose columns do not depend on each other; two thirds of either list are on both. */
  function drawLists(seed: number): { left: PersonRow[]; right: PersonRow[] } {
    let state = seed;
    const draw = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 4_294_967_296) * below);
    };
    const left: PersonRow[] = [];
    const right: PersonRow[] = [];
    for (let person = 0; person < 1500; person += 1) {
      const surname = draw(surnames.length);
      const first = given[draw(given.length)]!;
      const father = fathers[draw(fathers.length)]!;
      const born = `${1960 + draw(45)}-${two(1 + draw(12))}-${two(1 + draw(28))}`;
      const where = draw(4);
      if (where > 0)
        left.push({
          id: `a${String(person)}`,
          family_name: surnames[surname],
          given_name: first[0],
          patronymic: father[0],
          date_of_birth: born,
        });
      if (where < 3)
        right.push({
          id: `b${String(person)}`,
          family_name: russian[surname],
          given_name: first[draw(2) + 1],
          patronymic: draw(3) === 0 ? '' : father[1],
          date_of_birth: draw(8) === 0 ? born.slice(0, 4) : born,
        });
    }
    return { left, right };
  }

  test('[LK-29] of pairs shown at 99 % at least 98 in 100 are right, though a third of either list has nobody there', () => {
    let sure = 0;
    let right = 0;
    for (const seed of [1, 2, 3]) {
      const lists = drawLists(seed);
      const result = linkLists(lists.left, lists.right);
      for (const pair of result.pairs) {
        if (pair.probability < 0.99 || pair.decision !== 'match') continue;
        sure += 1;
        if (isTrue(result, pair)) right += 1;
      }
    }
    expect(sure).toBeGreaterThan(1500);
    expect(right).toBeGreaterThanOrEqual(0.98 * sure);
  });
});

describe('pairs', () => {
  test('[LK-27] one-to-one lists of which most have a partner make a lone agreement likelier, by at most four bits', () => {
    const { left, right } = makeLists(200);
    const { model } = linkLists(left, right);
    const prior = (oneToOne: boolean, rows = right): number =>
      linkLists(left, rows, { model, oneToOne }).plan.prior;
    expect(prior(true) - prior(false)).toBeGreaterThan(2);
    expect(prior(true) - prior(false)).toBeLessThanOrEqual(4);
    expect(prior(false)).toBeCloseTo(Math.log2(model.lambda / (1 - model.lambda)));
    // Against a few persons hardly anybody of the long list is taken.
    expect(prior(true, right.slice(0, 5)) - prior(false)).toBeLessThan(prior(true) - prior(false));
  });

  test('[LK-11] larger lists are compared by keys, and the recall of that is stated', () => {
    const { left, right } = makeLists(2200);
    const result = linkLists(left, right);
    expect(result.plan.blocking.all).toBe(false);
    expect(result.coverage.comparedPairs).toBeLessThan(left.length * right.length);
    expect(result.coverage.blockingRecall).toBeGreaterThan(0.9);
    expect(result.coverage.blockingRecall).toBeLessThanOrEqual(1);
    const small = makeLists(50);
    expect(linkLists(small.left, small.right).coverage.blockingRecall).toBe(1);
  });

  test('[LK-12] [LK-25] the assignment has the greatest total there is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: -3, max: 20 }), { minLength: 16, maxLength: 16 }),
        (rows, columns, draws) => {
          const gains = new Float64Array(rows * columns);
          for (let cell = 0; cell < gains.length; cell += 1)
            gains[cell] = draws[cell]! <= 0 ? Number.NEGATIVE_INFINITY : draws[cell]!;
          const best = (row: number, used: number): number => {
            if (row === rows) return 0;
            let top = best(row + 1, used);
            for (let column = 0; column < columns; column += 1) {
              const gain = gains[row * columns + column]!;
              if ((used & (1 << column)) === 0 && gain > 0)
                top = Math.max(top, gain + best(row + 1, used | (1 << column)));
            }
            return top;
          };
          const found = assignExactly(gains, rows, columns);
          let total = 0;
          const taken = new Set<number>();
          for (const [row, column] of found.entries())
            if (column >= 0) {
              expect(taken.has(column)).toBe(false);
              taken.add(column);
              total += gains[row * columns + column]!;
            }
          expect(total).toBe(best(0, 0));
        },
      ),
      { numRuns: 500 },
    );
    // Greedy would take a1-b1 and lose two pairs' worth.
    const crossing = assignOneToOne(
      { left: Int32Array.of(0, 0, 1), right: Int32Array.of(0, 1, 0), gain: Float64Array.of(9.5, 9.4, 9.3) },
      2,
      2,
    );
    expect([...crossing.chosen]).toEqual([1, 2]);
    const { left, right } = makeLists(50);
    const many = linkLists(left, [...right, { ...right[1], id: 'again' }], { oneToOne: false });
    const found = many.pairs
      .filter((pair) => many.leftIds[pair.left] === 'a0001')
      .map((pair) => many.rightIds[pair.right]);
    expect(found).toEqual(expect.arrayContaining(['b0001', 'again']));
  });

  test('[LK-13] two equal candidates are a review with no margin, whichever stands first', () => {
    const { left, right } = makeLists(50);
    for (const rows of [
      [...right, { ...right[4], id: 'zz' }],
      [{ ...right[4], id: '00' }, ...right],
    ]) {
      const result = linkLists(left, rows);
      const pair = result.pairs.find((one) => result.leftIds[one.left] === 'a0004')!;
      expect(pair.decision).toBe('review');
      expect(pair.margin).toBeLessThan(0.001);
      expect(
        explainPair(result, result.leftIds[pair.left]!, result.rightIds[pair.right]!)!.rivals.length,
      ).toBeGreaterThan(0);
    }
  });

  test('[LK-14] [LK-25] clusters are not chained by one link; agreeing records stay together', () => {
    const gains = new Map<string, number>();
    const set = (a: number, b: number, gain: number) => gains.set(`${a} ${b}`, gain);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
      [3, 4],
      [3, 5],
      [4, 5],
    ] as const)
      set(a, b, 10);
    set(2, 3, 4);
    const get = (a: number, b: number): number => gains.get(`${Math.min(a, b)} ${Math.max(a, b)}`) ?? -8;
    expect(clusterComponent([0, 1, 2, 3, 4, 5], get)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    const right = makeLists(80).right.filter((row) => row['date_of_birth'] !== '');
    const again = right
      .slice(0, 20)
      .map((row) => ({ ...row, id: `c${String(row['id']).slice(1)}`, patronymic: '' }));
    const result = dedupeList([...right, ...again], { threshold: 0.999 });
    const groups = result.clusters.map((rows) => rows.map((row) => result.leftIds[row]!.slice(1)));
    expect(groups.length).toBeGreaterThanOrEqual(17);
    for (const group of groups) expect(new Set(group).size).toBe(1);
  });

  test('[LK-15] the order of rows changes no byte; exchanged lists give the mirrored pairs', () => {
    const { left, right } = makeLists(150);
    const damaged = right.map((row, index) =>
      index % 6 === 0 ? { ...row, family_name: String(row['family_name']).slice(0, -1) } : row,
    );
    const straight = toLines(linkLists(left, damaged));
    const shuffled = toLines(linkLists(left.toReversed(), [...damaged.slice(70), ...damaged.slice(0, 70)]));
    expect(shuffled).toEqual(straight);
    const mirrored = linkLists(damaged, left);
    const back = mirrored.pairs.map(
      (pair) =>
        `${mirrored.rightIds[pair.right]!},${mirrored.leftIds[pair.left]!},${pair.weight.toFixed(4)},${pair.decision}`,
    );
    expect(back.sort()).toEqual(straight.map((line) => line.slice(0, line.lastIndexOf(','))).sort());
  });

  test('[LK-16] a saved model repeats the result and is refused where it does not fit', () => {
    const { left, right } = makeLists(120);
    const first = linkLists(left, right);
    const model = JSON.parse(JSON.stringify(first.model)) as typeof first.model;
    expect(toLines(linkLists(left, right, { model }))).toEqual(toLines(first));
    const bare = left.map(({ id, family_name }) => ({ id, family_name }));
    expect(() =>
      linkTables(toPersonTable(bare), toPersonTable(bare.map((row) => ({ ...row }))), { model }),
    ).toThrow('columns');
  });

  test('[LK-17] newcomers are matched by the frozen model', () => {
    const { left, right } = makeLists(300);
    const { model } = linkLists(left, right);
    const registry = toPersonTable(right);
    const result = matchNewcomers(left.slice(10, 14), registry, model);
    expect(result.model).toBe(model);
    expect(result.pairs.length).toBe(4);
    expect(result.pairs.every((pair) => isTrue(result, pair))).toBe(true);
    const one = matchPerson(left[20]!, registry, model);
    expect(one.rightIds[one.pairs[0]!.right]).toBe('b0020');
  });
});

describe('reasons', () => {
  const { left, right } = makeLists(90);
  const result = linkLists(
    left.map((row, index) => (index === 2 ? { ...row, given_name: 'Пилип', family_name: 'Шeвчук' } : row)),
    right.map((row, index) =>
      index === 2
        ? { ...row, given_name: 'Филипп', family_name: 'Шевчук', date_of_birth: left[2]!['date_of_birth'] }
        : row,
    ),
  );

  test('[LK-18] the bars add up to the weight, in words', () => {
    for (const pair of result.pairs.slice(0, 30)) {
      const explained = explainPair(result, result.leftIds[pair.left]!, result.rightIds[pair.right]!)!;
      const sum = explained.fields.reduce((total, field) => total + field.weight, explained.prior);
      expect(sum).toBeCloseTo(pair.weight, 9);
      expect(explained.blockedBy.length).toBeGreaterThan(0);
    }
    const words = describeExplanation(explainPair(result, 'a0002', 'b0002')!).join('\n');
    expect(words).toContain('Шeвчук → Шевчук: 1 look-alike letter repaired');
    expect(words).toContain('both are spellings of Пилип');
    expect(explainPair(result, 'a0002', 'nobody')).toBeUndefined();
  });

  test('[LK-18] one after another pairs are explained as each is alone', () => {
    const explain = createExplainer(result);
    const rows = result.pairs
      .slice(0, 20)
      .flatMap(({ left: row, right: other }) => [
        [row, other] as const,
        [row, (other + 1) % result.rightIds.length] as const,
      ]);
    for (const [row, other] of [...rows, ...rows])
      expect(explain(row, other)).toEqual(explainPair(result, result.leftIds[row]!, result.rightIds[other]!));
  });

  test('[LK-19] coverage adds up', () => {
    const { coverage } = result;
    expect(coverage.matched + coverage.review + coverage.leftOnly).toBe(coverage.leftPersons);
    expect(coverage.matched + coverage.review + coverage.rightOnly).toBe(coverage.rightPersons);
    expect(describeCoverage(result)).toContain('90 of 90 surnames checked');
    const strangers = linkLists(makeLists(3).left, makeLists(3, 500).right);
    expect([strangers.pairs.length, describeCoverage(strangers)]).toEqual([
      0,
      expect.stringContaining('nobody on either list comes near anybody'),
    ]);
  });

  test('[LK-20] the report stands alone and is safe', () => {
    const hostile = makeLists(30);
    const page = writeReport(
      linkLists(
        hostile.left.map((row) => ({
          ...row,
          family_name: `${row['family_name'] ?? ''}<script>alert(1)</script>`,
        })),
        hostile.right,
        { review: 0.0001 },
      ),
    );
    expect(page).not.toContain('<script');
    expect(page).not.toMatch(/https?:|src=|@import|url\(/u);
    expect(page).toContain("default-src 'none'");
    expect(escapeHtml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
  });
});
