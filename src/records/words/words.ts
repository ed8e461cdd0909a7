import { own } from '../../domain/own.js';
import { en } from './en.js';
import type { RecordWords } from './record-words.js';

/** S17: the other languages of records, loaded when used. English is there for a language that fails to load. */
const languages: Readonly<Record<string, () => Promise<RecordWords>>> = {
  fr: async () => (await import('./fr.js')).fr,
};

const loaded = new Map<string, RecordWords>([['en', en]]);

/** S17: the words in the language, in English if they cannot be loaded. A later call tries again. */
export async function loadWords(language: string): Promise<RecordWords> {
  const known = loaded.get(language);
  if (known) return known;
  try {
    const words = await own(languages, language)!();
    loaded.set(language, words);
    return words;
  } catch {
    return en;
  }
}
