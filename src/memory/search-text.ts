import { readPhoneText, visible } from '../domain/phone-text.js';

/** Folds text for comparison: removes case, accents and full-width forms. */
export function foldedText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('æ', 'ae');
}

/** The digits 0–9 of a number in any written form, without its extension. */
export function digitsOf(number: string): string {
  return readPhoneText(visible(number)).compact.replace(/\D/g, '');
}

/**
 * Whether `text` contains every word of `query`, or one of `numbers` contains the query's digits. `text` is folded, and
 * `numbers` are digits only.
 */
export function matchesText(query: string, text: string, numbers: readonly string[] = []): boolean {
  const words = foldedText(query).replace(/^#/, '').split(/\s+/).filter(Boolean);
  if (words.every((word) => text.includes(word))) return true;
  if (/\p{L}/u.test(query)) return false;
  const digits = digitsOf(query).replace(/^0+/, '');
  return digits.length >= 3 && numbers.some((number) => number.includes(digits));
}
