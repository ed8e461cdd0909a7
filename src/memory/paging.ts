import { CrmError } from '../crm/crm-error.js';
import type { Page } from '../domain/contact.js';

/** An item of a sorted list. A greater `order` comes first. */
export interface Ordered {
  readonly order: string;
}

/** The order of an item by its time. `sequence` orders items of the same millisecond. */
export function orderOf(at: string, sequence: number): string {
  return `${new Date(at).toISOString()}~${String(sequence).padStart(9, '0')}`;
}

export const greatestFirst = (a: Ordered, b: Ordered): number => (a.order < b.order ? 1 : a.order > b.order ? -1 : 0);

/** Inserts an entry into a sorted list, and removes the entry `before` that it replaces. */
export function replaceIn<T extends Ordered>(sorted: T[], entry: T, before?: T): void {
  if (before) sorted.splice(indexOf(sorted, before.order), 1);
  sorted.splice(indexOf(sorted, entry.order), 0, entry);
}

/** The index of the entry with this order, or the index at which it would be inserted. */
function indexOf(sorted: readonly Ordered[], order: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.order > order) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Returns the page after the item with the order `page`. Because a page is named by an order and not by an index, no
 * item is skipped when the list changes.
 */
export function pageOf<T extends Ordered, U>(
  sorted: readonly T[],
  { page, limit = 50 }: { page?: string; limit?: number },
  read: (entry: T) => U,
): Page<U> {
  if (page !== undefined && !/^\d.*~\d{9,}$/.test(page))
    throw new CrmError('invalid', `"${page}" is not a page of this list.`);
  if (!(limit >= 1)) throw new CrmError('invalid', `A page has at least one item, not ${limit}.`);
  const rest = page === undefined ? sorted : sorted.filter(({ order }) => order < page);
  const part = rest.slice(0, Math.floor(limit));
  const last = part.at(-1);
  return { items: part.map(read), ...(last && rest.length > part.length && { next: last.order }) };
}
