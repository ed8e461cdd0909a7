import { CrmError } from '../crm/crm-error.js';

/** What the browser tells a page about the page that embeds it. */
export interface Embedding {
  /** `location.search` and `location.hash`. */
  search: string;
  hash: string;
  /** The origins of the frames around this one, the nearest first. Firefox does not have them. */
  ancestorOrigins?: readonly string[];
  referrer: string;
}

/** The origin of a Zendesk account. `account` is its name or one of its addresses. */
export const urlOriginOf = (account: string): string =>
  account.includes('://') ? new URL(account).origin : `https://${account.toLowerCase()}.zendesk.com`;

/**
 * Checks that the account itself embeds the page, and returns the account's origin. The framework's own check is not
 * enough: it also accepts localhost and every subdomain of Zendesk. Throws a `CrmError` whose message can be shown.
 */
export function gate(account: string, { search, hash, ancestorOrigins, referrer }: Embedding): string {
  const parameters = [new URLSearchParams(search), new URLSearchParams(hash.replace(/^#/, ''))];
  const find = (name: string) => parameters.map((each) => each.get(name)).find(Boolean);
  const claimed = find('origin');
  if (!claimed || !find('app_guid'))
    throw refused('This page is a part of a Zendesk app: it works inside Zendesk only.');
  const wanted = urlOriginOf(account);
  if (claimed !== wanted) throw refused(`This app belongs to ${wanted}. It does not work in ${claimed}.`);
  const embeds = embeddingOrigin({ ancestorOrigins, referrer });
  if (embeds !== undefined && embeds !== wanted)
    throw refused(`This app belongs to ${wanted}. It does not work in a page of ${embeds}.`);
  return wanted;
}

/**
 * The account that embeds the page, for an app that is packed for any account. The browser names it: the page's address
 * could be forged. Undefined: no Zendesk account embeds the page.
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
