/** Lines of the log and times of neighbours, for whatever anybody may have put into them. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTime } from './format-time.ts';
import { lineMax, toBugLine, toReportLine } from './report-line.ts';

const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\n',
        '\r',
        '\u001b[2J',
        '\u202e',
        '\u2028',
        '\u200b',
        '\u0000',
        '\ud800',
        '<U+000A>',
        '\u0301',
      ),
    ),
  )
  .map((parts) => parts.join(''));

describe('a line of the log', () => {
  test('[ND-84] is one line without controls, whatever a neighbour wrote', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = toReportLine(`witness w: ${text}`);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200b]/u);
        expect(line).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  test('[ND-84] tells a character that was named from its name that somebody wrote', () => {
    expect(toReportLine('a\nb')).toBe('a<U+000A>b');
    expect(toReportLine('a<U+000A>b')).toBe('a<U<U+002B>000A>b');
    expect(toReportLine('plain words: ü, и, ل, 中')).toBe('plain words: ü, и, ل, 中');
  });

  test('[ND-84] is of bounded length, and a bug is one line', () => {
    expect(toReportLine('x'.repeat(10_000_000)).length).toBeLessThanOrEqual(lineMax + 1);
    expect(toReportLine(toBugLine(new Error('first\nsecond')))).toMatch(/^bug: Error: first · second · at /u);
    expect(toBugLine('thrown')).toBe('bug: thrown');
  });
});

describe('a time that a neighbour named', () => {
  test('[ND-80] is said without fault, whatever number it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger()), (ms) => {
        expect(formatTime(ms).length).toBeGreaterThan(0);
      }),
    );
    expect(formatTime(0)).toBe('1970-01-01T00:00:00.000Z');
    expect(formatTime(8.64e15)).toBe('+275760-09-13T00:00:00.000Z');
    expect(formatTime(9.007e15)).toContain('beyond every calendar');
    expect(formatTime(Number.NaN)).toContain('beyond every calendar');
  });
});
