/** The phone-number functions and their metadata: 56 kB, so they come after the first paint. */
export type PhoneNumbers = typeof import('./phone-number.js');

let loaded: PhoneNumbers | undefined;

/** Loads once; rejects where the file cannot be fetched, and may be tried again. */
export async function loadPhoneNumbers(): Promise<PhoneNumbers> {
  loaded ??= await import('./phone-number.js');
  return loaded;
}

/** What `loadPhoneNumbers` brought. Throws before that. */
export function phoneNumbers(): PhoneNumbers {
  if (!loaded) throw new Error('loadPhoneNumbers() has not finished');
  return loaded;
}

/** The same, or nothing before that: for what can be shown without. */
export const loadedPhoneNumbers = (): PhoneNumbers | undefined => loaded;
