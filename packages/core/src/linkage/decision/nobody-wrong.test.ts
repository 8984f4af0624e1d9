import { expect, test } from 'vitest';
import { explainPair, linkLists, type LinkResult, type PersonRow } from '../index.ts';

const decided = (result: LinkResult, left: string, right: string): string =>
  result.pairs.find((pair) => result.leftIds[pair.left] === left && result.rightIds[pair.right] === right)
    ?.decision ?? 'none';

const others: readonly PersonRow[] = ['Гнатюк Роман', 'Дорошенко Ігор', 'Власюк Остап', 'Пилипчук Назар'].map(
  (name, index) => {
    const [family_name, given_name] = name.split(' ');
    return {
      id: `o${index}`,
      family_name,
      given_name,
      patronymic: 'Богданович',
      date_of_birth: `198${index}-03-1${index}`,
    };
  },
);

test('[LK-44] namesakes of another date of birth are shown, not matched', () => {
  for (const [one, other] of [
    [
      { family_name: 'Бойко', given_name: 'Сергій', patronymic: 'Миколайович', date_of_birth: '1979-04-05' },
      { family_name: 'Boiko', given_name: 'Serhii', patronymic: 'Mykolaiovych', date_of_birth: '1995-11-23' },
    ],
    // Another family name, the given name and the year in common.
    [
      { family_name: 'Гаврилюк', given_name: 'Андрій', date_of_birth: '1984' },
      { family_name: 'Moroz', given_name: 'Andrii', date_of_birth: '1984' },
    ],
    // A common family name is all there is.
    [{ family_name: 'Кравченко' }, { family_name: 'Kravchenko' }],
    // The placeholder and the father in common.
    [
      { family_name: 'Гаврилюк', given_name: 'Орест', patronymic: 'Зенонович', date_of_birth: '1980-01-01' },
      { family_name: 'Moroz', given_name: 'Orest', patronymic: 'Zenonovych', date_of_birth: '1980-01-01' },
    ],
  ] as const) {
    const result = linkLists([...others, { id: 'a', ...one }], [...others, { id: 'b', ...other }]);
    expect(decided(result, 'a', 'b')).not.toBe('match');
    expect(decided(result, 'o1', 'o1')).toBe('match');
  }
});

test('[LK-45] rows that are equally near are all shown, with their rivals, and none as certain', () => {
  const twin = {
    family_name: 'Гончарук',
    given_name: 'Павло',
    patronymic: 'Степанович',
    date_of_birth: '1990-05-06',
  };
  const result = linkLists(
    [...others, { id: 'x', ...twin }, { id: 'y', ...twin }],
    [...others, { id: 'z', ...twin }],
  );
  for (const [id, rival] of [
    ['x', 'y'],
    ['y', 'x'],
  ] as const) {
    expect(decided(result, id, 'z')).toBe('review');
    const explained = explainPair(result, id, 'z')!;
    expect(explained.probability).toBeLessThanOrEqual(0.5);
    expect(explained.rivals).toContainEqual(expect.objectContaining({ id: rival, side: 'left' }));
  }
});
