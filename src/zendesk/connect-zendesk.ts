import { openFramework } from './open-framework.js';
import { ZendeskHost } from './zendesk-host.js';
import type { ZendeskRecordsOptions } from './zendesk-records.js';

export interface ConnectZendeskOptions extends ZendeskRecordsOptions {
  /** The account's name, `acme` of acme.zendesk.com. The page works in no other. */
  account: string;
}

/**
 * Zendesk as the host of a panel, from a page of an app in its top bar. Loads Zendesk's app framework client, and opens it
 * only where the account itself embeds the page. Rejects with a `CrmError` in words.
 */
export async function connectZendesk({ account, ...options }: ConnectZendeskOptions): Promise<ZendeskHost> {
  const framework = await openFramework({ account, ...(options.timers && { timers: options.timers }) });
  return new ZendeskHost(framework, await framework.metadata(), { ...sharedStorage(), ...options });
}

/** Refused in a cross-origin frame: then each page knows only what it has made itself. */
function sharedStorage(): Pick<ZendeskRecordsOptions, 'shared'> {
  try {
    return { shared: globalThis.localStorage };
  } catch {
    return {};
  }
}
