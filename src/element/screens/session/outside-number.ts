import { loadedPhoneNumbers } from '../../../domain/phone-loader.js';
import type { PhonePolicy } from '../../../domain/phone-policy.js';
import type { Settings } from '../../../domain/settings.js';
import type { TransferTarget } from '../../../telephony/telephony.js';
import { formatted } from '../../formatted-number.js';
import type { Localizer } from '../../localize.js';
import { readingText } from '../../reading-text.js';

export interface OutsideLine {
  /** Undefined: nobody is reached by it, or it may not be called. */
  target?: TransferTarget;
  /** F14: why it is asked about first. */
  confirm?: Extract<PhonePolicy, { reason: string }>['reason'];
  /** How it was understood, or why it is none. */
  says: string;
}

/** F4, F14, S15: what may not be called is not transferred to either; only a number that is one reaches the platform. */
export function outsideLine(words: Localizer, written: string, rules: Settings['outbound'] | undefined): OutsideLine {
  const numbers = loadedPhoneNumbers();
  if (!rules || !numbers) return { says: '' };
  const reading = numbers.readPhoneNumber(written, rules);
  const policy = numbers.policyFor(reading, rules);
  if (policy.action === 'refuse') return { says: words.text(`number.refused.${policy.reason}`) };
  if (reading.state === 'emergency') return { says: words.text('number.refused.emergency') };
  if (reading.state === 'short') return { says: words.text('number.not-a-number') };
  const says = readingText(words, reading, rules.defaultCountry).text;
  if (reading.state !== 'number') return { says };
  const target = { kind: 'outside' as const, id: reading.number, label: formatted(reading.number) };
  return { target, says, ...(policy.action === 'confirm' ? { confirm: policy.reason } : {}) };
}
