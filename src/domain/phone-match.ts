import type { PhoneReading } from './phone-policy.js';
import { readPhoneText, visible } from './phone-text.js';

/**
 * How a stored number matches a dialled one, the best first. `exact`: it is the same number. `national`: it is the same
 * number if it is read in the dialled number's country, or only one of the two has an extension. `suffix`: it is not a
 * complete number, and both end in the same digits.
 */
export type PhoneMatch = 'exact' | 'national' | 'suffix';

export interface DialledNumber {
  number: string;
  extension?: string;
}

/** The functions of numbering plans that matching needs. */
export interface NumberingPlans {
  read(text: string, defaultCountry: string): PhoneReading;
  countryOf(e164: string): string | undefined;
  nationalDigits(e164: string): string;
}

const minDigits = 7;

/** How well a stored number, in any written form, matches a dialled one. Undefined if it does not match. */
export function matchStored(
  stored: string,
  dialled: DialledNumber,
  defaultCountry: string,
  plans: NumberingPlans,
): PhoneMatch | undefined {
  const reading = plans.read(stored, defaultCountry);
  if (reading.state === 'empty') return undefined;
  if (!dialled.number.startsWith('+')) {
    const written = 'number' in reading ? reading.number : stored.replace(/[^\d*#]/g, '');
    return written === dialled.number ? 'exact' : undefined;
  }
  if (reading.state === 'number') {
    if (reading.number === dialled.number) return byExtension(reading.extension, dialled.extension, 'exact');
    // The stored number names its country, or it is valid in the default country. So it is a different number.
    if (reading.valid || plans.read(stored, '').state === 'number') return undefined;
  }
  const dialledCountry = plans.countryOf(dialled.number);
  const readThere = dialledCountry ? plans.read(stored, dialledCountry) : undefined;
  if (readThere?.state === 'number' && readThere.number === dialled.number) {
    return byExtension(readThere.extension, dialled.extension, 'national');
  }
  if (reading.state !== 'refused') return undefined;
  const local = readPhoneText(visible(stored));
  if (!endsAlike(local.compact.replace(/\D/g, '').replace(/^0+/, ''), dialled.number, plans)) return undefined;
  return byExtension(local.extension, dialled.extension, 'suffix') && 'suffix';
}

/** The contacts that match best, in the order given. Contacts with a worse match than the best are left out. */
export function bestMatches<T extends { phoneNumbers: readonly string[] }>(
  contacts: readonly T[],
  match: (stored: string) => PhoneMatch | undefined,
): readonly { contact: T; number: string }[] {
  const found = contacts.flatMap((contact) => {
    const ranked = contact.phoneNumbers.map((number) => ({ contact, number, rank: match(number) }));
    const best = (['exact', 'national', 'suffix'] as const).find((rank) => ranked.some((each) => each.rank === rank));
    return best ? ranked.filter((each) => each.rank === best).slice(0, 1) : [];
  });
  const complete = found.filter(({ rank }) => rank !== 'suffix');
  return (complete.length ? complete : found).map(({ contact, number }) => ({ contact, number }));
}

/** Different extensions belong to different people. If only one number has an extension, the match is weaker. */
function byExtension(one: string | undefined, other: string | undefined, same: PhoneMatch): PhoneMatch | undefined {
  if (one === other) return same;
  return one === undefined || other === undefined ? 'national' : undefined;
}

/** Whether two numbers end in the same digits: the stored one may lack its area code, or have an unknown prefix. */
function endsAlike(digits: string, number: string, plans: NumberingPlans): boolean {
  const national = plans.nationalDigits(number);
  if (digits.length < minDigits) return false;
  return number.endsWith(digits) || (national.length >= minDigits && digits.endsWith(national));
}
