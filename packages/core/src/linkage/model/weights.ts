/** Weights in bits for scoring: a model joined with the frequencies of the lists at hand. */
import type { FieldCounts } from './count-field.ts';
import type { FieldModel } from './model.ts';

/** What scoring needs of a field's model: numbers only. */
export interface FieldWeights {
  readonly base: Float64Array;
  /** 0 none, 1 own, 2 near. */
  readonly use: Uint8Array;
  readonly rarity: Float64Array;
  readonly mean: Float64Array;
}

/** Joins a model with the frequencies of the lists at hand. */
export function toFieldWeights(model: FieldModel, counts: FieldCounts): FieldWeights {
  return {
    base: Float64Array.from(model.base),
    use: Uint8Array.from(model.rarity, (use) => (use === 'own' ? 1 : use === 'near' ? 2 : 0)),
    rarity: counts.rarity,
    mean: Float64Array.from(counts.meanRarity),
  };
}

/** Rarity moves the weight of a near level by at most this many bits. */
export const mostShift = 4;

/** The weight in bits of one field of one pair. */
export function getFieldWeight(weights: FieldWeights, level: number, a: number, b: number): number {
  const base = weights.base[level]!;
  const use = weights.use[level]!;
  if (use === 0) return base;
  const rarity = Math.min(weights.rarity[a]!, weights.rarity[b]!);
  if (use === 1) return base + rarity;
  const shift = rarity - weights.mean[level]!;
  return base + (shift > mostShift ? mostShift : shift < -mostShift ? -mostShift : shift);
}
