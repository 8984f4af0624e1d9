/** Whole names that are compared as they stand, where a list has no parts to compare. */
import { nameLevel } from '../../names/index.ts';
import { level, missing, orderLevels, type Kind } from './kind.ts';
import { nameKind, scaleNames } from './name.ts';

const { levels, getRest } = scaleNames(1);

export const fullName: Kind = {
  ...nameKind('family', true),
  columns: [
    {
      name: 'full_name',
      place: 7,
      words:
        'full name|fullname|name|names|person|person name|persons name|name of person|pib|fio|nom complet|ad soyad|adı soyadı|name full|caption|піб|п і б|п і п|фио|ф и о|ф і о|піп|повне імя|полное имя|прізвище імя по батькові|прізвище та імя|прізвище імя|прізвище імя та по батькові|прізвище власне імя по батькові|прізвище ініціали|прізвище та ініціали|фамилия имя отчество|фамилия имя|фамилия и имя|фамилия инициалы|прозвішча імя імя па бацьку|surname name patronymic|surname given name patronymic|surname and name|name surname|name and surname|surname name|first and last name|last name first name|surname first name|імя та прізвище|імя прізвище|имя фамилия|ad soyadı|adi soyadi|isim soyisim|الاسم|الاسم الكامل|الاسم الثلاثي|الاسم الرباعي|пиб',
    },
  ],
  levels: orderLevels(nameLevel, {
    missing,
    ...levels,
    different: level('different', 0.025, (x) => 1 - getRest(x)),
  }),
  usual: 1 / 5000,
  getShare: () => 1 / 5000,
  isFromTable: false,
  isCrossable: true,
  getContradiction: () => 'stranger',
  sharedBy: ['kin', 'namesake'],
};
