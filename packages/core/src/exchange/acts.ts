/**
 * Every kind of act, each as one row. Whoever adds a kind adds its row to the file of its theme; the compiler then asks
 * for its words in each language, and the gate for its rule in `spec/exchange.md`.
 */
import type { Said } from './act/act.ts';
import { aftermathActs } from './rules/aftermath.ts';
import { agreementActs } from './rules/agreement.ts';
import { crossingActs } from './rules/crossing.ts';
import { deathActs } from './rules/deaths.ts';
import { clearanceActs } from './rules/clearance.ts';
import { listActs } from './rules/lists.ts';
import { movementActs } from './rules/movement.ts';
import { returnActs } from './rules/returns.ts';
import type { Effect, Group, Period } from './rules/rule.ts';
import { stopActs } from './rules/stops.ts';
import { trancheActs } from './rules/tranche.ts';
import { whoActs } from './rules/who.ts';
import type { Of } from '../json/shape.ts';

export const acts = {
  ...whoActs,
  ...agreementActs,
  ...listActs,
  ...clearanceActs,
  ...deathActs,
  ...trancheActs,
  ...movementActs,
  ...crossingActs,
  ...returnActs,
  ...stopActs,
  ...aftermathActs,
};

export type ActKind = keyof typeof acts;
/** The content of each kind of act. */
export type Bodies = { readonly [K in ActKind]: Of<(typeof acts)[K]['body']> };

/** An act of one kind. */
export interface ActHead<K extends ActKind> extends Said<Bodies[K]> {
  readonly kind: K;
}
/** One act, discriminated by `kind`. */
export type Act = { readonly [K in ActKind]: ActHead<K> }[ActKind];

/** Every kind, in the order of an exchange. */
export const actKinds: readonly ActKind[] = Object.keys(acts) as ActKind[];

/** When an act of this kind is possible at all. */
export function periodOf(kind: ActKind): Period {
  return acts[kind].period;
}

export function groupOf(kind: ActKind): Group {
  return acts[kind].group;
}

/** The kinds that have this effect on movement. */
export function kindsWithEffect(effect: Effect): ReadonlySet<ActKind> {
  return new Set(actKinds.filter((kind) => acts[kind].effect === effect));
}

/** Whether the act is signed by the key that its own body brings (`publicKey`). */
export function isSelfSigned(kind: ActKind): boolean {
  return 'isSelfSigned' in acts[kind];
}
