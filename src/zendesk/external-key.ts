/** Zendesk's limit for external ids and for its Idempotency-Key. */
const longest = 255;

/** A key that Zendesk accepts. A longer key becomes its SHA-256 hash, which is the same at every desktop. */
export const externalKey = async (key: string): Promise<string> => (key.length <= longest ? key : hashOf(key));

/** The hash begins with `#`, as no key and no session id does. */
export async function hashOf(text: string): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `#${Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
