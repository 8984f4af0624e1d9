/** The words of this page: the reader's language, and of it the capabilities that the pages shown so far want. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Capability } from './catalogue.ts';
import { directionOf, isLanguage, type Language, languages } from './languages.ts';
import { loadWords } from './load-words.ts';

const memory = 'homeward-language';
/** What any page may say, before its own capabilities. */
const wanted = new Set<Capability>(['shell']);
const loaded = new Set<string>();

function currentLanguage(): Language {
  const code = i18next.language;
  return isLanguage(code) ? code : 'en';
}

async function addWanted(language: Language): Promise<void> {
  const missing = [...wanted].filter((capability) => !loaded.has(`${language} ${capability}`));
  const words = await Promise.all(missing.map(async (capability) => loadWords(capability, language)));
  for (const [at, capability] of missing.entries()) {
    i18next.addResourceBundle(language, 'translation', words[at], true, true);
    loaded.add(`${language} ${capability}`);
  }
}

/** Loads what every page says in the reader's language, before the first render. */
export async function startWords(): Promise<void> {
  const code = document.documentElement.lang;
  const language = isLanguage(code) ? code : 'en';
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: [...languages],
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnEmptyString: false,
    showSupportNotice: false,
    resources: { [language]: { translation: {} } },
    // A page that says what it did not ask the words for is a fault of the program, which journeys then find.
    saveMissing: true,
    missingKeyHandler: (_languages: readonly string[], _namespace: string, key: string) =>
      console.error(`There are no words for “${key}”.`),
  } as Parameters<typeof i18next.init>[0]);
  await addWanted(language);
}

/** Before a page is shown that speaks of these: from then on every language spoken brings their words. */
export async function wantWords(capabilities: readonly Capability[]): Promise<void> {
  for (const capability of capabilities) wanted.add(capability);
  await addWanted(currentLanguage());
}

/** Changes the language of the page and its direction, and remembers the choice on this device. */
export async function speak(language: Language): Promise<void> {
  await addWanted(language);
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
