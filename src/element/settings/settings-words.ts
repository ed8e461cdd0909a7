import { Localizer, type Params } from '../localize.js';
import type { Messages } from '../locales/en.js';
import { settingsEn, type SettingsMessages } from '../locales/settings-en.js';

/** A key of the words; one with plural forms is named without them. */
export type SettingsMessageKey = keyof SettingsMessages | Stem<keyof SettingsMessages>;
type Stem<Key> = Key extends `${infer Name}#${string}` ? Name : never;

/** The words of the settings form in one locale (Q7). */
export interface SettingsWords {
  readonly locale: string;
  text(key: SettingsMessageKey, params?: Params): string;
  country(code: string): string;
}

/** Other languages are only files: one line each. */
const languages: Readonly<Record<string, () => Promise<SettingsMessages>>> = {
  fr: () => import('../locales/settings-fr.js').then(({ settingsFr }) => settingsFr),
};

export const englishSettings = wordsOf('en', settingsEn);

/** The locale's words; a language that there is no file for is English. */
export async function settingsWords(locale: string): Promise<SettingsWords> {
  const tag = canonical(locale);
  const load = languages[tag.split('-')[0] ?? ''];
  if (load) return wordsOf(tag, await load());
  return /^en\b/.test(tag) ? wordsOf(tag, settingsEn) : englishSettings;
}

function wordsOf(locale: string, messages: SettingsMessages): SettingsWords {
  // The localizer looks keys up in whatever table it is given; only its type knows the panel's.
  const words = new Localizer(locale, messages as unknown as Messages);
  return {
    locale,
    text: words.text as unknown as SettingsWords['text'],
    country: words.country,
  };
}

function canonical(locale: string): string {
  try {
    return new Intl.Locale(locale).toString();
  } catch {
    return 'en';
  }
}
