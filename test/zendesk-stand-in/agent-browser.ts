import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import type { SettingsInput } from '../../src/domain/settings.js';
import { chromiumArgs, chromiumPath } from '../support/chromium.mjs';
import type { Control, SeedTicket, SeedUser, StandIn } from './control.js';
import { startWithApp, type AppOptions } from './installed-app.js';
import { progress } from '../support/run/progress.mjs';

/** The longest wait in milliseconds. It is long, because a slow machine is no failure. */
export const patience = 50_000;

/** Repeats a check until it does not throw. After the time, rejects with its last error. */
export async function until<T>(ask: () => Promise<T>, milliseconds = patience): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      const answer = await ask();
      progress();
      return answer;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}

/** Waits until a value is as expected. */
export const becomes = <T>(ask: () => Promise<T>, expected: T, milliseconds?: number): Promise<void> =>
  until(async () => assert.deepEqual(await ask(), expected), milliseconds);

const named = (role: 'button' | 'option' | 'combobox' | 'group' | 'textbox' | 'menuitem', name: string) =>
  [role, { name, exact: true }] as const;

/** A short time-out, because `until` repeats the check. */
const asked = { timeout: 1000 };

/** The content of the details screen: the contact by name; ticket, language and outbound number by value. */
export interface ShownForm {
  number: string;
  contact: string;
  ticket: string;
  language: string;
  outbound: string;
}

/** One tab of the agent's browser, with the app in it. */
export class AgentTab {
  /** The app's icon in the top bar. */
  readonly icon: Locator;
  readonly popover: Locator;
  readonly panel: FrameLocator;
  readonly sidebar: FrameLocator;
  /** The app's page in the navigation bar. */
  readonly settings: FrameLocator;

  constructor(readonly page: Page) {
    this.icon = page.locator('header').getByRole('button', { name: /^(Call panel|Panneau d’appel)$/ });
    this.popover = page.getByRole('dialog', { name: /^(Call panel|Panneau d’appel)$/ });
    this.panel = page.frameLocator('iframe[src*="top-bar.html"]');
    this.sidebar = page.frameLocator('iframe[src*="ticket-sidebar.html"]:visible');
    this.settings = page.frameLocator('iframe[src*="nav-bar.html"]');
  }

  button = (name: string): Locator => this.panel.getByRole(...named('button', name));

  press = (name: string): Promise<void> => this.button(name).click();

  /** Waits until the panel shows a text. */
  says = (words: string | RegExp): Promise<void> =>
    this.panel.getByText(words).filter({ visible: true }).first().waitFor();

  alert = (words: string | RegExp): Promise<void> =>
    this.panel.getByRole('alert').filter({ hasText: words }).first().waitFor();

  /** Presses Zendesk's own call button on a customer's page. */
  callNumber = (number: string): Promise<void> =>
    this.page.getByRole(...named('button', `Call this number: ${number}`)).click();

  /** Chooses an item of the call menu above a ticket's comment box. */
  async callFromTicket(item: string): Promise<void> {
    await this.page.getByRole(...named('button', 'Call')).click();
    await this.page.getByRole(...named('menuitem', item)).click();
  }

  /** A list, or the fixed text in its place. */
  field = (name: string): Locator =>
    this.panel.getByRole(...named('combobox', name)).or(this.panel.getByRole(...named('group', name)));

  async choose(field: string, option: string | RegExp): Promise<void> {
    await this.panel.getByRole(...named('combobox', field)).click();
    await this.panel.getByRole('option', { name: option }).click();
  }

  /** The values of all options of a list. The list is closed again. */
  async options(field: string): Promise<string[]> {
    const list = this.panel.getByRole(...named('combobox', field));
    await list.click();
    await this.panel.getByRole('option').first().waitFor();
    const values = await this.panel.getByRole('option').evaluateAll((all) => all.map((one) => one.dataset.value ?? ''));
    await list.press('Escape');
    return values;
  }

  async form(): Promise<ShownForm> {
    const value = (name: string) => this.field(name).evaluate((one) => one.dataset.value ?? '', null, asked);
    const contact = this.field('Contact ID');
    const isFixed = (await contact.getAttribute('role', asked)) === 'group';
    return {
      number: await this.panel.getByRole(...named('textbox', 'Phone number')).inputValue(asked),
      contact: (isFixed ? await contact.innerText(asked) : await contact.inputValue(asked)).trim(),
      ticket: await value('Ticket ID'),
      language: await value('Language'),
      outbound: await value('Outbound number'),
    };
  }

  /** Waits until the details screen shows this. */
  shows = (expected: Partial<ShownForm>): Promise<void> =>
    until(async () => {
      const shown = await this.form();
      assert.deepEqual(shown, { ...shown, ...expected });
    });

  /** Types a number on the number entry and presses Next. */
  async enter(number: string): Promise<void> {
    await this.panel.getByRole(...named('textbox', 'Phone number')).fill(number);
    await this.press('Next');
  }

  /** Opens the panel and starts a call there. */
  async dial(number?: string): Promise<void> {
    if (await this.popover.isHidden()) await this.icon.click();
    await this.press('Dial a number');
    if (number !== undefined) await this.enter(number);
  }

  /** Presses Call as soon as possible and waits for the call. */
  async call(): Promise<void> {
    await this.press('Call');
    await this.button('End call').waitFor();
  }

