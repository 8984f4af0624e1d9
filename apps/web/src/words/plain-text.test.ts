import { toPlainParts } from '@homeward/core/plain-text';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlainText } from './plain-text.ts';

describe('text from outside on a page', () => {
  it('[WB-6] names hidden characters instead of obeying them', () => {
    expect(toPlainText('a\u202Eb\u200Bc\u2066d', 50)).toBe('a‹U+202E›b‹U+200B›c‹U+2066›d');
    expect(toPlainText('x\u{E0041}y', 50)).toBe('x‹U+E0041›y');
  });
  it('[WB-6] leaves markup as the characters it is made of', () => {
    expect(toPlainText('<b onclick="x()">&amp;</b>', 50)).toBe('<b onclick="x()">&amp;</b>');
  });
  it('[WB-6] shows what every other reader is shown, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 1, max: 100 }),
        (text, max) => {
          const shown = toPlainText(text, max);
          for (const part of toPlainParts(text, max)) expect(shown).toContain(part.text);
          expect(shown).not.toMatch(/[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u);
        },
      ),
    );
  });
});
