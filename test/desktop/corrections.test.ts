import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CorrectedChoice, CorrectionOffer } from '../../src/domain/correction.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { BEN, crmData, MIA, MIAS } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

const queue = { id: 'returns', path: ['Orders', 'Returns'] };

async function start(settings: SettingsInput = {}) {
  return TestTab.start({
    host: { data: crmData, settings: { batching: { windowSeconds: 10 }, ...settings } },
    wrap: (host) => Object.assign(host, { volatile: false }),
    telephony: { alone: true, profile: { capabilities: allCapabilities } },
  });
}

async function talking(tab: TestTab, more = {}) {
  const id = tab.telephony.incoming({ number: MIAS, queue, answered: true, ...more });
  await tab.wait(3000);
  return id;
}

const offer = async (tab: TestTab, sessionId: string, contactId?: string) => {
  const asked = tab.desktop.correct({ type: 'correction', ask: 'offer', sessionId, ...(contactId && { contactId }) });
  await tab.wait(1000);
  return (await asked) as CorrectionOffer;
};

/** Presses Assign in the form. Resolves with the code of the refusal, or with `done`. */
const correct = async (tab: TestTab, sessionId: string, choice: CorrectedChoice, after?: number) => {
  const since = after ?? (await offer(tab, sessionId)).after;
  const asked = tab.desktop.correct({ type: 'correction', ask: 'correct', sessionId, after: since, choice }).then(
    () => 'done',
    ({ code }: { code: string }) => code,
  );
  await tab.wait(1000);
  return asked;
};

async function end(tab: TestTab, id: string) {
  tab.telephony.hangUp(id);
  await tab.wait(200_000);
}

const ticketsOf = (tab: TestTab, contact: string) =>
  tab.host.tickets().filter(({ contactId }) => contactId === contact);
const madeBy = (tab: TestTab, id: string) => tab.host.tickets().filter(({ origin }) => origin?.sessionId === id);
const feet = (tab: TestTab, id: string) =>
  tab.host.comments(id).map(({ body }) => body.split('\n').at(-1)!.split(' · ')[0]!);
const toBen = { contact: { id: BEN }, ticket: 'new' as const };

describe('the agent corrects the record', () => {
  it('R35 from the call: what stands on the old ticket gets one line, and all cards are on the new one', async () => {
    const tab = await start();
    const id = await talking(tab);
    const [old] = madeBy(tab, id);
    assert.deepEqual(feet(tab, old!.id), ['call_started']);
    assert.equal(await correct(tab, id, toBen), 'done');
    await tab.wait(15_000);
    const [, made] = madeBy(tab, id);
    assert.equal(made!.contactId, BEN);
    assert.deepEqual(feet(tab, old!.id), ['call_started', 'moved']);
    assert.match(tab.host.comments(old!.id)[1]!.body, new RegExp(`^↪ Recorded on #${made!.id} instead`));
    assert.equal(tab.host.ticket(old!.id).status, 'solved');
    assert.deepEqual(feet(tab, made!.id), ['call_started']);
    assert.match(tab.host.comments(made!.id)[0]!.body, /Inbound call from Ben/);
    await end(tab, id);
    assert.deepEqual(feet(tab, old!.id), ['call_started', 'moved']);
    assert.deepEqual(feet(tab, made!.id), ['call_started', 'call_finished', ...feet(tab, made!.id).slice(2)]);
    const session = await tab.telephony.getSession(id);
    assert.deepEqual(session!.record, { correction: 1, contactId: BEN, ticketId: made!.id });
  });
});
void [MIA, ticketsOf];
