import type { en } from './en.js';

export type WordKey = keyof typeof en;
/** The words of records in one language. A word in braces is filled in. */
export type RecordWords = Readonly<Record<WordKey, string>>;
