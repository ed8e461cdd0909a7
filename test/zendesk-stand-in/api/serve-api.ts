import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestLogEntry } from '../control.js';
import { isStaff, type Account } from './account.js';
import { accountRoutes } from './account-routes.js';
import { afterwards, insteadOf } from './answer.js';
import { count } from './limits.js';
import type { User } from './records.js';
import { forbidden, notDocumented, notSignedIn, Refusal, type Reply } from './replies.js';
import { find, undocumented, type ApiRequest, type Route } from './route.js';
import { ticketRoutes } from './ticket-routes.js';
import { userRoutes } from './user-routes.js';
import { voiceRoutes } from './voice-routes.js';

const routes: readonly Route[] = [...userRoutes, ...ticketRoutes, ...accountRoutes, ...voiceRoutes];

export async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

export function send(response: ServerResponse, { status, body, headers }: Reply): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

/** The user of a request: by a server's token, or by an agent's session, which the app uses. */
function actorOf(account: Account, request: IncomingMessage): { user: User; session: boolean } | undefined {
  const bearer = /^Bearer agent-(\d+)$/.exec(request.headers.authorization ?? '')?.[1];
  const cookie = /(?:^|;\s*)stand_in_user=(\d+)/.exec(request.headers.cookie ?? '')?.[1];
  const user = account.users.get(Number(bearer ?? cookie));
  return user && !account.signedOut ? { user, session: !bearer } : undefined;
}

/** The route and the body of a request. Refuses undocumented requests. */
function read(request: IncomingMessage, url: URL, raw: string): { route: Route; ids: string[]; body: unknown } {
  const refuse = (what: string) => new Refusal(notDocumented(what), what);
  const match = find(routes, request.method!, url.pathname);
  if (typeof match === 'string') throw refuse(match);
  const isJson = /^application\/json\b/.test(request.headers['content-type'] ?? '');
  if (raw && !isJson) throw refuse(`content type ${request.headers['content-type']}`);
  let body: unknown;
  try {
    body = raw ? JSON.parse(raw) : undefined;
  } catch {
    throw refuse('a body that is not JSON');
  }
  const wrong = undocumented(match.route, url, body);
  if (wrong) throw refuse(wrong);
  return { ...match, body };
}

/** Serves one request to /api/v2: applies latency, faults and limits, and logs it. */
export async function serveApi(account: Account, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { clock, conditions } = account;
  const url = new URL(request.url!, account.url);
  const entry: RequestLogEntry = { at: clock.now(), method: request.method!, path: request.url! };
  account.requests.push(entry);
  const raw = await textOf(request);
  const half = conditions.latencyMs / 2;
  const travel = () => (half > 0 ? clock.wait(half) : undefined);
  const answer = (reply: Reply) => {
    if (response.destroyed) return;
    entry.status = reply.status;
    response.setHeader('Date', new Date(clock.now()).toUTCString());
    send(response, reply);
  };
  const cut = () => void response.socket?.destroy();

  const actor = actorOf(account, request);
  if (actor) entry.actor = String(actor.user.id);
  const known = attempt(() => read(request, url, raw), entry);
  await travel();
  if ('status' in known) return answer(known);
  if (!actor) return answer(notSignedIn);
  // (I) End users may not use this API.
  if (!isStaff(actor.user)) return answer(forbidden);

  const { route, ids, body } = known;
  const fault = account.faults.take(request.method!, url.pathname);
  const instead = fault && insteadOf(account, request.method!, fault);
  if (instead) return answer(instead);
  if (fault?.kind === 'silent') return;
  if (fault?.kind === 'cut-before') return cut();
  const apply = () => {
    const key = request.headers['idempotency-key'];
    return applyRoute(route, actor, entry, {
      ...{ account, url, ids, body, raw, fault, answerTakes: half },
      origin: { actor: actor.user, by: 'api' },
      ...(typeof key === 'string' ? { idempotencyKey: key } : {}),
      note: (what) => (entry.refused = what),
    });
  };
  if (fault?.kind === 'late') {
    clock.after(fault.afterMs, apply);
    return cut();
  }
  const reply = afterwards(fault) ? (apply(), afterwards(fault)!) : apply();
  if (fault?.kind === 'cut-after') return cut();
  await travel();
  answer(reply);
}

function attempt<T extends object>(run: () => T, entry: RequestLogEntry): T | Reply {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { error: name, description } = (error.reply.body ?? {}) as { error?: string; description?: string };
    if (name === 'NotDocumented') entry.refused = description!;
    return error.reply;
  }
}

function applyRoute(
  route: Route,
  { user, session }: { user: User; session: boolean },
  entry: RequestLogEntry,
  request: ApiRequest,
): Reply {
  let headers: Record<string, string> = {};
  const reply = attempt<Reply>(() => {
    const updated = route.updatesTicket ? { updatedTicket: Number(request.ids[0]) } : {};
    headers = count(request.account, { session, actor: user, ...updated });
    if (route.admin && user.role !== 'admin') throw new Refusal(forbidden);
    return route.handle(request);
  }, entry);
  // Serialised now, because the records may change before the response is sent.
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
  return { ...reply, body, headers: { ...headers, ...reply.headers } };
}
