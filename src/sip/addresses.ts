import type { DialPlan } from '../domain/dial.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { TransferTarget } from '../telephony/telephony.js';
import type { SipOptions } from './options.js';

const e164 = /^\+[1-9]\d{6,14}$/;
const short = /^[\d*#]{1,15}$/;
const extension = /^\d{1,11}$/;
/** User parts of addresses that need no escaping. */
const plainUser = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const host = /^[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:\d{1,5})?$/;

export const isE164 = (text: string): boolean => e164.test(text);

function refuse(message: string): never {
  throw new TelephonyError('invalid', message);
}

/** The user and host part of a SIP address. `user` is decoded. */
export interface SipUri {
  user: string;
  host: string;
}

/** Builds the addresses for SIP headers. It checks every part, so that a line break cannot add a header. */
export class Addresses {
  #options: SipOptions;

  constructor(options: SipOptions) {
    this.#options = options;
    if (!host.test(options.domain)) refuse(`"${options.domain}" is not a domain.`);
    for (const { user } of [options, ...(options.agents ?? []), ...(options.queues ?? [])])
      if (!plainUser.test(user) && !e164.test(user)) refuse(`"${user}" is not the user part of an address.`);
    for (const { number } of options.outboundNumbers) if (!e164.test(number)) refuse(`"${number}" is not a number.`);
  }

  get own(): string {
    return this.#addressOf(this.#options.user);
  }

  /** The address of a dial plan's number. Throws `invalid`. */
  ofPlan(plan: DialPlan): string {
    const { number, kind, language, outboundNumber } = plan;
    const { languages, outboundNumbers } = this.#options;
    if (!(kind === 'e164' ? e164 : short).test(number)) refuse(`"${number}" is not a number that can be dialled.`);
    if (plan.extension !== undefined && !extension.test(plan.extension))
      refuse(`"${plan.extension}" is not an extension.`);
    if (language === undefined ? languages.length > 0 : !languages.includes(language))
      refuse(language === undefined ? 'The plan has no language.' : `"${language}" is not one of the languages.`);
    const out = outboundNumbers.find((one) => one.number === outboundNumber);
    if (!out) return refuse(`"${outboundNumber}" is not one of the outbound numbers.`);
    if (language !== undefined && out.languages.length && !out.languages.includes(language))
      refuse(`${out.label} (${outboundNumber}) does not serve the language "${language}".`);
    return this.#addressOf(number);
  }

  /** The headers that carry the number for the customer's display. */
  identity(outboundNumber: string): string[] {
    return [`P-Preferred-Identity: <${this.#addressOf(outboundNumber)}>`];
  }

  /** The address of a transfer target. Throws `invalid`, also for the agent's own address. */
  ofTarget({ kind, id, label }: TransferTarget): string {
    const { agents = [], queues = [], user } = this.#options;
    if (kind === 'outside')
      return e164.test(id) ? this.#addressOf(id) : refuse(`"${id}" is not a number that can be dialled.`);
    const known = (kind === 'agent' ? agents : queues).find((one) => one.id === id);
    if (!known) return refuse(`"${id}" is not in the directory.`);
    if (known.user === user) refuse(`${label || known.label} is in the call already.`);
    return this.#addressOf(known.user);
  }

  /** A peer's user part as an address of this domain. Throws `invalid`. */
  ofPeer(user: string): string {
    if (!e164.test(user) && !short.test(user) && !plainUser.test(user)) refuse('The address cannot be called.');
    return this.#addressOf(user);
  }

  /** The colleague with this address. The same user at another domain is a stranger. */
  colleagueOf({ user, host }: SipUri) {
    return this.#isOfDomain(host) ? this.#options.agents?.find((agent) => agent.user === user) : undefined;
  }

  /**
   * The address that a REFER makes this browser call without a press of Call. Only a colleague may send the REFER, and
   * only for an agent or a queue of the directory, never for a number (F14). Throws `invalid`.
   */
  ofReferral(by: SipUri, { user, host }: SipUri): string {
    const { agents = [], queues = [] } = this.#options;
    const isKnown = this.#isOfDomain(host) && [...agents, ...queues].some((one) => one.user === user);
    return this.colleagueOf(by) && isKnown ? this.#addressOf(user) : refuse('The call cannot be moved there.');
  }

  #isOfDomain(host: string): boolean {
    return host.toLowerCase() === this.#options.domain.split(':')[0]!.toLowerCase();
  }

  #addressOf(user: string): string {
    return `sip:${user.replaceAll('#', '%23')}@${this.#options.domain}`;
  }
}

/** Checks digits for a phone's keypad, and returns them in upper case. A comma is a pause. Throws `invalid`. */
export function checkDigits(digits: string): string {
  if (!/^[0-9*#A-D,]{1,64}$/i.test(digits)) refuse(`"${digits}" contains characters that are not keys of a phone.`);
  return digits.toUpperCase();
}
