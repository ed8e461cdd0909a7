import type { Agent } from '../domain/agent.js';
import type { GroupMemberships } from './group-memberships.js';
import { wholeList } from './listing.js';
import type { ZendeskUser } from './shapes.js';
import type { ZendeskApi } from './zendesk-api.js';

/** The list of agents is read again after five minutes. */
const fresh = 5 * 60_000;
/** Teams cost one request an agent: they are read for at most this many agents. */
const teamsOf = 10;

/** Agents and groups of the account. */
export class Staff {
  readonly #api: ZendeskApi;
  readonly #groups: GroupMemberships;
  #asked: { at: number; users: Promise<readonly ZendeskUser[]> } | undefined;

  constructor(api: ZendeskApi, groups: GroupMemberships) {
    this.#api = api;
    this.#groups = groups;
  }

  /** `teams` are empty if more than ten agents are found. */
  async find({
    text,
    ids,
    email,
  }: {
    text?: string;
    ids?: readonly string[];
    email?: string;
  }): Promise<readonly Agent[]> {
    const words = text?.trim().toLowerCase() ?? '';
    const found = (await this.#all()).filter(
      ({ id, name, email: own }) =>
        (ids === undefined || ids.includes(String(id))) &&
        (email === undefined || own?.toLowerCase() === email.trim().toLowerCase()) &&
        `${name} ${own ?? ''} ${id}`.toLowerCase().includes(words),
    );
    return Promise.all(
      found.map(async (user) => ({
        id: String(user.id),
        name: user.name,
        ...(user.email ? { email: user.email } : {}),
        teams:
          found.length <= teamsOf ? (await this.#groups.of(String(user.id))).map((one) => String(one.group_id)) : [],
        ...(user.role === 'admin' && { canAdminister: true }),
      })),
    );
  }

  async teams(): Promise<readonly { id: string; name: string }[]> {
    const groups = await wholeList<{ id: number; name: string }>(this.#api, '/api/v2/groups', 'groups');
    return groups.map(({ id, name }) => ({ id: String(id), name }));
  }

  #all(): Promise<readonly ZendeskUser[]> {
    const { now } = this.#api;
    if (this.#asked && this.#asked.at > now - fresh) return this.#asked.users;
    const users = wholeList<ZendeskUser>(this.#api, '/api/v2/users?role[]=agent&role[]=admin', 'users');
    const asked = (this.#asked = { at: now, users });
    users.catch(() => {
      if (this.#asked === asked) this.#asked = undefined;
    });
    return users;
  }
}
