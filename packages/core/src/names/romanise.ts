/** Official romanisations: a table is data, this is the small machine that runs one. */
import { romanisationTables, type RomanisationId, type RomanisationTable } from './romanisation-tables.ts';

const isLetter = (sign: string | undefined): boolean => sign !== undefined && /\p{L}/u.test(sign);
const apostrophe = /['’ʼ`]/u;

function withCase(latin: string, source: string, allCapitals: boolean): string {
  if (source === source.toLowerCase() || latin === '') return latin;
  if (allCapitals) return latin.toUpperCase();
  const at = Array.from(latin).findIndex((sign) => /\p{L}/u.test(sign));
  return at < 0 ? latin : latin.slice(0, at) + latin.charAt(at).toUpperCase() + latin.slice(at + 1);
}

function romaniseWord(word: string, table: RomanisationTable): string {
  const signs = Array.from(word);
  const letters = signs.filter((sign) => isLetter(sign));
  const allCapitals = letters.length > 1 && letters.every((sign) => sign === sign.toUpperCase());
  let out = '';
  let at = 0;
  while (at < signs.length) {
    const sign = signs[at]!;
    const lower = sign.toLowerCase();
    const previous = at === 0 ? '' : signs[at - 1]!.toLowerCase();
    let step: { readonly to: string; readonly length: number } | undefined;
    for (const [from, to] of table.groups ?? []) {
      const piece = signs
        .slice(at, at + from.length)
        .join('')
        .toLowerCase();
      if (piece === from) {
        step = { to, length: from.length };
        break;
      }
    }
    if (step === undefined && table.ending !== undefined) {
      const rest = signs.slice(at).join('').toLowerCase();
      const ending = table.ending[rest];
      if (ending !== undefined) step = { to: ending, length: signs.length - at };
    }
    if (step === undefined) {
      let to: string | undefined;
      if (at === 0) to = table.initial?.[lower];
      else if (table.after !== undefined)
        for (const [before, map] of table.after) if (before.includes(previous)) to ??= map[lower];
      to ??= table.letters[lower];
      if (to === undefined && apostrophe.test(lower)) to = table.apostrophe ?? '';
      step = { to: to ?? sign, length: 1 };
    }
    out += withCase(step.to, sign, allCapitals);
    at += step.length;
  }
  return out;
}

/**
 * Writes a Cyrillic text in Latin by one official table.
 *
 * @param text any text; signs that the table does not know stay as they are
 */
export function romanise(text: string, table: RomanisationId): string {
  const rules = romanisationTables[table];
  // Letters and apostrophes make a word; everything else parts words, so that "the start of a word" is well defined.
  return text
    .normalize('NFC')
    .replace(/[\p{L}\p{M}]+(?:['’ʼ`][\p{L}\p{M}]+)*['’ʼ`]?/gu, (word) => romaniseWord(word, rules));
}
