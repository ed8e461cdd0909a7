import { english as englishMessages, type Messages } from './locales/en.js';

type Base<Key extends string> = Key extends `${infer Start}#${string}` ? Start : Key;
/** A message of a table; one with plural forms is named without them. */
export type KeyOf<Table> = Base<keyof Table & string>;
export type MessageKey = KeyOf<Messages>;
export type Params = Readonly<Record<string, string | number>>;

/** Other languages are only files: one line each. */
const languages: Readonly<Record<string, () => Promise<Messages>>> = {
  fr: () => import('./locales/fr.js').then(({ fr }) => fr),
};

/** Words, numbers, dates and durations of one locale (Q7). */
export class Localizer<Table extends object = Messages> {
  readonly locale: string;
  readonly #messages: Table;
  readonly #plural: Intl.PluralRules;
  /** Making one costs more than all that it formats. */
  readonly #made = new Map<string, unknown>();

  constructor(locale: string, messages: Table) {
    this.locale = locale;
    this.#messages = messages;
    this.#plural = new Intl.PluralRules(locale);
  }

  /** The message with its `{params}`; one with a `count` takes the form of that count (`…#one`, `…#other`). */
  readonly text = (key: KeyOf<Table>, params: Params = {}): string => {
    const { count } = params;
    const forms: Partial<Record<string, string>> = this.#messages;
    const form = typeof count === 'number' ? forms[`${key}#${this.#plural.select(count)}`] : undefined;
    const message = form ?? forms[`${key}#other`] ?? forms[key] ?? key;
    return message.replace(/\{(\w+)\}/g, (gap, name: string) => {
      const value = params[name];
      return typeof value === 'number' ? value.toLocaleString(this.locale) : (value ?? gap);
    });
  };

  readonly has = (key: string): key is KeyOf<Table> => Object.hasOwn(this.#messages, key);

  /** "2 days ago", from now. */
  readonly ago = (iso: string, now: number): string => {
    const seconds = (Date.parse(iso) - now) / 1000;
    const units: [Intl.RelativeTimeFormatUnit, number][] = [
      ['year', 31_536_000],
      ['month', 2_592_000],
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
    ];
    const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60];
    return this.#once(
      'ago',
      () => new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto', style: 'short' }),
    ).format(Math.round(seconds / size), unit);
  };

  readonly time = (iso: string): string =>
    this.#once('time', () => new Intl.DateTimeFormat(this.locale, { hour: 'numeric', minute: '2-digit' })).format(
      new Date(iso),
    );

  /** The language's own name for itself in this locale. */
  readonly language = (code: string): string =>
    this.#once('language', () => new Intl.DisplayNames(this.locale, { type: 'language' })).of(code) ?? code;

  readonly country = (code: string): string => {
    try {
      return this.#once('region', () => new Intl.DisplayNames(this.locale, { type: 'region' })).of(code) ?? code;
    } catch {
      return code;
    }
  };

  #once<T>(name: string, make: () => T): T {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return this.#made.get(name) as T;
  }
}

export const english = new Localizer('en', englishMessages);

/** The locale's words; a language that there is no file for is English. */
export async function localizer(locale: string): Promise<Localizer> {
  const tag = canonical(locale);
  const load = languages[tag.split('-')[0] ?? ''];
  return load ? new Localizer(tag, await load()) : new Localizer(/^en\b/.test(tag) ? tag : 'en', englishMessages);
}

/** The tag as `Intl` writes it; what is none is English. */
export const canonical = (locale: string): string => {
  try {
    return new Intl.Locale(locale).toString();
  } catch {
    return 'en';
  }
};
