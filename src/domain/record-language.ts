/** S17: the languages in which records can be written, BCP 47. Each has a file in `records/words`. */
export const recordLanguages: readonly string[] = ['en', 'fr'];

/** S17: whether `Intl` knows the IANA time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
}
