/**
 * Words, numbers, dates and durations in the reader's language.
 *
 * A text from outside (a party's label, a reason somebody wrote) enters a sentence only through `quote`, which
 * isolates its direction and makes its invisible characters visible.
 */
import i18next from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountedKey, PlainKey } from './catalogue.ts';
import { type Language, directionOf, isLanguage, localeOf } from './languages.ts';
import type { LegEnds } from '../reading/act-line.ts';
import { toPlainText } from './plain-text.ts';

export type Params = Readonly<Record<string, string>>;

export interface Words {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly t: (key: PlainKey, params?: Params) => string;
  /** A sentence about `count` of something, in the plural form the language asks for. */
  readonly counted: (key: CountedKey, count: number, params?: Params) => string;
  /** Whether the catalogues have a sentence of that key: for codes that a newer core may know and this page not. */
  readonly has: (key: string) => boolean;
  readonly number: (value: number) => string;
  readonly list: (parts: readonly string[]) => string;
  readonly date: (iso: string) => string;
  /** Hours, minutes and seconds in UTC, as the record keeps them. */
  readonly time: (iso: string) => string;
  readonly moment: (iso: string) => string;
  /** The time alone on the day of `now`, in UTC; with its date on any other. */
  readonly timeOn: (iso: string, now: number) => string;
  readonly ago: (milliseconds: number) => string;
  /** A leg by its ends, inside a sentence: the arrow, or the words, run with the line. */
  readonly leg: (ends: LegEnds) => string;
  /** A text from outside, safe to stand inside a sentence; at most `max` characters of it. */
  readonly quote: (text: string, max?: number) => string;
  /** Our own words, in their direction, for a drawing that runs left to right. */
  readonly isolate: (text: string) => string;
}

export function toWords(language: Language, translate: (key: string, options?: object) => string): Words {
  const locale = localeOf(language);
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  // The month as a word in every language: figures alone are read in two orders.
  const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
  const dates = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: 'UTC', hourCycle: 'h23' });
  const moments = new Intl.DateTimeFormat(locale, {
    ...day,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'UTC',
    hourCycle: 'h23',
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const when = (format: Intl.DateTimeFormat, iso: string) => {
    const at = Date.parse(iso);
    return Number.isNaN(at) ? toPlainText(iso, 40) : format.format(at);
  };
  const quote = (text: string, max = 120) => `\u2068${toPlainText(text, max)}\u2069`;
  return {
    language,
    direction: directionOf(language),
    t: (key, params) => translate(key, params),
    counted: (key, count, params) => translate(key, { ...params, count, n: numbers.format(count) }),
    has: (key) => i18next.exists(key),
    number: (value) => numbers.format(value),
    list: (parts) => lists.format(parts),
    date: (iso) => when(dates, iso),
    time: (iso) => when(times, iso),
    moment: (iso) => when(moments, iso),
    timeOn: (iso, now) =>
      Number.isFinite(now) && new Date(now).toISOString().slice(0, 10) === iso.slice(0, 10)
        ? when(times, iso)
        : when(moments, iso),
    ago: (milliseconds) => {
      const seconds = Math.max(0, Math.round(milliseconds / 1000));
      if (seconds < 90) return relative.format(-seconds, 'second');
      if (seconds < 5400) return relative.format(-Math.round(seconds / 60), 'minute');
      if (seconds < 129_600) return relative.format(-Math.round(seconds / 3600), 'hour');
      return relative.format(-Math.round(seconds / 86_400), 'day');
    },
    leg: ({ from, to }) =>
      to === '' ? quote(from, 60) : translate('leg.name', { from: quote(from, 40), to: quote(to, 40) }),
    quote,
    isolate: (text) => `${directionOf(language) === 'rtl' ? '\u2067' : '\u2066'}${text}\u2069`,
  };
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const code = i18n.language;
  return useMemo(
    () => toWords(isLanguage(code) ? code : 'en', (key, options) => t(key, { ...options })),
    [code, t],
  );
}
