import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, resolve, sep } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const cdn = 'https://static.zdassets.com';
const sdk = `${cdn}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js`;

/** The app's page with the SDK from this server, because there may be no network. */
const withoutNetwork = (html: string) =>
  html
    .replace(/<meta[^>]*Content-Security-Policy[^>]*>/gi, (meta) => meta.replaceAll(sdk, '').replaceAll(cdn, ''))
    .replaceAll(sdk, '/zaf_sdk.js');

let bundled: Promise<string> | undefined;
/** The SDK in the form of Zendesk's CDN: one script with the global ZAFClient. */
async function bundle(): Promise<string> {
  const { build } = await import('esbuild');
  const entryPoints = [createRequire(import.meta.url).resolve('zendesk_app_framework_sdk')];
  const options = { bundle: true, write: false, format: 'iife', globalName: 'ZAFClient', logLevel: 'silent' } as const;
  return (await build({ entryPoints, ...options })).outputFiles[0]!.text;
}

/** Serves the app's files at /app/, from another site than the account's. */
export async function serveApp(folder: string | undefined, request: IncomingMessage, response: ServerResponse) {
  const answer = (status: number, type: string, body: string | Buffer) =>
    response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
  const { pathname } = new URL(request.url!, 'http://localhost');
  if (pathname === '/zaf_sdk.js') return answer(200, types['.js']!, await (bundled ??= bundle()));
  try {
    if (!folder || !pathname.startsWith('/app/')) throw new Error('No such file');
    const file = resolve(folder, decodeURIComponent(pathname.slice('/app/'.length)));
    if (!file.startsWith(resolve(folder) + sep)) throw new Error('Outside the folder');
    const content = await readFile(file);
    const type = types[extname(file)] ?? 'application/octet-stream';
    return answer(200, type, extname(file) === '.html' ? withoutNetwork(content.toString()) : content);
  } catch {
    return answer(404, 'text/plain; charset=utf-8', 'Not found');
  }
}
