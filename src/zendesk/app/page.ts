import { realTime } from '../../environment/environment.js';
import { own } from '../../domain/own.js';
import { embeddingAccount } from '../framework-gate.js';
import { CrmError, type CrmErrorCode } from '../../crm/crm-error.js';
import { readThrown } from '../../domain/thrown.js';
import { ZendeskRefusal } from '../api-failure.js';
import type { Framework } from '../framework.js';
import { embeddingOf, openFramework } from '../open-framework.js';
import { ZendeskHost, type CurrentUser } from '../zendesk-host.js';
import english from './translations/en.json' with { type: 'json' };
import french from './translations/fr.json' with { type: 'json' };

export type Words = typeof english;

const languages: Readonly<Record<string, Words>> = { en: english, fr: french };

/** The words in the agent's language, or in English. */
export const wordsFor = (locale: string | undefined): Words =>
  own(languages, (locale ?? '').toLowerCase().split('-')[0]!) ?? english;

/** The account for which the app was packed. If it was packed for any account, the account that embeds the page. */
export function accountOfPage(): string {
  const packed = document.querySelector<HTMLMetaElement>('meta[name="ccai-account"]')?.content;
  const account = packed || embeddingAccount(embeddingOf(globalThis));
  // Another site embeds the page, or the browser does not name the site that does.
  if (!account) throw new CrmError('forbidden', 'This page is a part of a Zendesk app: it works inside Zendesk only.');
  return account;
}

/** Opens the framework for the account of this page. */
export const openPage = async (): Promise<Framework> => openFramework({ account: accountOfPage() });

/** Opens the framework, and makes the host and the words in the agent's language. */
export async function connectPage(): Promise<{
  framework: Framework;
  host: ZendeskHost;
  words: Words;
  locale: string;
}> {
  const framework = await openPage();
  const host = new ZendeskHost(framework, await framework.metadata(), realTime);
  const locale = (await host.getLocale()) ?? 'en';
  document.documentElement.lang = locale;
  return { framework, host, words: wordsFor(locale), locale };
}

/** Runs a page. If it fails, the page shows the failure with a button to try again. */
export async function runPage(run: () => Promise<void>): Promise<void> {
  const words = wordsFor(navigator.language);
  document.body.replaceChildren(place(words.page.loading, 'status'));
  try {
    await run();
  } catch (error) {
    const retry = button(words.page.retry, () => void runPage(run));
    const alert = message(words.page.failed, reasonOf(error, words));
    const container = place('', '');
    container.append(alert, retry);
    document.body.replaceChildren(container);
  }
}

/** The reason of a failure, in the agent's language. A refusal by the app itself (another account) keeps its message. */
export function reasonOf(error: unknown, { errors }: Words): string {
  const { code, message: text } = readThrown(error);
  const isByApp = !(error instanceof ZendeskRefusal) && code === 'forbidden';
  return !isByApp && code !== undefined && Object.hasOwn(errors, code) ? errors[code as CrmErrorCode] : text;
}

/** Makes an alert with a failure and its reason. */
export function message(what: string, why: string): HTMLElement {
  const alert = element('div', '');
  alert.setAttribute('role', 'alert');
  alert.append(element('strong', what), element('span', why));
  return alert;
}

export function place(text: string, role: string): HTMLElement {
  const made = element('div', text);
  made.className = 'place';
  if (role) made.setAttribute('role', role);
  return made;
}

export function button(text: string, press: () => void): HTMLButtonElement {
  const made = element('button', text);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, text: string): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

export type { CurrentUser };
