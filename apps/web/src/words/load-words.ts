/** Reads catalogues: a chunk of its own for each capability and language, asked for when a page wants it. */
import type { Capability } from './catalogue.ts';
import { type Sentences, toResource } from './form/translation.ts';
import type { Language } from './languages.ts';

const files = import.meta.glob<Sentences>(['./*/*.ts', '!./form/*.ts'], { import: 'default' });

/** Rejects where the chunk does not come. */
export async function loadWords(capability: Capability, language: Language): Promise<Record<string, string>> {
  const load = files[`./${capability}/${language}.ts`];
  if (load === undefined) throw new Error(`There are no words for ${capability} in ${language}.`);
  return toResource(await load());
}
