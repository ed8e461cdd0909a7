import { wholeList } from './listing.js';
import type { ZendeskTicket } from './shapes.js';
import type { ZendeskApi } from './zendesk-api.js';

/** The most tickets whose group is remembered. */
const mostTickets = 500;

interface Membership {
  group_id: number;
  default?: boolean;
}

/** The groups of tickets and agents. Zendesk refuses an assignee who is not in the ticket's group. */
export class GroupMemberships {
  readonly #api: ZendeskApi;
  readonly #ofTicket = new Map<string, number | null>();
  readonly #ofAgent = new Map<string, Promise<readonly Membership[]>>();

  constructor(api: ZendeskApi) {
    this.#api = api;
  }

  /** Remembers the group of a ticket. */
  note({ id, group_id = null }: ZendeskTicket): void {
    this.#ofTicket.set(String(id), group_id);
    if (this.#ofTicket.size > mostTickets) this.#ofTicket.delete(this.#ofTicket.keys().next().value!);
  }

  /** The group to write with an assignee who is not in the ticket's group. Undefined: the ticket keeps its group. */
  async groupFor(ticketId: string, assigneeId: string): Promise<number | undefined> {
    const group = this.#ofTicket.get(ticketId);
    if (group === undefined || group === null) return undefined;
    const memberships = await this.of(assigneeId);
    if (memberships.length === 0 || memberships.some(({ group_id }) => group_id === group)) return undefined;
    return (memberships.find((one) => one.default) ?? memberships[0])!.group_id;
  }

  of(agentId: string): Promise<readonly Membership[]> {
    const known = this.#ofAgent.get(agentId);
    if (known) return known;
    const path = `/api/v2/users/${encodeURIComponent(agentId)}/group_memberships`;
    const asked = wholeList<Membership>(this.#api, path, 'group_memberships', { priority: 'background' });
    this.#ofAgent.set(agentId, asked);
    // After a failed request, the next call asks again.
    asked.catch(() => this.#ofAgent.delete(agentId));
    return asked;
  }
}
