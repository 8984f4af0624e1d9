/**
 * How a clerk of one language writes a name of the other: by letter, as heard or as read from a document.
 *
 * Deliberately plain and not the code that the product links names with (`@homeward/core/names`): the damage must
 * not be undone by the very table that made it.
 */
type Table = Readonly<Record<string, string>>;

const ukToRu: Table = { і: 'и', ї: 'и', є: 'е', ґ: 'г', '’': 'ъ', "'": 'ъ' };
const ruToUk: Table = { и: 'и', ы: 'и', э: 'е', е: 'е', ё: 'йо', ъ: '’' };

const ukLatin: Table = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'y', і: 'i' },
  ...{ ї: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u' },
  ...{ ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ь: '', ю: 'iu', я: 'ia', '’': '', "'": '' },
};
const ruLatin: Table = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k' },
  ...{ л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts' },
  ...{ ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
};

function byLetter(word: string, table: Table): string {
  return Array.from(word)
    .map((letter) => {
      const lower = letter.toLowerCase();
      const written = table[lower] ?? lower;
      return letter === lower ? written : written.charAt(0).toUpperCase() + written.slice(1);
    })
    .join('');
}

/** A Ukrainian surname or place as a Russian clerk writes it: Коломієць → Коломиец, Луцький → Луцкий. */
export function inRussian(word: string): string {
  return byLetter(
    word
      .replace(/([цс])ька$/, '$1кая')
      .replace(/([цс])ь(?=кий$)/, '$1')
      .replace(/([цс])ьк$/, '$1к')
      .replace(/ець$/, 'ец')
      .replace(/ьо/g, 'ё'),
    ukToRu,
  );
}

/** A Russian surname or place as a Ukrainian clerk writes it: Беляев → Бєляєв, Смирнов → Смирнов. */
export function inUkrainian(word: string): string {
  const soft = word
    .replace(/ьев/g, 'ьєв')
    .replace(/([аеиоуыэюя])е/g, '$1є')
    .replace(/^Е/, 'Є')
    .replace(/^И/, 'І')
    .replace(/([бвгкмнпрстхфлдз])и(?=[аеоуєя])/g, '$1і')
    .replace(/ё/g, (_, at: number) => (at === 0 ? 'йо' : 'ьо'))
    .replace(/ск(?=ий$|ая$)/, 'ськ')
    .replace(/цк(?=ий$|ая$)/, 'цьк')
    .replace(/ая$/, 'а');
  return byLetter(soft, ruToUk);
}

/** In Latin letters, as a travel document of the language would have it. */
export function inLatin(word: string, language: 'uk' | 'ru'): string {
  return byLetter(word, language === 'uk' ? ukLatin : ruLatin);
}

/** Letters of two alphabets that look alike; the keys are Cyrillic. */
export const lookAlikes: Table = {
  ...{ а: 'a', е: 'e', і: 'i', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x' },
  ...{ А: 'A', В: 'B', Е: 'E', І: 'I', К: 'K', М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', Х: 'X' },
};
