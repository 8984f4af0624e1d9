/**
 * Why the rules say no, in words: one sentence for every refusal the core can give and for every fault of terms, in each
 * language. The compiler refuses a catalogue that lacks one.
 *
 * They are a chunk of their own per language, asked for with the first page that may show one, so that the start page
 * stays light. Placeholders: `toReason` in `record/sentence.ts` fills them.
 */
import type { Refusal, TermsFault } from '@homeward/core/exchange';

type Named = Extract<Refusal, { readonly kind: 'Unknown' }>['what'];
type Whereabouts = Extract<Refusal, { readonly kind: 'PersonGone' }>['whereabouts'];

export interface RefusalCatalogue {
  readonly refusal: Readonly<Record<Refusal['kind'], string>>;
  readonly fault: Readonly<Record<TermsFault['kind'], string>>;
  /** What an act names. In the nominative: the sentences give it after a colon. */
  readonly named: Readonly<Record<Named, string>>;
  readonly whereabouts: Readonly<Record<Whereabouts, string>>;
}

export type RefusalKey = {
  readonly [F in keyof RefusalCatalogue]: `${F}.${keyof RefusalCatalogue[F] & string}`;
}[keyof RefusalCatalogue];

/** The flat form that i18next reads: `refusal.<kind>`, `fault.<kind>`, `named.<what>`, `whereabouts.<where>`. */
export function toRefusalResource(catalogue: RefusalCatalogue): Record<string, string> {
  return Object.fromEntries(
    Object.entries(catalogue).flatMap(([family, sentences]) =>
      Object.entries(sentences as Readonly<Record<string, string>>).map(
        ([name, text]) => [`${family}.${name}`, text] as const,
      ),
    ),
  );
}
