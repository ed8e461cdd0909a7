import { cached } from '../domain/cached.js';
import type { Localizer } from './localize.js';

/** Parses a time from outside. Undefined if it is invalid: it is then not shown. No formatter here throws. */
function dateOf(iso: string): Date | undefined {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

type Words = Pick<Localizer, 'locale' | 'once'>;

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** Formats the time since `iso`: "2 days ago". `now` is in milliseconds since 1970. */
export function ago(words: Words, iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (!Number.isFinite(seconds)) return '';
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? ['minute', 60];
  const format = words.once(
    'ago',
    () => new Intl.RelativeTimeFormat(words.locale, { numeric: 'auto', style: 'short' }),
  );
  return format.format(Math.round(seconds / size), unit);
}

/** A language's name in this locale. An unknown code is returned unchanged. */
export const languageName = (words: Words, code: string): string => displayName(words, 'language', code);

/** A country's name in this locale. An unknown code is returned unchanged. */
export const countryName = (words: Words, code: string): string => displayName(words, 'region', code);

function displayName(words: Words, type: 'language' | 'region', code: string): string {
  const names = words.once(`${type} names`, () => new Map<string, string>());
  return cached(names, code, () => {
    try {
      // Some platforms write `en_US`.
      const tag = code.replaceAll('_', '-');
      return words.once(type, () => new Intl.DisplayNames(words.locale, { type })).of(tag) ?? code;
    } catch {
      return code;
    }
  });
}

/** The time if it is today, else the date. `now` is in milliseconds since 1970. */
export function dayOrTime(words: Words & Pick<Localizer, 'time'>, iso: string, now: number): string {
  const date = dateOf(iso);
  if (date?.toDateString() === new Date(now).toDateString()) return words.time(iso);
  const format = words.once('day', () => new Intl.DateTimeFormat(words.locale, { month: 'short', day: 'numeric' }));
  return date ? format.format(date) : '';
}

export function dateTime(words: Words, iso: string): string {
  const date = dateOf(iso);
  const format = words.once(
    'date-time',
    () => new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' }),
  );
  return date ? format.format(date) : '';
}
