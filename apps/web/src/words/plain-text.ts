/**
 * Text written by somebody else, made safe to show beside our own words.
 *
 * React already writes it as text and never as markup. What remains are characters that reorder or hide what
 * stands around them: bidirectional controls, zero-width characters, other controls, tags. Each is replaced by a
 * visible name such as `‹U+202E›`. Joiners stay where a script needs them (between letters of Arabic and Indic
 * scripts, and inside emoji), a run of combining marks is cut after four, and the whole after `max` characters.
 */
const letterThatJoins = /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Syriac}]/u;
const pictograph = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]/u;
const mark = /\p{M}/u;
const hidden =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- they are what this finds
  /[\u0000-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0E\uFEFF\uFFA0\uFFF0-\uFFFB\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/u;

export interface PlainPart {
  readonly text: string;
  /** True for the name of a hidden character that stood here. */
  readonly named: boolean;
}

function isJoinerInPlace(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return (
    (letterThatJoins.test(before) && letterThatJoins.test(after)) ||
    (pictograph.test(before) && pictograph.test(after))
  );
}

/** The parts to show, in order. Cost: linear in the smaller of the length and `max`. */
export function toPlainParts(text: string, max: number): readonly PlainPart[] {
  // Two code units a character at most, and a few more so that a cut is noticed.
  const characters = Array.from(text.slice(0, max * 2 + 8));
  const parts: PlainPart[] = [];
  let run = '';
  let marks = 0;
  const flush = () => {
    if (run !== '') parts.push({ text: run, named: false });
    run = '';
  };
  let shown = 0;
  for (let i = 0; i < characters.length && shown < max; i += 1, shown += 1) {
    const character = characters[i]!;
    const code = character.codePointAt(0)!;
    marks = mark.test(character) ? marks + 1 : 0;
    if (marks > 4) continue;
    const joiner = code === 0x200c || code === 0x200d;
    const lone = code >= 0xd800 && code <= 0xdfff;
    if (
      lone ||
      (hidden.test(character) && !(joiner && isJoinerInPlace(characters[i - 1], characters[i + 1])))
    ) {
      flush();
      parts.push({ text: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, named: true });
    } else {
      run += character;
    }
  }
  if (shown < characters.length) run += '…';
  flush();
  return parts;
}

/** The same as one string, hidden characters named in angle quotes. */
export function toPlainText(text: string, max: number): string {
  return toPlainParts(text, max)
    .map((part) => (part.named ? `‹${part.text}›` : part.text))
    .join('');
}
