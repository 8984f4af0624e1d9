/**
 * How far the persons of a leg, or of one leg of one tranche, have come (spec/glossary.md).
 *
 * Law     `approved`, `moving`, `received` and `returned` count different persons, so their sum is at most all of them;
 *         `underWay` is `moving` and `received` together. Who said no, fell out or was turned back is in none.
 */
import type { LegId } from '../act/ids.ts';
import { findIn } from '../state/persistent-map.ts';
import type { Exchange, Tranche } from '../state/state.ts';
import { isApproved } from './status.ts';
import { memberOf } from '../act/terms.ts';

export interface Progress {
  /** Approved by every power, in a tranche that has not ended, and with the giver. */
  readonly approved: number;
  /** Departed and not received. */
  readonly moving: number;
  /** Received and not confirmed by both sides. */
  readonly received: number;
  readonly underWay: number;
  /** Confirmed by both sides: verified returns. */
  readonly returned: number;
}

/** The persons of one leg of one tranche. */
export function progressOf(state: Exchange, tranche: Tranche, leg: LegId): Progress {
  const movement = findIn(tranche.movements, leg);
  const waiting =
    movement === undefined
      ? (memberOf(tranche.persons, leg)?.length ?? 0)
      : movement.waiting + movement.onManifest;
  const moving = movement?.inMotion ?? 0;
  const received = movement?.received ?? 0;
  return {
    approved: tranche.status === 'live' && isApproved(state, tranche) ? waiting : 0,
    moving,
    received,
    underWay: moving + received,
    returned: movement?.returned ?? 0,
  };
}

/** The persons of one leg over all its tranches; those on no list are not among the `returned`. */
export function progressOfLeg(state: Exchange, tranches: Iterable<Tranche>, leg: LegId): Progress {
  let [approved, moving, received] = [0, 0, 0];
  for (const tranche of tranches) {
    const one = progressOf(state, tranche, leg);
    approved += one.approved;
    moving += one.moving;
    received += one.received;
  }
  const returned = findIn(state.legs, leg)?.returned ?? 0;
  return { approved, moving, received, underWay: moving + received, returned };
}
