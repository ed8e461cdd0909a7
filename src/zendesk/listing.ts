import { CrmError } from '../crm/crm-error.js';
import type { LookUpOptions } from '../crm/crm-host.js';
import type { Page } from '../domain/contact.js';
import { own } from '../domain/own.js';
import type { Listed } from './shapes.js';
import type { AskOptions, ZendeskApi } from './zendesk-api.js';

const largest = 100;
/** A page of a filtered list ends after so many of Zendesk's. */
const mostPages = 20;
/** A ticket has 5,000 comments at most, and changes between them. */
const longestList = 150;

/** Where a look-up goes on: a page of Zendesk's list, how long its pages are, and what was shown in front of it. */
interface Place {
  page: number;
  size: number;
  shown: readonly string[];
}

/**
 * A page of a list, with what the index does not have yet in front. `fetch` gives one page of Zendesk's list.
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
 * A page of what passes `keep`: as many of Zendesk's pages are read as it takes to fill it, so that “the only one” and
 * “the newest” are true.
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
 * A whole list by cursor. One that is too long to be read whole is a failure: what is not in the part that was read may
 * be in the rest.
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

/** Words of a person's, without what the search would take for its own: quotes, operators, `property:value`. */
export const searchWords = (text: string): string =>
  text
    .replace(/["*<>=():\\]|^-+|\s-+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
