/**
 * Intake of a name as it was typed: one apostrophe, one hyphen, one space, and each token in one script.
 *
 * A Latin `a` inside a Cyrillic word is a slip of the keyboard, not another name, so a repaired token is *equal* to
 * the name it stands for, not merely similar. The original is always kept beside it.
 */

/** The alphabet a token is written in; `other` when it has no Latin or Cyrillic letter. */
export type Script = 'cyrillic' | 'latin' | 'other';

/** One thing that was changed, in an order and in words that a reviewer can follow. */
export interface RepairStep {
  readonly kind: 'compose' | 'apostrophe' | 'hyphen' | 'invisible' | 'space' | 'look-alike' | 'digit';
  /** The token (or the whole text) before and after this step. */
  readonly from: string;
  readonly to: string;
  /** How many letters changed; 0 when the step is not about letters. */
  readonly letters: number;
}

/** A repaired text: `original` as it came, `text` as it should be compared (case is kept). */
export interface RepairedName {
  readonly original: string;
  readonly text: string;
  readonly script: Script;
  readonly steps: readonly RepairStep[];
}

/** A cell longer than this is cut before any work: no human name is, and a hostile one must cost nothing. */
export const longestName = 400;

const apostrophes = /['’ʼ′‘´`"*ˈʹ“”„]/gu;
const apostrophesInside = /(?<=[\p{L}])['’ʼ′‘´`"*ˈʹ“”„](?=[\p{L}])/gu;
const finalPrimes = /(?<=\p{L})[’ʼ′‘ʹ'”](?=\s|-|$)/gu;
const hyphens = /[‐‑‒–—―−﹣－]/gu;
const invisible = /\p{Cf}|(?!\s)\p{Cc}/gu;

const latinToCyrillic = new Map<string, string>(
  [...'aа,cс,eе,iі,oо,pр,xх,yу,kк,ïї,ëё,AА,BВ,CС,EЕ,HН,IІ,KК,MМ,OО,PР,TТ,XХ,YУ,ÏЇ,ËЁ'.split(',')].map(
    (pair) => [pair.charAt(0), pair.charAt(1)] as const,
  ),
);
const cyrillicToLatin = new Map<string, string>([
  ...[...latinToCyrillic].map(([latin, cyrillic]) => [cyrillic, latin] as const),
  ['ѕ', 's'],
  ['ј', 'j'],
  ['һ', 'h'],
  ['Ѕ', 'S'],
  ['Ј', 'J'],
]);
/** Greek letters, small capitals and letters of other alphabets by what they look like: Latin, Cyrillic. */
const strangers = new Map<string, readonly [latin: string, cyrillic: string]>(
  (
    'αaа οoо ρpр εeе ιiі κkк υuу χxх τtт νvв ΑAА ΒBВ ΕEЕ ΖZЗ ΗHН ΙIІ ΚKК ΜMМ ΝNН ΟOО ΡPР ΤTТ ΥYУ ΧXХ ' +
    'ĸkк ᴀaа ᴄcс ᴇeе ᴋkк ᴍmм ᴏoо ᴘpр ᴛtт ʜhн ʀrр ɑaа'
  )
    .split(' ')
    .map((three) => [three.charAt(0), [three.charAt(1), three.charAt(2)]] as const),
);
const strange = new RegExp(`[${[...strangers.keys()].join('')}Ӏӏ]|[A-Za-z][\\u0300-\\u0304]`, 'u');
const stressed = /([A-Za-zα-ωΑ-Ω])[\u0300-\u0302\u0304]+/gu;

/** A token with letters of a third alphabet, or Latin ones with a stress mark among Cyrillic, in two alphabets at most. */
function bringHome(token: string): string {
  const signs = Array.from(token);
  const hasCyrillic = signs.some((sign) => isCyrillic(sign) && sign !== 'Ӏ' && sign !== 'ӏ');
  const hasLatin = signs.some((sign) => isLatin(sign) && !strangers.has(sign));
  // A word in Greek letters only may be Greek: only capitals that all look like others' are taken for those.
  const isAllStrange = signs.every((sign) => !/\p{L}/u.test(sign) || strangers.has(sign));
  if (!hasCyrillic && !hasLatin && !(isAllStrange && token === token.toUpperCase())) return token;
  const home = hasCyrillic || !hasLatin ? 1 : 0;
  const plain = hasCyrillic ? token.normalize('NFD').replace(stressed, '$1').normalize('NFC') : token;
  return Array.from(plain, (sign, at) => {
    const known = strangers.get(sign);
    if (known !== undefined) return known[home];
    // The palochka is a sound of its own behind some consonants; elsewhere it was typed for an і.
    if (sign !== 'Ӏ' && sign !== 'ӏ') return sign;
    return /[кгхтпцч]/iu.test(plain.charAt(at - 1)) ? '' : sign === 'Ӏ' ? 'І' : 'і';
  }).join('');
}

const digitToCyrillic = new Map([
  ['0', 'о'],
  ['3', 'з'],
  ['1', 'і'],
  ['|', 'і'],
]);
const digitToLatin = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['|', 'i'],
]);

const isLatin = (letter: string): boolean => {
  const code = letter.charCodeAt(0);
  if (code < 128) return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return /\p{Script=Latin}/u.test(letter);
};
const isCyrillic = (letter: string): boolean => {
  const code = letter.charCodeAt(0);
  if (code < 0x500) return code >= 0x400 && code !== 0x485 && code !== 0x486;
  return /\p{Script=Cyrillic}/u.test(letter);
};
const plainCyrillic = /^[а-яёіїєґўА-ЯЁІЇЄҐЎ' .-]*$/u;
const plainLatin = /^[a-zA-Z' .-]*$/u;

/** The script of a text by its letters; the majority when it is mixed, Cyrillic on a tie. */
export function getScript(text: string): Script {
  if (plainLatin.test(text)) return /[a-zA-Z]/u.test(text) ? 'latin' : 'other';
  let latin = 0;
  let cyrillic = 0;
  for (const letter of text) {
    if (isCyrillic(letter)) cyrillic += 1;
    else if (isLatin(letter)) latin += 1;
  }
  if (latin === 0 && cyrillic === 0) return 'other';
  return cyrillic >= latin ? 'cyrillic' : 'latin';
}

/** The script that the letters which exist in one alphabet only vote for; `other` when there are none or it is a tie. */
export function getUnambiguousScript(text: string): Script {
  let latin = 0;
  let cyrillic = 0;
  for (const letter of text) {
    if (isCyrillic(letter)) {
      if (!cyrillicToLatin.has(letter)) cyrillic += 1;
    } else if (isLatin(letter) && !latinToCyrillic.has(letter)) latin += 1;
  }
  if (latin === cyrillic) return 'other';
  return cyrillic > latin ? 'cyrillic' : 'latin';
}

function repairToken(token: string, fallback: Script): { text: string; letters: number; digits: number } {
  let mixed = false;
  let letters = 0;
  let latin = false;
  let cyrillic = false;
  for (const sign of token) {
    if (isCyrillic(sign)) cyrillic = true;
    else if (isLatin(sign)) latin = true;
    else if (digitToCyrillic.has(sign)) mixed = true;
  }
  if (!latin && !cyrillic) return { text: token, letters: 0, digits: 0 };
  const own = getUnambiguousScript(token);
  const script = own !== 'other' ? own : fallback !== 'other' ? fallback : getScript(token);
  const foreign = script === 'cyrillic' ? latin : cyrillic;
  if (!foreign && !mixed) return { text: token, letters: 0, digits: 0 };
  const map = script === 'cyrillic' ? latinToCyrillic : cyrillicToLatin;
  const digits = script === 'cyrillic' ? digitToCyrillic : digitToLatin;
  const signs = Array.from(token);
  const isLetter = (sign: string | undefined): boolean =>
    sign !== undefined && (isCyrillic(sign) || isLatin(sign));
  // A token that is mostly figures is a number with a letter in it, not a name with a slip in it.
  const figures = signs.filter((sign) => /\d/u.test(sign)).length;
  const words = signs.filter((sign) => isLetter(sign)).length;
  let changedDigits = 0;
  const upper = token === token.toUpperCase();
  const out = signs.map((sign, index) => {
    const other = map.get(sign);
    const wrong = script === 'cyrillic' ? isLatin(sign) : isCyrillic(sign);
    if (wrong && other !== undefined) {
      letters += 1;
      return other;
    }
    const figure = digits.get(sign);
    if (
      figure !== undefined &&
      words > 2 * figures &&
      (isLetter(signs[index - 1]) || isLetter(signs[index + 1]))
    ) {
      changedDigits += 1;
      return upper || (index === 0 && words > 0) ? figure.toUpperCase() : figure;
    }
    return sign;
  });
  return { text: out.join(''), letters, digits: changedDigits };
}

/**
 * Repairs one name cell.
 *
 * @param raw what was typed; anything, of any length (cut at {@link longestName} signs)
 * @param column the script of the column it stands in, used only for tokens whose own letters do not decide
 * @returns the repaired text with every step that changed something; never throws
 */
export function repairName(raw: string, column: Script = 'other'): RepairedName {
  const steps: RepairStep[] = [];
  let text = raw.length > longestName ? raw.slice(0, longestName) : raw;
  const note = (kind: RepairStep['kind'], next: string, letters = 0): void => {
    if (next !== text) steps.push({ kind, from: text, to: next, letters });
    text = next;
  };
  if (!/^[a-z]+$/u.test(text) && !/^[а-яіїєґА-ЯІЇЄҐ]+$/u.test(text)) {
    note('apostrophe', text.replace(apostrophesInside, "'").replace(finalPrimes, "'"));
    note('compose', text.normalize('NFKC'));
    note('invisible', text.replace(invisible, ''));
    note('hyphen', text.replace(hyphens, '-').replace(/\s*-\s*/gu, '-'));
    note(
      'apostrophe',
      text.replace(apostrophes, (sign, at: number) =>
        at > 0 && /\p{L}/u.test(text.charAt(at - 1)) && /\p{L}/u.test(text.charAt(at + 1))
          ? "'"
          : sign === "'" && at > 0 && /\p{L}/u.test(text.charAt(at - 1))
            ? "'"
            : '',
      ),
    );
    note('space', text.replace(/[\s\u00a0_]+/gu, ' ').trim());
    if (!plainCyrillic.test(text) || !plainLatin.test(text) || column !== 'other') {
      const vote = getUnambiguousScript(text);
      const field = vote === 'other' ? column : vote;
      const parts = text.split(/([ \-,.]+)/u).map((token) => {
        if (token === '' || /^[ \-,.]+$/u.test(token)) return token;
        const home = strange.test(token.normalize('NFD')) ? bringHome(token) : token;
        const done = repairToken(home, field);
        if (home !== token) steps.push({ kind: 'look-alike', from: token, to: done.text, letters: 1 });
        else if (done.letters > 0)
          steps.push({ kind: 'look-alike', from: token, to: done.text, letters: done.letters });
        else if (done.digits > 0)
          steps.push({ kind: 'digit', from: token, to: done.text, letters: done.digits });
        return done.text;
      });
      text = parts.join('');
    }
  }
  return { original: raw, text, script: getScript(text), steps };
}

/** The language a token shows by letters only that language has; `unknown` is common and harmless. */
export type Language = 'uk' | 'ru' | 'be' | 'unknown';

/** @param token a repaired token, any case; looks at letters only, never at a dictionary. */
export function getLanguage(token: string): Language {
  const text = token.toLowerCase();
  if (/ў|дз[ьіяюе]/u.test(text)) return 'be';
  if (/[ґєї]|[бпвмфрк]'[яюєї]/u.test(text)) return 'uk';
  if (/ъ/u.test(text)) return 'ru';
  if (/[ыэё]/u.test(text)) return /і/u.test(text) ? 'be' : 'ru';
  if (/і/u.test(text)) return 'uk';
  return 'unknown';
}

/** Says a repair in one line: `Iгор → Ігор: 1 letter of another alphabet repaired`. */
export function describeRepair(step: RepairStep): string {
  const shown = `${step.from} → ${step.to}`;
  switch (step.kind) {
    case 'compose':
      return `${shown}: letters and accents composed`;
    case 'apostrophe':
      return `${shown}: one apostrophe for all`;
    case 'hyphen':
      return `${shown}: one hyphen for all`;
    case 'invisible':
      return `${shown}: invisible signs removed`;
    case 'space':
      return `${shown}: spaces joined`;
    case 'look-alike':
      return `${shown}: ${step.letters} look-alike ${step.letters === 1 ? 'letter' : 'letters'} repaired`;
    case 'digit':
      return `${shown}: ${step.letters} ${step.letters === 1 ? 'digit' : 'digits'} read as letters`;
  }
}
