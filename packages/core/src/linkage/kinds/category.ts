/** Categories: a few words that many persons share, such as sex, rank or citizenship. */
import { describePlainly } from '../near/described-values.ts';
import { level, missing, orderLevels, pointsToNobody, type Kind } from './kind.ts';

const sexes: Readonly<Record<string, string>> = {
  m: 'm',
  male: 'm',
  man: 'm',
  ч: 'm',
  чол: 'm',
  чоловіча: 'm',
  чоловік: 'm',
  м: 'm',
  муж: 'm',
  мужской: 'm',
  f: 'f',
  female: 'f',
  woman: 'f',
  ж: 'f',
  жін: 'f',
  жіноча: 'f',
  жінка: 'f',
  жен: 'f',
  женский: 'f',
};

export const category: Kind = {
  columns: [
    {
      name: 'rank',
      place: 10,
      words:
        'rank|military rank|звання|військове звання|звание|воинское звание|военное звание|rütbe|rütbesi|الرتبة|званне|воінскае званне',
    },
    {
      name: 'citizenship',
      place: 13,
      words:
        'citizenship|nationality|громадянство|гражданство|грамадзянства|uyruk|uyruğu|vatandaşlık|الجنسية',
    },
    // A given name shows the sex, so the column would count it twice.
    { name: 'sex', place: 14, words: 'sex|gender|стать|пол|cinsiyet|الجنس', impliedBy: 'given_name' },
  ],
  levels: orderLevels(
    { missing: 0, same: 1, different: 2 },
    {
      missing,
      same: level('same', 0.93, 0.25, { rarity: 'own', meets: 'group' }),
      different: level('different', 0.07, 0.75),
    },
  ),
  usual: 0.25,
  prepareCells: () => (cell) => {
    const plain = cell
      .normalize('NFKC')
      .toLowerCase()
      .slice(0, 100)
      .replace(/[.\s]+/gu, ' ')
      .trim();
    return sexes[plain] ?? plain;
  },
  describe: describePlainly,
  near: undefined,
  getWorstNear: () => 0,
  blocking: 'second',
  isRepeated: false,
  isFromTable: false,
  isCrossable: false,
  getContradiction: pointsToNobody,
  sharedBy: ['namesake'],
};
