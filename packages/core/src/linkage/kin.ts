/** Brothers, sisters and twins: what they share speaks for them as much as for a slip in one person's name. */
import { getValueLevel } from './field.ts';
import { getFieldWeight } from './model.ts';
import { getLevels, type ScoringPlan } from './scoring.ts';

/** What brothers and sisters share, twins most of all. */
const sharedByKin: ReadonlySet<string> = new Set([
  'family_name',
  'given_name',
  'patronymic',
  'full_name',
  'date',
  'age',
  'place',
]);

/**
 * The most a pair may weigh in its probability. Under two known given names that are not one name, all that kin share
 * speaks for a brother or a twin as much as for a slip: even odds at best, and beyond them only what kin do not share.
 */
export function createKinCeiling(plan: ScoringPlan): (left: number, right: number) => number {
  const { given, fields, weights } = plan;
  const field = given < 0 ? undefined : fields[given]!;
  if (field?.known === undefined) return () => Number.POSITIVE_INFINITY;
  const levels = new Uint8Array(fields.length);
  return (left, right) => {
    const a = field.left[left]!;
    const b = field.right[right]!;
    if (getValueLevel(field, a, b) !== field.levels - 1) return Number.POSITIVE_INFINITY;
    getLevels(plan, left, right, levels);
    if (levels[given] !== field.levels - 1) return Number.POSITIVE_INFINITY;
    let own = 0;
    for (const [index, { kind, left: lefts, right: rights }] of fields.entries()) {
      const level = levels[index]!;
      if (level !== 0 && !sharedByKin.has(kind))
        own += getFieldWeight(weights[index]!, level, lefts[left]!, rights[right]!);
    }
    return own;
  };
}
