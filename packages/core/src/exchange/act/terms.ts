/** What the powers agree to before a list is opened: legs, and what must hold between them. */
import {
  byKind,
  decimal,
  listOf,
  members,
  oneOf,
  optional,
  tableOf,
  text,
  wholeNumber,
  type Of,
} from '../../json/shape.ts';
import {
  crossingId,
  label,
  lane,
  legId,
  ordinal,
  partsOfTermsMax,
  partyId,
  shortName,
  someCount,
} from './vocabulary.ts';

const legs = listOf(legId, 1, partsOfTermsMax);

/**
 * One direction of one part of a deal: `count` persons leave `from` and are received by `to`. `origin` is the power
 * they go home to, where a third state receives them first; `to` unless named.
 */
const leg = members({
  id: legId,
  from: partyId,
  to: partyId,
  lane,
  count: someCount,
  origin: optional(partyId),
});
export type Leg = Of<typeof leg>;

/**
 * What must balance between legs, and how. Legs that no rule names are independent.
 *
 * equal-per-tranche  as many persons of each leg in every tranche
 * fixed-numbers      each leg has its own fixed total; a tranche may hold any part of it
 * ratio              `persons[i]` of `legs[i]` per tranche stand in this proportion
 * one-way            the leg has nothing that balances it
 */
const parityRule = byKind({
  'equal-per-tranche': members({ kind: oneOf('equal-per-tranche'), legs }),
  'fixed-numbers': members({ kind: oneOf('fixed-numbers'), legs }),
  ratio: members({ kind: oneOf('ratio'), legs, persons: listOf(someCount, 1, partsOfTermsMax) }),
  'one-way': members({ kind: oneOf('one-way'), legs: listOf(legId, 1, 1) }),
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
  categories: optional(
    tableOf(
      legId,
      members({
        military: optional(someCount),
        civilian: optional(someCount),
        'retained-personnel': optional(someCount),
      }),
      partsOfTermsMax,
    ),
  ),
});
export type TrancheTerms = Of<typeof trancheTerms>;

/**
 * Everything the powers agree to before a list is opened. Its canonical bytes have one hash.
 *
 * order             the published order in which persons are chosen, most important first
 * verdictDays       days after opening within which each entry gets a verdict
 * commentRoundsMax  comment rounds allowed for an entry
 * approvalsPerPower distinct persons of each power who must approve a tranche: at least 2
 * neutrals          neutral bodies that count heads and take the will interviews
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
});
export type Terms = Of<typeof terms>;
