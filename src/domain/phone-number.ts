import { own } from './own.js';
import {
  type CountryCode,
  getCountries,
  Metadata,
  ParseError,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/core';
import type { PhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max';
import examples from 'libphonenumber-js/mobile/examples';
import { emergencyNumbers } from './emergency-numbers.js';
import { bestMatches, type DialledNumber, matchStored, type NumberingPlans, type PhoneMatch } from './phone-match.js';
import type { PhoneReading } from './phone-policy.js';
import { readPhoneText, visible } from './phone-text.js';

export { policyFor } from './phone-policy.js';
export type { PhonePolicy, PhoneReading } from './phone-policy.js';

type Refusal = Omit<Extract<PhoneReading, { state: 'refused' }>, 'state' | 'text'>;
type Parsed = { phone: PhoneNumber; valid: boolean } | { refusal: Refusal };

const dialable = /^\+[1-9]\d{6,14}$/;
// Calling codes of international shared-cost, satellite and premium numbers (F14).
const premiumCodes = ['808', '870', '878', '881', '882', '883', '979'];

/**
 * Reads a number in any written form (F4). Emergency and short numbers are kept as they are (F14). `shortCountry`: the
 * country where the call goes out, whose emergency numbers apply.
 */
export function readPhoneNumber(
  text: string,
  options: { defaultCountry: string; shortCountry?: string; shortNumbers?: readonly string[] },
): PhoneReading {
  const written = visible(text);
  if (written === '') return { state: 'empty' };
  const { compact, asWritten, extension, withoutTrunkZero, problem } = readPhoneText(written);
  const home = knownCountry(options.defaultCountry);
  const shortCountry = options.shortCountry ?? options.defaultCountry;
  if (isEmergency(compact, shortCountry)) return { state: 'emergency', text, number: compact };
  const short = /^[\d*#]+$/.test(asWritten)
    ? options.shortNumbers?.find((number) => readPhoneText(visible(number)).asWritten === asWritten)
    : undefined;
  if (short !== undefined) return { state: 'short', text, number: short };
  if (problem) return { state: 'refused', text, problem };
  // An emergency number of the default country is refused, although it is none in the country where the call goes out.
  if (isEmergency(compact, options.defaultCountry)) {
    return { state: 'refused', text, problem: 'not-possible', country: shortCountry };
  }
  const parsed = bestReading(compact, withoutTrunkZero, home);
  if ('refusal' in parsed) return { state: 'refused', text, ...parsed.refusal };
  const { phone, valid } = parsed;
  const country = countryOfPhone(phone, home);
  return {
    state: 'number',
    text,
    number: phone.number,
    ...(extension && { extension }),
    ...(country && { country }),
    valid,
    premium: phone.getType() === 'PREMIUM_RATE' || premiumCodes.includes(phone.countryCallingCode),
  };
}

/** How well a stored number, in any written form, matches a dialled one. Undefined if it does not match. */
export const matchPhoneNumber = (
  stored: string,
  dialled: DialledNumber,
  defaultCountry: string,
): PhoneMatch | undefined => matchStored(stored, dialled, defaultCountry, plans);

/** The contacts that match best, each with the stored number that matched. */
export const matchingContacts = <T extends { phoneNumbers: readonly string[] }>(
  contacts: readonly T[],
  dialled: DialledNumber,
  defaultCountry: string,
): readonly { contact: T; number: string }[] =>
  bestMatches(contacts, (stored) => matchPhoneNumber(stored, dialled, defaultCountry));

/** Formats a number: national within the home country, else international. The extension comes last. */
export function formatPhoneNumber(number: string, options: { home?: string; extension?: string } = {}): string {
  const phone = fromE164(number);
  const home = knownCountry(options.home ?? '');
  let shown = phone?.formatInternational() ?? number;
  if (phone && home && countryOfPhone(phone, home) === home) {
    const national = phone.formatNational();
    // A few national forms would be read as another number. Those numbers stay international.
    const back = readPhoneNumber(national, { defaultCountry: home });
    if (back.state === 'number' && back.number === number) shown = national;
  }
  return options.extension ? `${shown} ext. ${options.extension}` : shown;
}

/** Formats a number while it is typed, for display only. A text that cannot be formatted is returned unchanged. */
export function formatAsTyped(text: string, country: string): string {
  const { compact, asWritten, problem } = readPhoneText(visible(text));
  const home = knownCountry(country);
  const typed = compact.replace('+', '');
  if (problem || asWritten !== compact || typed.length < 3) return text;
  const usualLength = exampleOf(home)?.length;
  // Completions with the length of a mobile number come first: it is the usual length in most plans.
  const phones = completions(compact, home).sort(
    (a, b) => Number(hasLength(b, usualLength)) - Number(hasLength(a, usualLength)),
  );
  for (const phone of phones) {
    const international = phone.formatInternational();
    const forms = compact.startsWith('+') ? [international] : [phone.formatNational(), international.slice(1)];
    const form = forms.find((each) => each.replace(/\D/g, '').startsWith(typed));
    const shown = form && cutAfter(form, typed.length);
    if (shown && shown !== typed) return shown;
  }
  return text;
}

/** All countries, with the calling code without `+` and an example number in national form. */
export function countries(): readonly { country: string; callingCode: string; example?: string }[] {
  return getCountries(metadata).map((country) => {
    const callingCode = callingCodeOf(country);
    const phone = fromE164(`+${callingCode}${exampleOf(country)}`);
    return { country, callingCode, example: phone?.formatNational() };
  });
}

/** The country of an E.164 number. If the number does not tell it, the main country of the calling code. */
export function countryOf(e164: string): string | undefined {
  const phone = fromE164(e164);
  return phone && countryOfPhone(phone, undefined);
}

/** The national digits of a number, for searching a CRM. */
export const nationalDigits = (e164: string): string => fromE164(e164)?.nationalNumber ?? e164.replace(/\D/g, '');

const plans: NumberingPlans = {
  read: (text, defaultCountry) => readPhoneNumber(text, { defaultCountry }),
  countryOf,
  nationalDigits,
};

const knownCountry = (country: string): CountryCode | undefined => {
  const code = country.toUpperCase();
  return Object.hasOwn(metadata.countries, code) ? (code as CountryCode) : undefined;
};

const exampleOf = (country: CountryCode | undefined): string | undefined => country && examples[country];

const callingCodeOf = (country: CountryCode): string => String(metadata.countries[country]?.[0]);

function isEmergency(compact: string, country: string): boolean {
  if (!/^\d{2,6}$/.test(compact)) return false;
  const regions = new RegExp(`^${compact} (.*)$`, 'm').exec(emergencyNumbers)?.[1] ?? '';
  return Array.from(regions.matchAll(/../g), ([region]) => region).includes(country.toUpperCase());
}

function countryOfPhone(phone: PhoneNumber, home: CountryCode | undefined): CountryCode | undefined {
  if (phone.country) return phone.country;
  if (home && callingCodeOf(home) === phone.countryCallingCode) return home;
  return own(metadata.country_calling_codes, phone.countryCallingCode)?.[0];
}

function fromE164(number: string): PhoneNumber | undefined {
  const parsed = dialable.test(number) ? parse(number, undefined) : undefined;
  return parsed && 'phone' in parsed ? parsed.phone : undefined;
}

const rank = (parsed: Parsed): number => ('refusal' in parsed ? 0 : parsed.valid ? 2 : 1);

/**
 * Chooses the best reading of a number that may begin with an international prefix. `00` can be one in every country.
 * `011` is one only if the number is then valid, and is not valid as a number of the home country.
 */
function bestReading(compact: string, withoutTrunkZero: string | undefined, home: CountryCode | undefined): Parsed {
  const plain = parse(compact, home);
  if (/^00[1-9]/.test(compact)) {
    const abroad = parse(`+${compact.slice(2)}`, undefined);
    // In some countries 00 begins a longer prefix (0011) or a national number. `plain` shows that by another calling
    // code or by the zeros that it keeps. It then wins if both readings are equally good.
    const atHome = 'phone' in plain && (plain.phone.countryCallingCode !== codeOf(home) || keepsZeros(plain.phone));
    return rank(plain) > (atHome ? rank(abroad) - 1 : Math.max(rank(abroad), 1)) ? plain : abroad;
  }
  if (withoutTrunkZero !== undefined) {
    const without = parse(withoutTrunkZero, undefined);
    return rank(without) > rank(plain) ? without : plain;
  }
  if (rank(plain) === 2 || !/^011[1-9]/.test(compact)) return plain;
  const abroad = parse(`+${compact.slice(3)}`, undefined);
  return rank(abroad) === 2 ? abroad : plain;
}

const codeOf = (country: CountryCode | undefined): string | undefined => country && callingCodeOf(country);
const keepsZeros = (phone: PhoneNumber): boolean => phone.nationalNumber.startsWith('00');

/** `compact`: digits, with or without `+`. */
function parse(compact: string, home: CountryCode | undefined): Parsed {
  try {
    const phone = parsePhoneNumberWithError(compact, { defaultCountry: home, extract: false }, metadata);
    const length = phone.nationalNumber.length;
    const lengths = possibleLengths(phone.countryCallingCode);
    const country = countryOfPhone(phone, home);
    const valid = phone.isValid();
    // Lengths are those of the calling code, as in Google's library. Canada's own plan would accept any seven digits.
    if (!valid && !lengths.includes(length)) return { refusal: { ...lengthProblem(length, lengths), country } };
    // The plan has such numbers, but they are too short or too long for E.164, which the platform needs.
    if (!dialable.test(phone.number)) {
      return { refusal: { problem: phone.number.length < 8 ? 'too-short' : 'too-long', country } };
    }
    // Reading the number again could remove a further trunk prefix. So it is read until it does not change.
    if (valid || phone.number === compact) return { phone, valid };
    const again = parse(phone.number, undefined);
    return 'phone' in again && again.phone.number === phone.number ? { phone, valid } : again;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (error.message === 'INVALID_COUNTRY') return { refusal: { problem: 'unknown-country' } };
    if (error.message === 'TOO_LONG') return { refusal: { problem: 'too-long', country: home } };
    return { refusal: refuseBeginning(compact, home) };
  }
}

/** The refusal of a number with fewer than two national digits, which cannot be parsed yet. */
function refuseBeginning(compact: string, home: CountryCode | undefined): Refusal {
  const international = compact.startsWith('+');
  const codes = metadata.country_calling_codes;
  const code = international
    ? [2, 3, 4].map((end) => compact.slice(1, end)).find((start) => Object.hasOwn(codes, start))
    : undefined;
  const country = code ? own(codes, code)?.[0] : international ? undefined : home;
  if (!country) return { problem: 'too-short' };
  const digits = compact.length - (code ? code.length + 1 : 0);
  return { ...lengthProblem(digits, possibleLengths(callingCodeOf(country))), country };
}

function possibleLengths(callingCode: string): readonly number[] {
  const plan = new Metadata(metadata);
  plan.selectNumberingPlan(callingCode as CountryCode);
  return plan.numberingPlan?.possibleLengths() ?? [];
}

function lengthProblem(length: number, lengths: readonly number[]): Refusal {
  const fewest = Math.min(...lengths);
  if (length < fewest) return { problem: 'too-short', missingDigits: fewest - length };
  return { problem: length > Math.max(...lengths) ? 'too-long' : 'not-possible' };
}

const hasLength = (phone: PhoneNumber, length: number | undefined): boolean => phone.nationalNumber.length === length;

/** Possible numbers that begin with the typed digits. */
function completions(compact: string, home: CountryCode | undefined): PhoneNumber[] {
  const filled = Array.from({ length: Math.max(0, 17 - compact.length) }, (_, more) => compact + '0'.repeat(more));
  return filled.flatMap((each) => {
    const parsed = parse(each, home);
    return 'phone' in parsed ? [parsed.phone] : [];
  });
}

function cutAfter(shown: string, digits: number): string {
  let seen = 0;
  const end = [...shown].findIndex((sign) => /\d/.test(sign) && ++seen === digits);
  return shown.slice(0, end + 1) + (/^\)/.test(shown.slice(end + 1)) ? ')' : '');
}
