import { CrmError } from '../crm/crm-error.js';
import type { Page } from '../domain/contact.js';

/** Something that has its place in a list: the greater `order`, the earlier. */
export interface Ordered {
  readonly order: string;
}

/** The place in a list of what happened at `at`; `sequence` parts what happened in the same millisecond. */
export function orderOf(at: string, sequence: number): string {
  return `${new Date(at).toISOString()}~${String(sequence).padStart(9, '0')}`;
}

export const greatestFirst = (a: Ordered, b: Ordered): number => (a.order < b.order ? 1 : a.order > b.order ? -1 : 0);

/** Puts an entry in its place in a sorted list, and takes the one out that it replaces. */
export function replaceIn<T extends Ordered>(sorted: T[], entry: T, before?: T): void {
  if (before) sorted.splice(placeOf(sorted, before.order), 1);
  sorted.splice(placeOf(sorted, entry.order), 0, entry);
}

/** Where `order` stands, or would stand. */
function placeOf(sorted: readonly Ordered[], order: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.order > order) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The part of a sorted list that follows `page`. A mark is the last item's place, so that changes in between skip nothing. */
export function pageOf<T extends Ordered, U>(
  sorted: readonly T[],
  { page, limit = 50 }: { page?: string; limit?: number },
  read: (entry: T) => U,
): Page<U> {
  if (page !== undefined && !/^\d.*~\d{9,}$/.test(page))
    throw new CrmError('invalid', `"${page}" is no page of this list.`);
  if (!(limit >= 1)) throw new CrmError('invalid', `A page has at least one item, not ${limit}.`);
  const rest = page === undefined ? sorted : sorted.filter(({ order }) => order < page);
  const part = rest.slice(0, Math.floor(limit));
  const last = part.at(-1);
  return { items: part.map(read), ...(last && rest.length > part.length && { next: last.order }) };
}
