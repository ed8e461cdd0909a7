/** The most characters of Zendesk's external ids and Idempotency-Keys. */
const longest = 255;

/** Returns a key that Zendesk accepts. A longer key becomes its SHA-256 hash, which is the same on every desktop. */
export const externalKey = async (key: string): Promise<string> => (key.length <= longest ? key : hashOf(key));

/** The SHA-256 hash of a text. It begins with `#`, with which no key and no session id begins. */
export async function hashOf(text: string): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `#${Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
