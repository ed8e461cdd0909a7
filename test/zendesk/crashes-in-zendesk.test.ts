import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { seededRandom } from '../../src/environment/seeded-random.js';
import { progress } from '../support/run/progress.mjs';
import { patience, until, type AgentTab } from '../zendesk-stand-in/agent-browser.js';
import { CrashingZendesk } from '../zendesk-stand-in/crashes/crashing-zendesk.js';
import { KillableBrowser } from '../zendesk-stand-in/crashes/killable-browser.js';
import { howMany } from '../support/counts.js';

const kills = howMany({ all: 5, long: 30 });
const closings = howMany({ all: 10, long: 100 });
const mia = { id: 2001, name: 'Mia Chen', phone: '+15135557611' };
const router = { id: 4711, requesterId: 2001, subject: 'Router restarts', age: 60_000 } as const;
const number = '+15135557611';
const customer = '/agent/users/2001';

let zendesk: CrashingZendesk;
before(async () => (zendesk = await CrashingZendesk.start()));
after(() => zendesk.close());

/** An account whose network fails one write in four, with every kind of fault. */
async function account({ calm = false } = {}): Promise<void> {
  zendesk.forgetCalls();
  await zendesk.control.reset({ users: [mia], tickets: [router] });
  await zendesk.control.saveSettings({ settings: JSON.stringify({ batching: { windowSeconds: 1 } }) });
  if (calm) return;
  await zendesk.control.setConditions({
    random: {
      share: 0.25,
      seed: 7,
      match: { method: 'PUT', path: '/tickets' },
      faults: [
        { kind: 'cut-before' },
        { kind: 'cut-after' },
        { kind: 'late', afterMs: 1500 },
        { kind: 'status', status: 503 },
        { kind: 'status-after', status: 503 },
        { kind: 'status', status: 429, retryAfter: 1 },
        { kind: 'html', status: 200 },
      ],
    },
  });
}

/** Fills in the form and calls as soon as possible. */
async function call(tab: AgentTab): Promise<void> {
  await tab.page.bringToFront();
  await tab.callNumber(number);
  await until(async () => {
    assert.equal(await tab.button('Call').isEnabled({ timeout: 500 }), true);
  }, 30_000);
  await tab.press('Call');
  await tab.panel.getByRole('timer', { name: 'Call time' }).waitFor({ timeout: patience });
}

async function hangUp(tab: AgentTab): Promise<void> {
  await tab.page.bringToFront();
  await tab.page.waitForTimeout(600);
  await tab.press('End call');
  await tab.button('Done').waitFor();
}

/** Waits until all writes have ended, then checks that each call began and ended on its ticket once. */
async function settled(calls: number): Promise<void> {
  await zendesk.control.setConditions({ random: { share: 0, faults: [], seed: 1 } });
  await until(async () => {
    const written = await zendesk.written([4711]);
    const moments = Object.keys(written);
    assert.equal(moments.filter((one) => one.startsWith('call_started')).length, calls, JSON.stringify(written));
    assert.equal(moments.filter((one) => one.startsWith('call_finished')).length, calls, JSON.stringify(written));
  }, 90_000).catch(async (error: Error) => {
    const moments = Object.keys(await zendesk.written([4711]));
    const ids = moments.flatMap((one) => (one.startsWith('call_started') ? [one.split(' ')[1]!] : []));
    const unended = ids.filter((id) => !moments.includes(`call_finished ${id}`));
    throw new Error(`${error.message}\nWhat the panels logged:\n${zendesk.logOf(unended)}`, { cause: error });
  });
  for (const [moment, times] of Object.entries(await zendesk.written([4711]))) assert.equal(times, 1, moment);
  const made = (await zendesk.control.auditLog()).filter(
    ({ what }) => /created/.test(what) && what !== 'field.created',
  );
  assert.deepEqual(made, [], 'no other ticket, and nobody new');
}

async function inBrowser(run: (browser: KillableBrowser, context: BrowserContext) => Promise<void>): Promise<void> {
  const browser = new KillableBrowser();
  try {
    await run(browser, await browser.start());
  } finally {
    await browser.close();
  }
}

test(`B5 A9 in Zendesk: the browser or its renderers are killed in a call, ${kills} times, and each call is on its ticket once`, async () => {
  await account();
  const random = seededRandom(3);
  await inBrowser(async (browser, first) => {
    let context = first;
    for (let kill = 0; kill < kills; kill++) {
      progress();
      let tab = await zendesk.open(context, customer);
      await call(tab);
      // During the call, before or after its start is written, or just after its end.
      await tab.page.waitForTimeout(Math.floor(random() * 2500));
      const afterEnd = random() < 0.4;
      if (afterEnd) await hangUp(tab);
      if (kill % 2 === 0) {
        await browser.kill();
        context = await browser.start();
      } else {
        await browser.killRenderers();
        for (const page of context.pages()) await page.close().catch(() => undefined);
      }
      tab = await zendesk.open(context, customer);
      if (!afterEnd) {
        await tab.icon.click();
        // The call is resumed by its id: no other call is made.
        await tab.panel.getByRole('timer', { name: 'Call time' }).waitFor({ timeout: patience });
        await hangUp(tab);
      }
      await tab.page.waitForTimeout(500);
      await tab.page.close();
    }
    await zendesk.open(context, customer);
    await settled(kills);
  });
});

