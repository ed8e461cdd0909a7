/** The phone-number functions with their metadata. They are 56 kB, so they load after the first paint. */
export type PhoneNumbers = typeof import('./phone-number.js');

let loaded: PhoneNumbers | undefined;

/** Loads the functions once. Rejects if the file cannot be fetched. A later call tries again. */
export async function loadPhoneNumbers(): Promise<PhoneNumbers> {
  loaded ??= await import('./phone-number.js');
  return loaded;
}

/** The loaded functions. Throws before `loadPhoneNumbers` has resolved. */
export function phoneNumbers(): PhoneNumbers {
  if (!loaded) throw new Error('loadPhoneNumbers() has not finished');
  return loaded;
}

/** The loaded functions, or undefined before `loadPhoneNumbers` has resolved. */
export const loadedPhoneNumbers = (): PhoneNumbers | undefined => loaded;
