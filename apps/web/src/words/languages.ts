/** The languages of the pages, in their own names, and how each is loaded: a chunk of its own, when asked for. */
import { toResource } from './catalogue.ts';
import { toRefusalResource } from './refusals/catalogue.ts';

export const languages = ['en', 'uk', 'ru', 'tr', 'ar'] as const;
export type Language = (typeof languages)[number];

export const ownNames: Readonly<Record<Language, string>> = {
  en: 'English',
  uk: 'Українська',
  ru: 'Русский',
  tr: 'Türkçe',
  ar: 'العربية',
};

export function isLanguage(code: string): code is Language {
  return (languages as readonly string[]).includes(code);
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

export async function loadWords(language: Language): Promise<Record<string, string>> {
  switch (language) {
    case 'en':
      return toResource((await import('./en.ts')).english);
    case 'uk':
      return toResource((await import('./uk.ts')).ukrainian);
    case 'ru':
      return toResource((await import('./ru.ts')).russian);
    case 'tr':
      return toResource((await import('./tr.ts')).turkish);
    case 'ar':
      return toResource((await import('./ar.ts')).arabic);
  }
}

/** Why the rules say no, in that language: a chunk apart, for the pages that may have to say it. */
export async function loadRefusals(language: Language): Promise<Record<string, string>> {
  switch (language) {
    case 'en':
      return toRefusalResource((await import('./refusals/en.ts')).englishRefusals);
    case 'uk':
      return toRefusalResource((await import('./refusals/uk.ts')).ukrainianRefusals);
    case 'ru':
      return toRefusalResource((await import('./refusals/ru.ts')).russianRefusals);
    case 'tr':
      return toRefusalResource((await import('./refusals/tr.ts')).turkishRefusals);
    case 'ar':
      return toRefusalResource((await import('./refusals/ar.ts')).arabicRefusals);
  }
}
