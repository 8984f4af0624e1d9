/** Family names: sex-neutral stems are equal; family and given name may have changed places. */
import { nameLevel } from '../../names/index.ts';
import { level, missing, orderLevels, type Kind } from './kind.ts';
import { nameKind, scaleNames, swappedLevel } from './name.ts';

const { levels, getRest } = scaleNames(1);

export const familyName: Kind = {
  ...nameKind('family'),
  columns: [
    {
      name: 'family_name',
      place: 4,
      words:
        'family name|family|familyname|family names|surname|surnames|last names|sur name|last name|last|lastname|lname|прізвище|фамилия|прозвішча|nazwisko|nachname|prizvyshche|prizvishche|familia|familiya|familija|nom|nom de famille|soyadı|soyad|soyisim|soyadi|اسم العائلة|اللقب|الكنية|прозвище',
    },
  ],
  levels: orderLevels(
    { ...nameLevel, swapped: 12, different: 13 },
    {
      missing,
      ...levels,
      swapped: swappedLevel,
      different: level('different', 0.025, (x) => 1 - getRest(x)),
    },
  ),
  usual: 1 / 5000,
  nameRole: 'family',
  isFromTable: false,
  isCrossable: true,
  getContradiction: () => 'stranger',
  sharedBy: ['kin', 'namesake'],
};
