import type { Settings } from './settings.js';

/** How a written number was understood. `text` is what was written, unchanged. */
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
      /** At least so many. */
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
      /** ISO 3166-1 alpha-2; none if the number belongs to no country. */
      country?: string;
      valid: boolean;
      premium: boolean;
    }
  | { state: 'short'; text: string; number: string }
  | { state: 'emergency'; text: string; number: string };

type Rules = Pick<Settings['outbound'], 'refusedPrefixes' | 'premiumNumbers' | 'emergencyNumbers'>;

export type PhonePolicy =
  { action: 'allow' } | { action: 'refuse' | 'confirm'; reason: 'prefix' | 'premium' | 'emergency' };

/** F14, S15: allow, or why not. What was not understood as a number is not its matter. */
export function policyFor(reading: PhoneReading, rules: Rules): PhonePolicy {
  if (reading.state === 'emergency') return { action: rules.emergencyNumbers, reason: 'emergency' };
  if (reading.state !== 'number') return { action: 'allow' };
  if (rules.refusedPrefixes.some((prefix) => hasPrefix(reading.number, prefix))) {
    return { action: 'refuse', reason: 'prefix' };
  }
  if (!reading.premium || rules.premiumNumbers === 'allow') return { action: 'allow' };
  return { action: rules.premiumNumbers, reason: 'premium' };
}

/** A prefix may be written as people do: `+1 900`, `1-900`, `001900`. */
function hasPrefix(number: string, prefix: string): boolean {
  const digits = prefix.replace(/\D/g, '').replace(/^00/, '');
  return digits !== '' && number.startsWith(`+${digits}`);
}
