import { loadedPhoneNumbers } from '../domain/phone-loader.js';

/** A number in its usual notation. Unchanged until the phone-number rules are loaded. */
export function formatted(number: string, extension?: string): string {
  const rules = loadedPhoneNumbers();
  return rules ? rules.formatPhoneNumber(number, { extension }) : number;
}

/** Keeps a number left to right in text of any direction. */
export const isolated = (number: string): string => `\u2066${number}\u2069`;
