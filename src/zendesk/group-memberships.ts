import { wholeList } from './listing.js';
import type { ZendeskTicket } from './shapes.js';
import type { ZendeskApi } from './zendesk-api.js';

const kept = 500;

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

  note({ id, group_id = null }: ZendeskTicket): void {
    this.#ofTicket.set(String(id), group_id);
    if (this.#ofTicket.size > kept) this.#ofTicket.delete(this.#ofTicket.keys().next().value!);
  }

  /** The group to write together with an assignee who is not in the ticket's group; undefined: no group is needed. */
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
    // A failed request is not kept: the next call asks again.
    asked.catch(() => this.#ofAgent.delete(agentId));
    return asked;
  }
}
