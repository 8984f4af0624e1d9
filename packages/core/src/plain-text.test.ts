import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameOfCharacter, toPlainParts } from './plain-text.ts';

const show = (text: string, max?: number) =>
  toPlainParts(text, max)
    .map((part) => (part.named ? `‹${part.text}›` : part.text))
    .join('');

/** Characters that nobody sees or that turn what stands around them, by their ranges and by hand. */
const unseen = [
  '\u0000', '\u0007', '\u001B', '\u007F', '\u0085', '\u009B', '\u00AD', '\u034F', '\u061C', '\u115F', '\u1160',
  '\u17B4', '\u17B5', '\u180B', '\u180E', '\u180F', '\u200B', '\u200E', '\u200F', '\u2028', '\u2029', '\u202A',
  '\u202E', '\u2060', '\u2064', '\u2066', '\u2069', '\u206F', '\u2800', '\u3164', '\uFE00', '\uFE0E', '\uFEFF',
  '\uFFA0', '\uFFF9', '\uFFFB', '\uD800', '\uDFFF', '\u{1BCA0}', '\u{1D173}', '\u{E0001}', '\u{E0041}', '\u{E007F}',
  '\u{E0100}', '\u{E01EF}',
]; // prettier-ignore

describe('text from outside', () => {
  it.each(unseen.map((character) => [nameOfCharacter(character), character]))(
    '[WB-6] names %s wherever it stands',
    (name, character) => {
      for (const text of [`a${character}b`, character, `${character}${character}`, `ا${character}ب`]) {
        expect(show(text)).toBe(text.replaceAll(character, `‹${name}›`));
      }
    },
  );

  it('[WB-6] keeps joiners and selectors where a script or an emoji needs them, and names them elsewhere', () => {
    for (const text of ['نامه\u200Cای', '👩\u200D⚕\uFE0F', '❤\uFE0F', '1\uFE0F\u20E3', 'क्\u200Dष']) {
      expect(show(text)).toBe(text);
    }
    expect(show('ad\u200Dmin')).toBe('ad‹U+200D›min');
    expect(show('ad\u200Cmin')).toBe('ad‹U+200C›min');
    expect(show('admin\uFE0F')).toBe('admin‹U+FE0F›');
    expect(show('41\uFE0F')).toBe('41‹U+FE0F›');
  });

  it('[WB-6] counts marks beyond four on one letter, and names one that would fall on a letter of ours', () => {
    expect(show(`e${'\u0301'.repeat(40)}f`)).toBe(`e${'\u0301'.repeat(4)}‹+36›f`);
    expect(show('\u0301e')).toBe('‹U+0301›e');
    expect(show('a\u202E\u0301b')).toBe('a‹U+202E›‹U+0301›b');
    expect(show('Київ й ё')).toBe('Київ й ё');
    expect(show('الموقَّع')).toBe('الموقَّع');
  });

  it('[WB-6] cuts a text that is too long', () => {
    expect(show('x'.repeat(10_000), 120)).toBe(`${'x'.repeat(120)}…`);
    expect(show('x'.repeat(120), 120)).toBe('x'.repeat(120));
    expect(show('x'.repeat(10_000))).toBe('x'.repeat(10_000));
  });

  it('[WB-6] lets nothing unseen through and loses nothing seen, whatever the text', () => {
    const characters = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
      fc.constantFrom(...unseen, '\u200C', '\u200D', '\uFE0F', '\u0301', 'a', 'ا', '👩', '⚕'),
    );
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 60 }), (some) => {
        const text = some.join('');
        const parts = toPlainParts(text);
        for (const { text: run, named } of parts) {
          if (named) continue;
          const rest = run.replaceAll(/\u200C|\u200D|\uFE0F/gu, '');
          expect(rest).not.toMatch(/[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/u);
        }
        // Everything is either shown, named or counted: the parts tell how many characters there were.
        const told = parts.reduce(
          (sum, part) =>
            sum +
            (!part.named ? Array.from(part.text).length : part.text.startsWith('+') ? Number(part.text) : 1),
          0,
        );
        expect(told).toBe(Array.from(text).length);
      }),
      { numRuns: 2000 },
    );
  });
});
