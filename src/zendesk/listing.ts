import { CrmError } from '../crm/crm-error.js';
import type { LookUpOptions } from '../crm/crm-host.js';
import type { Page } from '../domain/contact.js';
import { own } from '../domain/own.js';
import type { Listed } from './shapes.js';
import type { AskOptions, ZendeskApi } from './zendesk-api.js';

const largest = 100;
/** The most pages of Zendesk's list that are read for one page of a filtered list. */
const mostPages = 20;
/** The most pages of a whole list. A ticket has up to 5,000 comments, with changes between them. */
const longestList = 150;

/** A page token: the page of Zendesk's list, the length of its pages, and the ids that were shown in front of it. */
interface Place {
  page: number;
  size: number;
  shown: readonly string[];
}

/**
 * A page of a list, with new items that the index does not have yet in front. `fetch` reads one page of Zendesk's list.
 * Nothing is left out between two pages, and nothing comes twice.
 */
export async function pageWithRecent<T extends { id: string }>(
  { limit = largest, page }: LookUpOptions,
  recent: readonly T[],
  fetch: (page: number, size: number) => Promise<{ items: readonly T[]; more: boolean }>,
): Promise<Page<T>> {
  const shownFirst = page === undefined ? recent.slice(0, Math.max(0, limit - 1)) : [];
  const place: Place = page
    ? (JSON.parse(page) as Place)
    : { page: 1, size: Math.min(largest, limit - shownFirst.length), shown: shownFirst.map(({ id }) => id) };
  const { items, more } = await fetch(place.page, place.size);
  return {
    items: [...shownFirst, ...items.filter(({ id }) => !place.shown.includes(id))],
    ...(more && { next: JSON.stringify({ ...place, page: place.page + 1 }) }),
  };
}

/**
 * A page of the items that pass `keep`. Zendesk's pages are read until it is full: only then does a result with one
 * item mean that there is only one.
 */
export async function filteredPage<T>(
  { limit = largest, page }: LookUpOptions,
  keep: (item: T) => boolean,
  fetch: (page: number) => Promise<{ items: readonly T[]; more: boolean }>,
): Promise<Page<T>> {
  let { at, skip } = page ? (JSON.parse(page) as { at: number; skip: number }) : { at: 1, skip: 0 };
  const found: T[] = [];
  for (let pages = 0; pages < mostPages; pages++) {
    const { items, more } = await fetch(at);
    for (const [index, item] of items.entries()) {
      if (index < skip || !keep(item)) continue;
      if (found.length === limit) return { items: found, next: JSON.stringify({ at, skip: index }) };
      found.push(item);
    }
    if (!more) return { items: found };
    at++;
    skip = 0;
  }
  return { items: found, next: JSON.stringify({ at, skip }) };
}

/**
 * Reads a whole list by cursor. Rejects if it is too long, because a missing item might be in the part that was not
 * read.
 */
export async function wholeList<T>(
  api: ZendeskApi,
  path: string,
  name: string,
  options: AskOptions = {},
): Promise<T[]> {
  const found: T[] = [];
  let cursor = '';
  for (let pages = 0; pages < longestList; pages++) {
    const from = cursor ? `&page[after]=${encodeURIComponent(cursor)}` : '';
    const joint = path.includes('?') ? '&' : '?';
    const body = await api.get<Listed & Record<string, unknown>>(
      `${path}${joint}page[size]=${largest}${from}`,
      options,
    );
    const part = own(body, name);
    if (!Array.isArray(part)) throw new CrmError('unavailable', `Zendesk answered something else than ${name}.`);
    found.push(...(part as T[]));
    if (!body.meta?.has_more || !body.meta.after_cursor) return found;
    cursor = body.meta.after_cursor;
  }
  throw new CrmError('unavailable', 'Zendesk has more of it than can be read.');
}

/** A person's words without the search's own syntax: quotes, operators, `property:value`. */
export const searchWords = (text: string): string =>
  text
    .replace(/["*<>=():\\]|^-+|\s-+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
