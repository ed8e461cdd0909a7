import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import google from 'google-libphonenumber';
import { emergencyNumbers } from '../../src/domain/emergency-numbers.js';
import {
  countries,
  countryOf,
  formatAsTyped,
  formatPhoneNumber,
  matchingContacts,
  matchPhoneNumber,
  nationalDigits,
  type PhoneReading,
  policyFor,
  readPhoneNumber,
} from '../../src/domain/phone-number.js';
import { seededRandom } from '../../src/domain/seeded-random.js';

const oracle = google.PhoneNumberUtil.getInstance();
const oracleShort = google.ShortNumberInfo.getInstance();
const { E164, INTERNATIONAL, NATIONAL, RFC3966 } = google.PhoneNumberFormat;
const regions = [...oracle.getSupportedRegions()].sort();
const types = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as google.PhoneNumberType[];

const read = (text: string, defaultCountry = 'US', more: { shortCountry?: string; shortNumbers?: string[] } = {}) =>
  readPhoneNumber(text, { defaultCountry, ...more });

/** What matters of a reading, in one word or number. */
function brief(reading: PhoneReading): string {
  if (reading.state === 'refused') return reading.problem;
  if (reading.state === 'number') {
    return reading.number + (reading.extension ? `x${reading.extension}` : '') + (reading.valid ? '' : ' invalid');
  }
  return reading.state === 'empty' ? 'empty' : `${reading.state} ${reading.number}`;
}

const takes = (table: Record<string, string>, country = 'US') => {
  for (const [text, expected] of Object.entries(table)) {
    const reading = read(text, country);
    assert.equal(brief(reading), expected, JSON.stringify(text));
    if (reading.state !== 'empty') assert.equal(reading.text, text, 'nothing typed is lost');
  }
};

/** Google's example numbers of all regions and types. */
function* examples(): Generator<{ region: string; number: google.PhoneNumber }> {
  for (const region of regions) {
    for (const type of types) {
      const number = oracle.getExampleNumberForType(region, type);
      if (number) yield { region, number };
    }
  }
  for (const code of oracle.getSupportedGlobalNetworkCallingCodes()) {
    const number = oracle.getExampleNumberForNonGeoEntity(code);
    if (number) yield { region: 'US', number };
  }
}

type Expected = { number: string; possible: boolean; valid: boolean } | undefined;

function ask(text: string, region: string): Expected {
  try {
    const parsed = oracle.parse(text, region);
    return {
      number: oracle.format(parsed, E164),
      possible: oracle.isPossibleNumberWithReason(parsed) === google.PhoneNumberUtil.ValidationResult.IS_POSSIBLE,
      valid: oracle.isValidNumber(parsed),
    };
  } catch {
    return undefined;
  }
}

/** Where we differ on purpose. Anything else is `unexplained`. */
type Difference = 'emergency' | 'e164-length' | 'international-prefix' | 'unexplained';

function compare(text: string, region: string): 'same' | Difference {
  const ours = read(text, region);
  const theirs = ask(text, region);
  if (ours.state === 'number') {
    if (theirs?.possible && theirs.number === ours.number && theirs.valid === ours.valid) return 'same';
    if (/^\D*0\D*[01]/.test(text.normalize('NFKC')) && !theirs?.valid && ours.number !== theirs?.number) return 'international-prefix';
    return 'unexplained';
  }
  if (ours.state === 'emergency') return 'emergency';
  if (!theirs?.possible) return 'same';
  if (!/^\+[1-9]\d{6,14}$/.test(theirs.number)) return 'e164-length';
  return 'unexplained';
}

function tally(cases: Iterable<{ text: string; region: string }>) {
  const counts = { same: 0, emergency: 0, 'e164-length': 0, 'international-prefix': 0, unexplained: 0 };
  const unexplained: string[] = [];
  for (const { text, region } of cases) {
    const found = compare(text, region);
    counts[found]++;
    if (found === 'unexplained') unexplained.push(`${JSON.stringify(text)} ${region}: ${brief(read(text, region))} ${JSON.stringify(ask(text, region))}`);
  }
  return { counts, unexplained };
}

function* writtenForms() {
  for (const { region, number } of examples()) {
    for (const form of [E164, INTERNATIONAL, NATIONAL, RFC3966]) yield { region, text: oracle.format(number, form) };
  }
}

function* mutations(random: () => number) {
  const marks = ['\u200e', '\u202a', '\u2066', '\u2069', '\u200b', '\u00ad'];
  const separators = [' ', '\u00a0', '-', '\u2011', '\u2013', '.', '/', '(', ')', '\u3000'];
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const insert = (text: string, what: string) => {
    // Behind the first digit, so that the oracle, which cuts off what stands before it, sees the same.
    const at = 2 + Math.floor(random() * (text.length - 2));
    return text.slice(0, at) + what + text.slice(at);
  };
  const changes: ((text: string) => string)[] = [
    (text) => insert(text, pick(separators)),
    (text) => insert(insert(text, pick(separators)), pick(separators)),
    (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
    (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
    (text) => insert(text, String(Math.floor(random() * 10))),
    (text) => text.slice(0, -1),
    (text) => text.slice(0, -2 - Math.floor(random() * 4)),
    (text) => text + String(Math.floor(random() * 1000)),
    (text) => text.replace(/\d(?=\D*$)/, () => String(Math.floor(random() * 10))),
  ];
  for (const { region, number } of examples()) {
    for (const form of [E164, NATIONAL]) {
      const text = oracle.format(number, form);
      for (const change of changes) yield { region, text: change(text), mark: pick(marks) };
    }
  }
}
export { tally, writtenForms, mutations, countries, countryOf, formatAsTyped, formatPhoneNumber, matchingContacts, matchPhoneNumber, nationalDigits, policyFor, oracleShort, takes, fc, emergencyNumbers, execFileSync, fileURLToPath, describe, it, seededRandom };
const t0=Date.now();
const a=tally(writtenForms()); console.log(a.counts,a.unexplained.slice(0,30));
const b=tally(mutations(seededRandom(1))); console.log(b.counts,b.unexplained.length); for(const x of b.unexplained.slice(0,60)) console.log(x);
console.log(Date.now()-t0);
