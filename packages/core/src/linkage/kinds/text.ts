/** Free text: units, addresses, occupations. */
import { getCoarseKey, getFineKey, repairName } from '../../names/index.ts';
import type { TextForm } from '../near/described-values.ts';
import { nearTexts, textLevel } from '../near/near-texts.ts';
import { getColumnScript } from './column-script.ts';
import { level, missing, orderLevels, pointsToNobody, type Kind } from './kind.ts';

/** Repaired letters in the column's script, small; long cells are cut. */
export const prepareTexts: Kind['prepareCells'] = (cells) => {
  const script = getColumnScript(cells);
  return (cell) => repairName(cell.slice(0, 200), script).text.toLowerCase();
};

/** Describes texts by their skeleton, the key for slips, and the place they name, if any. */
export const describeTexts =
  (toForm: (text: string) => Pick<TextForm, 'fold' | 'edits' | 'place'>): Kind['describe'] =>
  (texts) => {
    const forms = texts.map((text): TextForm | undefined =>
      text === ''
        ? undefined
        : {
            text,
            ...toForm(text),
            words: text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''),
          },
    );
    const groupKeys = forms.map((form) =>
      form === undefined ? '' : form.place === undefined ? `f${form.fold}` : `p${form.place}`,
    );
    return { names: undefined, texts: forms, dates: undefined, groupKeys };
  };

export const text: Kind = {
  columns: [
    {
      name: 'unit',
      place: 9,
      words:
        'unit|military unit|військова частина|вч|воинская часть|підрозділ|подразделение|birlik|birliği|الوحدة|вайсковая часць|в ч',
    },
  ],
  levels: orderLevels(textLevel, {
    missing,
    same: level('same text', 0.7, 5e-4, { rarity: 'own', meets: 'group' }),
    letters: level('same letters', 0.05, 2e-4, { rarity: 'own', meets: 'group' }),
    oneEdit: level('one letter', 0.05, 2e-4, { rarity: 'near', meets: 'group' }),
    twoEdits: level('two letters', 0.04, 4e-4, { rarity: 'near', meets: 'group' }),
    word: level('part or rare word', 0.06, 3e-3, { rarity: 'near', meets: 'near' }),
    different: level('different', 0.1, 1),
  }),
  usual: 5e-4,
  prepareCells: prepareTexts,
  describe: describeTexts((plain) => {
    const fold = getFineKey(plain);
    return { fold, edits: getCoarseKey(fold), place: undefined };
  }),
  near: nearTexts,
  getWorstNear: () => textLevel.twoEdits,
  blocking: 'own',
  isRepeated: false,
  isFromTable: false,
  isCrossable: false,
  getContradiction: pointsToNobody,
  sharedBy: [],
};
