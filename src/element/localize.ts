import { own } from '../domain/own.js';
import { english as englishMessages, type Messages } from './locales/en.js';

type Base<Key extends string> = Key extends `${infer Start}#${string}` ? Start : Key;
/** A message of a table; one with plural forms is named without them. */
export type KeyOf<Table> = Base<keyof Table & string>;
export type MessageKey = KeyOf<Messages>;
export type Params = Readonly<Record<string, string | number>>;

/** Other languages are only files: one line each. */
export const languages: Readonly<Record<string, () => Promise<Messages>>> = {
  fr: () => import('./locales/fr.js').then(({ fr }) => fr),
};

/** Words, numbers, dates and durations of one locale (Q7). */
export class Localizer<Table extends object = Messages> {
  readonly locale: string;
  readonly #messages: Table;
  readonly #plural: Intl.PluralRules;
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
      const value = own(params, name);
      return typeof value === 'number' ? value.toLocaleString(this.locale) : (value ?? gap);
    });
  };

  readonly has = (key: string): key is KeyOf<Table> => Object.hasOwn(this.#messages, key);

  /** Nothing for what is no time. */
  readonly time = (iso: string): string => {
    const date = new Date(iso);
    const format = this.once(
      'time',
      () => new Intl.DateTimeFormat(this.locale, { hour: 'numeric', minute: '2-digit' }),
    );
    return Number.isNaN(date.getTime()) ? '' : format.format(date);
  };

  /** What is made once for this locale: making a formatter costs more than all that it formats. */
  once<T>(name: string, make: () => T): T {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return this.#made.get(name) as T;
  }
}

export const english = new Localizer('en', englishMessages);

/** The locale's words; a language that there is no file for is English. */
export async function localizer(locale: string): Promise<Localizer> {
  const tag = canonical(locale);
  const load = own(languages, tag.split('-')[0]);
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
