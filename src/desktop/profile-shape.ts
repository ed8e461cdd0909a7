import * as v from 'valibot';
import { cutName } from '../domain/cut-name.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { TelephonyProfile } from '../telephony/telephony.js';

export const shortText = v.pipe(v.string(), v.transform(cutName));
const texts = v.fallback(v.array(shortText), []);
const profile = v.looseObject({
  statuses: v.array(v.looseObject({ id: v.string(), label: shortText })),
  status: v.string(),
  capabilities: texts,
  activeSessions: v.fallback(v.array(v.unknown()), []),
  languages: texts,
  defaultLanguage: v.fallback(v.optional(shortText), undefined),
  outboundNumbers: v.array(v.looseObject({ number: v.string(), label: shortText, languages: texts })),
});

/** Reads the profile that the platform sends at sign-in. Throws if the panel cannot be shown with it. */
export function readProfile(given: unknown): TelephonyProfile {
  const read = v.safeParse(profile, given);
  if (read.success) return read.output as unknown as TelephonyProfile;
  throw new TelephonyError('not-available', 'The platform sent a malformed profile.');
}
