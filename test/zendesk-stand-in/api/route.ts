import type { Fault } from '../control.js';
import type { Account, Origin } from './account.js';
import { notDocumented, notFound, Refusal, type Reply } from './replies.js';
import type { Parameter, Shape } from './shapes.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A documented request by a known user. */
export interface ApiRequest {
  account: Account;
  url: URL;
  /** The ids in the path, in order. */
  ids: string[];
  body: unknown;
  raw: string;
  origin: Origin;
  idempotencyKey?: string;
  /** The delay of the response in milliseconds. */
  answerTakes: number;
  fault?: Fault;
  /** Adds an ignored value to the request's log entry. */
  note(what: string): void;
}

export interface Route {
  method: Method;
  path: string;
  pattern: RegExp;
  query: Record<string, Parameter>;
  /** Without it the route accepts no body. */
  body?: Shape;
  admin?: true;
  /** Requests count for the limits of ticket updates. */
  updatesTicket?: true;
  handle(request: ApiRequest): Reply;
}

type About = Partial<Pick<Route, 'query' | 'body' | 'admin' | 'updatesTicket'>>;

/** `:id` matches a number, `:job` a job's id. The path may end with `.json`. */
export function route(method: Method, path: string, handle: Route['handle'], about: About = {}): Route {
  const source = path.replaceAll(':id', '(\\d+)').replaceAll(':job', '([\\w-]+)');
  return { method, path, pattern: new RegExp(`^/api/v2${source}(?:\\.json)?$`), query: {}, handle, ...about };
}

/** The route of a request, or why there is none. */
export function find(routes: readonly Route[], method: string, path: string): { route: Route; ids: string[] } | string {
  for (const one of routes) {
    const found = one.method === method && one.pattern.exec(path);
    if (found) return { route: one, ids: found.slice(1) };
  }
  return `${method} ${path}`;
}

/** The undocumented part of a request; undefined: none. */
export function undocumented(one: Route, url: URL, body: unknown): string | undefined {
  for (const [name, value] of url.searchParams) {
    const parameter = Object.hasOwn(one.query, name) ? one.query[name] : undefined;
    if (!parameter) return `parameter ${name}`;
    if (!parameter(value)) return `parameter ${name}=${value}`;
  }
  if (one.body) return one.body(body, 'body');
  const isEmpty = body === undefined || (typeof body === 'object' && body !== null && !Object.keys(body).length);
  return isEmpty ? undefined : 'a body';
}

export const refuse = (what: string) => new Refusal(notDocumented(what));

/** The record with an id, or 404. */
export function found<T>(records: { get(id: number): T | undefined }, id: string | number): T {
  const record = records.get(Number(id));
  if (record === undefined) throw new Refusal(notFound);
  return record;
}
