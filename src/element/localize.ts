import { own } from '../domain/own.js';
import { englishMessages, type Messages } from './locales/en.js';

type Base<Key extends string> = Key extends `${infer Start}#${string}` ? Start : Key;
/** A key of a table of messages, without its plural suffix. */
export type KeyOf<Table> = Base<keyof Table & string>;
export type MessageKey = KeyOf<Messages>;
export type Params = Readonly<Record<string, string | number>>;

/** The files of other languages. A new language is one line here. */
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

  /** The message with its `{params}` filled in. A `count` selects the plural form (`…#one`, `…#other`). */
  readonly text = (key: KeyOf<Table>, params: Params = {}): string => {
    const { count } = params;
    const forms: Partial<Record<string, string>> = this.#messages;
    const form = typeof count === 'number' ? forms[`${key}#${this.#plural.select(count)}`] : undefined;
    const message = form ?? forms[`${key}#other`] ?? forms[key] ?? key;
    if (!message.includes('{')) return message;
    return message.replace(/\{(\w+)\}/g, (gap, name: string) => {
      const value = own(params, name);
      return typeof value === 'number' ? value.toLocaleString(this.locale) : (value ?? gap);
    });
  };

  readonly has = (key: string): key is KeyOf<Table> => Object.hasOwn(this.#messages, key);

  /** The hour and minute of a time. Empty for an invalid time. */
  readonly time = (iso: string): string => {
    const date = new Date(iso);
    const format = this.once(
      'time',
      () => new Intl.DateTimeFormat(this.locale, { hour: 'numeric', minute: '2-digit' }),
    );
    return Number.isNaN(date.getTime()) ? '' : format.format(date);
  };

  /** Makes a value once for this locale. A formatter costs more to make than to use. */
  once<T>(name: string, make: () => T): T {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return this.#made.get(name) as T;
  }
}

export const english = new Localizer('en', englishMessages);

/** The locale's words. English for a language without a file. */
export async function localizer(locale: string): Promise<Localizer> {
  const tag = canonical(locale);
  const load = own(languages, tag.split('-')[0]);
  return load ? new Localizer(tag, await load()) : new Localizer(/^en\b/.test(tag) ? tag : 'en', englishMessages);
}

/** The tag as `Intl` normalizes it. `en` for an invalid tag. */
export const canonical = (locale: string): string => {
  try {
    return new Intl.Locale(locale).toString();
  } catch {
    return 'en';
  }
};
