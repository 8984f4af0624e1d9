/**
 * One utterance: what was said once, in however many reports, with the readings that later ones corrected. Nothing is
 * removed; a count of utterances counts each once.
 */
import type { Claim, ClaimId } from './claim.ts';

export interface Utterance {
  /** The first report of it. */
  readonly id: ClaimId;
  /** The reading that holds now: the newest correction, or else the first report. */
  readonly reading: Claim;
  /** Further reports of the same words. */
  readonly reports: readonly Claim[];
  /** Readings that a later one corrected, oldest first. They stay. */
  readonly earlier: readonly Claim[];
}

/** In the order of the first reports. A reference to a statement that is not there, or in a circle, starts anew. */
export function toUtterances(claims: readonly Claim[]): readonly Utterance[] {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const rootOf = (claim: Claim): Claim => {
    const seen = new Set<ClaimId>();
    let one = claim;
    for (;;) {
      seen.add(one.id);
      const next = byId.get(one.sameAs ?? one.corrects ?? '');
      if (next === undefined || seen.has(next.id)) return one;
      one = next;
    }
  };
  const groups = new Map<ClaimId, Claim[]>();
  for (const claim of claims) {
    const root = rootOf(claim).id;
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [claim]);
    else group.push(claim);
  }
  return [...groups].map(([id, group]) => {
    const corrected = new Set(group.flatMap(({ corrects }) => (corrects === undefined ? [] : [corrects])));
    const readings = group.filter((claim) => claim.sameAs === undefined);
    const standing = readings.filter((claim) => !corrected.has(claim.id));
    const reading = standing.at(-1) ?? readings.at(-1) ?? group[0]!;
    return {
      id,
      reading,
      reports: group.filter((claim) => claim.sameAs !== undefined && claim !== reading),
      earlier: readings.filter((claim) => claim !== reading),
    };
  });
}
