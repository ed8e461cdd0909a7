import { rm } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../support/chromium.mjs';
import type { Control, StandIn } from '../control.js';
import { startStandIn } from '../start-stand-in.js';
import { instance, makeTinyApp } from './tiny-app.js';

/** A stand-in with the tiny app, one customer and two tickets, open in a browser. */
export class TinyShell {
  page!: Page;
  readonly #standIn: StandIn;
  readonly #browser: Browser;
  readonly #folder: string;

  private constructor(standIn: StandIn, browser: Browser, folder: string) {
    this.#standIn = standIn;
    this.#browser = browser;
    this.#folder = folder;
  }

  static async start() {
    const appFolder = await makeTinyApp();
    const standIn = await startStandIn({ appFolder });
    const { control } = standIn;
    await control.addUser({ id: 2001, name: 'Mia Chen', phone: '+12025550101', numbers: ['+12025550177'] });
    await control.addTicket({ id: 4711, requesterId: 2001, subject: 'Router restarts', status: 'open' });
    await control.addTicket({ id: 4712, requesterId: 2001, subject: 'Invoice', status: 'pending' });
    const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
    return new TinyShell(standIn, browser, appFolder);
  }

  get url(): string {
    return this.#standIn.url;
  }

  get control(): Control {
    return this.#standIn.control;
  }

  get appButton() {
    return this.page.getByRole('button', { name: 'Tiny calls' });
  }

  get popover() {
    return this.page.getByRole('dialog', { name: 'Tiny calls' });
  }

  /** A new browser's page; the iframe of the app's background. */
  async open(path = '/agent') {
    await this.leave();
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 } });
    this.page = await context.newPage();
    await this.page.goto(this.url + path);
    return instance(this.page, 'background');
  }

  async leave() {
    await this.page?.context().close();
  }

  protocolErrors() {
    return this.page.evaluate(() => window.protocolErrors);
  }

  async close() {
    await this.#browser.close();
    await this.#standIn.close();
    await rm(this.#folder, { recursive: true });
  }
}
