/** What blocking is expected to have lost: the share of true pairs that some key brings together. */
import type { Blocking } from './blocking.ts';
import type { Field } from '../fields/field.ts';
import { initialOnly } from '../fields/field-numbers.ts';
import { kinds } from '../kinds/index.ts';
import type { Level } from '../kinds/kind.ts';
import type { Model } from '../model/model.ts';

/** Expected share of true pairs that at least one key finds, if the fields are damaged independently. */
export function estimateBlockingRecall(fields: readonly Field[], blocking: Blocking, model: Model): number {
  if (blocking.all) return 1;
  // Per field: 0 group agrees, 1 near, 2 no use; and whether its value is rare enough for the single key.
  const shares = fields.map((field, index) => {
    const m = model.fields[index]!.m;
    const missing = getMissingShare(field);
    const { levels } = kinds[field.kind];
    const sum = (meets: Level['meets']): number =>
      levels.reduce((total, level, at) => (level.meets === meets ? total + m[at]! : total), 0);
    const equal = sum('group');
    const near = sum('near');
    return [(1 - missing) * equal, (1 - missing) * near, 1 - (1 - missing) * (equal + near)] as const;
  });
  const states = new Uint8Array(fields.length);
  let recall = 0;
  const rareShare = new Map(
    blocking.singles.map((key) => [key.field, getRareShare(fields[key.field]!, key.cap)] as const),
  );
  const walk = (index: number, share: number): void => {
    if (share < 1e-9) return;
    if (index < fields.length) {
      for (let state = 0; state < 3; state += 1) {
        states[index] = state;
        walk(index + 1, share * shares[index]![state]!);
      }
      return;
    }
    let missed = 1;
    for (const key of blocking.singles) {
      const state = states[key.field]!;
      const usable = state === 0 || (state === 1 && fields[key.field]!.dates === undefined);
      if (usable) missed *= 1 - rareShare.get(key.field)!;
    }
    if (
      blocking.pairs.some(
        (key) =>
          (states[key.field] === 0 ||
            (!key.exact && states[key.field] === 1 && fields[key.field]!.dates === undefined)) &&
          (states[key.second] === 0 || (states[key.second] === 1 && key.reach > 0)),
      )
    )
      missed = 0;
    recall += share * (1 - missed);
  };
  walk(0, 1);
  return Math.min(1, recall);
}

/** The share of pairs of records in which a key finds nothing in this field: a letter is as good as nothing. */
function getMissingShare(field: Field): number {
  const getShare = (counts: Float64Array, rows: number): number => {
    let useless = counts[0]!;
    if (field.known !== undefined)
      for (let value = 1; value < field.size; value += 1)
        if (field.known[value] === initialOnly) useless += counts[value]!;
    return useless / Math.max(1, rows);
  };
  const left = getShare(field.leftCount, field.left.length);
  const right = getShare(field.rightCount, field.right.length);
  return 1 - (1 - left) * (1 - right);
}

function getRareShare(field: Field, cap: number): number {
  let rare = 0;
  let all = 0;
  for (let value = 1; value < field.size; value += 1) {
    all += field.leftCount[value]!;
    if (field.rightCount[value]! <= cap) rare += field.leftCount[value]!;
  }
  return all === 0 ? 0 : rare / all;
}
