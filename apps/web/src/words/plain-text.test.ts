import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlainParts, toPlainText } from './plain-text.ts';

// eslint-disable-next-line no-control-regex -- none of them may come through
const control = /[\u0000-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;

describe('text from outside', () => {
  it('[WB-6] names bidirectional controls and zero-width characters instead of obeying them', () => {
    expect(toPlainText('a\u202Eb\u200Bc\u2066d', 50)).toBe('a‹U+202E›b‹U+200B›c‹U+2066›d');
    expect(toPlainText('x\u{E0041}y', 50)).toBe('x‹U+E0041›y');
  });
  it('[WB-6] keeps joiners where a script or an emoji needs them, and names them elsewhere', () => {
    expect(toPlainText('نامه\u200Cای', 50)).toBe('نامه\u200Cای');
    expect(toPlainText('👩\u200D⚕️', 50)).toBe('👩\u200D⚕️');
    expect(toPlainText('ad\u200Dmin', 50)).toBe('ad‹U+200D›min');
  });
  it('[WB-6] leaves markup as the characters it is made of', () => {
    expect(toPlainText('<b onclick="x()">&amp;</b>', 50)).toBe('<b onclick="x()">&amp;</b>');
  });
  it('[WB-6] cuts a text that is too long, and stacked marks after four', () => {
    expect(toPlainText('x'.repeat(10_000), 120)).toBe(`${'x'.repeat(120)}…`);
    expect(toPlainText(`e${'\u0301'.repeat(40)}`, 120)).toBe(`e${'\u0301'.repeat(4)}`);
  });
  it('[WB-6] never lets a control through, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 1, max: 100 }),
        (text, max) => {
          const shown = toPlainText(text, max);
          expect(control.test(shown)).toBe(false);
          expect(toPlainParts(text, max).length).toBeLessThanOrEqual(max + 1);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
