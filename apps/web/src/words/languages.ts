/**
 * The languages of the pages. A new one is its code here and its words in each folder beside this file: its own name,
 * its direction and its plural forms are known to the browser.
 */
export const languages = ['en', 'uk', 'ru', 'tr', 'ar'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(code: string): code is Language {
  return (languages as readonly string[]).includes(code);
}

/** Scripts that are written from right to left. */
const leftward = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi']);

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return leftward.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}

/** What the speakers of a language call it, as a choice of its own. */
export function ownNameOf(language: Language): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** Numbers are written with European digits in every language, so that they match manifests and radio phrases. */
export function localeOf(language: Language): string {
  return `${language === 'en' ? 'en-GB' : language}-u-nu-latn`;
}
