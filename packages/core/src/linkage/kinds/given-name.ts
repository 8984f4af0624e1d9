/** Given names by civil name: two known civil names are two names, other letters may be a slip of any. */
import { nameLevel } from '../../names/index.ts';
import { level, missing, orderLevels, type Kind } from './kind.ts';
import { initialLevels, nameKind, scaleNames, swappedLevel } from './name.ts';

const { levels, getRest } = scaleNames(60);

export const givenName: Kind = {
  ...nameKind('given'),
  columns: [
    {
      name: 'given_name',
      place: 5,
      words:
        'given name|given|givenname|given names|first name|first|firstname|fname|forename|forenames|імя|имя|імёны|власне імя|власне імя особи|імена|имена|personal name|imie|vorname|imia|imya|imja|prénom|prenom|prénoms|adı|ad|isim|adi|الاسم الأول|الاسم الاول',
    },
  ],
  levels: orderLevels(
    { ...nameLevel, swapped: 12, otherInitial: 13, notAlike: 14, different: 15 },
    {
      missing,
      ...levels,
      ...initialLevels,
      swapped: swappedLevel,
      // Where a table tells which letters are a name, two names are hardly ever one person's.
      notAlike: level('not alike', 0.017, 0.1, { role: 'not-alike' }),
      different: level('another name', 0.008, (x) => 0.9 - getRest(x)),
    },
  ),
  usual: 1 / 60,
  nameRole: 'given',
  isFromTable: true,
  isCrossable: true,
  getContradiction: () => 'kin',
  sharedBy: ['kin', 'namesake'],
};
