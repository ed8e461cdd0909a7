/** A written number, read without knowledge of numbering plans. */
export interface PhoneText {
  /** The digits, with `+` if it was written. If `problem` is set, also letters or other characters. */
  compact: string;
  extension?: string;
  /** The digits of `+44 (0)20 …` without the zero, which is only dialled within the country. */
  withoutTrunkZero?: string;
  /** The text without separators, for short numbers such as `*100#`. */
  asWritten: string;
  problem?: 'not-a-number' | 'letters' | 'too-long' | 'extension-too-long';
}

const maxLength = 250;
const maxExtension = 11;
const invisible = /[\p{Cf}\p{Mn}\p{Me}]/gu;
const separators = /[ ().\/~-]/g;
const link = /^(?:tel\b\.?|callto(?=:)):?(?:\/\/)?\s*/i;

/* eslint-disable regexp/no-super-linear-backtracking, regexp/no-super-linear-move -- The text has 250 characters at most. */
// The labels are those of Google's library. Longer extensions match too, so that they can be refused as too long.
const extension = new RegExp(
  [
    ';ext=(\\d+)',
    '[ ,]*(?:e?xt(?:ensi[oó])?n?|доб|anexo)[:.]?[ ,-]*(\\d+)#?',
    '[ ,]*(?:[x#~]|int)[:.]?[ ,-]*(\\d+)#?',
    '[- ]+(\\d{1,6})#',
    ' *(?:,+|;)[:.]?[ ,-]*(\\d+)#?',
  ].join('|'),
  'i',
);
const extensionAtEnd = new RegExp(`(?:${extension.source})$`, 'i');

/** Removes invisible and bidi marks and outer spaces. */
export const visible = (text: string): string => text.replace(invisible, '').trim();

/** Replaces digits, dashes, dots, slashes, brackets and spaces of all scripts by their ASCII forms. */
function toAscii(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/(?![0-9])\p{Nd}/gu, decimalDigit)
    .replace(/\s/g, ' ')
    .replace(/[\p{Pd}\u2212\u30FC\u2043_]/gu, '-')
    .replace(/[\u00B7\u2022\u2024\u2027\u22C5\u30FB\u3002\uFF61]/g, '.')
    .replace(/[\\|\u2044\u2215]/g, '/')
    .replace(/[\u2053\u223C\u301C]/g, '~')
    .replace(/\p{Ps}/gu, '(')
    .replace(/\p{Pe}/gu, ')');
}

/** The value of a decimal digit of any script. Unicode has the digits in runs of ten, and runs may touch. */
function decimalDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}

/** Reads a `tel:` link (RFC 3966). Its extension and context are kept. Other parameters are dropped. */
function unwrap(text: string): string {
  const found = link.exec(text);
  if (!found) return text;
  let body = text.slice(found[0].length);
  try {
    body = decodeURIComponent(body);
  } catch {
    // The link is not percent-encoded.
  }
  const [number = '', ...parameters] = body.split(/;(?=[a-z])/i);
  const value = (name: string) =>
    parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1);
  const context = value('phone-context');
  const ext = value('ext');
  const prefix = context?.startsWith('+') && !number.startsWith('+') ? context : '';
  return prefix + number + (ext === undefined ? '' : `;ext=${ext}`);
}

/** Reads a number in any written form. `written` is a result of `visible`. */
export function readPhoneText(written: string): PhoneText {
  if (written.length > maxLength) {
    return { compact: '', asWritten: '', problem: /\p{Nd}/u.test(written) ? 'too-long' : 'not-a-number' };
  }
  const text = toAscii(visible(unwrap(toAscii(written)))).replace(/^['"\p{Pi}\p{Pf}:]+|['"\p{Pi}\p{Pf},;:]+$/gu, '');
  const found = extensionAtEnd.exec(text);
  // An extension needs a number of at least two digits before it.
  const isExtension = found !== null && /\d\D*\d/.test(text.slice(0, found.index));
  const base = isExtension ? text.slice(0, found.index) : text;
  const read: PhoneText = { compact: compactOf(base), asWritten: text.replace(separators, '') };
  const digits = isExtension ? found.slice(1).find((group) => group !== undefined) : undefined;
  if (digits) read.extension = digits;
  if (/\p{L}/u.test(base)) read.problem = 'letters';
  else if (!/^\+?\d+$/.test(read.compact)) read.problem = 'not-a-number';
  else if (digits && digits.length > maxExtension) read.problem = 'extension-too-long';
  else if (read.compact.startsWith('+') && /\(0\)/.test(base))
    read.withoutTrunkZero = compactOf(base.replace('(0)', ''));
  return read;
}

/** Removes separators. People also write a double plus, or `+` and `00` together. */
const compactOf = (text: string): string =>
  text.replace(separators, '').replace(/^\++(?:00(?=[1-9]))?/, (plus) => plus && '+');
