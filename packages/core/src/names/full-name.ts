/** One cell with a whole name in it: which word is the family name, which the given name, which the patronymic. */
import { findGivenName } from './given-name.ts';
import { isClearlyPatronymic, parsePatronymic } from './patronymic.ts';
import { getSurnameStem } from './surname.ts';
import { stripTitles } from './titles.ts';

export interface FullName {
  readonly family: string;
  readonly given: string;
  readonly patronymic: string;
  /** A former or maiden surname, from brackets. */
  readonly former: string;
  /** What stood around the name and was taken off: `Mr.`, `солдат`, `Jr.`. */
  readonly titles: readonly string[];
  /** False when the order was guessed: family and given name may be the other way round. */
  readonly sure: boolean;
}

const isInitial = (word: string | undefined): boolean =>
  word !== undefined && /^(?:\p{L}\.?|\p{L}{2}\.)$/u.test(word);

const particle =
  /^(von|van|der|den|de|da|di|la|le|du|фон|ван|дер|ден|де|да|ді|ди|ла|ле|дю|al|el|аль|ель|эль)$/iu;

/**
 * Parts a full name by commas, capitals, patronymic endings and the given-name table, in that order of trust.
 *
 * @param repaired a repaired text such as `ШЕВЧЕНКО Тарас Григорович`, `Тарас Григорович Шевченко` or `Шевченко, Тарас`
 */
export function parseFullName(repaired: string): FullName {
  const { words, titles } = stripTitles(
    repaired
      .replace(/\.(?=\p{L})/gu, '. ')
      .split(/\s+/u)
      .filter((word) => word !== ''),
  );
  return { ...parseBareName(words.join(' ')), titles };
}

