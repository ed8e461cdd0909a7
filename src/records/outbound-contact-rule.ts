import type { Rule } from './rule.js';

/** The key of a new contact: one for the account and number, unless the agent wanted another although some have it. */
export const contactKey = (account: string, sessionId: string, number: string | undefined, own: boolean): string =>
  own || !number ? `${sessionId}/contact` : `${account}/${number}/contact`;

/** R20: an outbound call to somebody new makes a contact, with the number that was dialled. */
export const outboundContactRule: Rule = (event, { session, account }) => {
  if (event.type !== 'session.created' || session.association?.contact !== 'new') return [];
  const { id: sessionId, customerNumber = '', extension, association } = session;
  const number = extension ? `${customerNumber}x${extension}` : customerNumber;
  const key = contactKey(account, sessionId, number, association.despiteMatches === true);
  return [{ kind: 'create-contact', key, sessionId, draft: { name: number, phoneNumber: number } }];
};
