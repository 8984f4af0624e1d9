/** Pairs that linkage found, by the ids of the entries they name. */
import type { EntryId } from '../exchange/index.ts';
import type { LinkResult } from '../linkage/index.ts';

/** One pair of an own entry and one of the other side. */
export interface LinkedEntries {
  readonly ours: EntryId;
  readonly theirs: EntryId;
  readonly decision: 'match' | 'review';
  readonly probability: number;
}

/** The pairs of a linkage whose rows are entries. `ours` says which of the two lists was the own one. */
export function toLinkedEntries(
  { pairs, leftIds, rightIds }: Pick<LinkResult, 'pairs' | 'leftIds' | 'rightIds'>,
  ours: 'left' | 'right',
): readonly LinkedEntries[] {
  return pairs.map(({ left, right, decision, probability }) => {
    const [a, b] = [leftIds[left] as EntryId, rightIds[right] as EntryId];
    return { ours: ours === 'left' ? a : b, theirs: ours === 'left' ? b : a, decision, probability };
  });
}
