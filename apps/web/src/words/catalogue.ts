/**
 * What a catalogue is: the sentences of one capability in one language, by key.
 *
 * English names the keys. Another language has the same keys and, for a sentence that counts, one form for each
 * plural category that language has (`{{n}}` is the number as the language writes it); the compiler refuses a catalogue
 * with a key or a form too few or too many. A new capability is its folder and one line here.
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

/** The same capability in another language, whose plural categories are `Form`. */
export type Translation<C, Form extends Intl.LDMLPluralRule = never> = {
  readonly [K in keyof C]: C[K] extends string ? string : Readonly<Record<Form, string>>;
};

/** A catalogue as data: what its files export. */
export type Sentences = Readonly<
  Record<string, string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>>
>;

/** The flat form that i18next reads: a counted key ends in the name of its plural category. */
export function toResource(sentences: Sentences): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, text] of Object.entries(sentences)) {
    if (typeof text === 'string') flat[key] = text;
    else for (const [form, sentence] of Object.entries(text)) flat[`${key}_${form}`] = sentence;
  }
  return flat;
}
