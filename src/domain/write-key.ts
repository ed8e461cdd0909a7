/** What stands for itself in a key; the rest, `/` and `%` among it, is written as `%` and its code. */
const coded = /[^A-Za-z0-9.:@+_~=!$'()*,;&-]/g;
/** What keys of ours end with where another intent has given rise to them. */
const ownEnd = /^(recording|fields|pop|file-\d+)$/;

const code = (sign: string): string =>
  Array.from({ length: sign.length }, (_, at) => `%${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** Text from outside as a part of a key: it cannot be taken for another part, or for two. Plain ASCII. */
export const keyPart = (text: string): string => text.replace(coded, code).replace(ownEnd, codeFirst);

const codeFirst = (word: string): string => code(word[0]!) + word.slice(1);

/** The key of what is written once for a session. `step`: a word of ours, or `stepOf` an event. */
export const sessionKey = (sessionId: string, step: string): string => `${keyPart(sessionId)}/${step}`;

/** A step of a session that each event, or each ticket, makes once. */
export const stepOf = (word: string, { id }: { id: string }): string => `${word}/${keyPart(id)}`;

/** By what the agents of an account agree that a new contact is the same one. */
export interface SharedIdentity {
  by: 'identifier' | 'number' | 'email';
  value: string;
}

/** Numbers and addresses that no other kind of identity is written like: they need no word that says what they are. */
const plain = { number: /^\+?\d+(x\d+)?$/, email: /^[^@:/]+@[^@:/]+$/ };

/**
 * The key of a contact that all agents of an account share. What kind of identity it is belongs to it: an address or a
 * number that reads like somebody's identifier is still an address or a number.
 */
export function sharedContactKey(account: string, { by, value }: SharedIdentity): string {
  const tag = by === 'identifier' ? 'id:' : plain[by].test(value) ? '' : `${by}:`;
  return `${keyPart(account)}/${tag}${keyPart(value)}/contact`;
}
