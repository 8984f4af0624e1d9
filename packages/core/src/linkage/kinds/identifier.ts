/** Numbers and codes that belong to one person: equal is nearly decisive, one sign off is a level. */
import { describePlainly } from '../near/described-values.ts';
import { identifierLevel, nearIdentifiers } from '../near/near-identifiers.ts';
import { level, missing, orderLevels, pointsToNobody, type Kind } from './kind.ts';

export const identifier: Kind = {
  columns: [
    {
      name: 'service_number',
      place: 1,
      words:
        'service number|service no|personal number|military id|military number|особистий номер|личный номер|номер військового квитка|жетон|номер жетона|askerlik no|الرقم العسكري|асабісты нумар|ідентифікаційний номер|идентификационный номер|рнокпп|інн|инн|ipn',
    },
  ],
  levels: orderLevels(identifierLevel, {
    missing,
    same: level('same', 0.93, 1e-6, { rarity: 'own', meets: 'group' }),
    oneEdit: level('one sign', 0.035, 2e-5, { meets: 'group' }),
    twoEdits: level('two signs', 0.01, 2e-4, { meets: 'group' }),
    different: level('different', 0.025, 1),
  }),
  usual: 1e-6,
  prepareCells: () => (cell) =>
    cell
      .normalize('NFKC')
      .toLowerCase()
      .slice(0, 64)
      .replace(/[^\p{L}\p{N}]/gu, ''),
  describe: describePlainly,
  near: nearIdentifiers,
  getWorstNear: () => identifierLevel.twoEdits,
  blocking: 'own',
  isRepeated: false,
  isFromTable: false,
  isCrossable: false,
  getContradiction: pointsToNobody,
  sharedBy: [],
};
