import { describe, expect, it } from 'vitest';
import { arabic } from './ar.ts';
import { english } from './en.ts';
import { russian } from './ru.ts';
import { turkish } from './tr.ts';
import { ukrainian } from './uk.ts';
import { localeOf } from './use-words.ts';

type Forms = Readonly<Record<string, string>>;
interface Loose {
  readonly plain: Forms;
  readonly counted: Readonly<Record<string, Forms>>;
}
const catalogues = {
  en: english,
  uk: ukrainian,
  ru: russian,
  tr: turkish,
  ar: arabic,
} as const satisfies Record<string, Loose>;
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name!).sort();
const sentences = (catalogue: Loose) => [
  ...Object.entries(catalogue.plain),
  ...Object.entries(catalogue.counted).flatMap(([key, forms]) =>
    Object.entries(forms).map(([form, text]) => [`${key} (${form})`, text] as const),
  ),
];

describe.each(Object.entries(catalogues))('the catalogue %s', (language, catalogue: Loose) => {
  it('[WB-5] has every key of the English one and no other', () => {
    expect(Object.keys(catalogue.plain).sort()).toEqual(Object.keys(english.plain).sort());
    expect(Object.keys(catalogue.counted).sort()).toEqual(Object.keys(english.counted).sort());
  });

  it('[WB-5] has each plural form of its language', () => {
    const wanted = new Intl.PluralRules(localeOf(language as keyof typeof catalogues))
      .resolvedOptions()
      .pluralCategories.toSorted();
    for (const [key, forms] of Object.entries(catalogue.counted)) {
      expect(Object.keys(forms).sort(), key).toEqual(wanted);
    }
  });

  it('[WB-5] has the placeholders of the English sentence', () => {
    for (const [key, text] of Object.entries(catalogue.plain)) {
      expect(placeholders(text), key).toEqual(placeholders((english as Loose).plain[key]!));
    }
    for (const [key, forms] of Object.entries(catalogue.counted)) {
      const wanted = placeholders((english as Loose).counted[key]!['other']!);
      for (const [form, text] of Object.entries(forms)) {
        // "One person" and "two persons" may be words of their own, without the figure.
        const spoken = form === 'one' || form === 'two' || form === 'zero';
        const without = spoken ? wanted.filter((name) => name !== 'n') : wanted;
        expect([without, wanted].map(String), `${key} ${form}`).toContain(String(placeholders(text)));
      }
    }
  });

  it('[WB-5] leaves no sentence empty or in English', () => {
    for (const [key, text] of sentences(catalogue)) {
      expect(text.trim(), key).not.toBe('');
      if (language === 'uk' || language === 'ru')
        expect(text, key).not.toMatch(/^[\p{Script=Latin}\s]{12,}$/u);
      if (language === 'ar') expect(text, key).not.toMatch(/^[\p{Script=Latin}\s]{12,}$/u);
    }
  });
});

it('[WB-7] speaks of people as persons and of no side as an enemy', () => {
  const banned =
    /\b(items?|units?|assets?|stock|inventory|goods|cargo|load|batch|lots?|supply|price|bargaining|enem(?:y|ies)|hostile|swaps?|trade[ds]?|shipment|delivered)\b/iu;
  for (const [key, text] of sentences(english)) expect(text, key).not.toMatch(banned);
  const bannedElsewhere =
    /обмен(?:ный|ного) фонд|обмінний фонд|товар|груз(?!и)|вантаж|враг|ворог|противник|düşman|yük\b|mal\b|عدو|بضاعة/iu;
  for (const catalogue of [ukrainian, russian, turkish, arabic] as readonly Loose[]) {
    for (const [key, text] of sentences(catalogue)) expect(text, key).not.toMatch(bannedElsewhere);
  }
});
