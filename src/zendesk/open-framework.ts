import { CrmError } from '../crm/crm-error.js';
import { realTime, type Timers } from '../environment/environment.js';
import { gate, urlOriginOf, type Embedding } from './framework-gate.js';
import { Framework, type ZafClient } from './framework.js';

const address = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';

interface ZafGlobal {
  ZAFClient?: { init(): ZafClient | false };
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): string };
  };
}

let policy: ReturnType<NonNullable<ZafGlobal['trustedTypes']>['createPolicy']> | undefined;

export interface OpenFrameworkOptions {
  /** The account's name (`acme`), or its origin. */
  account: string;
  timers?: Timers;
}

/**
 * Checks that the account embeds the page, then loads Zendesk's app framework client and opens it. Rejects if another
 * page embeds it, or if Zendesk does not answer: with a `CrmError` whose message can be shown.
 */
export async function openFramework({ account, timers = realTime.timers }: OpenFrameworkOptions): Promise<Framework> {
  const origin = gate(account, embeddingOf(globalThis));
  const page = globalThis as ZafGlobal;
  if (!page.ZAFClient) await loadScript(page);
  const client = page.ZAFClient?.init();
  if (!client) throw new CrmError('unavailable', 'Zendesk’s app framework could not be started.');
  const framework = new Framework(client, origin, timers);
  const { account: actual } = await framework.context();
  if (actual?.subdomain !== undefined && !account.includes('://') && urlOriginOf(actual.subdomain) !== origin)
    throw new CrmError(
      'forbidden',
      `This app belongs to ${origin}. It does not work in the account ${actual.subdomain}.`,
    );
  return framework;
}

/** Reads from the window what the browser tells about the page that embeds it. */
export function embeddingOf({ location, document }: Pick<typeof globalThis, 'location' | 'document'>): Embedding {
  const { search, hash, ancestorOrigins } = location;
  return { search, hash, referrer: document.referrer, ancestorOrigins: ancestorOrigins && [...ancestorOrigins] };
}

/** The rule of the Trusted Types policy: it allows a script from this address only. */
function frameworkOnly(url: string): string {
  if (url !== address) throw new TypeError(`Not the address of Zendesk’s app framework: ${url}`);
  return address;
}

function loadScript(page: ZafGlobal): Promise<void> {
  const script = document.createElement('script');
  // A policy's name can be used only once, so a second try uses the policy of the first.
  policy ??= page.trustedTypes?.createPolicy('ccai-zendesk', { createScriptURL: frameworkOnly });
  script.src = policy?.createScriptURL(address) ?? address;
  return new Promise((resolve, reject) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () =>
      reject(new CrmError('offline', 'Zendesk’s app framework could not be loaded. Is there a connection?')),
    );
    document.head.append(script);
  });
}
