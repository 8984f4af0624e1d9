/** One cell with a whole name in it: which word is the family name, which the given name, which the patronymic. */
import { readOtherCase, toNominative, type OtherCase } from './cases.ts';
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

/** What stands behind a name and is no part of it: figures, "р.н.", a unit. */
const behindName =
  /\d|^(?:р\.?|г\.?|н\.?|р\.?\s?н\.?|г\.?\s?р\.?|року|года|нар\.?|народження|рождения|born|b\.|dob|в\/ч|вч)$/iu;
/** A numbering before a name: "1.", "12)". */
const beforeName = /^[\d№#]+[.)]?$/u;
/** Two capitals that stand for given name and patronymic: "Шевчук ТІ". */
const gluedInitials = /^\p{Lu}{2}$/u;

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
  let otherCase: OtherCase | undefined;
  const nominative = words.map((word) => {
    if (otherCase !== undefined) return word;
    const bare = /^(.*?)([,;]*)$/u.exec(word)!;
    otherCase = readOtherCase(bare[1]!);
    return otherCase === undefined ? word : otherCase.patronymic + bare[2]!;
  });
  if (otherCase === undefined) return { ...parseBareName(words.join(' ')), titles };
  const parsed = parseBareName(nominative.join(' '));
  return { ...parsed, ...toNominative(parsed, otherCase), titles };
}

/** True when a segment between commas holds a whole name, not a part of one. */
function isWholeName(words: readonly string[]): boolean {
  return words.length > 2 && words.some((word) => isClearlyPatronymic(word) || isInitial(word));
}

/** True when all letters are capitals, and more than one. */
const isCapital = (word: string): boolean =>
  Array.from(word).filter((sign) => /\p{L}/u.test(sign)).length > 1 && word === word.toUpperCase();

/** A name with commas in it; undefined when the commas part no name. */
function parseCommas(text: string, former: string): Omit<FullName, 'titles'> | undefined {
  const segments = text
    .split(',')
    .map((segment) => segment.trim())
    .filter((segment, at) => at === 0 || !/\d{2}/u.test(segment))
    .map((segment) => stripBehind(segment.split(/\s+/u)))
    .filter((words) => words.length > 0);
  const [first, ...others] = segments;
  if (first === undefined || others.length === 0) return undefined;
  // "Тарас ШЕВЧУК, ШЕВЧЮК": the capitals behind the comma are the family name in another spelling.
  const capitals = (words: readonly string[]): boolean => words.every(isCapital);
  const hasCapitals = first.some(isCapital) && !capitals(first);
  if (hasCapitals && others.length === 1 && capitals(others[0]!)) {
    return { ...parseBareName(first.join(' ')), former: former === '' ? others[0]!.join(' ') : former };
  }
  if (isWholeName(first)) return { ...parseBareName(first.join(' ')), former };
  const rest = others.flat();
  const isGivenFirst =
    (!capitals(first) && capitals(rest)) ||
    (first.length > 1 &&
      isClearlyPatronymic(first.at(-1)!) &&
      !rest.some((word) => isClearlyPatronymic(word)));
  if (isGivenFirst) return { family: rest.join(' '), ...splitGiven(first), former, sure: true };
  return { family: first.join(' '), ...splitGiven(rest), former, sure: true };
}

/** Words without what stands before and behind a name: a numbering, a year of birth and what follows it. */
function stripBehind(words: readonly string[]): readonly string[] {
  let from = 0;
  while (from < words.length && beforeName.test(words[from]!)) from += 1;
  const figures = words.findIndex((word, at) => at > from && /\d{2}/u.test(word));
  let to = figures < 0 ? words.length : figures;
  // Of words alone only a figure behind them shows that they are no initials.
  while (figures >= 0 && to > from && behindName.test(words[to - 1]!)) to -= 1;
  return words.slice(from, to).filter((word) => /\p{L}/u.test(word) && !(from > 0 && beforeName.test(word)));
}

function parseBareName(repaired: string): Omit<FullName, 'titles'> {
  const bracket = /\(([^)]*)\)/u.exec(repaired);
  const former = (bracket?.[1] ?? '').trim();
  const text = repaired
    .replace(/\([^)]*\)?/gu, ' ')
    .replace(/\.(?=\S)/gu, '. ')
    .replace(/\s+/gu, ' ')
    .trim();
  const parted = text.includes(',') ? parseCommas(text, former) : undefined;
  return parted ?? parseWords(stripBehind(text.replaceAll(',', ' ').split(' ')).join(' '), former);
}

function parseWords(text: string, former: string): Omit<FullName, 'titles'> {
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
  const initials = words.findIndex((word) => gluedInitials.test(word));
  if (words.length === 2 && initials >= 0) {
    const other = words[1 - initials]!;
    // In a list all in capitals two letters may be a family name: Лі, Ан, Юн.
    if (other.length > 2 && (!isCapital(other) || findGivenName(other).classes.length === 0)) {
      const [given, patronymic] = Array.from(words[initials]!);
      return { family: other, given: `${given!}.`, patronymic: `${patronymic!}.`, former, sure: true };
    }
  }
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

/** Given names and a patronymic that stand in one cell or behind a comma. */
export function splitGiven(words: readonly string[]): { given: string; patronymic: string } {
  const clean = words.filter((word) => word !== '');
  if (clean.length >= 3 && parsePatronymic(clean.slice(-2).join(' ')) !== undefined)
    return { given: clean.slice(0, -2).join(' '), patronymic: clean.slice(-2).join(' ') };
  const last = clean.at(-1);
  if (clean.length >= 2 && last !== undefined && parsePatronymic(last) !== undefined)
    return { given: clean.slice(0, -1).join(' '), patronymic: last };
  if (clean.length === 2 && isInitial(clean[1])) return { given: clean[0]!, patronymic: clean[1]! };
  return { given: clean.join(' '), patronymic: '' };
}
