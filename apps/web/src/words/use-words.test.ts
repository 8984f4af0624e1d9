import { expect, it } from 'vitest';
import { languages } from './languages.ts';
import { toWords } from './use-words.ts';

it.each(languages)('[WB-27] gives a time of another day its date, in %s', (language) => {
  const { timeOn, time, moment } = toWords(language, (key) => key);
  const at = '2025-06-02T07:21:00.000Z';
  expect(timeOn(at, Date.parse('2025-06-02T23:59:59.000Z'))).toBe(time(at));
  expect(timeOn(at, Date.parse('2025-06-03T00:00:00.000Z'))).toBe(moment(at));
  expect(timeOn(at, Number.NaN)).toBe(moment(at));
  expect(timeOn('no time at all', Date.now())).toBe('no time at all');
});
