/**
 * What a catalogue is: the sentences of one capability in one language, by key.
 *
 * English names the keys. Another language has the same keys and, for a sentence that counts, one form for each
 * plural category that language has (`{{n}}` is the number as the language writes it); the compiler refuses a catalogue
 * with a key or a form too few or too many.
 */

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
