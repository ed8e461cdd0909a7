import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildZendeskApp } from '../support/zendesk-app.mjs';
import type { StandInOptions } from './control.js';
import { startStandIn } from './start-stand-in.js';

export interface AppOptions extends Omit<StandInOptions, 'appFolder'> {
  /** Installs an assets/telephony.js that the shell's drawer can control. */
  drivenPlatform?: boolean;
}

/** Starts a stand-in with the app installed. The app is built from the sources and packed for this account's origin. */
export async function startWithApp({ drivenPlatform = false, ...options }: AppOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ccai-zendesk-'));
  const port = options.port ?? (await freePort());
  await buildZendeskApp(folder, { account: `http://127.0.0.1:${port}` });
  if (drivenPlatform) await drivePlatform(join(folder, 'assets', 'telephony.js'));
  const standIn = await startStandIn({ ...options, port, appFolder: folder });
  return {
    ...standIn,
    async close() {
      await standIn.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function drivePlatform(outfile: string): Promise<void> {
  const { build } = await import('esbuild');
  const entry = fileURLToPath(new URL('platform/stand-in-telephony.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    allowOverwrite: true,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    logLevel: 'warning',
  });
}

/** The first free port from `first` on; by default any free port. */
export async function freePort(first = 0): Promise<number> {
  for (let port = first; ; port++) {
    const found = await new Promise<number | undefined>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(undefined));
      probe.listen(port, '127.0.0.1', () => {
        const at = (probe.address() as AddressInfo).port;
        probe.close(() => resolve(at));
      });
    });
    if (found !== undefined) return found;
  }
}
