/** Patronymics by the father's civil name and the bearer's sex. */
import { nameLevel } from '../../names/index.ts';
import { level, missing, orderLevels, type Kind } from './kind.ts';
import { initialLevels, nameKind, scaleNames } from './name.ts';

const { levels, getRest } = scaleNames(50);

export const patronymic: Kind = {
  ...nameKind('patronymic'),
  columns: [
    {
      name: 'patronymic',
      place: 6,
      words:
        'patronymic|patronymic name|patronym|patr|middle|middle name|middle names|middlename|po batkovi|pobatkovi|otchestvo|baba adı|second name|secondname|father name|fathers name|fathername|по батькові|побатькові|отчество|імя по батькові батька|імя батька|имя отца|імя па бацьку|па бацьку|бацька|baba adi|اسم الأب|اسم الاب',
    },
  ],
  levels: orderLevels(
    { ...nameLevel, otherInitial: 12, notAlike: 13, different: 14 },
    {
      missing,
      ...levels,
      ...initialLevels,
      notAlike: level('not alike', 0.017, 0.1, { role: 'not-alike' }),
      different: level("another father's name", 0.008, (x) => 0.9 - getRest(x)),
    },
  ),
  usual: 1 / 70,
  nameRole: 'patronymic',
  isFromTable: true,
  isCrossable: false,
  getContradiction: () => 'namesake',
  sharedBy: ['kin', 'namesake'],
};
