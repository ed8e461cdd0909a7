import type { ContactDraft, Iso } from '../domain/contact.js';
import type { Session } from '../domain/session.js';
import { recordKey, sharedContactKey, type SharedIdentity } from '../domain/write-key.js';
import { writingOf } from './card.js';
import type { Known, Rule } from './rule.js';
import { isFromSdk, startsRecord } from './session-kind.js';
import { isoDay, say, timeText, type Writing } from './writing.js';

/** The customer's number in the form in which the CRM stores it: `+14155550100x12`. */
export function customerNumberOf({ customerNumber, extension, customer }: Session): string | undefined {
  const number = customerNumber ?? customer?.phone;
  return number && extension ? `${number}x${extension}` : number;
}

/**
 * The key of a new contact. Sessions with the same identity (identifier, number or e-mail address) share a key. The
 * session has its own key if the agent wanted a new contact despite matches (`own`), or if the caller has no identity.
 */
export function contactKey(account: string, session: Session, own: boolean, correction?: number): string {
  const shared = own || session.anonymous ? undefined : identityOf(session);
  return shared ? sharedContactKey(account, shared) : recordKey(session.id, correction, 'contact');
}

function identityOf(session: Session): SharedIdentity | undefined {
  const { identifier, email } = session.customer ?? {};
  const number = customerNumberOf(session);
  if (identifier) return { by: 'identifier', value: identifier };
  if (number) return { by: 'number', value: number };
  return email ? { by: 'email', value: email } : undefined;
}

/** R20, R29: the new contact, with number and identifier. The name of an unknown caller contains the time. */
export function contactDraft(known: Pick<Known, 'session' | 'writing'>, at: Iso): ContactDraft {
  const { session } = known;
  const writing = writingOf(known);
  const time = `${isoDay(at, writing)} ${timeText(at, writing)}`;
  if (session.anonymous) return { name: say(writing, 'contact.unknown', { time }) };
  const { name, email, identifier } = session.customer ?? {};
  const phoneNumber = customerNumberOf(session);
  return {
    name: name ?? email ?? phoneNumber ?? identifier ?? nameless(session, time, writing),
    ...(phoneNumber ? { phoneNumber } : {}),
    ...(email ? { email } : {}),
    ...(identifier ? { identifier } : {}),
  };
}

function nameless(session: Session, time: string, writing: Writing): string {
  if (!isFromSdk(session)) return say(writing, 'contact.unknown', { time });
  const [, month, day] = time.slice(0, 10).split('-');
  const short = `${month}/${day} ${time.slice(11)}`;
  return say(writing, session.channel.startsWith('web-') ? 'contact.web' : 'contact.mobile', { time: short });
}

/** R20, R29: creates a contact if the decision is a new contact. */
export const contactRule: Rule = (event, known, settings) => {
  const { session, account, decision, correction } = known;
  if (decision?.contact !== 'new' || known.contact || !startsRecord(event, known, settings)) return [];
  const { sessionId, at } = event;
  const key = contactKey(account, session, decision.ownContact === true, correction);
  return [{ kind: 'create-contact', key, sessionId, at, draft: contactDraft(known, at) }];
};
