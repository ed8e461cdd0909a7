import { CrmError } from '../crm/crm-error.js';
import type { LookUpOptions } from '../crm/crm-host.js';
import type { Page } from '../domain/contact.js';
import { own } from '../domain/own.js';
import type { Listed } from './shapes.js';
import type { AskOptions, ZendeskApi } from './zendesk-api.js';

/** The most items of a page of Zendesk's lists. */
const largest = 100;
/** The most pages of Zendesk's list that are read for one page of a filtered list. */
const mostPages = 20;
/** The most pages of a whole list. A ticket has up to 5,000 comments, with changes between them. */
const longestList = 150;

/** The content of a page token. */
interface Position {
  /** The page of Zendesk's list. */
  page: number;
  /** The length of Zendesk's pages. */
  size: number;
  /** The ids of the recent items that the first page has shown. */
  shown: readonly string[];
}

/**
 * Returns a page of a list. The first page begins with the recent items, which the search index does not have yet.
 * `fetch` reads one page of Zendesk's list. No item is left out, and no item comes twice.
 */
export async function pageWithRecent<T extends { id: string }>(
  { limit = largest, page }: LookUpOptions,
  recent: readonly T[],
  fetch: (page: number, size: number) => Promise<{ items: readonly T[]; more: boolean }>,
): Promise<Page<T>> {
  const shownFirst = page === undefined ? recent.slice(0, Math.max(0, limit - 1)) : [];
  const position: Position = page
    ? (JSON.parse(page) as Position)
    : { page: 1, size: Math.min(largest, limit - shownFirst.length), shown: shownFirst.map(({ id }) => id) };
  const { items, more } = await fetch(position.page, position.size);
  return {
    items: [...shownFirst, ...items.filter(({ id }) => !position.shown.includes(id))],
    next: more ? JSON.stringify({ ...position, page: position.page + 1 }) : undefined,
  };
}

/**
 * Returns a page of the items that pass `keep`. Reads Zendesk's pages until this page is full, so that a result with one
 * item means that there is only one.
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

/** Reads a whole list by cursor. Rejects if the list is too long: an item might be in the part that was not read. */
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
    if (!Array.isArray(part)) throw new CrmError('unavailable', `Zendesk answered with something else than ${name}.`);
    found.push(...(part as T[]));
    if (!body.meta?.has_more || !body.meta.after_cursor) return found;
    cursor = body.meta.after_cursor;
  }
  throw new CrmError('unavailable', `Zendesk has more ${name} than can be read.`);
}

/** Removes the syntax of Zendesk's search from words that a person typed: quotes, operators, `property:value`. */
export const searchWords = (text: string): string =>
  text
    .replace(/["*<>=():\\]|^-+|\s-+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
