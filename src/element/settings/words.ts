import { own } from '../../domain/own.js';
import { canonical, Localizer, type KeyOf } from '../localize.js';
import { settingsEn, type SettingsMessages } from '../locales/settings-en.js';

/** A key of the words, without its plural suffix. */
export type SettingsMessageKey = KeyOf<SettingsMessages>;

/** The words of the settings form in one locale (Q7). */
export type SettingsWords = Localizer<SettingsMessages>;

/** The files of other languages. A new language is one line here. */
const languages: Readonly<Record<string, () => Promise<SettingsMessages>>> = {
  fr: () => import('../locales/settings-fr.js').then(({ settingsFr }) => settingsFr),
};

export const englishSettings: SettingsWords = new Localizer('en', settingsEn);

/** The locale's words. English for a language without a file. */
export async function settingsWords(locale: string): Promise<SettingsWords> {
  const tag = canonical(locale);
  const load = own(languages, tag.split('-')[0]);
  if (load) return new Localizer(tag, await load());
  return /^en\b/.test(tag) ? new Localizer(tag, settingsEn) : englishSettings;
}
