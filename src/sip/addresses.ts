import type { DialPlan } from '../domain/dial.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { TransferTarget } from '../telephony/telephony.js';
import type { SipOptions } from './options.js';

const e164 = /^\+[1-9]\d{6,14}$/;
const short = /^[\d*#]{1,15}$/;
const extension = /^\d{1,11}$/;
/** Users of an address that need no escape. */
const plainUser = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const host = /^[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:\d{1,5})?$/;

export const isE164 = (text: string): boolean => e164.test(text);

function refuse(message: string): never {
  throw new TelephonyError('invalid', message);
}

/** Of an address: who, and where. `user` is decoded. */
export interface SipUri {
  user: string;
  host: string;
}

/** Nothing but what has been checked here gets into a header: an address with a line break in it is no address. */
export class Addresses {
  #options: SipOptions;

  constructor(options: SipOptions) {
    this.#options = options;
    if (!host.test(options.domain)) refuse(`"${options.domain}" is no domain.`);
    for (const { user } of [options, ...(options.agents ?? []), ...(options.queues ?? [])])
      if (!plainUser.test(user) && !e164.test(user)) refuse(`"${user}" is no user of an address.`);
    for (const { number } of options.outboundNumbers) if (!e164.test(number)) refuse(`"${number}" is no number.`);
  }

  get own(): string {
    return this.#of(this.#options.user);
  }

  /** The address that a plan asks for. Throws `invalid`. */
  ofPlan(plan: DialPlan): string {
    const { number, kind, language, outboundNumber } = plan;
    const { languages, outboundNumbers } = this.#options;
    if (!(kind === 'e164' ? e164 : short).test(number)) refuse(`"${number}" is no number that can be dialled.`);
    if (plan.extension !== undefined && !extension.test(plan.extension)) refuse(`"${plan.extension}" is no extension.`);
    if (language === undefined ? languages.length > 0 : !languages.includes(language))
      refuse(language === undefined ? 'A language is missing.' : `"${language}" is none of the languages.`);
    const out = outboundNumbers.find((one) => one.number === outboundNumber);
    if (!out) return refuse(`"${outboundNumber}" is none of the outbound numbers.`);
    if (language !== undefined && out.languages.length && !out.languages.includes(language))
      refuse(`${out.label} (${outboundNumber}) does not serve the language "${language}".`);
    return this.#of(number);
  }

  /** Headers that name the number which the customer is to see. */
  identity(outboundNumber: string): string[] {
    return [`P-Preferred-Identity: <${this.#of(outboundNumber)}>`];
  }

  /** The address of somebody a call can be transferred to. Throws `invalid`, for oneself too. */
  ofTarget({ kind, id, label }: TransferTarget): string {
    const { agents = [], queues = [], user } = this.#options;
    if (kind === 'outside') return e164.test(id) ? this.#of(id) : refuse(`"${id}" is no number that can be dialled.`);
    const known = (kind === 'agent' ? agents : queues).find((one) => one.id === id);
    if (!known) return refuse(`"${id}" is not in the directory.`);
    if (known.user === user) refuse(`${label || known.label} is at the call already.`);
    return this.#of(known.user);
  }

  /** An address that a peer has given: only what is one of this domain. */
  ofPeer(user: string): string {
    if (!e164.test(user) && !short.test(user) && !plainUser.test(user)) refuse('The address cannot be called.');
    return this.#of(user);
  }

  /** Whose address it is: a colleague's user at another domain is a stranger. */
  colleagueOf({ user, host }: SipUri) {
    return this.#isOfDomain(host) ? this.#options.agents?.find((agent) => agent.user === user) : undefined;
  }

  /**
   * Whom a colleague may have this browser call by a REFER, which nobody here has pressed for: somebody of the directory.
   * F14: a number never. Throws `invalid`.
   */
  ofReferral(by: SipUri, { user, host }: SipUri): string {
    const { agents = [], queues = [] } = this.#options;
    const isKnown = this.#isOfDomain(host) && [...agents, ...queues].some((one) => one.user === user);
    return this.colleagueOf(by) && isKnown ? this.#of(user) : refuse('The call cannot be moved there.');
  }

  #isOfDomain(host: string): boolean {
    return host.toLowerCase() === this.#options.domain.split(':')[0]!.toLowerCase();
  }

  #of(user: string): string {
    return `sip:${user.replaceAll('#', '%23')}@${this.#options.domain}`;
  }
}

/** Keys of a phone; a comma waits. Throws `invalid`. */
export function checkDigits(digits: string): string {
  if (!/^[0-9*#A-D,]{1,64}$/i.test(digits)) refuse(`"${digits}" are no keys of a phone.`);
  return digits.toUpperCase();
}
