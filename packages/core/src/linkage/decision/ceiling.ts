/**
 * Who else would show what a pair shows: brothers, sisters and twins under two given names; namesakes, a father and a son
 * of one name among them, under two fathers' names or two dates of birth. What they share speaks for them as much as for
 * a slip in one person's record, so it makes even odds at best.
 */
import { getNameForm, isTwoFamilies } from '../../names/index.ts';
import type { Field } from '../fields/field.ts';
import { getValueLevel } from '../fields/field-numbers.ts';
import { dateLevel, isPlaceholder } from '../kinds/dates.ts';
import { kinds } from '../kinds/index.ts';
import type { Other } from '../kinds/kind.ts';
import { getFieldWeight } from '../model/weights.ts';
import { getLevels, getPairWeight, type ScoringPlan } from '../scoring/scoring.ts';

export interface Ceiling {
  /** The most a pair may weigh in its probability; Infinity where nobody else is in sight. */
  readonly bits: number;
  readonly other: Other;
}

/** A field whose contradiction points to another person. */
interface Sign {
  readonly index: number;
  readonly field: Field;
  readonly other: Other;
}

/** With so many bits a probability is 1 to seven places, whatever part of the prior is taken away. */
const plenty = 24;
/** Two families are one person only with a full date of birth or a number in common. */
const evenOdds: Ceiling = { bits: 0, other: 'stranger' };
/** A name that fewer than one person in 4,000 bears. */
const rareBits = 12;
/** One name in common is shown to a person, never decided: 80 %. */
const thin: Ceiling = { bits: 2, other: 'namesake' };
const none: Ceiling = { bits: Number.POSITIVE_INFINITY, other: 'kin' };

/** True when a full date of birth agrees, or a number but for a slip. */
function isBacked(fields: readonly Field[], levels: Uint8Array, left: number, right: number): boolean {
  return fields.some((field, index) => {
    const level = levels[index]!;
    if (field.kind === 'identifier') return level > 0 && level < field.special.different;
    if (field.kind !== 'date' || field.name !== 'date_of_birth' || level !== dateLevel.same) return false;
    return !isPlaceholder(field.dates![field.left[left]!]!) && field.dates![field.right[right]!]! > 0;
  });
}

function findSign(field: Field, index: number): Sign | undefined {
  const other = kinds[field.kind].getContradiction(field.name);
  return other === undefined ? undefined : { index, field, other };
}

/**
 * The most a pair may weigh in its probability. Two known given names or fathers' names that are not one name, and two
 * dates of birth that speak against one person, are shown by another person as well as by a slip: even odds at best, and beyond
 * them only what such a person does not share. Without a name no namesake is in sight: the date alone is one of many.
 * And whatever contradicts, that the others are others' matches is no evidence: it may be the very sign that either
 * stands on one list only (see {@link ScoringPlan.vacancy}).
 *
 * @param fields of the comparison the plan is of
 *
 * Cost: one row of levels and a few array reads.
 */
export function createCeiling(
  plan: ScoringPlan,
  fields: readonly Field[],
): (left: number, right: number) => Ceiling {
  const { weights } = plan;
  const isNamed = fields.some(({ kind }) => kind === 'family_name' || kind === 'full_name');
  const signs = isNamed ? fields.flatMap((field, index) => findSign(field, index) ?? []) : [];
  const levels = new Uint8Array(fields.length);
  const isContradiction = ({ index, field }: Sign, left: number, right: number): boolean => {
    const a = field.left[left]!;
    const b = field.right[right]!;
    const level = getValueLevel(field, a, b);
    // A year in common is no agreement where many are of that year.
    if (field.dates !== undefined) return level !== 0 && getFieldWeight(weights[index]!, level, a, b) < 0;
    return level === field.special.different;
  };
  const isTwoFamiliesOf = ({ field }: Sign, left: number, right: number): boolean => {
    const [a, b] = [field.texts[field.left[left]!]!, field.texts[field.right[right]!]!];
    return isTwoFamilies(getNameForm(a, 'family'), getNameForm(b, 'family'));
  };
  /** True when one name is all that agrees, and it is not rare: it is one person's and another's. */
  const isThin = (left: number, right: number): boolean => {
    let agreeing = 0;
    let isRare = false;
    for (const [index, { kind, left: lefts, right: rights }] of fields.entries()) {
      const level = levels[index]!;
      if (level === 0 || kinds[kind].blocking !== 'own') continue;
      const [a, b] = [lefts[left]!, rights[right]!];
      if (getFieldWeight(weights[index]!, level, a, b) <= 0) continue;
      if (!kinds[kind].isRepeated) return false;
      agreeing += 1;
      isRare ||= Math.min(weights[index]!.rarity[a]!, weights[index]!.rarity[b]!) >= rareBits;
    }
    return agreeing < 2 && !isRare;
  };
  return (left, right) => {
    getLevels(plan, left, right, levels);
    let ceiling = isThin(left, right) ? thin : none;
    for (const sign of signs) {
      if (!isContradiction(sign, left, right)) continue;
      // Names that changed places contradict each other only at first sight.
      if (levels[sign.index] === sign.field.special.swapped) continue;
      if (
        sign.other === 'stranger' &&
        !isBacked(fields, levels, left, right) &&
        evenOdds.bits < ceiling.bits
      ) {
        ceiling = evenOdds;
      }
      const own = getPairWeight(plan, left, right, levels) - plan.vacancy;
      if (sign.other === 'stranger' && (own > plenty || !isTwoFamiliesOf(sign, left, right))) continue;
      if (own < ceiling.bits) ceiling = { bits: own, other: 'stranger' };
      if (sign.other === 'stranger') continue;
      let bits = 0;
      for (const [index, { kind, left: lefts, right: rights }] of fields.entries()) {
        const level = levels[index]!;
        if (level !== 0 && index !== sign.index && !kinds[kind].sharedBy.includes(sign.other))
          bits += getFieldWeight(weights[index]!, level, lefts[left]!, rights[right]!);
      }
      if (bits < ceiling.bits) ceiling = { bits, other: sign.other };
    }
    return ceiling;
  };
}
