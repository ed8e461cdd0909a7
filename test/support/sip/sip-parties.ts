import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { SipOptions } from '../../../src/sip/index.js';
import type { DialPlan } from '../../../src/domain/dial.js';
import type { PlatformEvent } from '../../../src/telephony/platform-event.js';
import type { CallRules, TelephonyProfile } from '../../../src/telephony/telephony.js';
import { bundled } from '../bundled.mjs';
import { chromiumArgs, chromiumPath } from '../chromium.mjs';

import { passwordOf, startKamailio, type Kamailio } from './kamailio.mjs';
import { progress } from '../run/progress.mjs';

/** Arguments with which Chromium can place calls on a machine without sound, screen or network. */
export const callArgs = [
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

/** The tone of each party, in hertz. */
export const tone = { alex: 500, noemie: 800, customer: 1100, outside: 1400 } as const;
export const allTones = Object.values(tone);

export const agents = [
  { id: '101', user: 'alex', label: 'Alex Morgan' },
  { id: '102', user: 'noemie', label: 'Noémie Laurent' },
];
export const number = { customer: '+14155550123', outside: '+14155550190', ours: '+18005550100' } as const;

/** Waits until a value is the expected one. The time allows for a slow machine. */
export async function becomes<T>(look: () => Promise<T> | T, expected: T, seconds = 50): Promise<void> {
  let last: unknown;
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    try {
      assert.deepEqual(await look(), expected);
      progress();
      return;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw last;
}

/** A SIP server on this machine, and a browser with pages that call each other. */
export class SipParties {
  readonly kamailio: Kamailio;
  readonly pageUrl: string;
  readonly browser: Browser;
  readonly #server: Server;
  #contexts: BrowserContext[] = [];

  private constructor(kamailio: Kamailio, server: Server, browser: Browser) {
    this.kamailio = kamailio;
    this.#server = server;
    this.browser = browser;
    this.pageUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  /** `entry` is the module that the pages run. */
  static async start(entry = 'test/support/sip/page.ts'): Promise<SipParties> {
    const [kamailio, [bundle]] = await Promise.all([
      startKamailio(),
      // Each entry is one file, without a separate chunk for JsSIP.
      bundled([entry], { splitting: false }),
    ]);
    const script = bundle!.contents;
    const server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(
        isScript
          ? script
          : '<!doctype html><html lang="en"><title>SIP</title><body><script type="module" src="page.js"></script></body></html>',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...callArgs] });
    return new SipParties(kamailio, server, browser);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await this.kamailio.close();
  }

  /** Closes all pages, with their stores. */
  async closePages(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  options(user: string, more: Partial<SipOptions> = {}): SipOptions {
    return {
      servers: [this.kamailio.url],
      domain: this.kamailio.domain,
      user,
      credentials: { password: passwordOf(user) },
      outboundNumbers: [{ number: number.ours, label: 'Support', languages: [], default: true }],
      languages: ['en', 'fr'],
      // The customer's telephone plays the server's queue, too, and sets its header.
      headers: { session: 'X-Session-ID' },
      agents,
      queues: [{ id: 'q-repairs', user: number.outside, label: 'Repairs' }],
      ...more,
    };
  }

  async plainPage(): Promise<Page> {
    const context = await this.browser.newContext();
    this.#contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`In the page: ${error.stack}`));
    if (process.env.SIP_LOG) page.on('console', (message) => console.log(message.text()));
    await page.goto(this.pageUrl);
    await page.waitForFunction(() => 'sip' in globalThis);
    return page;
  }

  /** A page in its own browser context. Without a tone, its microphone is refused. */
  async page(hz: number | undefined): Promise<Page> {
    const page = await this.plainPage();
    await page.evaluate((tone) => globalThis.sip.microphone(tone), hz);
    return page;
  }

  async agent(
    user: 'alex' | 'noemie',
    given: { rules?: Partial<CallRules>; status?: string; hz?: number | null; options?: Partial<SipOptions> } = {},
  ): Promise<AgentPage> {
    const page = await this.page(given.hz === null ? undefined : (given.hz ?? tone[user]));
    const agent = new AgentPage(page, () => this.options(user, given.options), given.rules);
    await agent.signIn(given.status);
    return agent;
  }

  async customer(user: string = number.customer, hz: number = tone.customer): Promise<CustomerPage> {
    const page = await this.page(hz);
    const { url, domain } = this.kamailio;
    await page.evaluate(
      ([server, host, name, password]) => globalThis.sip.stranger(server!, host!, name!, password!),
      [url, domain, user, passwordOf(user)],
    );
    return new CustomerPage(page);
  }
}

type EventOf<Type, Event = PlatformEvent> = Event extends { type: infer Own }
  ? Type extends Own
    ? Event
    : never
  : never;

class Party {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the party receives exactly these tones, twice in a row: a gap is not silence. */
  async hears(...expected: number[]): Promise<void> {
    const look = () => this.page.evaluate((wanted) => globalThis.sip.audibleTones(wanted), allTones as number[]);
    const looks = async () => [await look(), await look()];
    const tones = expected.sort((a, b) => a - b);
    await becomes(looks, [tones, tones]);
  }
}

/** A page of an agent with SipTelephony. */
export class AgentPage extends Party {
  #options: () => SipOptions;
  #rules: Partial<CallRules> | undefined;

  constructor(page: Page, options: () => SipOptions, rules?: Partial<CallRules>) {
    super(page);
    this.#options = options;
    this.#rules = rules;
  }

  signIn(status?: string): Promise<TelephonyProfile> {
    return this.page.evaluate(([options, rules, wanted]) => globalThis.sip.agent(options, rules ?? {}, wanted), [
      this.#options(),
      this.#rules,
      status,
    ] as const);
  }

  /** Reloads the page and signs the agent in again. */
  async reload(hz: number): Promise<TelephonyProfile> {
    await this.page.reload();
    await this.page.waitForFunction(() => 'sip' in globalThis);
    await this.page.evaluate((tone) => globalThis.sip.microphone(tone), hz);
    return this.signIn();
  }

  dial(to: string = number.customer, change: Partial<DialPlan> = {}): Promise<string> {
    const plan: DialPlan = {
      key: `dial-${Math.random()}`,
      number: to,
      kind: 'e164',
      outboundNumber: number.ours,
      language: 'en',
      association: { contact: { id: '1' }, ticket: 'new', enteredNumber: false },
      record: true,
      ...change,
    };
    return this.page.evaluate(async (one) => (await globalThis.sip.telephony.dial(one)).sessionId, plan);
  }

  /** Runs a command by its name. Returns the code of its error, or undefined. */
  run(command: string, ...given: unknown[]): Promise<string | undefined> {
    return this.page.evaluate(
      async ([name, args]) => {
        try {
          const { telephony } = globalThis.sip as unknown as {
            telephony: Record<string, (...args: unknown[]) => Promise<void>>;
          };
          await telephony[name]!(...args);
          return undefined;
        } catch (error) {
          return (error as { code?: string }).code ?? String(error);
        }
      },
      [command, given] as const,
    );
  }

  events(): Promise<PlatformEvent[]> {
    return this.page.evaluate(() => JSON.parse(JSON.stringify(globalThis.sip.events)) as PlatformEvent[]);
  }

  /** Waits for an event of this type. Returns the last one. */
  async emits<Type extends PlatformEvent['type']>(type: Type, seconds = 50): Promise<EventOf<Type>> {
    await becomes(
      () => this.page.evaluate((wanted) => globalThis.sip.types().includes(wanted), type as string),
      true,
      seconds,
    ).catch(async () => {
      assert.fail(`No ${type} among ${(await this.events()).map((event) => event.type).join(', ')}`);
    });
    return (await this.events()).findLast((event) => event.type === type) as unknown as EventOf<Type>;
  }

  async ofSession(sessionId: string): Promise<string[]> {
    return this.page.evaluate((id) => globalThis.sip.types(id), sessionId);
  }

  /** Answers the offered call. Returns the session's id. */
  async answers(): Promise<string> {
    const { sessionId } = await this.emits('session.offered');
    assert.equal(await this.run('answer', sessionId), undefined);
    await this.emits('session.connected');
    return sessionId;
  }

  recording(): Promise<{ tones: number[][]; seconds: number } | undefined> {
    return this.page.evaluate((wanted) => globalThis.sip.recordedTones(wanted), allTones as number[]);
  }
}

/** A page of a customer's telephone. */
export class CustomerPage extends Party {
  call(user: string, headers: readonly string[] = []): Promise<void> {
    return this.page.evaluate(([to, more]) => globalThis.sip.customer.call(to, more), [user, headers] as const);
  }

  conduct(conduct: 'rings' | 'answers' | number): Promise<void> {
    return this.page.evaluate((how) => void (globalThis.sip.customer.conduct = how), conduct);
  }

  hangUp(): Promise<void> {
    return this.page.evaluate(() => globalThis.sip.customer.hangUp());
  }

  states(): Promise<string[]> {
    return this.page.evaluate(() => globalThis.sip.customer.states);
  }

  rang(): Promise<number> {
    return this.page.evaluate(() => globalThis.sip.customer.rang);
  }
}
