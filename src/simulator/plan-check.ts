import type { DialPlan } from '../domain/dial.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { nameOf, refusedDials, type Outcome } from './call-scripts.js';
import type { SimulatedProfile } from './profile.js';

/** Throws `invalid` for a plan that cannot be dialled with the numbers and languages of the profile. */
export function checkPlan(plan: DialPlan, { outboundNumbers, languages }: SimulatedProfile): void {
  const { number, kind, extension, outboundNumber, language } = plan;
  const refuse = (message: string): never => {
    throw new TelephonyError('invalid', message);
  };
  if (!(kind === 'e164' ? /^\+[1-9]\d{6,14}$/ : /^[\d*#]{1,15}$/).test(number))
    refuse(`"${number}" is not a number that can be dialled.`);
  if (extension !== undefined && !/^\d{1,11}$/.test(extension)) refuse(`"${extension}" is not an extension.`);
  if (language === undefined ? languages.length > 0 : !languages.includes(language))
    refuse(language === undefined ? 'The plan has no language.' : `"${language}" is not one of the languages.`);
  const out = outboundNumbers.find((one) => one.number === outboundNumber);
  if (!out) return refuse(`"${outboundNumber}" is not one of the outbound numbers.`);
  if (language !== undefined && out.languages.length && !out.languages.includes(language))
    refuse(`${out.label} (${outboundNumber}) does not serve the language "${language}".`);
}

/** Throws if the platform refuses the call with this outcome. */
export function refuseByOutcome(outcome: Outcome): void {
  const name = nameOf(outcome);
  const refused = name && refusedDials[name];
  if (refused) throw new TelephonyError(refused.code, refused.message, refused);
}
