import { openFramework } from './open-framework.js';
import { ZendeskHost } from './zendesk-host.js';
import type { ZendeskRecordsOptions } from './zendesk-records.js';

export interface ConnectZendeskOptions extends ZendeskRecordsOptions {
  /** The account's name: `acme` for acme.zendesk.com. The page refuses to work in another account. */
  account: string;
}

/**
 * Makes a `CrmHost` from a page of a Zendesk app in the top bar. Loads Zendesk's app framework client, and opens it only
 * if the account itself embeds the page. Rejects with a `CrmError` whose message can be shown.
 */
export async function connectZendesk({ account, ...options }: ConnectZendeskOptions): Promise<ZendeskHost> {
  const framework = await openFramework({ account, timers: options.timers });
  return new ZendeskHost(framework, await framework.metadata(), { ...sharedStorage(), ...options });
}

/** A browser may refuse storage in a cross-origin frame. Each page then knows only the tickets that it made itself. */
function sharedStorage(): Pick<ZendeskRecordsOptions, 'shared'> {
  try {
    return { shared: globalThis.localStorage };
  } catch {
    return {};
  }
}
