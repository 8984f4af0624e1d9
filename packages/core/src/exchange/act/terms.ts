/** What the powers agree to before a list is opened: legs, and what must hold between them. */
import {
  byKind,
  decimal,
  either,
  listOf,
  matching,
  members,
  oneOf,
  optional,
  tableOf,
  text,
  wholeNumber,
  type Of,
} from '../../json/shape.ts';
import {
  category,
  crossingId,
  label,
  lane,
  legId,
  ordinal,
  partsOfTermsMax,
  partyId,
  shortName,
  sentence,
  someCount,
} from './vocabulary.ts';
import type { LegId, PartyId } from './ids.ts';

const legs = listOf(legId, 1, partsOfTermsMax);

/** How many persons a leg is for: a number; an upper limit; or everybody of a category, however many they are. */
const legCount = either(
  (value) => typeof value === 'number',
  someCount,
  byKind({
    'up-to': members({ kind: oneOf('up-to'), persons: someCount }),
    all: members({ kind: oneOf('all'), category }),
  }),
);
export type LegTotal = Of<typeof legCount>;

/**
 * One direction of one part of a deal: `count` persons leave `from` and are received by `to`.
 *
 * to      a power; where `ends` says so, a neutral or a third state; absent where persons are set free where they are
 * starts  `custody`: the persons are with a neutral or a third state, and this is their way on
 * ends    `custody` or `accommodation`: with `to`, on the way; absent: at home, or free
 * origin  the power they go home to, where another receives them first
 * via     powers or states whose soil they cross; each acknowledges each movement by its own act
 */
const leg = members({
  id: legId,
  from: partyId,
  to: optional(partyId),
  lane,
  count: legCount,
  starts: optional(oneOf('custody')),
  ends: optional(oneOf('custody', 'accommodation')),
  origin: optional(partyId),
  via: optional(listOf(partyId, 1, 8)),
});
export type Leg = Of<typeof leg>;

/** Sides that balance each other, each a sum of legs: one direction may use several, one for each crossing. */
const sides = listOf(legs, 1, partsOfTermsMax);

/**
 * What must balance between sums of legs, and how. Legs that no rule names are independent.
 *
 * equal-per-tranche  as many persons of each side in every tranche
 * fixed-numbers      each leg has its own fixed total; a tranche may hold any part of it
 * ratio              `persons[i]` of `sides[i]` per tranche stand in this proportion
 * one-way            the legs have nothing that balances them
 */
const parityRule = byKind({
  'equal-per-tranche': members({ kind: oneOf('equal-per-tranche'), sides }),
  'fixed-numbers': members({ kind: oneOf('fixed-numbers'), legs }),
  ratio: members({ kind: oneOf('ratio'), sides, persons: listOf(someCount, 1, partsOfTermsMax) }),
  'one-way': members({ kind: oneOf('one-way'), legs }),
});
export type ParityRule = Of<typeof parityRule>;

/**
 * Legs that move in step: step n+1 of any of them leaves only when step n of every one of them is received and
 * counted. `stepSize[leg]` is the most persons of that leg in one step (a bus, ten persons, one).
 */
const coupling = members({ legs, stepSize: tableOf(legId, ordinal, partsOfTermsMax) });
export type Coupling = Of<typeof coupling>;

/**
 * returned       at least `persons` of `leg` are verified returns
 * received       at least `persons` of `leg` are across in steps that have closed (not yet confirmed home)
 * condition-met  a condition linked beside the exchange was declared met
 */
const gateCondition = byKind({
  returned: members({ kind: oneOf('returned'), leg: legId, persons: someCount }),
  received: members({ kind: oneOf('received'), leg: legId, persons: someCount }),
  'condition-met': members({ kind: oneOf('condition-met'), condition: shortName }),
});
export type GateCondition = Of<typeof gateCondition>;

/** A condition that must hold before persons of `leg` leave, from tranche number `tranche` (1-based) on. */
const gate = members({ id: shortName, leg: legId, tranche: ordinal, requires: gateCondition });
export type Gate = Of<typeof gate>;

/**
 * A place where persons cross. `capacity`: persons per step that it can take; `position`: degrees WGS 84, where the
 * parties want it drawn.
 */
const crossing = members({
  id: crossingId,
  label,
  capacity: ordinal,
  position: optional(members({ latitude: decimal(-90, 90), longitude: decimal(-180, 180) })),
});
export type Crossing = Of<typeof crossing>;

/** What a tranche must hold: persons per leg, and of them per category. Absent categories are free. */
const trancheTerms = members({
  number: ordinal,
  persons: tableOf(legId, someCount, partsOfTermsMax),
  categories: optional(tableOf(legId, tableOf(category, someCount, partsOfTermsMax), partsOfTermsMax)),
});
export type TrancheTerms = Of<typeof trancheTerms>;

/** A category of persons: its name in each language (`en`, `uk`, …) and what makes a person one of it. */
const categoryTerms = members({
  code: category,
  labels: tableOf(matching(/^[a-z]{2,3}$/u, 'a language code of two or three letters'), label, 16),
  definition: sentence,
});
export type CategoryTerms = Of<typeof categoryTerms>;

