import { countryName } from './formats.js';
import { phoneNumbers } from '../domain/phone-loader.js';
import type { PhoneReading } from '../domain/phone-number.js';
import { isolated } from './formatted-number.js';
import type { Localizer } from './localize.js';

/** The message about a number (F4): how it was read, or why it cannot be called. */
export function readingText(
  words: Localizer,
  reading: PhoneReading,
  country: string,
): { text: string; wrong: boolean; warn?: boolean } {
  const { text } = words;
  switch (reading.state) {
    case 'empty':
      return { text: '', wrong: false };
    case 'emergency':
      return { text: text('number.emergency', { number: reading.number }), wrong: false, warn: true };
    case 'short':
      return { text: text('number.short', { number: reading.number }), wrong: false };
    case 'number': {
      const name = countryName(words, reading.country ?? country);
      if (!reading.valid) return { text: text('number.invalid', { country: name }), wrong: false, warn: true };
      const number = isolated(phoneNumbers().formatPhoneNumber(reading.number, { extension: reading.extension }));
      return { text: reading.country ? text('number.reads', { number, country: name }) : number, wrong: false };
    }
    case 'refused': {
      const name = countryName(words, reading.country ?? country);
      const { missingDigits } = reading;
      return reading.problem === 'too-short' && missingDigits
        ? { text: text('number.too-short.by', { count: missingDigits, country: name }), wrong: true }
        : { text: text(`number.${reading.problem}`, { country: name }), wrong: true };
    }
  }
}
