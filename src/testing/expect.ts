/** Throws if a condition is false. */
export function ok(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Throws if two values differ as JSON. Keys with the value undefined are ignored. */
export function equal(actual: unknown, expected: unknown, message: string): void {
  const [one, other] = [stable(actual), stable(expected)];
  if (one !== other) throw new Error(`${message}: expected ${other}, got ${one}`);
}

/** Throws if a promise does not reject, or if its error lacks one of the properties. Returns the error. */
export async function rejects(
  promise: Promise<unknown>,
  properties: Readonly<Record<string, unknown>>,
  message: string,
): Promise<Error> {
  let answer: unknown;
  try {
    answer = await promise;
  } catch (error) {
    for (const [key, value] of Object.entries(properties)) equal((error as never)[key], value, `${message}: ${key}`);
    return error as Error;
  }
  throw new Error(`${message}: expected a rejection, got ${stable(answer)}`);
}

/** Whether a text is a time in ISO 8601, UTC. */
export const isIso = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text);

/** Whether a text is a name of the IANA time zone database, such as `Europe/Paris`. */
export function isTimeZone(text: string): boolean {
  try {
    return /^[A-Za-z]/.test(text) && Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
}

function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      inner && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'undefined'
  );
}
