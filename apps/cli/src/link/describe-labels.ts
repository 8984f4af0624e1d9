/** How a result stands to labels, for people. */
import type { LabelScore } from '@homeward/core/linkage';

/** One or two sentences for people. */
export function describeLabels(score: LabelScore): string {
  const judged = score.matches + score.others;
  const left = [
    ...(score.unknown > 0 ? [`${score.unknown} name persons who are not on the lists`] : []),
    ...(score.disputed > 0 ? [`${score.disputed} pairs were judged both ways and not used`] : []),
  ];
  return (
    `labels: ${judged} judged pairs, ${score.matches} of them matches: precision ${score.precision.toFixed(4)}, ` +
    `recall ${score.recall.toFixed(4)}, ${score.inReview} of the matches are in review` +
    (left.length === 0 ? '' : `; ${left.join(', ')}`)
  );
}
