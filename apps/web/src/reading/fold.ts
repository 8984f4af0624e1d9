/**
 * Text as a search compares it: whoever types writes no vowel marks, one form of a letter for another, and either case.
 *
 * Both the text and what is looked for are folded, so the fold may say two letters are one and never the reverse. Marks go
 * (Arabic vowels, accents), the tatweel goes, the forms of alef and of final ya are one, and so are the two Turkish i.
 */
// Most of what is searched is plain JSON, which needs no more than the lower case.
const plain = /^\p{ASCII}*$/u;

export function foldForSearch(text: string): string {
  const lower = text.toLowerCase();
  if (plain.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replaceAll(/[\p{M}\u0640]/gu, '')
    .replaceAll(/[\u0671\u0672\u0673]/gu, '\u0627')
    .replaceAll('\u0649', '\u064A')
    .replaceAll('\u0131', 'i');
}
