import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Control } from '../control.js';

const here = fileURLToPath(new URL('page/', import.meta.url));

export interface ShellContext {
  /** The account's origin, where the page is. */
  url: string;
  /** The app's origin, another site. */
  appUrl: string;
  appFolder?: string;
  control: Control;
}

/** The content of `/shell/app.json`, which describes the installed app. */
export interface InstalledApp {
  appUrl: string;
  /** Absent: no app is installed. */
  manifest?: { location?: Record<string, Record<string, unknown>> };
  /** Its name in English. */
  name?: string;
}

let bundle: Promise<Map<string, string>> | undefined;

async function bundled() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: { main: join(here, 'main.ts'), style: join(here, 'style.css') },
    bundle: true,
    write: false,
    outdir: here,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    conditions: ['production'],
  });
  return new Map(outputFiles.map((file) => [file.path.slice(here.length), file.text]));
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Stand-in</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/shell/main.css">
<script type="module" src="/shell/main.js"></script>
<nav id="rail" aria-label="Main"></nav>
<header id="top"></header>
<aside id="drawer" aria-label="Stand-in" hidden></aside>
<main id="view" tabindex="-1"></main>
<section id="nav-pane" aria-label="App" hidden></section>
<aside id="sidebar" aria-label="Apps of the ticket" hidden></aside>
<section id="popover" role="dialog" aria-label="App" hidden></section>
<div id="background" hidden></div>
<div id="toasts"></div>
</html>
`;

async function json(path: string) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

async function installedApp({ appUrl, appFolder }: ShellContext): Promise<InstalledApp> {
  if (!appFolder) return { appUrl };
  const manifest = await json(join(appFolder, 'manifest.json'));
  const translations = await json(join(appFolder, 'translations', 'en.json'));
  return { appUrl, manifest, name: translations?.app?.name };
}

function send(response: ServerResponse, type: string, body: string, headers: Record<string, string> = {}) {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...headers });
  response.end(body);
}

function sendPage(request: IncomingMessage, response: ServerResponse, asked: URL, { appUrl }: ShellContext) {
  const policy = `default-src 'self'; img-src 'self' data:; frame-src ${appUrl}; object-src 'none'; base-uri 'none'`;
  const isSignedIn = /(?:^|;\s*)stand_in_user=\d+/.test(request.headers.cookie ?? '');
  const named = /^\d+$/.exec(asked.searchParams.get('user') ?? '')?.[0];
  const user = named ?? (isSignedIn ? undefined : '101');
  const cookie: Record<string, string> = user ? { 'set-cookie': `stand_in_user=${user}; Path=/; SameSite=Lax` } : {};
  send(response, 'text/html', page, { 'content-security-policy': policy, ...cookie });
}

async function sendShellFile(response: ServerResponse, path: string, context: ShellContext) {
  if (path === '/shell/app.json') {
    return send(response, 'application/json', JSON.stringify(await installedApp(context)));
  }
  if (path === '/shell/conditions.json') {
    return send(response, 'application/json', JSON.stringify(await context.control.conditions()));
  }
  const icon = /^[/]shell[/]app[/](icon_(?:top_bar|nav_bar)[.]svg)$/.exec(path)?.[1];
  if (icon && context.appFolder) {
    const text = await readFile(join(context.appFolder, 'assets', icon), 'utf8').catch(() => undefined);
    if (text) return send(response, 'image/svg+xml', text);
  }
  if (path === '/shell/main.js') {
    return send(response, 'text/javascript', (await (bundle ??= bundled())).get('main.js')!);
  }
  if (path === '/shell/main.css') return send(response, 'text/css', (await (bundle ??= bundled())).get('style.css')!);
  response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
}

/** Serves the agents' page and its files. False: the request is for something else. */
export async function serveShell(request: IncomingMessage, response: ServerResponse, context: ShellContext) {
  const asked = new URL(request.url ?? '/', context.url);
  const isPage = /^[/]agent(?:[/]|$)/.test(asked.pathname);
  if (!isPage && !asked.pathname.startsWith('/shell/')) return false;
  try {
    if (isPage) sendPage(request, response, asked, context);
    else await sendShellFile(response, asked.pathname, context);
  } catch (error) {
    bundle = undefined;
    response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
  }
  return true;
}
