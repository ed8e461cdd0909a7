import type { Localizer } from './localize.js';

type Words = Pick<Localizer, 'locale' | 'once'>;

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "2 days ago", from now (in ms). */
export function ago(words: Words, iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? ['minute', 60];
  const format = words.once(
    'ago',
    () => new Intl.RelativeTimeFormat(words.locale, { numeric: 'auto', style: 'short' }),
  );
  return format.format(Math.round(seconds / size), unit);
}

/** A language's name in this locale. */
export const languageName = (words: Words, code: string): string =>
  words.once('language', () => new Intl.DisplayNames(words.locale, { type: 'language' })).of(code) ?? code;

/** A country's name in this locale; what is no country stays as it is. */
export function countryName(words: Words, code: string): string {
  try {
    return words.once('region', () => new Intl.DisplayNames(words.locale, { type: 'region' })).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The time, if it was today, and the day otherwise; `now` in ms. */
export const dayOrTime = (words: Words & Pick<Localizer, 'time'>, iso: string, now: number): string =>
  new Date(iso).toDateString() === new Date(now).toDateString()
    ? words.time(iso)
    : words
        .once('day', () => new Intl.DateTimeFormat(words.locale, { month: 'short', day: 'numeric' }))
        .format(new Date(iso));

export const dateTime = (words: Words, iso: string): string =>
  words
    .once('date-time', () => new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' }))
    .format(new Date(iso));
