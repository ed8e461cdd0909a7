import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserContext } from 'playwright-core';
import { buildZendeskApp } from '../../support/zendesk-app.mjs';
import { AgentTab } from '../agent-browser.js';
import type { Control, StandIn } from '../control.js';
import { freePort } from '../installed-app.js';
import { startStandIn } from '../start-stand-in.js';

/** The stand-in with the app, and a platform whose calls survive a crash of the browser. */
export class CrashingZendesk {
  readonly #folder: string;
  readonly #platformStore: Server;
  readonly #standIn: StandIn;

  private constructor(folder: string, platformStore: Server, standIn: StandIn) {
    this.#folder = folder;
    this.#platformStore = platformStore;
    this.#standIn = standIn;
  }

  static async start(): Promise<CrashingZendesk> {
    const folder = mkdtempSync(join(tmpdir(), 'ccai-zendesk-'));
    const platformStore = await startPlatformStore();
    const address = `http://localhost:${(platformStore.address() as AddressInfo).port}`;
    const port = await freePort();
    await buildZendeskApp(folder, { account: `http://127.0.0.1:${port}`, connect: address });
    await build({
      entryPoints: [fileURLToPath(new URL('surviving-platform.ts', import.meta.url))],
      outfile: join(folder, 'assets', 'telephony.js'),
      allowOverwrite: true,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      conditions: ['production'],
      define: { PLATFORM_STORE: JSON.stringify(address) },
      logLevel: 'warning',
    });
    return new CrashingZendesk(folder, platformStore, await startStandIn({ port, appFolder: folder }));
  }

  /** Ends all calls, and clears the log. */
  forgetCalls(): void {
    this.#platformStore.emit('forget');
  }

  /** The lines of the panels' log about these sessions, and about no session, since `forgetCalls`. */
  logOf(sessionIds: readonly string[]): string {
    let lines: readonly string[] = [];
    this.#platformStore.emit('read log', (all: readonly string[]) => (lines = all));
    const isOfOther = (line: string) =>
      /\d+-\w+-\d+/.test(line.slice(24)) && !sessionIds.some((id) => line.includes(id));
    return lines.filter((line) => !isOfOther(line)).join('\n');
  }

  get control(): Control {
    return this.#standIn.control;
  }

  /** Opens a tab and waits until the app receives clicks on numbers. */
  async open(context: BrowserContext, path: string): Promise<AgentTab> {
    const page = await context.newPage();
    await page.goto(this.#standIn.url + path);
    await page.waitForFunction(() =>
      window.protocolLog?.some(({ way, message }) => {
        return way === 'in' && (message as { key?: string }).key === 'iframe.on:voice.dialout';
      }),
    );
    return new AgentTab(page);
  }

  /** Counts the comments of each call's start and end on the tickets: `call_started 101-…`. Only the CRM is read. */
  async written(ticketIds: readonly number[]): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = {};
    for (const ticketId of ticketIds)
      for (const { body } of await this.control.comments(ticketId))
        for (const [, what, id] of body.matchAll(/^(call_started|call_finished) · (\S+)$/gm))
          counts[`${what} ${id}`] = (counts[`${what} ${id}`] ?? 0) + 1;
    return counts;
  }

  async close(): Promise<void> {
    await this.#standIn.close();
    this.#platformStore.closeAllConnections();
    this.#platformStore.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Starts a server that stores texts by path, with GET and PUT, for every origin. */
async function startPlatformStore(): Promise<Server> {
  const stored = new Map<string, string>();
  const log: string[] = [];
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Methods', 'GET, PUT');
    response.setHeader('Cache-Control', 'no-store');
    if (request.method === 'PUT') {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString();
        if (request.url === '/log') log.push(`${new Date().toISOString()} ${body}`);
        else stored.set(request.url!, body);
        response.end();
      });
    } else {
      const value = request.method === 'GET' ? stored.get(request.url!) : '';
      response.writeHead(value === undefined ? 404 : 200).end(value);
    }
  });
  server.on('forget', () => {
    stored.clear();
    log.length = 0;
  });
  server.on('read log', (read: (log: readonly string[]) => void) => read(log));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
