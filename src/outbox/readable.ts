import type { Stored } from '../domain/environment.js';

/**
 * The rows that can be opened. B5: one whose key is gone holds up none of the others; it stays where it is, and `unreadable`
 * is told.
 */
export async function readable<T>(
  rows: readonly Stored[],
  open: (row: Stored) => Promise<T>,
  unreadable: (row: Stored) => void = () => undefined,
): Promise<readonly T[]> {
  const opened = await Promise.allSettled(rows.map(open));
  return opened.flatMap((one, at) => {
    if (one.status === 'fulfilled') return [one.value];
    unreadable(rows[at]!);
    return [];
  });
}
