import { en } from './en.js';
import type { RecordWords } from './record-words.js';

/** S17: the languages of records, loaded when used. English is there at once, for a language that fails to load. */
const languages: Readonly<Record<string, () => Promise<RecordWords>>> = {
  en: () => Promise.resolve(en),
  fr: async () => (await import('./fr.js')).fr,
};

/** S17: the words in the language, in English if they cannot be loaded. */
export async function loadWords(language: string): Promise<RecordWords> {
  try {
    return await (languages[language] ?? languages['en']!)();
  } catch {
    return en;
  }
}
