import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import { startSipDemo } from '../../demo/sip-start.mjs';
import { chromiumArgs, chromiumPath } from '../support/chromium.mjs';
import { callArgs } from '../support/sip/sip-parties.js';

let demo: Awaited<ReturnType<typeof startSipDemo>>;
let browser: Browser;
before(async () => {
  demo = await startSipDemo({ port: 0 });
  browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...callArgs] });
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

test('A5 the panels of npm run sip call each other under the Content-Security-Policy of the demo', async () => {
  const page = await browser.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await page.goto(demo.url);
  const of = (name: string) => page.frameLocator(`iframe[title="${name}’s phone"]`);
  const [alex, mia] = [of('Alex Morgan'), of('Mia Chen')];
  await mia.getByRole('combobox', { name: 'Status' }).waitFor();
  await mia.getByText('Available').filter({ visible: true }).first().waitFor();
  await alex.getByRole('button', { name: 'Call Mia Chen' }).click();
  await alex.getByRole('button', { name: 'Call', exact: true }).click();
  await mia.getByRole('button', { name: 'Answer' }).click();
  for (const panel of [alex, mia]) await panel.getByRole('timer', { name: 'Call time' }).waitFor();
  await alex.getByText('call_started ·').waitFor();
  // The panel takes two presses in short succession for a double click.
  await page.waitForTimeout(800);
  await mia.getByRole('button', { name: 'End call' }).click();
  await alex.getByText('call_finished ·').waitFor();
  // A machine without an audio device logs this error.
  assert.deepEqual(
    troubles.filter((said) => !/AudioContext encountered an error from the audio device/.test(said)),
    [],
  );
});
