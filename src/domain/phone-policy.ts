import type { Settings } from './settings.js';

/** A written number as it was read. `text` is the written text, unchanged. */
export type PhoneReading =
  | { state: 'empty' }
  | {
      state: 'refused';
      text: string;
      problem:
        | 'not-a-number'
        | 'letters'
        | 'too-short'
        | 'too-long'
        | 'not-possible'
        | 'unknown-country'
        | 'extension-too-long';
      /** The least number of missing digits. */
      missingDigits?: number;
      country?: string;
    }
  | {
      state: 'number';
      text: string;
      /** E.164: `^\+[1-9]\d{6,14}$` */
      number: string;
      /** `^\d{1,11}$` */
      extension?: string;
      /** ISO 3166-1 alpha-2. Absent if the number belongs to no country. */
      country?: string;
      valid: boolean;
      premium: boolean;
    }
  | { state: 'short'; text: string; number: string }
  | { state: 'emergency'; text: string; number: string };

type Rules = Pick<Settings['outbound'], 'refusedPrefixes' | 'premiumNumbers' | 'emergencyNumbers'>;

export type PhonePolicy =
  { action: 'allow' } | { action: 'refuse' | 'confirm'; reason: 'prefix' | 'premium' | 'emergency' };

/** F14, S15: whether a number may be dialled. A refused reading passes here, because it cannot be dialled anyway. */
export function policyFor(reading: PhoneReading, rules: Rules): PhonePolicy {
  if (reading.state === 'emergency') return { action: rules.emergencyNumbers, reason: 'emergency' };
  if (reading.state !== 'number') return { action: 'allow' };
  if (rules.refusedPrefixes.some((prefix) => hasPrefix(reading.number, prefix))) {
    return { action: 'refuse', reason: 'prefix' };
  }
  if (!reading.premium || rules.premiumNumbers === 'allow') return { action: 'allow' };
  return { action: rules.premiumNumbers, reason: 'premium' };
}

/** Whether a number begins with a prefix in any written form: `+1 900`, `1-900`, `001900`. */
function hasPrefix(number: string, prefix: string): boolean {
  const digits = prefix.replace(/\D/g, '').replace(/^00/, '');
  return digits !== '' && number.startsWith(`+${digits}`);
}
