/**
 * What a catalogue is: every sentence of the pages in one language, by key.
 *
 * English names the keys. Another language has the same keys and, for a sentence that counts, one form for each
 * plural category that language has; the compiler refuses a catalogue with a key or a form too few or too many.
 */
import type { english } from './en.ts';
import type { RefusalKey } from './refusals/catalogue.ts';

type OwnKey = keyof (typeof english)['plain'];
/** Any sentence without a number: of a catalogue, or of the refusals that come with the pages that show them. */
export type PlainKey = OwnKey | RefusalKey;
export type CountedKey = keyof (typeof english)['counted'];

export interface Catalogue<Form extends Intl.LDMLPluralRule> {
  readonly plain: Readonly<Record<OwnKey, string>>;
  /** Sentences with a number: `{{n}}` is the number as the language writes it. */
  readonly counted: Readonly<Record<CountedKey, Readonly<Record<Form, string>>>>;
}

export type Slavic = Catalogue<'one' | 'few' | 'many' | 'other'>;
export type Turkic = Catalogue<'one' | 'other'>;
export type Arabic = Catalogue<'zero' | 'one' | 'two' | 'few' | 'many' | 'other'>;

/** The flat form that i18next reads: a counted key ends in the name of its plural category. */
export function toResource(catalogue: {
  readonly plain: Readonly<Record<string, string>>;
  readonly counted: Readonly<Record<string, Readonly<Record<string, string>>>>;
}): Record<string, string> {
  const flat: Record<string, string> = { ...catalogue.plain };
  for (const [key, forms] of Object.entries(catalogue.counted)) {
    for (const [form, text] of Object.entries(forms)) flat[`${key}_${form}`] = text;
  }
  return flat;
}
