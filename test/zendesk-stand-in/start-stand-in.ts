import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAccount } from './api/account.js';
import { createClock } from './api/clock.js';
import { createControl } from './api/create-control.js';
import { addSampleData } from './api/sample-data.js';
import { serveApi } from './api/serve-api.js';
import { serveApp } from './api/serve-app.js';
import { serveControl } from './api/serve-control.js';
import type { StandIn, StandInOptions } from './control.js';
import { serveShell } from './shell/serve-shell.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

function listen(handler: Handler, port = 0): Promise<Server> {
  const server = createServer((request, response) => {
    response.sendDate = false;
    handler(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500).end(String(error instanceof Error ? error.stack : error));
    });
  });
  // A connection that is closed while idle would look like a fault that was not ordered.
  server.keepAliveTimeout = 0;
  return new Promise((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server)),
  );
}
const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** Starts a stand-in for Zendesk: an account with its API and its agents' page, and the app on another site. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const clock = createClock(options.speed);
  const open = new Set<ServerResponse>();
  const dated =
    (handler: Handler): Handler =>
    async (request, response) => {
      response.setHeader('Date', new Date(clock.now()).toUTCString());
      // Chromium repeats a request by itself if it was cut on a connection that had been used before.
      if (!request.headers.authorization) response.setHeader('Connection', 'close');
      return handler(request, response);
    };

  const appServer = await listen(dated((request, response) => serveApp(options.appFolder, request, response)));
  const appUrl = `http://localhost:${portOf(appServer)}`;
  const server = await listen(
    dated(async (request, response) => {
      const { pathname } = new URL(request.url!, url);
      if (pathname === '/stand-in/control') return serveControl(control, request, response);
      if (pathname.startsWith('/api/')) {
        open.add(response.once('close', () => open.delete(response)));
        return serveApi(account, request, response);
      }
      const context = { url, appUrl, ...(options.appFolder ? { appFolder: options.appFolder } : {}), control };
      if (!(await serveShell(request, response, context))) response.writeHead(404).end('Not found');
      return undefined;
    }),
    options.port,
  );
  const url = `http://127.0.0.1:${portOf(server)}`;

  let account = createAccount(clock, url);
  addSampleData(account);
  const control = createControl(
    () => account,
    () => {
      // Open requests belong to the previous account.
      for (const response of open) response.socket?.destroy();
      clock.restart();
      return (account = createAccount(clock, url));
    },
  );
  return {
    url,
    appUrl,
    control,
    async close() {
      clock.stop();
      await Promise.all([stop(server), stop(appServer)]);
    },
  };
}
