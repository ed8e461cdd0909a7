import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import type { Session } from '../domain/session.js';
import { isE164, type Addresses } from './addresses.js';
import type { SipHeaders, SipOptions } from './options.js';

/**
 * The default header names. A caller can set these headers too. The header of the session's id therefore has no default
 * name: only the options can name it.
 */
const defaultNames: Omit<SipHeaders, 'session'> = {
  queue: 'X-Queue-ID',
  language: 'X-Language',
  dialled: 'X-Dialled-Number',
};
const plainId = /^[\w.@:-]{1,128}$/;
const maxLength = 200;

/** Reads an incoming session from an INVITE. The headers are untrusted text: malformed values are ignored. */
export function callerOf(request: IncomingRequest, options: SipOptions, addresses: Addresses): Session {
  const names: Partial<SipHeaders> = { ...defaultNames, ...options.headers };
  const header = (name: string | undefined): string | undefined => name && request.getHeader(name)?.trim();
  const id =
    [header(names.session), header('call-id')].find((text) => text && plainId.test(text)) ?? crypto.randomUUID();
  const user = decoded(request.from.uri.user ?? '');
  const agent = addresses.colleagueOf({ user, host: request.from.uri.host });
  const language = header(names.language);
  const queue = options.queues?.find((one) => one.id === header(names.queue));
  return {
    id,
    channel: agent ? 'internal-call' : 'ivr-call',
    direction: 'inbound',
    ...platformNumber([header(names.dialled), decoded(request.to.uri.user ?? '')]),
    ...(language && options.languages.includes(language) && { language }),
    ...(queue && { queue: { id: queue.id, path: queue.path ?? [queue.label] } }),
    ...(agent ? { customer: { name: agent.label, authenticated: true } } : stranger(user, request)),
  };
}

function stranger(user: string, { from }: IncomingRequest): Partial<Session> {
  if (isE164(user)) return { customerNumber: user, ...named(from.display_name, user) };
  if (user === '' || user.toLowerCase() === 'anonymous' || from.uri.host.endsWith('.invalid'))
    return { anonymous: true };
  return { customer: { identifier: `${user}@${from.uri.host}`.slice(0, maxLength), authenticated: false } };
}

/** A customer with the display name, unless the display name repeats the number. */
const named = (name: string | undefined, number: string): Partial<Session> =>
  name && name.replace(/[^\d+]/g, '') !== number
    ? { customer: { name: name.slice(0, maxLength), authenticated: false } }
    : {};

function platformNumber(candidates: readonly (string | undefined)[]): Partial<Session> {
  const number = candidates.find((text) => text !== undefined && isE164(text));
  return number === undefined ? {} : { platformNumber: number };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
