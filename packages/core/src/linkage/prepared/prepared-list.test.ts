import { describe, expect, test } from 'vitest';
import {
  linkLists,
  matchNewcomers,
  matchPerson,
  PreparedList,
  toPersonTable,
  type LinkResult,
  type PersonRow,
} from '../index.ts';

const roots =
  'Шевч Ковал Бонд Мельн Лис Гнат Савч Полі Крав Литв Руд Клим Ярем Дяч Гонч Панас Цимб Федор'.split(' ');
const middles = ['', 'ин', 'ов', 'ець', 'ар', 'еш'];
const ends = ['ук', 'енко', 'ик', 'юк', 'чак', 'ський', 'ко'];
const given = [
  ['Микола', 'Николай', 'Mykola'],
  ['Сергій', 'Сергей', 'Serhii'],
  ['Олексій', 'Алексей', 'Oleksii'],
  ['Дмитро', 'Дмитрий', 'Dmytro'],
  ['Пилип', 'Филипп', 'Pylyp'],
  ['Юрій', 'Юрий', 'Юра'],
  ['Олександр', 'Саша', 'О.'],
] as const;
const fathers = ['Іванович', 'Миколайович', 'Григорович', 'Степанович', ''];
const towns = [
  'Бахмут',
  'Артемівськ',
  'Лиман',
  'Красний Лиман',
  'село Нова Гребля',
  'Нова Гребля',
  'Суми',
  '',
];

/** Generated people: a person's number decides everything, so that both lists know the same persons. */
function toRow(id: string, person: number, damaged: boolean): PersonRow {
  const mixed = Math.imul(person + 1, 0x9e37_79b1) >>> 0;
  const root = `${roots[mixed % roots.length]!}${middles[(mixed >>> 5) % middles.length]!}`;
  let family = `${root}${ends[(mixed >>> 8) % ends.length]!}`;
  if (damaged && person % 5 === 0) family = `${family.slice(0, 3)}${family.slice(4)}`;
  // An alias first, the name after it: the slip is in the second of them.
  if (damaged && person % 13 === 0) family = `${roots[(person * 5) % roots.length]!}ій; ${family}`;
  if (damaged && person % 11 === 0) family = `${family}-${roots[(person * 7) % roots.length]!}юк`;
  const names = given[(mixed >>> 11) % given.length]!;
  const day = String(1 + ((mixed >>> 14) % 28)).padStart(2, '0');
  const month = String(1 + ((mixed >>> 19) % 12)).padStart(2, '0');
  return {
    id,
    family_name: family,
    given_name: names[damaged ? person % 3 : 0],
    patronymic: damaged && person % 4 === 0 ? '' : fathers[(mixed >>> 23) % fathers.length],
    date_of_birth:
      damaged && person % 7 === 0
        ? `${1950 + (person % 50)}-01-01`
        : `${1950 + (person % 50)}-${month}-${day}`,
    place_of_birth: towns[(mixed >>> (damaged ? 25 : 26)) % towns.length],
    service_number:
      person % 3 === 0
        ? ''
        : `№${(1_000_000 + (damaged && person % 6 === 1 ? 7 : 0) + person * 13).toString()}`,
  };
}

const makeList = (prefix: string, from: number, to: number, damaged: boolean): PersonRow[] =>
  Array.from({ length: to - from }, (_, index) => toRow(`${prefix}${from + index}`, from + index, damaged));

function toLines(result: LinkResult): string[] {
  return result.pairs
    .map(
      (pair) =>
        `${result.leftIds[pair.left]!},${result.rightIds[pair.right]!},${pair.weight.toFixed(6)},${pair.decision},${pair.margin.toFixed(6)}`,
    )
    .sort();
}

function expectSame(one: LinkResult, other: LinkResult): void {
  expect(toLines(one)).toEqual(toLines(other));
  const { blockingRecall: recall, ...coverage } = one.coverage;
  const { blockingRecall: otherRecall, ...otherCoverage } = other.coverage;
  expect(coverage).toEqual(otherCoverage);
  expect(recall).toBeCloseTo(otherRecall, 9);
}

const { model } = linkLists(makeList('a', 0, 400, true), makeList('b', 50, 450, false));

describe('a prepared list', () => {
  test('[LK-32] answers as lists prepared together would', () => {
    const list = makeList('b', 0, 900, false);
    const prepared = new PreparedList(toPersonTable(list));
    for (const newcomers of [
      makeList('a', 100, 160, true),
      makeList('a', 880, 905, true),
      makeList('a', 3, 4, true),
    ]) {
      const together = matchNewcomers(newcomers, toPersonTable(list), model);
      expect(together.pairs.length).toBeGreaterThan(0);
      expectSame(matchNewcomers(newcomers, prepared, model), together);
      expectSame(
        matchNewcomers(newcomers, prepared, model, { oneToOne: false, review: 0.001 }),
        matchNewcomers(newcomers, toPersonTable(list), model, { oneToOne: false, review: 0.001 }),
      );
    }
    expect(matchPerson(toRow('x', 500, true), prepared, model).pairs.length).toBeGreaterThan(0);
    // The prepared list remembers nothing of newcomers that were only matched.
    expect(prepared.ids.length).toBe(900);
  });

  test('[LK-32] answers so by keys too, when there are too many pairs to compare all', () => {
    const list = makeList('b', 0, 26_000, false);
    const newcomers = makeList('a', 12_000, 12_120, true);
    const together = matchNewcomers(newcomers, toPersonTable(list), model);
    expect(together.coverage.comparedPairs).toBeLessThan(3_000_000);
    expect(together.coverage.matched).toBeGreaterThan(60);
    const prepared = new PreparedList(toPersonTable(list));
    expectSame(matchNewcomers(newcomers, prepared, model), together);
    expectSame(matchNewcomers(newcomers, prepared, model), together);
  });

  test('[LK-32] persons taken in are found as if they had always been there', () => {
    const first = makeList('b', 0, 500, false);
    const second = makeList('b', 500, 600, false);
    const third = makeList('c', 600, 640, true);
    const grown = new PreparedList(toPersonTable(first));
    matchNewcomers(makeList('a', 10, 20, true), grown, model);
    grown.add(toPersonTable(second));
    grown.add(toPersonTable(third));
    const whole = [...second.toReversed(), ...third, ...first];
    expect(grown.ids).toEqual(whole.map((row) => row['id']).sort());
    const newcomers = makeList('a', 480, 650, true);
    const expected = matchNewcomers(newcomers, toPersonTable(whole), model);
    expect(expected.coverage.matched).toBeGreaterThan(60);
    expectSame(matchNewcomers(newcomers, grown, model), expected);
    expectSame(matchNewcomers(newcomers, new PreparedList(toPersonTable(whole)), model), expected);
    expect(() => {
      grown.add(toPersonTable(makeList('b', 7, 8, false)));
    }).toThrow('already there');
  });
});
