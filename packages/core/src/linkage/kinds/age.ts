/** Ages in whole years, where a list has no dates of birth. */
import { dateScale, describeDates } from './date.ts';
import { pointsToNobody, type Kind } from './kind.ts';

export const age: Kind = {
  columns: [{ name: 'age', place: 3, words: 'age|вік|возраст|узрост|yaş|yas|العمر' }],
  levels: dateScale.map((one) => ({ ...one, rarity: 'none' })),
  usual: 1 / 14_000,
  prepareCells: () => (cell) => (/^\d{1,3}$/u.test(cell) ? String(Number(cell)) : ''),
  describe: describeDates(10_000),
  near: undefined,
  getWorstNear: () => 0,
  blocking: 'none',
  isRepeated: false,
  isFromTable: false,
  isCrossable: false,
  getContradiction: pointsToNobody,
  sharedBy: ['kin'],
};