function parseBareName(repaired: string): Omit<FullName, 'titles'> {
  const bracket = /\(([^)]*)\)/u.exec(repaired);
  const former = (bracket?.[1] ?? '').trim();
  const text = repaired
    .replace(/\([^)]*\)?/gu, ' ')
    .replace(/\.(?=\S)/gu, '. ')
    .replace(/\s+/gu, ' ')
    .trim();
  const comma = text.indexOf(',');
  if (comma > 0) {
    const rest = text
      .slice(comma + 1)
      .replaceAll(',', ' ')
      .trim()
      .split(/\s+/u);
    return { family: text.slice(0, comma).trim(), ...splitGiven(rest), former, sure: true };
  }
  const words: string[] = [];
  let held = '';
  for (const word of text.split(' ').filter((one) => one !== '')) {
    if (particle.test(word) && words.length > 0) held += `${word} `;
    else {
      words.push(held + word);
      held = '';
    }
  }
  if (held !== '') words.push(held.trim());
  const none = { family: '', given: '', patronymic: '', former, sure: false };
  if (words.length === 0) return none;
  if (words.length === 1)
    return findGivenName(words[0]!).classes.length > 0
      ? { ...none, given: words[0]! }
      : { ...none, family: words[0]! };
  const isCapital = (word: string): boolean =>
    Array.from(word).filter((sign) => /\p{L}/u.test(sign)).length > 1 && word === word.toUpperCase();
  const capitals = words.filter((word) => isCapital(word));
  if (capitals.length > 0 && capitals.length < words.length) {
    return {
      family: capitals.join(' '),
      ...splitGiven(words.filter((word) => !isCapital(word))),
      former,
      sure: true,
    };
  }
  if (words.length === 3 && isInitial(words[1]) && isInitial(words[2]))
    return { family: words[0]!, given: words[1]!, patronymic: words[2]!, former, sure: true };
  if (words.length === 3 && isInitial(words[0]) && isInitial(words[1]))
    return { family: words[2]!, given: words[0]!, patronymic: words[1]!, former, sure: true };
  const isGiven = words.map((word) => {
    const found = findGivenName(word.split('-')[0]!);
    return found.classes.length > 0 ? 2 : found.shortOf.length > 0 ? 1 : 0;
  });
  // One initial beside a given name is the patronymic's: "Alexey G. Homenko", "Хоменко Олексій Г.".
  if (words.length === 3 && (isInitial(words[1]) || isInitial(words[2]))) {
    const at = isInitial(words[1]) ? 1 : 2;
    const [before, after] = at === 1 ? ([0, 2] as const) : ([0, 1] as const);
    const isGivenFirst = at === 1 ? isGiven[after]! <= isGiven[before]! : isGiven[before]! > isGiven[after]!;
    return {
      family: words[isGivenFirst ? after : before]!,
      given: words[isGivenFirst ? before : after]!,
      patronymic: words[at]!,
      former,
      sure: isGiven[before] !== isGiven[after],
    };
  }
  if (words.length >= 3) {
    const last = words.length - 1;
    // "Given Father oglu Family": the kin word closes the patronymic.
    if (words.length === 4 && parsePatronymic(`${words[1]!} ${words[2]!}`) !== undefined)
      return {
        family: words[3]!,
        given: words[0]!,
        patronymic: `${words[1]!} ${words[2]!}`,
        former,
        sure: true,
      };
    const kinAtEnd =
      words.length >= 4 && parsePatronymic(`${words[last - 1]!} ${words[last]!}`) !== undefined;
    if (kinAtEnd)
      return {
        family: words.slice(0, last - 2).join(' '),
        given: words[last - 2]!,
        patronymic: `${words[last - 1]!} ${words[last]!}`,
        former,
        sure: true,
      };
    // "Given Patronymic Family" against "Family Given Patronymic": both may end in -ович. A word between two others that
    // is shaped like a patronymic and is nobody's given name is the patronymic.
    if (isClearlyPatronymic(words[last]!) && !(isClearlyPatronymic(words[1]!) && isGiven[1] === 0))
      return {
        family: words.slice(0, last - 1).join(' '),
        given: words[last - 1]!,
        patronymic: words[last]!,
        former,
        sure: true,
      };
    if (isClearlyPatronymic(words[1]!) || parsePatronymic(words[1]!) !== undefined)
      return {
        family: words.slice(2).join(' '),
        given: words[0]!,
        patronymic: words[1]!,
        former,
        sure: true,
      };
    if (parsePatronymic(words[last]!) !== undefined)
      return {
        family: words.slice(0, last - 1).join(' '),
        given: words[last - 1]!,
        patronymic: words[last]!,
        former,
        sure: true,
      };
    if (isGiven[0]! > isGiven[last]!)
      return {
        family: words[last]!,
        given: words.slice(0, last).join(' '),
        patronymic: '',
        former,
        sure: false,
      };
    return { family: words[0]!, given: words.slice(1).join(' '), patronymic: '', former, sure: false };
  }
  const [first, second] = [words[0]!, words[1]!];
  if (isInitial(first) !== isInitial(second))
    return {
      family: isInitial(first) ? second : first,
      given: isInitial(first) ? first : second,
      patronymic: '',
      former,
      sure: true,
    };
  if (isClearlyPatronymic(second) && isGiven[0]! > 0 && parsePatronymic(second)?.sex === 'f')
    return { family: '', given: first, patronymic: second, former, sure: false };
  const looksFamily = (word: string): number => (getSurnameStem(word).declension === 'adjective' ? 1 : 0);
  const score = isGiven[0]! - isGiven[1]! + looksFamily(second) - looksFamily(first);
  if (score > 0)
    return {
      family: second,
      given: first,
      patronymic: '',
      former,
      sure: isGiven[1] === 0 && isGiven[0] === 2,
    };
  return { family: first, given: second, patronymic: '', former, sure: isGiven[0] === 0 && isGiven[1] === 2 };
}

function splitGiven(words: readonly string[]): { given: string; patronymic: string } {
  const clean = words.filter((word) => word !== '');
  if (clean.length >= 3 && parsePatronymic(clean.slice(-2).join(' ')) !== undefined)
    return { given: clean.slice(0, -2).join(' '), patronymic: clean.slice(-2).join(' ') };
  const last = clean.at(-1);
  if (clean.length >= 2 && last !== undefined && parsePatronymic(last) !== undefined)
    return { given: clean.slice(0, -1).join(' '), patronymic: last };
  if (clean.length === 2 && isInitial(clean[1])) return { given: clean[0]!, patronymic: clean[1]! };
  return { given: clean.join(' '), patronymic: '' };
}
