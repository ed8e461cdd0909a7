import type { ContactDraft, Iso } from '../domain/contact.js';
import type { Session } from '../domain/session.js';
import { sessionKey, sharedContactKey, type SharedIdentity } from '../domain/write-key.js';
import type { Rule } from './rule.js';
import { isFromSdk, startsRecord } from './session-kind.js';

/** The customer's number in the form in which the CRM stores it: `+14155550100x12`. */
export function customerNumberOf({ customerNumber, extension, customer }: Session): string | undefined {
  const number = customerNumber ?? customer?.phone;
  return number && extension ? `${number}x${extension}` : number;
}

/**
 * The key of a new contact. Sessions with the same identity (identifier, number or e-mail address) share a key. The
 * session has its own key if the agent wanted a new contact despite matches (`own`), or if the caller has no identity.
 */
export function contactKey(account: string, session: Session, own: boolean): string {
  const shared = own || session.anonymous ? undefined : identityOf(session);
  return shared ? sharedContactKey(account, shared) : sessionKey(session.id, 'contact');
}

function identityOf(session: Session): SharedIdentity | undefined {
  const { identifier, email } = session.customer ?? {};
  const number = customerNumberOf(session);
  if (identifier) return { by: 'identifier', value: identifier };
  if (number) return { by: 'number', value: number };
  return email ? { by: 'email', value: email } : undefined;
}

/** R20, R29: the new contact, with number and identifier. The name of an unknown caller contains the time. */
export function contactDraft(session: Session, at: Iso): ContactDraft {
  if (session.anonymous) return { name: `Unknown caller ${at.slice(0, 16).replace('T', ' ')}` };
  const { name, email, identifier } = session.customer ?? {};
  const phoneNumber = customerNumberOf(session);
  return {
    name: name ?? email ?? phoneNumber ?? identifier ?? nameless(session, at),
    ...(phoneNumber ? { phoneNumber } : {}),
    ...(email ? { email } : {}),
    ...(identifier ? { identifier } : {}),
  };
}

function nameless(session: Session, at: Iso): string {
  if (!isFromSdk(session)) return `Unknown caller ${at.slice(0, 16).replace('T', ' ')}`;
  const [month, day] = [at.slice(5, 7), at.slice(8, 10)];
  return `${session.channel.startsWith('web-') ? 'Web' : 'Mobile'} User ${month}/${day} ${at.slice(11, 16)}`;
}

/** R20, R29: creates a contact if the decision is a new contact. */
export const contactRule: Rule = (event, known, settings) => {
  const { session, account, decision } = known;
  if (decision?.contact !== 'new' || known.contact || !startsRecord(event, known, settings)) return [];
  const { sessionId, at } = event;
  const key = contactKey(account, session, decision.ownContact === true);
  return [{ kind: 'create-contact', key, sessionId, at, draft: contactDraft(session, at) }];
};
