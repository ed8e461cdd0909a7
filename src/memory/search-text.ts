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

/** The digits of a number in any written form, without an extension, as 0–9. */
export function digitsOf(number: string): string {
  return number
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, decimal)
    .replace(/(?:;ext=|\bext\.?|\bextension|\bx|#)[\s.:]*\d+\s*$/i, '')
    .replace(/\D/g, '');
}

/** Unicode's decimal digits stand in runs of ten that begin at a zero. */
function decimal(digit: string): string {
  if (digit >= '0' && digit <= '9') return digit;
  let zero = digit.codePointAt(0)!;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
    zero--;
    value++;
  }
  return String(value);
}

/** Whether every word of `query` is in `text` (folded), or its digits are in one of `numbers` (digits only). */
export function matchesText(query: string, text: string, numbers: readonly string[] = []): boolean {
  const words = folded(query).replace(/^#/, '').split(/\s+/).filter(Boolean);
  if (words.every((word) => text.includes(word))) return true;
  if (/\p{L}/u.test(query)) return false;
  const digits = digitsOf(query).replace(/^0+/, '');
  return digits.length >= 3 && numbers.some((number) => number.includes(digits));
}
