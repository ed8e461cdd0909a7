import type { Page } from '../domain/contact.js';
import type { ListOptions } from '../telephony/telephony.js';

/** Returns one page of a list. `page` is the index of its first item. */
export function pageOf<T>(items: readonly T[], { page, limit = 50 }: ListOptions = {}): Page<T> {
  const from = Number(page ?? 0);
  const to = from + limit;
  return { items: items.slice(from, to), ...(to < items.length && { next: String(to) }) };
}
