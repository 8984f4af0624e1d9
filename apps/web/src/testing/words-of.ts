/** Every word of a language, for tests of what is told: no page, no browser, nothing loaded later. */
import { createInstance } from 'i18next';
import { type Sentences, toResource } from '../words/form/translation.ts';
import type { Language } from '../words/languages.ts';
import { toWords, type Words } from '../words/use-words.ts';

const files = import.meta.glob<Sentences>(['../words/*/*.ts', '!../words/form/*.ts'], {
  import: 'default',
  eager: true,
});

export async function wordsOf(language: Language): Promise<Words> {
  const instance = createInstance();
  const sentences: Record<string, string> = {};
  for (const [path, content] of Object.entries(files)) {
    if (path.endsWith(`/${language}.ts`)) Object.assign(sentences, toResource(content));
  }
  await instance.init({
    lng: language,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    showSupportNotice: false,
    resources: { [language]: { translation: sentences } },
  } as Parameters<typeof instance.init>[0]);
  return {
    ...toWords(language, (key, options) => instance.t(key, { ...options })),
    has: (key) => instance.exists(key),
  };
}
