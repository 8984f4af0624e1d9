import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, directionOf, isLanguage, languages, loadRefusals, loadWords } from './languages.ts';

const memory = 'homeward-language';

function firstLanguage(): Language {
  const code = document.documentElement.lang;
  return isLanguage(code) ? code : 'en';
}

/** Loads the reader's language, and nothing else, before the first render. */
export async function startWords(): Promise<void> {
  const language = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: [...languages],
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnEmptyString: false,
    showSupportNotice: false,
    resources: { [language]: { translation: await loadWords(language) } },
  } as Parameters<typeof i18next.init>[0]);
}

let refusalsWanted = false;
const withRefusals = new Set<Language>();

async function addRefusals(language: Language): Promise<void> {
  if (withRefusals.has(language)) return;
  i18next.addResourceBundle(language, 'translation', await loadRefusals(language), true, true);
  withRefusals.add(language);
}

/** Before the first page that may show why the rules say no: from then on every language spoken brings those words. */
export async function wantRefusals(): Promise<void> {
  refusalsWanted = true;
  const code = i18next.language;
  await addRefusals(isLanguage(code) ? code : 'en');
}

/** Changes the language of the page and its direction, and remembers the choice on this device. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loadWords(language));
  }
  if (refusalsWanted) await addRefusals(language);
  const root = document.documentElement;
  root.lang = language;
  root.dir = directionOf(language);
  try {
    localStorage.setItem(memory, language);
  } catch {
    // A browser that keeps nothing still changes the language of this page.
  }
  await i18next.changeLanguage(language);
}
