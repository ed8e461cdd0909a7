import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../support/chromium.mjs';
import type { CaseResult } from '../support/contract-cases.js';
import { reportResults } from '../support/contract-results.js';
import type { StandIn } from '../zendesk-stand-in/control.js';
import { freePort } from '../zendesk-stand-in/installed-app.js';
import { startStandIn } from '../zendesk-stand-in/start-stand-in.js';

const manifest = {
  name: 'Contract',
  location: { support: { background: { url: 'assets/contract.html' } } },
};
const page = (account: string) => `<!doctype html>
<meta charset="utf-8" />
<meta name="ccai-account" content="${account}" />
<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'; trusted-types lit-html ccai-zendesk" />
<script type="module" src="contract.js"></script>`;

describe('ZendeskHost over the app framework, in Chromium', () => {
  let browser: Browser;
  let standIn: StandIn;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ccai-contract-'));
    mkdirSync(join(folder, 'assets'));
    const port = await freePort();
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'assets/contract.html'), page(`http://127.0.0.1:${port}`));
    await build({
      entryPoints: ['test/zendesk-stand-in/contract-page.ts'],
      outfile: join(folder, 'assets/contract.js'),
      bundle: true,
      format: 'esm',
      target: 'es2022',
      tsconfig: 'tsconfig.json',
    });
    standIn = await startStandIn({ appFolder: folder, port, speed: 20 });
    browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
  });
  after(async () => {
    await browser?.close();
    await standIn?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('passes every case of the contract', async (test) => {
    const shell = await browser.newPage();
    // The framework client is loaded from Zendesk's address, as in a page that does not include it.
    const loaded: string[] = [];
    await shell.route('https://static.zdassets.com/**', async (route) => {
      loaded.push(route.request().url());
      const body = await (await fetch(`${standIn.appUrl}/zaf_sdk.js`)).text();
      await route.fulfill({ contentType: 'text/javascript', body });
    });
    await shell.goto(`${standIn.url}/agent`);
    await shell.waitForFunction(() => window.frames.length > 0);
    const frame = await until(() => shell.frames().find((one) => one.url().includes('contract.html')));
    // The frame is hidden, so nothing is painted there.
    await frame.waitForFunction(() => window.contractResults, undefined, { timeout: 0, polling: 100 });
    const results = (await frame.evaluate(() => window.contractResults)) as CaseResult[];
    assert.ok(results.length > 30, `${results.length} cases`);
    await reportResults(test, results);
    assert.deepEqual(loaded, ['https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js']);
    assert.deepEqual(await shell.evaluate(() => (window as { protocolErrors?: string[] }).protocolErrors), []);
  });
});

async function until<T>(find: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It did not come.');
}