test(`B5 A9 in Zendesk: tabs are closed at random moments, ${closings} times, and nothing is lost or written twice`, async () => {
  await account();
  const random = seededRandom(5);
  await inBrowser(async (_browser, context) => {
    let calls = 0;
    let stays = await zendesk.open(context, customer);
    for (let closing = 0; closing < closings; closing++) {
      progress();
      const goes = stays;
      await call(goes);
      calls++;
      stays = await zendesk.open(context, customer);
      await goes.page.waitForTimeout(Math.floor(random() * 1500));
      const ends = random() < 0.5;
      if (ends) await hangUp(goes);
      await goes.page.waitForTimeout(Math.floor(random() * 300));
      await goes.page.close();
      await stays.page.bringToFront();
      await stays.icon.click();
      if (!ends) {
        await stays.panel.getByRole('timer', { name: 'Call time' }).waitFor({ timeout: patience });
        await hangUp(stays);
      }
      await stays.page.waitForTimeout(300);
      if (await stays.button('Done').isVisible()) await stays.press('Done');
    }
    await settled(calls);
  });
});

test('A9 in Zendesk: of twenty tabs one leads, every one shows the call, and any can end it', async () => {
  await account({ calm: true });
  await inBrowser(async (_browser, context) => {
    const tabs: AgentTab[] = [];
    for (let tab = 0; tab < 20; tab++) tabs.push(await zendesk.open(context, customer));
    await call(tabs[7]!);
    for (const tab of [tabs[0]!, tabs[19]!]) {
      await tab.page.bringToFront();
      await tab.icon.click();
      await tab.panel.getByRole('timer', { name: 'Call time' }).waitFor();
    }
    await hangUp(tabs[19]!);
    await tabs[0]!.page.bringToFront();
    await tabs[0]!.button('Done').waitFor();
    await settled(1);
  });
});

test('B5 in Zendesk: the network fails and returns during a call and after it, and the call is on its ticket once', async () => {
  await account();
  const random = seededRandom(11);
  await inBrowser(async (_browser, context) => {
    const tab = await zendesk.open(context, customer);
    await call(tab);
    const flap = async () => {
      await context.setOffline(true);
      await tab.page.waitForTimeout(300 + Math.floor(random() * 1500));
      await context.setOffline(false);
      await tab.page.waitForTimeout(Math.floor(random() * 800));
    };
    for (let time = 0; time < 3; time++) await flap();
    await hangUp(tab);
    for (let time = 0; time < 3; time++) await flap();
    await settled(1);
  });
});

test('B5 in Zendesk: no waiting record is lost when storage is cleared', async () => {
  await account({ calm: true });
  await zendesk.control.saveSettings({ settings: JSON.stringify({ batching: { windowSeconds: 6 } }) });
  await inBrowser(async (_browser, context) => {
    const tab = await zendesk.open(context, customer);
    await call(tab);
    await hangUp(tab);
    const panel = await tab.frame('top-bar.html');
    const cleared = await panel.evaluate(async () => {
      const names = (await indexedDB.databases()).map(({ name }) => name!);
      for (const name of names)
        await new Promise((resolve, reject) =>
          Object.assign(indexedDB.deleteDatabase(name), { onsuccess: resolve, onerror: reject }),
        );
      return names.length;
    });
    assert.equal(cleared, 1);
    await settled(1);
  });
});

test('B5 in Zendesk: the panel warns if the browser refuses storage, and asks before leaving while records wait', async () => {
  await account({ calm: true });
  await zendesk.control.saveSettings({ settings: JSON.stringify({ batching: { windowSeconds: 20 } }) });
  await inBrowser(async (_browser, context) => {
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Storage is refused.', 'SecurityError');
      };
    });
    const tab = await zendesk.open(context, customer);
    await call(tab);
    await hangUp(tab);
    await tab.press('Done');
    await tab.press('Show');
    await tab.says('This browser can’t keep updates. Leave this page open until they’re saved.');
    const asked = tab.page.waitForEvent('dialog');
    void tab.page.close({ runBeforeUnload: true });
    const dialog = await asked;
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.dismiss();
    await settled(1);
  });
});
