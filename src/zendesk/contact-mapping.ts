import type { Contact } from '../domain/contact.js';
import { oneLine } from '../domain/one-line.js';
import type { ZendeskIdentity, ZendeskUser } from './shapes.js';

/** The key of the user field for identifiers, which X11 creates. */
export const identifierField = 'identifier';
const identifierLine = /^identifier: (.+)$/m;

/** Makes a line of a user's notes. Line breaks in the value are replaced, so that it can be read back from the line. */
export const noteLine = (label: 'identifier' | 'email', value: string): string => `${label}: ${oneLine(value)}`;

/** Makes a contact from a user. The default number comes first, then the numbers among the identities. */
export function contactOf(user: ZendeskUser, identities: readonly ZendeskIdentity[], origin: string): Contact {
  const numbers = [
    ...(user.phone ? [user.phone] : []),
    ...identities.filter(({ type }) => type === 'phone_number').map(({ value }) => value),
  ];
  const identifier = identifierOf(user);
  return {
    id: String(user.id),
    name: user.name,
    phoneNumbers: numbers.filter((number, at) => numbers.findIndex((one) => isSame(one, number)) === at),
    ...(user.email ? { email: user.email } : {}),
    ...(identifier ? { identifier } : {}),
    createdAt: isoTime(user.created_at),
    url: `${origin}/agent/users/${user.id}`,
  };
}

/** Reads the identifier from its user field, or from the notes if the account has no such field. */
export const identifierOf = ({ user_fields, notes }: ZendeskUser): string | undefined => {
  const value = user_fields?.[identifierField];
  return typeof value === 'string' && value ? value : (identifierLine.exec(notes ?? '')?.[1] ?? undefined);
};

/** Makes one form of Zendesk's times, which come with and without milliseconds. */
export const isoTime = (text: string): string => {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
};

const isSame = (one: string, other: string): boolean => one.replace(/[\s().-]/g, '') === other.replace(/[\s().-]/g, '');
