/** Several names of one person in one cell: aliases, the same name in two scripts, a maiden name in brackets. */

/** What stands between the names once they are apart; no name has it inside. */
export const alternativeMark = '; ';

const between =
  /\s*[;|]\s*|\s+\/\s+|(?<=\p{L}{3})\/(?=\p{L}{3})|[\s,]+(?:a\.\s?k\.\s?a\.?|aka|alias|also known as|formerly(?: known as)?|n[ée]e|он же|она же|він же|вона ж|вона же|ён жа|яна ж|также известен как|также|також відомий як|урожд[её]нная|урожд\.|в девичестве|дівоче прізвище|дів\.|уроджена)[\s:]+/iu;
const bornAs =
  /^(?:n[ée]e|born|formerly|former|ex|aka|a\.\s?k\.\s?a\.?|урожд\.|урожд[её]нная|ур\.|в девичестве|дев\.|девичья фамилия|ранее|раніше|колишнє|дівоче прізвище|дівоче|дів\.|уроджена|он же|она же|він же|вона ж|вона же)[\s:]+/iu;

/** No cell has more names than this. */
const mostAlternatives = 6;

/**
 * The names a cell offers, the first as the cell's own; each may be compared, the best counts.
 *
 * @param cell as it was typed: it is parted before any repair, since two scripts in one cell are no slip there
 * @param whole true for a whole name, whose brackets with one word in them are left for {@link parseFullName}
 */
export function splitAlternatives(cell: string, whole: boolean): readonly string[] {
  if (!/[;|/()]|\s\p{L}/u.test(cell)) return [cell];
  const found: string[] = [];
  const add = (text: string): void => {
    const plain = text.replace(/^[\s,]+|[\s,]+$/gu, '').replace(bornAs, '');
    if (/\p{L}/u.test(plain) && !found.includes(plain) && found.length < mostAlternatives) found.push(plain);
  };
  for (const one of cell.slice(0, 1000).split(between)) {
    const brackets = [...one.matchAll(/\(([^()]*)\)/gu)].map((match) => match[1]!.trim().replace(bornAs, ''));
    const apart = brackets.filter((inner) => !whole || inner.includes(' '));
    if (apart.length === 0) add(one);
    else {
      add(
        one.replace(/\([^()]*\)/gu, (inner) =>
          apart.includes(inner.slice(1, -1).trim().replace(bornAs, '')) ? ' ' : inner,
        ),
      );
      for (const inner of apart) add(inner);
    }
  }
  return found.length === 0 ? [cell] : found;
}