  async hangUp(): Promise<void> {
    await this.button('End call').waitFor();
    // The panel ignores a press that comes as fast as the second click of a double click on Call.
    await this.page.waitForTimeout(600);
    await this.press('End call');
    await this.#putAway.waitFor();
  }

  /** Closes the screen after a call. */
  async putAway(): Promise<void> {
    await this.#putAway.click();
  }

  get #putAway() {
    return this.panel.getByRole('button', { name: /^(Done|Back to Available)$/ });
  }

  /** Waits until the CRM shows this ticket. */
  opens = (ticketId: number): Promise<void> =>
    this.page.getByRole('article', { name: `Ticket ${ticketId}`, exact: true }).waitFor();

  /** Waits for the app's frame with this file. */
  frame = (file: string) =>
    until(async () => {
      const found = this.page.frames().find((one) => one.url().includes(file));
      assert.ok(found, `${file} is not loaded`);
      return found;
    });
}

const unbatched: SettingsInput = { batching: { comments: false, updates: false } };

export interface Given {
  users?: readonly SeedUser[];
  tickets?: readonly SeedTicket[];
  settings?: SettingsInput | string;
}

/** Zendesk with the app, for a test file: one browser and one stand-in, with a new account and browser profile for each test. */
export class AgentBrowser {
  standIn!: StandIn;
  #browser!: Browser;
  #contexts: BrowserContext[] = [];

  /** Call at the top of a test file. */
  static forTests(options: AppOptions = {}): AgentBrowser {
    const made = new AgentBrowser();
    before(async () => {
      const launch = chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
      [made.standIn, made.#browser] = await Promise.all([startWithApp(options), launch]);
    });
    afterEach(() => made.#leave());
    after(async () => {
      await made.#browser?.close();
      await made.standIn?.close();
    });
    return made;
  }

  get control(): Control {
    return this.standIn.control;
  }

  /** Sets up the account. Writes are sent at once. Settings that are a text are stored unchanged. */
  async account({ users = [], tickets = [], settings = {} }: Given): Promise<void> {
    await this.control.reset({ users, tickets });
    const text = typeof settings === 'string' ? settings : JSON.stringify({ ...unbatched, ...settings });
    await this.control.saveSettings({ settings: text });
  }

  async context(): Promise<BrowserContext> {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(patience);
    this.#contexts.push(context);
    return context;
  }

  /** Opens a page of Zendesk and waits until the app receives clicks on numbers. */
  async open(path: string, context?: BrowserContext): Promise<AgentTab> {
    const page = await (context ?? (await this.context())).newPage();
    await page.goto(this.standIn.url + path);
    await page.waitForFunction(() =>
      window.protocolLog?.some(({ way, message }) => {
        return way === 'in' && (message as { key?: string }).key === 'iframe.on:voice.dialout';
      }),
    );
    return new AgentTab(page);
  }

  /** Sets up an account and opens a tab in it. */
  async given({ path = '/agent', ...given }: Given & { path?: string }): Promise<AgentTab> {
    await this.account(given);
    return this.open(path);
  }

  /** Replaces assets/telephony.js by the simulated platform with another `connect(...given)`. */
  async replacePlatform(context: BrowserContext, body: string): Promise<void> {
    const code = `import * as real from './telephony.js?real';
      export const { simulated } = real;
      export function createTelephony() {
        const platform = real.createTelephony();
        const connect = platform.connect.bind(platform);
        platform.connect = async (...given) => { ${body} };
        return platform;
      }`;
    await context.route('**/assets/telephony.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: code }),
    );
  }

  /** Sends a request as the administrator, outside the app. */
  async api(method: string, path: string, body?: object): Promise<void> {
    const headers = { authorization: 'Bearer agent-101', 'content-type': 'application/json' };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const { status } = await fetch(this.standIn.url + path, init);
    assert.ok(status < 300, `${method} ${path}: ${status}`);
  }

  /** The changes in the CRM, as `ticket.updated 4711`. Sorted, because their order may vary. */
  async changes(): Promise<string[]> {
    const log = await this.control.auditLog();
    return log
      .filter(({ what }) => what !== 'settings.saved')
      .map(({ what, ticketId }) => `${what} ${ticketId ?? ''}`.trim())
      .sort();
  }

  /** The comments of a ticket, as `internal, by 101: …`. */
  async comments(ticketId: number): Promise<string[]> {
    const all = await this.control.comments(ticketId);
    return all.map(({ body, authorId, public: isPublic }) => {
      return `${isPublic ? 'public' : 'internal'}, by ${authorId}: ${withoutIds(body)}`;
    });
  }

  async #leave(): Promise<void> {
    const contexts = this.#contexts.splice(0);
    try {
      for (const page of contexts.flatMap((context) => context.pages()))
        assert.deepEqual(await page.evaluate(() => window.protocolErrors ?? []), [], 'protocol errors');
      const refused = (await this.control.requests()).filter((one) => one.refused !== undefined);
      assert.deepEqual(refused, [], 'requests that are not documented');
    } finally {
      for (const context of contexts) await context.close();
    }
  }
}

/** R32: the session's ID is in the foot only. */
const withoutIds = (body: string): string => body.replace(/^([a-z_]+) · \S+$/gm, '$1 · …');
