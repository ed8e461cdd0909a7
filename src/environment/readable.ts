import type { Stored } from './environment.js';

/**
 * The rows that can be opened. B5: those whose key is gone hold up none of the others; they stay where they are, and
 * `unreadable` is told. Rejects where a row cannot be opened for another reason: it can be, later.
 */
export async function readable<T>(
  rows: readonly Stored[],
  open: (row: Stored) => Promise<T>,
  unreadable: (rows: readonly Stored[]) => void = () => undefined,
): Promise<readonly T[]> {
  const opened = await Promise.allSettled(rows.map(open));
  for (const one of opened) if (one.status === 'rejected' && !isKeyless(one.reason)) throw one.reason;
  const lost = rows.filter((_, at) => opened[at]!.status === 'rejected');
  if (lost.length > 0) unreadable(lost);
  return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** How the browser says that something was not sealed with this key. */
const isKeyless = (error: unknown): boolean => (error as Partial<Error> | null)?.name === 'OperationError';
