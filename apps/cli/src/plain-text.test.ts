import { toPlainParts } from '@homeward/core/plain-text';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlainText } from './plain-text.ts';

describe('text from outside in a terminal', () => {
  it('[WB-6] spells out what moves the cursor, turns the line or is not seen', () => {
    expect(toPlainText('x\u001B[2J\n\u202Ey')).toBe('x\\u{1b}[2J\\u{a}\\u{202e}y');
    expect(toPlainText('in\u200Bvi\u2060si\u00ADb\uFEFFle\u{E0041}')).toBe(
      'in\\u{200b}vi\\u{2060}si\\u{ad}b\\u{feff}le\\u{e0041}',
    );
    expect(toPlainText(`a\u0000e${'\u0301'.repeat(10)}`)).toBe(`a\\u{0}e${'\u0301'.repeat(4)}\\u{+6}`);
  });

  it('[WB-6] hides nothing that a page shows, and shows nothing that a page names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const shown = toPlainText(text);
        let at = 0;
        for (const { text: part, named } of toPlainParts(text)) {
          const spelled = named ? `\\u{${part.replace(/^U\+0*(?=.)/u, '').toLowerCase()}}` : part;
          expect(shown.slice(at, at + spelled.length)).toBe(spelled);
          at += spelled.length;
        }
        expect(at).toBe(shown.length);
        expect(shown).not.toMatch(
          /[\p{Cc}\p{Cs}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E0FFF}]/u,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
