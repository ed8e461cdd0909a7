/** A character that a key has only in encoded form, as `%` and four hex digits. `/` and `%` are among them. */
const unsafeCharacter = /[^A-Za-z0-9.:@+_~=!$'()*,;&-]/g;
/** The last parts of keys that are derived from another intent's key. */
const reservedPart = /^(recording|fields|pop|file-\d+)$/;

const encode = (sign: string): string =>
  Array.from({ length: sign.length }, (_, at) => `%${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** Encodes text from outside as one part of a key, so that it never reads as another part or as two. Plain ASCII. */
export const keyPart = (text: string): string =>
  text.replace(unsafeCharacter, encode).replace(reservedPart, encodeFirst);

const encodeFirst = (word: string): string => encode(word[0]!) + word.slice(1);

/** The key of a write that happens once for a session. `step`: a fixed word, or the result of `stepOf`. */
export const sessionKey = (sessionId: string, step: string): string => `${keyPart(sessionId)}/${step}`;

/** R35: the key of a write of a session's record. Each correction has keys of its own, also when it comes back. */
export const recordKey = (sessionId: string, correction: number | undefined, step: string): string =>
  sessionKey(sessionId, correction ? `${correctionPart(correction)}/${step}` : step);

export const correctionPart = (correction: number): string => `c${correction}`;

/** A step of a session that happens once for each event or each ticket. */
export const stepOf = (word: string, { id }: { id: string }): string => `${word}/${keyPart(id)}`;

/** The identity by which all agents of an account recognise the same new contact. */
export interface SharedIdentity {
  by: 'identifier' | 'number' | 'email';
  value: string;
}

/** The forms of numbers and e-mail addresses that need no tag, because no other kind of identity looks like them. */
const plain = { number: /^\+?\d+(x\d+)?$/, email: /^[^@:/]+@[^@:/]+$/ };

/**
 * The key of a contact that all agents of an account share. The kind of identity is part of the key, so that an e-mail
 * address or a number never gets the key of an identifier that reads the same.
 */
export function sharedContactKey(account: string, { by, value }: SharedIdentity): string {
  const tag = by === 'identifier' ? 'id:' : plain[by].test(value) ? '' : `${by}:`;
  return `${keyPart(account)}/${tag}${keyPart(value)}/contact`;
}
