/** A number as it was given: exactly, about, at least, or withheld on purpose. Withheld is never zero. */
export type Amount =
  | { readonly kind: 'exact' | 'about' | 'at_least'; readonly value: number }
  | { readonly kind: 'undisclosed' };

/** How a claimed number stands to the record's: it fits, it does not, or the record cannot say. */
export type Fit =
  | { readonly kind: 'fits'; readonly isExact: boolean }
  | { readonly kind: 'differs'; readonly delta: number }
  | { readonly kind: 'open'; readonly why: 'undisclosed' | 'floor' };

/**
 * How far a rounded number may be from what it stands for: half of the place of its last digit that is not zero, or
 * a twentieth, whichever is more. "About 400" covers 390; "about 250" does not cover 200.
 */
export function toleranceOf(value: number): number {
  let place = 1;
  while (value !== 0 && value % (place * 10) === 0) place *= 10;
  return Math.max(place / 2, value / 20);
}

/** Compares a claimed number with one of the record. */
export function compareAmounts(claim: Amount, record: Amount): Fit {
  if (claim.kind === 'undisclosed' || record.kind === 'undisclosed')
    return { kind: 'open', why: 'undisclosed' };
  const delta = claim.value - record.value;
  if (delta === 0) return { kind: 'fits', isExact: claim.kind === 'exact' && record.kind === 'exact' };
  const slack = Math.max(
    claim.kind === 'about' ? toleranceOf(claim.value) : 0,
    record.kind === 'about' ? toleranceOf(record.value) : 0,
  );
  if (Math.abs(delta) <= slack) return { kind: 'fits', isExact: false };
  if (claim.kind === 'at_least' && delta < 0) return { kind: 'fits', isExact: false };
  if (record.kind === 'at_least' && delta > 0) return { kind: 'open', why: 'floor' };
  return { kind: 'differs', delta };
}

/** The sum of disjoint amounts: withheld if any is, a floor if any is, about if any is. */
export function sumAmounts(amounts: readonly Amount[]): Amount {
  let value = 0;
  let kind: 'exact' | 'about' | 'at_least' = 'exact';
  for (const amount of amounts) {
    if (amount.kind === 'undisclosed') return amount;
    value += amount.value;
    if (amount.kind === 'at_least') kind = 'at_least';
    else if (amount.kind === 'about' && kind === 'exact') kind = 'about';
  }
  return { kind, value };
}
