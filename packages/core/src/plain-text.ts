/**
 * Text that somebody else wrote, made safe to show beside our own words.
 *
 * Some characters reorder or hide what stands around them, or are not seen at all: bidirectional controls, zero-width
 * characters, other controls, tags, variation selectors, fillers. Each is given by its name, so that a terminal and a page
 * show the same. Joiners stay where a script needs them (between letters of Arabic and Indic scripts, inside emoji),
 * and a variation selector stays in an emoji. Of marks stacked on one letter the first four stay and the rest are counted.
 *
 * One set for every reader (page, terminal, printed sheet): a reader who signs must never see less than one who looks.
 * Source: Unicode `Default_Ignorable_Code_Point`, with controls, line separators, annotation signs, the blank of Braille.
 */

export interface PlainPart {
  readonly text: string;
  /** True for the name of what stood here: `U+202E`, or `+36` for as many more marks on one letter. */
  readonly named: boolean;
}

/** More marks than this on one letter cover the lines around it. No orthography needs as many. */
const marksMax = 4;

const hidden =
  /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/u;
const mark = /\p{M}/u;
const letterThatJoins = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Syriac}]/u;
const pictograph = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]/u;
/** What an emoji's variation selector may follow: pictographs, and the digits and signs of keycaps. */
const emojiBase = /[\p{Extended_Pictographic}0-9#*]/u;

function isJoinerInPlace(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return (
    (letterThatJoins.test(before) && letterThatJoins.test(after)) ||
    (pictograph.test(before) && pictograph.test(after))
  );
}

function isInPlace(character: string, before: string | undefined, after: string | undefined): boolean {
  if (character === '\u200C' || character === '\u200D') return isJoinerInPlace(before, after);
  if (character !== '\uFE0F' || before === undefined) return false;
  return /\p{Extended_Pictographic}/u.test(before) || (emojiBase.test(before) && after === '\u20E3');
}

/** What a hidden character is called: `U+` and its number in at least four hexadecimal digits. */
export function nameOfCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * The parts to show, in order; after `max` characters the rest is cut and `…` stands for it. A mark that stands on
 * nothing of its own text is named, so that it cannot fall on a letter of ours.
 *
 * Law: no part with `named: false` holds a hidden character, but for joiners and emoji selectors in their place.
 * Cost: linear in the smaller of the length and `max`.
 */
export function toPlainParts(text: string, max: number = Number.POSITIVE_INFINITY): readonly PlainPart[] {
  // Two code units a character at most, and a few more so that a cut is noticed.
  const characters = Array.from(max === Number.POSITIVE_INFINITY ? text : text.slice(0, max * 2 + 8));
  const parts: PlainPart[] = [];
  let run = '';
  let marks = 0;
  let surplus = 0;
  const flush = () => {
    if (run !== '') parts.push({ text: run, named: false });
    run = '';
  };
  const flushSurplus = () => {
    if (surplus === 0) return;
    flush();
    parts.push({ text: `+${surplus}`, named: true });
    surplus = 0;
  };
  let shown = 0;
  for (; shown < characters.length && shown < max; shown += 1) {
    const character = characters[shown]!;
    const before = characters[shown - 1];
    const isHidden = hidden.test(character) && !isInPlace(character, before, characters[shown + 1]);
    if (!isHidden && mark.test(character) && character !== '\uFE0F') {
      marks += 1;
      if (marks > marksMax) {
        surplus += 1;
        continue;
      }
      // On nothing of its own: at the beginning, or after the name of something hidden.
      if (run === '') {
        parts.push({ text: nameOfCharacter(character), named: true });
        continue;
      }
      run += character;
      continue;
    }
    flushSurplus();
    marks = 0;
    if (isHidden) {
      flush();
      parts.push({ text: nameOfCharacter(character), named: true });
    } else {
      run += character;
    }
  }
  flushSurplus();
  if (shown < characters.length) run += '…';
  flush();
  return parts;
}
