/**
 * The capabilities that have words, and the keys of their sentences, which English names. A new capability is its
 * folder and one line here.
 */
import type acts from './acts/en.ts';
import type board from './board/en.ts';
import type gallery from './gallery/en.ts';
import type record from './record/en.ts';
import type refusals from './refusals/en.ts';
import type replay from './replay/en.ts';
import type shell from './shell/en.ts';
import type start from './start/en.ts';
import type verify from './verify/en.ts';

interface English {
  readonly acts: typeof acts;
  readonly board: typeof board;
  readonly gallery: typeof gallery;
  readonly record: typeof record;
  readonly refusals: typeof refusals;
  readonly replay: typeof replay;
  readonly shell: typeof shell;
  readonly start: typeof start;
  readonly verify: typeof verify;
}
export type Capability = keyof English;

type KeysTo<Value, C> = { [K in keyof C & string]: C[K] extends Value ? K : never }[keyof C & string];
/** Any sentence without a number. */
export type PlainKey = { [C in Capability]: KeysTo<string, English[C]> }[Capability];
/** Any sentence with one. */
export type CountedKey = { [C in Capability]: KeysTo<object, English[C]> }[Capability];
