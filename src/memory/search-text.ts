import { readPhoneText, visible } from '../domain/phone-text.js';

/** Text to compare: without case, accents, full-width forms. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('æ', 'ae');
}

/** The digits of a number in any written form, without its extension, as 0–9. */
export function digitsOf(number: string): string {
  return readPhoneText(visible(number)).compact.replace(/\D/g, '');
}

/** Whether every word of `query` is in `text` (folded), or its digits are in one of `numbers` (digits only). */
export function matchesText(query: string, text: string, numbers: readonly string[] = []): boolean {
  const words = folded(query).replace(/^#/, '').split(/\s+/).filter(Boolean);
  if (words.every((word) => text.includes(word))) return true;
  if (/\p{L}/u.test(query)) return false;
  const digits = digitsOf(query).replace(/^0+/, '');
  return digits.length >= 3 && numbers.some((number) => number.includes(digits));
}
