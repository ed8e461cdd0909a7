import { searchWords } from './listing.js';
import { ZendeskRefusal } from './api-failure.js';
import type { ZendeskIdentity, ZendeskUser } from './shapes.js';
import type { ZendeskApi } from './zendesk-api.js';

/**
 * R20: who has an e-mail address, as the primary one or as another. Search lags: whom it does not have yet `create_or_update`
 * finds, which matches by the address, and changes nothing where nothing else is given (nor makes anybody without a name).
 */
export async function holderOf(api: ZendeskApi, email: string): Promise<ZendeskUser | undefined> {
  const query = encodeURIComponent(`type:user email:${searchWords(email)}`);
  const { results } = await api.get<{ results: readonly ZendeskUser[] }>(`/api/v2/search.json?query=${query}`);
  for (const user of Array.isArray(results) ? (results as readonly ZendeskUser[]) : [])
    if (hasAddress(user, await identitiesOf(api, user), email)) return user;
  try {
    const body = JSON.stringify({ user: { email, skip_verify_email: true } });
    const { user } = await api.write<{ user?: ZendeskUser }>('POST', '/api/v2/users/create_or_update', body);
    return typeof user?.id === 'number' ? user : undefined;
  } catch (error) {
    if (error instanceof ZendeskRefusal && hidden.includes(error.status)) return undefined;
    throw error;
  }
}

/** Zendesk does not say whose it is: it is nobody's, it is no address, or theirs whom the agent may not change. */
const hidden: readonly number[] = [400, 403, 404, 422];

async function identitiesOf(api: ZendeskApi, { id }: ZendeskUser): Promise<readonly ZendeskIdentity[]> {
  const body = await api.find<{ identities: readonly ZendeskIdentity[] }>(`/api/v2/users/${id}/identities`);
  return Array.isArray(body?.identities) ? body.identities : [];
}

export const hasAddress = (
  { email }: { email?: string | null },
  identities: readonly ZendeskIdentity[],
  address: string,
): boolean =>
  [email, ...identities.filter(({ type }) => type === 'email').map(({ value }) => value)].some(
    (one) => one?.toLowerCase() === address.trim().toLowerCase(),
  );

/** Whose tickets a contact's are: an end user of the account's who may still ask for something. */
export const isContact = ({ role, active, suspended }: ZendeskUser): boolean =>
  role === 'end-user' && active !== false && suspended !== true;
