import { cached } from '../domain/cached.js';
import { loadedPhoneNumbers } from '../domain/phone-loader.js';

/** A screen formats its numbers each time that it renders, and formatting is slow. */
const known = new Map<string, string>();

/** A number in its usual notation. Unchanged until the phone-number rules are loaded. */
export function formatted(number: string, extension = ''): string {
  const rules = loadedPhoneNumbers();
  return rules ? cached(known, `${number} ${extension}`, () => rules.formatPhoneNumber(number, { extension })) : number;
}

/** Keeps a number left to right in text of any direction. */
export const isolated = (number: string): string => `\u2066${number}\u2069`;
