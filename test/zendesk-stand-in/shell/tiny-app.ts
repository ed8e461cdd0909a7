import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';

// A tiny app: one page for all locations, which records the events that it receives.
const events = ['app.activated', 'app.deactivated', 'pane.activated', 'pane.deactivated', 'context.updated'];
const script = `
  window.heard = [];
  window.client = ZAFClient.init((data) => heard.push(['app.registered', data]));
  for (const event of ${JSON.stringify([...events, 'voice.dialout', 'told'])})
    client.on(event, (data) => heard.push([event, data]));
  window.outcome = (promise) => promise.then((done) => ({ done }), (failed) => ({ failed: failed.message ?? failed }));
`;
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18">
  <symbol id="default" viewBox="0 0 18 18"><circle cx="9" cy="9" r="6" /></symbol>
  <symbol id="dialing" viewBox="0 0 18 18"><script>evil()</script><rect onclick="evil()" width="9" height="9" /></symbol>
</svg>`;

/** Makes the app's folder. */
export async function makeTinyApp() {
  const folder = await mkdtemp(join(tmpdir(), 'stand-in-shell-'));
  for (const name of ['assets', 'translations']) await mkdir(join(folder, name));
  const support = {
    background: { url: 'assets/page.html' },
    top_bar: { url: 'assets/page.html', size: { width: '300px', height: '500px' } },
    ticket_sidebar: { url: 'assets/page.html' },
    nav_bar: { url: 'assets/page.html' },
  };
  const files = {
    'manifest.json': JSON.stringify({ name: 'Tiny', frameworkVersion: '2.0', location: { support } }),
    'translations/en.json': JSON.stringify({ app: { name: 'Tiny calls' } }),
    'assets/page.html': '<!doctype html><p>Tiny</p><script src="/zaf_sdk.js"></script><script src="page.js"></script>',
    'assets/page.js': script,
    'assets/icon_top_bar.svg': icon,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** The globals of the tiny app's page. */
export interface Tiny {
  client: {
    get(path: string | string[]): Promise<Record<string, unknown>>;
    set(key: string, value: unknown): Promise<unknown>;
    invoke(method: string | object, ...args: unknown[]): Promise<unknown>;
    trigger(name: string, data: unknown): void;
    request(options: unknown): Promise<unknown>;
    instance(guid: string): Tiny['client'];
  };
  outcome(promise: Promise<unknown>): Promise<{ done?: unknown; failed?: unknown }>;
  heard: [event: string, data: Record<string, unknown>][];
}
declare const client: Tiny['client'];
declare const outcome: Tiny['outcome'];
declare const heard: Tiny['heard'];

/** Waits for the app's iframe of a location to be registered. */
export async function instance(page: Page, location: string): Promise<Frame> {
  const iframe = page.locator(`iframe[data-location=${location}]`).last();
  await iframe.waitFor({ state: 'attached' });
  const frame = (await (await iframe.elementHandle())!.contentFrame())!;
  await hears(frame, 'app.activated');
  return frame;
}

/** Waits until the event was received this many times. It polls, because a hidden iframe has no animation frames. */
export async function hears(frame: Frame, event: string, times = 1) {
  await frame.waitForFunction(
    ([wanted, often]) => typeof heard === 'object' && heard.filter(([name]) => name === wanted).length >= often,
    [event, times] as const,
    { polling: 20, timeout: 50_000 },
  );
}

/** The data of each receipt of the event. */
export const heardBy = (frame: Frame, event: string) =>
  frame.evaluate((wanted) => heard.filter(([name]) => name === wanted).map(([, data]) => data), event);

/** Calls the app's `client.request`. Gives its result or its error. */
export async function ask(frame: Frame, options: string | object) {
  const answer = await frame.evaluate((of) => outcome(client.request(of)), options as object);
  return answer as { done?: Record<string, unknown>; failed?: { status: number; responseJSON?: unknown } };
}

/** The context that the app reads. */
export async function guidOf(from: Frame, location: string) {
  const instances = await from.evaluate(async () => (await client.get('instances')).instances);
  const all = Object.entries(instances as Record<string, { location: string }>);
  return all.find(([, context]) => context.location === location)![0];
}
