/**
 * How much a text looks like names: by pairs of neighbouring letters, against the given names of the project's tables.
 *
 * Why: one-byte encodings differ only in which letter a byte stands for, so the reading with the likeliest pairs is the
 * right one, whatever the case of the letters.
 */
import { getGivenNameClasses } from '@homeward/core/names';

const unseen = -8;
const isCyrillic = (letter: string): boolean => /\p{Script=Cyrillic}/u.test(letter);
const isLatin = (letter: string): boolean => /\p{Script=Latin}/u.test(letter);
const isAscii = (letter: string): boolean => letter < '\u0080';
/** Signs beyond ASCII that lists have. */
const usualSigns = /[№«»–—’“”„…\u00a0´·§°]/u;

let pairs: ReadonlyMap<string, number> | undefined;

function getPairs(): ReadonlyMap<string, number> {
  if (pairs !== undefined) return pairs;
  const counts = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const { members } of getGivenNameClasses()) {
    for (const member of members) {
      const lower = member.toLowerCase();
      // Endings of surnames and patronymics, which are most of a list.
      for (const word of [
        lower,
        `${lower.slice(0, -1)}енко`,
        `${lower}ович`,
        `${lower}івна`,
        `${lower}ский`,
        `${lower}ова`,
      ]) {
        for (let at = 0; at + 1 < word.length; at += 1) {
          const pair = word.slice(at, at + 2);
          if (!isCyrillic(pair.charAt(0)) || !isCyrillic(pair.charAt(1))) continue;
          counts.set(pair, (counts.get(pair) ?? 0) + 1);
          totals.set(pair.charAt(0), (totals.get(pair.charAt(0)) ?? 0) + 1);
        }
      }
    }
  }
  pairs = new Map([...counts].map(([pair, count]) => [pair, Math.log(count / totals.get(pair.charAt(0))!)]));
  return pairs;
}

function scorePair(a: string, b: string): number {
  if (isCyrillic(a) && isCyrillic(b)) {
    const isTurn = a === a.toLowerCase() && b !== b.toLowerCase();
    return Math.max(unseen, getPairs().get((a + b).toLowerCase()) ?? unseen) + (isTurn ? -4 : 0);
  }
  if (isLatin(a) && isLatin(b)) return isAscii(a) || isAscii(b) ? -2 : -6;
  if (/\p{L}/u.test(a) && /\p{L}/u.test(b)) {
    // Two scripts in one word, or a script of neither: Arabic, Georgian.
    return isCyrillic(a) || isCyrillic(b) || isLatin(a) || isLatin(b) ? unseen : -2.5;
  }
  return 0;
}

/**
 * The mean score of the signs beyond ASCII, from about −2 for names to −8 for nonsense; 0 when all is ASCII.
 *
 * Cost: proportional to the text; a few kilobytes are enough.
 */
export function getPlausibility(text: string): number {
  let sum = 0;
  let signs = 0;
  const letters = Array.from(text);
  for (const [at, letter] of letters.entries()) {
    const next = letters[at + 1] ?? '';
    if (!isAscii(letter) && !/\p{L}|\p{M}/u.test(letter)) {
      signs += 1;
      sum += usualSigns.test(letter) ? -2 : unseen;
    }
    if (next === '' || (isAscii(letter) && isAscii(next))) continue;
    if (!/\p{L}/u.test(letter) || !/\p{L}/u.test(next)) continue;
    signs += 1;
    sum += scorePair(letter, next);
  }
  return signs === 0 ? 0 : sum / signs;
}
