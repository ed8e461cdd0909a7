import { loadedPhoneNumbers } from '../domain/phone-loader.js';

/** A number as people write it; as it is, while the rules are not loaded. */
export function formatted(number: string, extension?: string): string {
  const rules = loadedPhoneNumbers();
  return rules ? rules.formatPhoneNumber(number, extension ? { extension } : {}) : number;
}

/** Left to right, whatever stands around it. */
export const isolated = (number: string): string => `\u2066${number}\u2069`;
