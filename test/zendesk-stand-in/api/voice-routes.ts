import { isStaff, log } from './account.js';
import * as documented from './documented.js';
import { created, invalidField, noEndpoint, notFound, Refusal, type Reply } from './replies.js';
import { found, route, type ApiRequest, type Route } from './route.js';
import type { TicketInput } from './ticket-values.js';
import { createTicket, findTicket } from './tickets.js';

/** Answers 404 without Talk Partner Edition. */
const withVoice =
  (handle: Route['handle']): Route['handle'] =>
  (request) => {
    if (!request.account.conditions.voice) throw new Refusal(noEndpoint);
    return handle(request);
  };

// (D) 200 with an empty body; 404 for invalid ids.
const displayed: Reply = { status: 200, body: '' };

function agentOf({ account, ids }: ApiRequest): number {
  const agent = account.users.get(Number(ids[0]));
  if (!isStaff(agent)) throw new Refusal(notFound);
  return agent.id;
}

function displayTicket(request: ApiRequest) {
  const agentId = agentOf(request);
  const ticket = findTicket(request.account, Number(request.ids[1]), request.origin);
  log(request.account, request.origin, { what: 'ticket.displayed', ticketId: ticket.json.id, changes: { agentId } });
  return displayed;
}

function displayUser(request: ApiRequest) {
  const agentId = agentOf(request);
  const user = found(request.account.users, request.ids[1]!);
  log(request.account, request.origin, { what: 'user.displayed', userId: user.id, changes: { agentId } });
  return displayed;
}

// (D) 201 {ticket}. The agent to whom it is displayed is validated.
function create({ account, body, origin, note }: ApiRequest) {
  const { display_to_agent: agentId, ticket: input } = body as { display_to_agent?: number; ticket: TicketInput };
  if (agentId !== undefined && !isStaff(account.users.get(agentId)))
    throw invalidField('display_to_agent', 'Display to agent: is invalid');
  const { ticket, ignored } = createTicket(account, input, origin);
  for (const one of ignored) note(one);
  if (agentId !== undefined)
    log(account, origin, { what: 'ticket.displayed', ticketId: ticket.id, changes: { agentId } });
  return created({ ticket }, ticket.url);
}

export const voiceRoutes: readonly Route[] = [
  route('POST', '/channels/voice/agents/:id/tickets/:id/display', withVoice(displayTicket)),
  route('POST', '/channels/voice/agents/:id/users/:id/display', withVoice(displayUser)),
  route('POST', '/channels/voice/tickets', withVoice(create), { body: documented.voiceTicket }),
];
