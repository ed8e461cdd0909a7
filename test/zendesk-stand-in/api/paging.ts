import { notDocumented, Refusal } from './replies.js';
import { among, number, words, type Parameter } from './shapes.js';

export interface Listing<T> {
  name: string;
  items: readonly T[];
  /** The key by which the list is ordered; equal keys are ordered by id. */
  by?: (item: T) => number | string;
  descending?: boolean;
  id: (item: T) => number | string;
}

/** (D) Every list pages by offset. */
export const offsetParameters: Record<string, Parameter> = { page: number, per_page: number };
/** (D) Every list pages by cursor too. */
export const pageParameters: Record<string, Parameter> = {
  ...offsetParameters,
  'page[size]': number,
  'page[after]': words,
  'page[before]': words,
};
/** (D) The parameters of a list that can be ordered. */
export const sortParameters: Record<string, Parameter> = {
  sort: among('updated_at', '-updated_at', 'created_at', '-created_at', 'id', '-id'),
  sort_by: among('updated_at', 'created_at', 'id'),
  sort_order: among('asc', 'desc'),
};

type Key = [number | string, number | string];
const order = (one: Key, other: Key) => {
  const [at, to] = one[0] === other[0] ? [one[1], other[1]] : [one[0], other[0]];
  return at < to ? -1 : at > to ? 1 : 0;
};
const cursorOf = (key: Key) => Buffer.from(JSON.stringify(key)).toString('base64url');

function keyOf(cursor: string): Key {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Key;
  } catch {
    throw new Refusal(notDocumented(`${cursor} is not a cursor`));
  }
}

function sized(query: URLSearchParams, name: string): number {
  const size = Number(query.get(name) ?? 100);
  if (size < 1 || size > 100) throw new Refusal(notDocumented(`${name} must be 1 to 100`));
  return size;
}

/** One page of a list, with the envelope of the requested kind of paging. `url`: the request's, with its query. */
export function page<T>(url: URL, listing: Listing<T>, most = 10_000): Record<string, unknown> {
  const { by, id, descending } = listing;
  const keyed = listing.items.map((item): { key: Key; item: T } => ({ key: [by?.(item) ?? 0, id(item)], item }));
  keyed.sort((one, other) => order(one.key, other.key) * (descending ? -1 : 1));
  const isCursor = [...url.searchParams.keys()].some((name) => name.startsWith('page['));
  return isCursor ? byCursor(url, listing, keyed) : byOffset(url, listing, keyed, most);
}

function byCursor<T>(url: URL, { name, descending }: Listing<T>, keyed: { key: Key; item: T }[]) {
  const query = url.searchParams;
  const size = sized(query, 'page[size]');
  const [after, before] = [query.get('page[after]'), query.get('page[before]')];
  const beyond = (key: Key, cursor: string) => order(key, keyOf(cursor)) * (descending ? -1 : 1);
  const left = keyed.filter(({ key }) => (after ? beyond(key, after) > 0 : before ? beyond(key, before) < 0 : true));
  const shown = before && !after ? left.slice(-size) : left.slice(0, size);
  const [first, last] = [shown[0], shown.at(-1)];
  const link = (which: 'after' | 'before', one: typeof first) => {
    if (!one) return null;
    const next = new URL(url);
    for (const name of ['page[after]', 'page[before]']) next.searchParams.delete(name);
    next.searchParams.set(`page[${which}]`, cursorOf(one.key));
    return next.href;
  };
  return {
    [name]: shown.map(({ item }) => item),
    meta: {
      has_more: left.length > shown.length,
      after_cursor: last ? cursorOf(last.key) : null,
      before_cursor: first ? cursorOf(first.key) : null,
    },
    links: { next: left.length > shown.length ? link('after', last) : null, prev: link('before', first) },
  };
}

function byOffset<T>(url: URL, { name }: Listing<T>, keyed: { item: T }[], most: number) {
  const size = sized(url.searchParams, 'per_page');
  const at = Number(url.searchParams.get('page') ?? 1);
  // (D) At most 10,000 records, and 1,000 results of a search.
  if (at < 1 || at * size > most) throw new Refusal(notDocumented(`A list goes to ${most} records`));
  const link = (to: number) => {
    const other = new URL(url);
    other.searchParams.set('page', String(to));
    return other.href;
  };
  return {
    [name]: keyed.slice((at - 1) * size, at * size).map(({ item }) => item),
    next_page: at * size < keyed.length ? link(at + 1) : null,
    previous_page: at > 1 ? link(at - 1) : null,
    count: keyed.length,
  };
}
