import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import arabic from '../words/acts/ar.ts';
import { foldForSearch } from './fold.ts';

describe('the fold of a search', () => {
  it('[WB-48] finds Arabic written without vowel marks, tatweel or the finer forms of a letter', () => {
    const typed = [
      ['ايران', 'إيران'],
      ['الموقع', 'المــوقَّع'],
      ['مستشفي', 'مُسْتَشْفى'],
      ['اخر', 'آخر'],
    ] as const;
    for (const [plain, written] of typed) expect(foldForSearch(written)).toBe(foldForSearch(plain));
    // Every name of a kind of act is found by its letters alone.
    for (const [key, name] of Object.entries(arabic)) {
      if (!key.startsWith('kind.')) continue;
      const letters = name.replaceAll(/[\u064B-\u0652\u0640]/gu, '').replaceAll(/[أإآ]/gu, 'ا');
      expect(foldForSearch(name), key).toBe(foldForSearch(letters));
    }
  });

  it('[WB-48] finds a word whichever case and accent it is typed in', () => {
    for (const [typed, written] of [
      ['istanbul', 'İSTANBUL'],
      ['ISPARTA', 'ısparta'],
      ['елка', 'Ёлка'],
      ['zurich', 'Zürich'],
      ['київ', 'КИЇВ'],
    ] as const) {
      expect(foldForSearch(written)).toBe(foldForSearch(typed));
    }
  });

  it('[WB-48] changes nothing more when it is done again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldForSearch(foldForSearch(text))).toBe(foldForSearch(text));
      }),
    );
  });
});
