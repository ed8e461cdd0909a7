import type { Agent } from '../domain/agent.js';
import type { GroupMemberships } from './group-memberships.js';
import { wholeList } from './listing.js';
import type { ZendeskUser } from './shapes.js';
import type { ZendeskApi } from './zendesk-api.js';

/** Milliseconds after which the list of agents is read again. */
const reusedFor = 5 * 60_000;
/** The most agents for whom teams are read: the teams of each agent cost a request. */
const mostWithTeams = 10;

/** The account's agents and groups. */
export class Staff {
  readonly #api: ZendeskApi;
  readonly #groups: GroupMemberships;
  #asked: { at: number; users: Promise<readonly ZendeskUser[]> } | undefined;

  constructor(api: ZendeskApi, groups: GroupMemberships) {
    this.#api = api;
    this.#groups = groups;
  }

  /** Finds agents. If more than ten are found, their `teams` are empty. */
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
      ({ id, name, email: address }) =>
        (ids === undefined || ids.includes(String(id))) &&
        (email === undefined || address?.toLowerCase() === email.trim().toLowerCase()) &&
        `${name} ${address ?? ''} ${id}`.toLowerCase().includes(words),
    );
    return Promise.all(
      found.map(async (user) => ({
        id: String(user.id),
        name: user.name,
        ...(user.email ? { email: user.email } : {}),
        teams:
          found.length <= mostWithTeams
            ? (await this.#groups.of(String(user.id))).map((one) => String(one.group_id))
            : [],
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
    if (this.#asked && this.#asked.at > now - reusedFor) return this.#asked.users;
    const users = wholeList<ZendeskUser>(this.#api, '/api/v2/users?role[]=agent&role[]=admin', 'users');
    const asked = (this.#asked = { at: now, users });
    users.catch(() => {
      if (this.#asked === asked) this.#asked = undefined;
    });
    return users;
  }
}
