/** The catalogues of every capability in every language, whichever there are. */
import { describe, expect, it } from 'vitest';
import type { Sentences } from './form/translation.ts';
import { type Language, languages, localeOf } from './languages.ts';

type Forms = Readonly<Record<string, string>>;
const files = import.meta.glob<Sentences>(['./*/*.ts', '!./form/*.ts'], { import: 'default', eager: true });
const capabilities = [...new Set(Object.keys(files).map((path) => path.split('/')[1]!))];
const find = (capability: string, language: Language) => files[`./${capability}/${language}.ts`] ?? {};
const formsOf = (text: string | Forms | undefined): Forms =>
  text === undefined ? {} : typeof text === 'string' ? { '': text } : text;
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name!).sort();
const sentencesOf = (language: Language) =>
  capabilities.flatMap((capability) =>
    Object.entries(find(capability, language)).flatMap(([key, text]) =>
      Object.entries(formsOf(text as string | Forms)).map(([form, sentence]) => ({ key, form, sentence })),
    ),
  );

it('[WB-5] has a file for each capability and language, and no other', () => {
  expect(Object.keys(files).sort()).toEqual(
    capabilities.flatMap((capability) => languages.map((code) => `./${capability}/${code}.ts`)).sort(),
  );
  expect(capabilities).toContain('shell');
});

describe.each(languages)('the catalogues in %s', (language) => {
  const categories = new Intl.PluralRules(localeOf(language)).resolvedOptions().pluralCategories.toSorted();

  it.each(capabilities)('[WB-5] have the keys, forms and placeholders of the English %s', (capability) => {
    const english = find(capability, 'en');
    const own = find(capability, language);
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(own)) {
      const model = english[key]!;
      const forms = formsOf(text);
      if (typeof model === 'string') {
        expect(placeholders(forms['']!), key).toEqual(placeholders(model));
        continue;
      }
      expect(Object.keys(forms).sort(), key).toEqual(categories);
      const wanted = placeholders(model.other!);
      for (const [form, sentence] of Object.entries(forms)) {
        // "One person" and "two persons" may be words of their own, without the figure.
        const spoken = form === 'one' || form === 'two' || form === 'zero';
        const without = spoken ? wanted.filter((name) => name !== 'n') : wanted;
        expect([without, wanted].map(String), `${key} ${form}`).toContain(String(placeholders(sentence)));
      }
    }
  });

  it('[WB-5] leave no sentence empty or in English', () => {
    const script = new Intl.Locale(language).maximize().script;
    for (const { key, sentence } of sentencesOf(language)) {
      expect(sentence.trim(), key).not.toBe('');
      if (script !== 'Latn') expect(sentence, key).not.toMatch(/^[\p{Script=Latin}\s]{12,}$/u);
    }
  });

  it('[WB-5] have each key in one capability only', () => {
    const keys = capabilities.flatMap((capability) => Object.keys(find(capability, language)));
    expect(keys.length).toBe(new Set(keys).size);
  });
});

it('[WB-7] speaks of people as persons and of no side as an enemy', () => {
  const banned =
    /\b(items?|units?|assets?|stock|inventory|goods|cargo|load|batch|lots?|supply|price|bargaining|enem(?:y|ies)|hostile|swaps?|trade[ds]?|shipment|delivered)\b/iu;
  for (const { key, sentence } of sentencesOf('en')) expect(sentence, key).not.toMatch(banned);
  const bannedElsewhere =
    /обмен(?:ный|ного) фонд|обмінний фонд|товар|груз(?!и)|вантаж|враг|ворог|противник|düşman|(?<!\p{L})(?:yük|mal)(?!\p{L})|عدو|بضاعة/iu;
  for (const language of languages) {
    for (const { key, sentence } of sentencesOf(language)) expect(sentence, key).not.toMatch(bannedElsewhere);
  }
});
