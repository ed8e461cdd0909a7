import type { Account } from './account.js';
import { Refusal, tooOften } from './replies.js';
import type { User } from './records.js';

/** A count of requests, which begins with the first one. */
export interface Window {
  from: number;
  used: number;
}

interface Limit {
  key: string;
  total: number;
  milliseconds: number;
  /** The endpoint whose own header reports the limit. Limits without it are reported in the general headers. */
  endpoint?: string;
  quiet?: true;
}

export interface Counted {
  /** (D) The app sends its requests in an agent's session. */
  session: boolean;
  actor: User;
  updatedTicket?: number;
}

function limitsOf(account: Account, { session, actor, updatedTicket }: Counted): Limit[] {
  const { accountPerMinute, appPerMinute, ticketUpdatesPerMinute, perTicketLimit } = account.conditions;
  const minute = 60_000;
  const limits: Limit[] = [];
  if (accountPerMinute !== undefined) limits.push({ key: 'account', total: accountPerMinute, milliseconds: minute });
  if (appPerMinute !== undefined && session)
    limits.push({ key: `app ${actor.id}`, total: appPerMinute, milliseconds: minute });
  if (updatedTicket === undefined) return limits;
  if (ticketUpdatesPerMinute !== undefined)
    limits.push({ key: 'updates', total: ticketUpdatesPerMinute, milliseconds: minute, endpoint: 'tickets-update' });
  if (perTicketLimit)
    limits.push({ key: `ticket ${actor.id} ${updatedTicket}`, total: 30, milliseconds: 10 * minute, quiet: true });
  return limits;
}

interface Left {
  limit: Limit;
  remaining: number;
  resets: number;
}

function look(account: Account, limit: Limit): Left & { window: Window } {
  const now = account.clock.now();
  const known = account.windows.get(limit.key);
  const window = known && now < known.from + limit.milliseconds ? known : { from: now, used: 0 };
  account.windows.set(limit.key, window);
  const resets = Math.max(1, Math.ceil((window.from + limit.milliseconds - now) / 1000));
  return { limit, window, remaining: limit.total - window.used, resets };
}

function headersOf(account: Account, left: readonly Left[]): Record<string, string> {
  const spelling = account.conditions.headers;
  const headers: Record<string, string> = {};
  const general = left.filter(({ limit }) => !limit.endpoint && !limit.quiet);
  if (general.length) {
    const least = general.reduce((one, other) => (other.remaining < one.remaining ? other : one));
    // (V) recorded in 2023, without -limit; (D) ratelimit-limit.
    headers[spelling === 'ratelimit' ? 'ratelimit-limit' : spelling] = String(least.limit.total);
    headers[`${spelling}-remaining`] = String(least.remaining);
    if (spelling !== 'x-rate-limit') headers[`${spelling}-reset`] = String(least.resets);
  }
  for (const { limit, remaining, resets } of left) {
    if (!limit.endpoint) continue;
    // (V) zendesk-rate-limit-…, (D) Zendesk-RateLimit-….
    const name =
      spelling === 'ratelimit' ? `zendesk-ratelimit-${limit.endpoint}` : `zendesk-rate-limit-${limit.endpoint}`;
    headers[name] = `total=${limit.total}; remaining=${remaining}; resets=${resets}`;
  }
  return headers;
}

/** Counts a request and returns the headers that report the limits. Throws a refusal if a limit is used up. */
export function count(account: Account, counted: Counted): Record<string, string> {
  const limits = limitsOf(account, counted);
  const seen = limits.map((limit) => look(account, limit));
  const full = seen.find((one) => one.remaining <= 0);
  if (full) {
    const reply = tooOften(full.resets);
    throw new Refusal({ ...reply, headers: { ...headersOf(account, seen), ...reply.headers } });
  }
  for (const { window } of seen) window.used += 1;
  return headersOf(
    account,
    limits.map((limit) => look(account, limit)),
  );
}
