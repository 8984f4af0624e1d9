/**
 * How a happening becomes acts: a script offers one act after the other, and goes on only while each is accepted. The
 * first refusal ends it; what was accepted before stays in the record.
 */
import type { ActId, ActKind, Bodies } from '../exchange/index.ts';
import type { Official } from './cast.ts';

/** An act that a script offers. */
export interface Offer<K extends ActKind = ActKind> {
  readonly by: Official;
  readonly kind: K;
  readonly body: Bodies[K];
}

/** Why no act can be offered at all: nobody is there to be named. */
export interface Impossible {
  readonly impossible: string;
}

/** A script gets back the id of each act that was accepted, and may end with something that it found. */
export type Steps<T> = Generator<Offer | Impossible, T, ActId>;
export type Script = Steps<void>;

/** Offers one act: `const id = yield* offer(…)`. */
export function* offer<K extends ActKind>(by: Official, kind: K, body: Bodies[K]): Steps<ActId> {
  return yield { by, kind, body };
}

/** Ends the script, with a sentence that says why. */
export function* fail(sentence: string): Steps<never> {
  yield { impossible: sentence };
  throw new Error('A script that has failed goes on.');
}

/** `all` in runs of at most `most`. */
export function inRuns<T>(all: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, run) =>
    all.slice(run * most, (run + 1) * most),
  );
}
