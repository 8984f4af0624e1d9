/**
 * Sizes and indices as the formats define them: 0 to 2^64 - 1.
 *
 * The two Merkle verifiers take the whole range, as `bigint`, because claims come from anywhere. Everything that
 * concerns a log we read or write counts in `number` and refuses what is above 2^53 - 1 [LG-11].
 */

/** A whole number from 0 to 2^64 - 1; as a `number` only up to 2^53 - 1. */
export type Uint64 = bigint | number;

/** The number as a `bigint`, or nothing when it is no uint64 or a `number` that may have been rounded. */
export function toUint64(value: Uint64): bigint | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : undefined;
  }
  return value >= 0n && value < 2n ** 64n ? value : undefined;
}
