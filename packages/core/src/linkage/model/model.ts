/**
 * The Fellegi–Sunter model as plain data: m and u per level of each field, and the weights in bits that follow.
 *
 * Source I. P. Fellegi, A. B. Sunter, A theory for record linkage, Journal of the American Statistical Association 64 (1969).
 */
import type { Field } from '../fields/field.ts';
import type { ColumnKind } from '../kinds/index.ts';
import type { RarityUse } from '../kinds/kind.ts';

/** A field's learnt numbers; index = level, 0 (missing) is unused. */
export interface FieldModel {
  readonly name: string;
  readonly kind: ColumnKind;
  /**
   * P(level | same person), over pairs in which neither value is missing. Pairs of which one is only a letter are a
   * kind of their own: `initial` and `another initial` are shares of those, all other levels of the rest.
   */
  readonly m: readonly number[];
  /** P(level | two persons), likewise. */
  readonly u: readonly number[];
  /** Weight in bits of each level before rarity: log2(m / u), or log2(m / share) where rarity replaces u. */
  readonly base: readonly number[];
  /** How the term-frequency adjustment enters each level. */
  readonly rarity: readonly RarityUse[];
}

/** A whole model, as it is saved: plain JSON. */
export interface Model {
  readonly version: 1;
  /** P(two records are one person) before anything is compared. */
  readonly lambda: number;
  readonly fields: readonly FieldModel[];
  /** How it was made: rounds of EM, whether it settled, and from how many pairs. */
  readonly training: {
    readonly rounds: number;
    readonly settled: boolean;
    readonly pairs: number;
    readonly expectedMatches: number;
    /** False when the lists were too small to move the shipped priors much. */
    readonly learnt: boolean;
    /** Labelled matches it learnt from; absent when no labels were given. */
    readonly labelled?: number;
  };
}

/** Checks a loaded model against the fields at hand; the sentence says what does not fit. */
export function findModelFault(model: Model, fields: readonly Field[]): string | undefined {
  if (model.fields.length !== fields.length)
    return `the model has ${model.fields.length} columns (${model.fields.map((one) => one.name).join(', ')}), the lists share ${fields.length} (${fields.map((one) => one.name).join(', ')})`;
  for (const [index, field] of fields.entries()) {
    const own = model.fields[index]!;
    if (own.name !== field.name || own.kind !== field.kind)
      return `column ${index + 1} is ${own.name} in the model and ${field.name} in the lists`;
    if (own.base.length !== field.levels || own.base.some((value) => !Number.isFinite(value)))
      return `the model's numbers for ${own.name} are not what this program writes`;
  }
  return undefined;
}
