/**
 * Which letters a name may be shortened to, across scripts and languages: Николай is `Н.`, and on a Ukrainian list `М.`.
 *
 * Letters are those of the skeleton; `я`, `ю` and `ё` stand for its ja, ju and jo.
 */
import { getGivenNameClasses } from './given-name.ts';
import { getFineKey } from './skeleton.ts';

interface InitialLetters {
  readonly initial: string;
  readonly firsts: string;
}

/** What a single Latin letter may be the beginning of, where that is more than its own sound. */
const latinInitials: Readonly<Record<string, string>> = {
  c: 'cčk',
  g: 'gd',
  h: 'gx',
  i: 'ieяюё',
  j: 'ieяюёžd',
  k: 'kx',
  p: 'pf',
  s: 'sšщ',
  t: 'tcč',
  x: 'kxz',
  y: 'ieяюё',
  z: 'zž',
};
/** The beginnings of a Latin name that its reading by the commonest tables does not show: Chasan, Jamal, Hasan. */
const latinBeginnings: readonly (readonly [beginning: string, letters: string])[] = [
  ['sch', 'šž'],
  ['ch', 'xš'],
  ['j', 'dž'],
  ['h', 'x'],
  ['yo', 'e'],
  ['x', 'x'],
];
const iotated: Readonly<Record<string, string>> = { a: 'я', u: 'ю', o: 'ё' };

function getFirstSound(fine: string): string {
  return fine.startsWith('j') ? (iotated[fine.charAt(1)] ?? 'i') : fine.charAt(0);
}

/** The letters one spelling of a name begins with. */
function getOwnLetters(text: string): string {
  const lower = text.toLowerCase();
  let letters = getFirstSound(getFineKey(lower));
  for (const [beginning, more] of latinBeginnings) if (lower.startsWith(beginning)) letters += more;
  return letters;
}

const joinLetters = (letters: Iterable<string>): string => [...new Set(letters)].sort().join('');
let ofClass: readonly string[] | undefined;

function getClassLetters(id: number): string {
  ofClass ??= getGivenNameClasses().map(({ members }) => joinLetters(members.map(getOwnLetters).join('')));
  return ofClass[id] ?? '';
}

/**
 * The letters an initial of a name may show.
 *
 * @param text the name as it is written
 * @param classes its given-name classes, or those of the father in a patronymic: any of their spellings may be meant
 */
export function getFirstLetters(text: string, classes: readonly number[]): string {
  let letters = getOwnLetters(text);
  for (const id of classes) letters += getClassLetters(id);
  // Of a name that is in no table only the sound is known, and an unstressed o is an a in Belarusian.
  if (classes.length === 0 && /^[ao]/u.test(letters)) letters += 'ao';
  return joinLetters(letters);
}

/** What an initial such as `Н.`, `Yu.` or `Дж.` may be the beginning of; empty when the text is no initial. */
export function getInitialLetters(text: string): string {
  const match = /^(\p{L}{1,2}|s(?:h|c)h|shch|tch)\.$|^(\p{L})$/u.exec(text.toLowerCase());
  // "Іванов." for Іванович: of an abbreviation only its beginning is told.
  if (match === null) return /^\p{L}{3,}\.$/u.test(text) ? joinLetters(getOwnLetters(text.slice(0, -1))) : '';
  const letter = match[1] ?? match[2]!;
  const own = letter === 'й' ? 'iё' : getOwnLetters(letter);
  return joinLetters(own + (latinInitials[letter] ?? ''));
}

/** True when an initial and a name, by their letters, may be one; of two initials О. may be А. (Олексій, Алексей). */
export function agreesWithInitial(a: InitialLetters, b: InitialLetters): boolean {
  for (const letter of a.firsts) if (b.firsts.includes(letter)) return true;
  return a.initial !== '' && b.initial !== '' && startsWithAOrO(a) && startsWithAOrO(b);
}

const startsWithAOrO = ({ firsts }: InitialLetters): boolean => firsts === 'a' || firsts === 'o';
