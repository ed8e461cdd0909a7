import { CrmError } from '../crm/crm-error.js';

/** What a page can say of who embeds it. */
export interface Embedding {
  /** `location.search` and `location.hash`. */
  search: string;
  hash: string;
  /** Origins of the frames around this one, the nearest first, by the browser's own word; not in Firefox. */
  ancestorOrigins?: readonly string[];
  referrer: string;
}

/** The origin of a Zendesk account: by its name, or as it is where it is written out. */
export const originOf = (account: string): string =>
  account.includes('://') ? new URL(account).origin : `https://${account.toLowerCase()}.zendesk.com`;

/**
 * The framework's own check takes localhost and any sub-domain of Zendesk's. This one takes the account's origin only, and
 * only from whoever really embeds the page. Throws in words; returns the origin.
 */
export function gate(account: string, { search, hash, ancestorOrigins, referrer }: Embedding): string {
  const parameters = [new URLSearchParams(search), new URLSearchParams(hash.replace(/^#/, ''))];
  const find = (name: string) => parameters.map((each) => each.get(name)).find(Boolean);
  const claimed = find('origin');
  if (!claimed || !find('app_guid'))
    throw refused('This page is a part of a Zendesk app: it works inside Zendesk only.');
  const wanted = originOf(account);
  if (claimed !== wanted) throw refused(`This app belongs to ${wanted}. It does not work in ${claimed}.`);
  const embeds = embeddingOrigin({ ancestorOrigins, referrer });
  if (embeds !== undefined && embeds !== wanted)
    throw refused(`This app belongs to ${wanted}. It does not work in a page of ${embeds}.`);
  return wanted;
}

/**
 * The account that embeds the page, by the browser's word and not by the address's; undefined: it is none of Zendesk's.
 * For an app that is packed once for many accounts.
 */
export function embeddingAccount(embedding: Pick<Embedding, 'ancestorOrigins' | 'referrer'>): string | undefined {
  return /^https:\/\/([a-z0-9][a-z0-9-]*)\.zendesk\.com$/.exec(embeddingOrigin(embedding) ?? '')?.[1];
}

function embeddingOrigin({
  ancestorOrigins,
  referrer,
}: Pick<Embedding, 'ancestorOrigins' | 'referrer'>): string | undefined {
  if (ancestorOrigins?.[0] !== undefined) return ancestorOrigins[0];
  try {
    return new URL(referrer).origin;
  } catch {
    return undefined;
  }
}

const refused = (message: string): CrmError => new CrmError('forbidden', message);
