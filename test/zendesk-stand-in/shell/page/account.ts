import type { Control } from '../../control.js';

/** The stand-in's control over HTTP: `control.signOut()` and so on. */
export const control = new Proxy({} as Control, {
  get:
    (_target, method) =>
    async (...args: unknown[]) => {
      const body = JSON.stringify({ method, args });
      const answer = await fetch('/stand-in/control', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const { result, error } = (await answer.json()) as { result?: unknown; error?: unknown };
      if (!answer.ok) throw new Error(String(error));
      return result;
    },
});

/** An error response of the API. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    text: string,
  ) {
    super(text);
  }
}

const said: Record<number, string> = {
  0: 'The account cannot be reached.',
  401: 'You are signed out.',
  403: 'You may not see this.',
  404: 'There is no such record, or you may not see it.',
  422: 'The account refused this change.',
  429: 'Too many requests. Try again in a moment.',
};

/** Sends the shell's own requests in the session of the signed-in agent. */
export async function api<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const init: RequestInit = { method, headers: { accept: 'application/json', 'content-type': 'application/json' } };
  if (body !== undefined) init.body = JSON.stringify(body);
  const response = await fetch(path, init).catch(() => undefined);
  if (!response) throw new ApiProblem(0, said[0]!);
  const answer = (await response.json().catch(() => undefined)) as (T & { details?: object }) | undefined;
  if (!response.ok || answer === undefined) {
    const details = Object.values(answer?.details ?? {}).flat() as { description?: string }[];
    const why = details[0]?.description ?? said[response.status];
    throw new ApiProblem(response.status, why ?? `The account answered ${response.status}.`);
  }
  return answer;
}

export interface Person {
  id: number;
  name: string;
  email?: string | null;
  phone?: string | null;
  role: 'end-user' | 'agent' | 'admin';
  locale?: string;
}

export interface Ticket {
  id: number;
  subject: string;
  status: string;
  requester_id: number;
  assignee_id: number | null;
  created_at: string;
  updated_at: string;
  tags?: string[];
}

/** The signed-in agent; the server sets the cookie. */
export function signedInId() {
  const cookie = /(?:^|;\s*)stand_in_user=(\d+)/.exec(document.cookie);
  return Number(cookie?.[1] ?? 101);
}

export async function numbersOf(person: Person) {
  type Identities = { identities: { type: string; value: string }[] };
  const { identities } = await api<Identities>(`/api/v2/users/${person.id}/identities.json`);
  const further = identities.filter((one) => one.type === 'phone_number').map((one) => one.value);
  return [...new Set([...(person.phone ? [person.phone] : []), ...further])];
}

async function found<T>(query: string) {
  const { results } = await api<{ results: T[] }>(`/api/v2/search.json?query=${encodeURIComponent(query)}`);
  return results;
}

const byUpdate = (tickets: Ticket[]) => [...tickets].sort((a, b) => b.updated_at.localeCompare(a.updated_at));

export const recentTickets = async () => byUpdate(await found<Ticket>('type:ticket'));
export const customers = async () =>
  (await found<Person>('type:user role:end-user')).sort((a, b) => a.name.localeCompare(b.name));

export async function ticketsOf(userId: number) {
  const path = `/api/v2/users/${userId}/tickets/requested.json?sort_by=updated_at&sort_order=desc&per_page=50`;
  return byUpdate((await api<{ tickets: Ticket[] }>(path)).tickets);
}

/** A name, a number or a ticket's id. */
export async function search(typed: string): Promise<{ people: Person[]; tickets: Ticket[] }> {
  const digits = typed.replace(/[^\da-z]/gi, '');
  const isNumber = /^[+\d\s().-]+$/.test(typed);
  const isTicket = /^#?\d{1,7}$/.test(typed);
  const ticket = isTicket
    ? await api<{ ticket: Ticket }>(`/api/v2/tickets/${digits}.json`).then(
        (answer) => [answer.ticket],
        () => [],
      )
    : [];
  if (isTicket && ticket.length > 0) return { people: [], tickets: ticket };
  const people = await found<Person>(isNumber ? `role:end-user phone:*${digits}` : `type:user ${typed}`);
  const tickets = isNumber ? [] : await found<Ticket>(`type:ticket ${typed}`);
  return { people, tickets: byUpdate(tickets) };
}
