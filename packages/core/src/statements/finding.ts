/** The label of a statement, why, and which figures it rests on. Never a verdict on a person. */
import type { Because } from './because.ts';
import type { FigureId } from './figure.ts';

export const labels = [
  'agrees',
  'ahead_of_record',
  'differs_by_n',
  'different_unit',
  'contradicts',
  'not_comparable',
  'unverifiable',
] as const;
export type Label = (typeof labels)[number];

export interface Finding {
  readonly label: Label;
  readonly because: Because;
  /** Claim minus record, where both numbers are exact. */
  readonly delta?: number;
  readonly figures: readonly FigureId[];
}

export function finding(
  label: Label,
  because: Because,
  figures: readonly { readonly id: FigureId }[] = [],
  delta?: number,
): Finding {
  return {
    label,
    because,
    figures: figures.map(({ id }) => id),
    ...(delta === undefined ? {} : { delta }),
  };
}