/** The rules of law that terms may depart from, if they say so by name and reason. */
export const lawRules = [
  'NetsDirectRepatriation',
  'NetsCivilianRelease',
  'NetsRemains',
  'NetsChildren',
] as const;
export type LawRule = (typeof lawRules)[number];
const departure = members({ leg: legId, rule: oneOf(...lawRules), reason: sentence });
export type Departure = Of<typeof departure>;

/**
 * Everything the powers agree to before a list is opened. Its canonical bytes have one hash.
 *
 * order             the published order in which persons are chosen, most important first
 * verdictDays       days after opening within which each entry gets a verdict
 * commentRoundsMax  comment rounds allowed for an entry
 * approvalsPerPower distinct persons of each power who must approve a tranche: at least 2
 * neutrals          neutral bodies that count heads and clear persons; none only where `unwitnessed` says so
 * substitutes       neutrals any of which may step in during the day
 * unwitnessed       no neutral takes part: the parties' own counts stand, and every figure says so
 * mediators         parties that mediate beside the host, of different states perhaps
 * departures        where the terms depart from the law, by rule and reason: every approver signs it, every page shows it
 */
export const terms = members({
  legs: listOf(leg, 1, partsOfTermsMax),
  parity: listOf(parityRule, 0, partsOfTermsMax),
  couplings: listOf(coupling, 0, partsOfTermsMax),
  gates: listOf(gate, 0, partsOfTermsMax),
  crossings: listOf(crossing, 0, partsOfTermsMax),
  tranches: listOf(trancheTerms, 0, 200),
  order: listOf(text(1, 200), 0, 32),
  verdictDays: wholeNumber(0, 3650),
  commentRoundsMax: wholeNumber(0, 100),
  approvalsPerPower: wholeNumber(0, 16),
  neutrals: listOf(partyId, 0, 16),
  substitutes: optional(listOf(partyId, 1, 16)),
  unwitnessed: optional(oneOf('by-the-parties-alone')),
  mediators: optional(listOf(partyId, 1, 16)),
  categories: listOf(categoryTerms, 0, partsOfTermsMax),
  departures: optional(listOf(departure, 1, partsOfTermsMax)),
});
export type Terms = Of<typeof terms>;

/** Where a leg ends for its persons. */
export const legEnds = ['home', 'custody', 'accommodation', 'free'] as const;
export type LegEnd = (typeof legEnds)[number];

export function endOf(leg: Leg): LegEnd {
  return leg.ends ?? (leg.to === undefined ? 'free' : 'home');
}

/** The most persons of a leg by the terms: infinite where everybody of a category goes. */
export function countMax({ count }: Leg): number {
  if (typeof count === 'number') return count;
  return count.kind === 'up-to' ? count.persons : Infinity;
}

/** The number agreed for a leg; undefined where the terms give a limit or a category instead. */
export function exactCount({ count }: Leg): number | undefined {
  return typeof count === 'number' ? count : undefined;
}

/** The power that the persons of a leg go home to, at once or later; undefined where the terms name none. */
export function homeOf(leg: Leg): PartyId | undefined {
  return leg.origin ?? (endOf(leg) === 'home' ? leg.to : undefined);
}

/** The powers that a leg binds: who gives, who receives at home, and whose the persons are. */
export function powersOfLeg(leg: Leg): readonly PartyId[] {
  const home = homeOf(leg);
  const receives = endOf(leg) === 'home' ? leg.to : undefined;
  const powers = [leg.starts === 'custody' ? undefined : leg.from, receives, home];
  return [...new Set(powers.filter((power) => power !== undefined))];
}

export function powersOfTerms(terms: Terms): readonly PartyId[] {
  return [...new Set(terms.legs.flatMap(powersOfLeg))].sort();
}

/** The neutrals that may act: those of the terms and those named to stand in for them. */
export function neutralsOf(terms: Terms | undefined): readonly PartyId[] {
  return terms === undefined ? [] : [...terms.neutrals, ...(terms.substitutes ?? [])];
}

/** The legs that a parity rule ties to each other, side by side, and in which proportion; undefined where it ties none. */
export function tiedSides(
  rule: ParityRule,
): { readonly sides: readonly (readonly LegId[])[]; readonly weights: readonly number[] } | undefined {
  switch (rule.kind) {
    case 'fixed-numbers':
    case 'one-way':
      return undefined;
    case 'equal-per-tranche':
      return { sides: rule.sides, weights: rule.sides.map(() => 1) };
    case 'ratio':
      return { sides: rule.sides, weights: rule.persons };
  }
}

/** Whether `numbers` stand to each other as `weights` do. */
export function inProportion(numbers: readonly number[], weights: readonly number[]): boolean {
  return numbers.every((n, i) => n * weights[0]! === numbers[0]! * weights[i]!);
}

/** A table's own member: keys come from the parties, and `constructor` is a name like any other. */
export function memberOf<K extends string, V>(table: Readonly<Record<K, V>>, key: K): V | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
