/** Places, by their names in the languages of the region and by their former names. */
import { nearTexts, textLevel } from '../near/near-texts.ts';
import { level, missing, orderLevels, pointsToNobody, type Kind } from './kind.ts';
import { findPlace, getPlaceKey } from './places.ts';
import { describeTexts, prepareTexts } from './text.ts';

export const place: Kind = {
  columns: [
    {
      name: 'place_of_birth',
      place: 8,
      words:
        'place of birth|birth place|birthplace|pob|місце народження|місце народж|место рождения|место рожд|месца нараджэння|місто народження|birth city|born in|doğum yeri|مكان الميلاد|مكان الولادة',
    },
    {
      name: 'captured_at',
      place: 12,
      words:
        'captured at|capture place|place of capture|місце полону|місце полонення|место пленения|esir alındığı yer|مكان الأسر|месца паланення',
    },
  ],
  levels: orderLevels(textLevel, {
    missing,
    same: level('same text', 0.7, 1e-3, { rarity: 'own', meets: 'group' }),
    letters: level('same letters', 0.1, 5e-4, { rarity: 'own', meets: 'group' }),
    oneEdit: level('one letter', 0.04, 2e-4, { rarity: 'near', meets: 'group' }),
    twoEdits: level('two letters', 0.02, 4e-4, { rarity: 'near', meets: 'group' }),
    word: level('part or rare word', 0.06, 3e-3, { rarity: 'near', meets: 'near' }),
    different: level('different', 0.08, 1),
  }),
  usual: 1e-3,
  prepareCells: prepareTexts,
  describe: describeTexts((plain) => {
    const fold = getPlaceKey(plain);
    return { fold, edits: fold, place: findPlace(plain) };
  }),
  near: nearTexts,
  getWorstNear: () => textLevel.twoEdits,
  blocking: 'own',
  isRepeated: false,
  isFromTable: false,
  isCrossable: false,
  getContradiction: pointsToNobody,
  sharedBy: ['kin', 'namesake'],
};
