import { searchWords } from './listing.js';
import { ZendeskRefusal } from './api-failure.js';
import type { ZendeskIdentity, ZendeskUser } from './shapes.js';
import type { ZendeskApi } from './zendesk-api.js';

/**
 * R20: finds the user who has an e-mail address, as the primary address or as a further address.
 *
 * The search index lags, so a second request uses `create_or_update`, which matches by the address without a lag. This
 * request changes no user, because it contains only the address, and creates none, because the name is missing.
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

/** The statuses if no user has the address, the address is invalid, or the agent may not change its user. */
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

/** Whether a user can be a contact: an end user who is neither deleted nor suspended. */
export const isContact = ({ role, active, suspended }: ZendeskUser): boolean =>
  role === 'end-user' && active !== false && suspended !== true;
