import { loadedPhoneNumbers } from '../../../domain/phone-loader.js';
import type { PhonePolicy } from '../../../domain/phone-policy.js';
import type { Settings } from '../../../domain/settings.js';
import type { TransferTarget } from '../../../telephony/telephony.js';
import { formatted } from '../../formatted-number.js';
import type { Localizer } from '../../localize.js';
import { readingText } from '../../reading-text.js';

export interface OutsideNumber {
  /** Undefined for a number that is invalid or may not be called. */
  target?: TransferTarget;
  /** F14: why the agent is asked first. */
  confirm?: Extract<PhonePolicy, { reason: string }>['reason'];
  /** How the number was read, or why it is refused. */
  message: string;
}

/** F4, F14, S15: reads the number for a transfer. The rules are those of a call. */
export function outsideNumber(
  words: Localizer,
  written: string,
  rules: Settings['outbound'] | undefined,
): OutsideNumber {
  const numbers = loadedPhoneNumbers();
  if (!rules || !numbers) return { message: '' };
  const reading = numbers.readPhoneNumber(written, rules);
  const policy = numbers.policyFor(reading, rules);
  if (policy.action === 'refuse') return { message: words.text(`number.refused.${policy.reason}`) };
  if (reading.state === 'emergency') return { message: words.text('number.refused.emergency') };
  if (reading.state === 'short') return { message: words.text('number.not-a-number') };
  const message = readingText(words, reading, rules.defaultCountry).text;
  if (reading.state !== 'number') return { message };
  const target = { kind: 'outside' as const, id: reading.number, label: formatted(reading.number) };
  return { target, message, confirm: policy.action === 'confirm' ? policy.reason : undefined };
}
