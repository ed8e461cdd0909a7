/** Of Zendesk's external ids, and of its Idempotency-Key. */
const longest = 255;

/** A key as Zendesk takes it: one that is too long is the hash of it (SHA-256), the same at every desktop. */
export const externalKey = async (key: string): Promise<string> => (key.length <= longest ? key : hashOf(key));

/** Begins as no key and no id of a session does. */
export async function hashOf(text: string): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `#${Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
