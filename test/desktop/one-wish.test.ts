import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIA, MIAS, crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { callsOf, FarPlatform } from '../support/two-wishes.js';
import { lasting } from '../support/lasting.js';

/** A request and an answer that never arrive. */
const silence = { there: 0, back: 0, isLost: true };
const late = (milliseconds: number) => ({ there: milliseconds, back: 0 });

/** The details screen filled in for Mia, on a platform with slow answers. */
async function atForm() {
  const tab = await TestTab.start({
    host: { data: crmData },
    settings: { outbound: { promptForTicket: true, allowNewTicket: true } },
    Platform: FarPlatform,
    // Its rows outlive the page.
    wrap: lasting,
  });
  await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
  await tab.form({ type: 'chooseTicket', value: '1' });
  const platform = tab.telephony as FarPlatform;
  platform.defaultOutcome = { outcome: 'answered', ringSeconds: 5 };
  const calls = () => platform.sessions().length;
  const taking = () => tab.desktop.snapshot.outbound?.matches({ filling: { screen: 'takingBack' } });
  return { tab, platform, calls, taking };
}

/** Presses Call without an answer until the form comes back, then chooses another ticket. */
async function silentCall(travel: FarPlatform['travels']['dial'][number], hasEvents = true) {
  const at = await atForm();
  // Loses its events too.
  if (!hasEvents) at.platform.disorder = { lost: 1 };
  at.platform.travels.dial.push(travel);
  await at.tab.form({ type: 'call' });
  await at.tab.wait(15_600);
  assert.equal(at.tab.screen, 'details');
  await at.tab.form({ type: 'chooseTicket', value: '2' });
  return at;
}

describe('one wish, one call', () => {
  it('F7 F13 after silence a changed plan is dialled when the first is taken back, and there is one call', async () => {
    const { tab, platform, calls } = await silentCall(late(20_000));
    await tab.form({ type: 'call' });
    await tab.wait(10_000);
    assert.deepEqual(platform.cancelled, [platform.dialled[0]]);
    assert.equal(platform.dialled.length, 2);
    await tab.wait(30_000);
    assert.equal(calls(), 1);
    assert.deepEqual(tab.session.context.session.association?.ticket, { id: '2' });
    assert.equal(tab.phase, 'connected');
  });

  it('F7 a first call that rings is ended before the second is dialled', async () => {
    const { tab, platform } = await silentCall({ there: 14_000, back: 0, isLost: true }, false);
    platform.disorder = { lost: 0 };
    platform.travels.cancelDial.push(late(500));
    await tab.form({ type: 'call' });
    await tab.wait(20_000);
    assert.deepEqual(
      platform.sessions().map(({ phase }) => phase),
      ['ended', 'connected'],
    );
  });

  it('F7 while the platform does not answer for the first plan, nothing is dialled; the form says so, with Retry', async () => {
    const { tab, platform, taking } = await silentCall(silence, false);
    platform.travels.cancelDial.push(silence);
    await tab.form({ type: 'call' });
    assert.deepEqual([taking(), tab.screen], [true, 'details']);
    await tab.wait(15_000);
    assert.ok(tab.desktop.snapshot.outbound!.matches({ filling: { screen: { takingBack: 'unanswered' } } }));
    assert.equal(platform.dialled.length, 1);
    platform.disorder = { lost: 0 };
    await tab.form({ type: 'retry' });
    await tab.wait(5000);
    assert.equal(platform.dialled.length, 2);
  });

  it('F7 Call anyway is offered after 30 seconds and not before', async () => {
    const { tab, platform } = await silentCall({ there: 200_000, back: 0 });
    platform.travels.cancelDial.push({ there: 100_000, back: 0 }, { there: 100_000, back: 0 });
    await tab.form({ type: 'call' });
    await tab.wait(29_000);
    await tab.form({ type: 'callAnyway' });
    assert.equal(platform.dialled.length, 1);
    await tab.wait(2000);
    assert.equal(tab.details.context.mayCallAnyway, true);
    await tab.form({ type: 'callAnyway' });
    assert.equal(platform.dialled.length, 2);
    await tab.wait(20_000);
    assert.equal(tab.phase, 'connected');
    // The first request arrives while the second call is on: it was taken back meanwhile.
    await tab.wait(200_000);
    assert.equal(callsOf(platform, 'connected').length, 1);
    assert.deepEqual(tab.session.context.session.association?.ticket, { id: '2' });
  });

  it('F7 a first call that is connected is shown, the form closes, and no second call is dialled', async () => {
    const { tab, platform, calls } = await silentCall({ there: 8000, back: 0, isLost: true }, false);
    // No event of it comes either.
    assert.equal(calls(), 1);
    platform.travels.cancelDial.push(late(6000));
    await tab.form({ type: 'call' });
    await tab.wait(8000);
    assert.deepEqual([calls(), tab.screen], [1, 'call']);
    assert.deepEqual(tab.session.context.session.association?.ticket, { id: '1' });
    assert.equal(platform.sessions()[0]!.phase, 'connected');
  });

  it('F7 if both calls come about, the one that is connected first stays, and the other is ended at its first event', async () => {
    const { tab, platform } = await silentCall({ there: 80_000, back: 0 });
    // The cancellations arrive only after both calls have begun.
    platform.travels.cancelDial.push(...Array.from({ length: 4 }, () => late(300_000)));
    await tab.form({ type: 'call' });
    await tab.wait(31_000);
    platform.defaultOutcome = { outcome: 'answered', ringSeconds: 60 };
    await tab.form({ type: 'callAnyway' });
    platform.defaultOutcome = { outcome: 'answered', ringSeconds: 1 };
    await tab.wait(60_000);
    const [second, first] = platform.sessions();
    assert.deepEqual([first?.association?.ticket, second?.association?.ticket], [{ id: '1' }, { id: '2' }]);
    assert.equal(callsOf(platform, 'connected').length, 1);
    assert.equal(callsOf(platform, 'connecting').length, 0);
  });

  it('F8 Cancel takes back all open plans, also those from before a change', async () => {
    const { tab, platform } = await silentCall(late(100_000));
    platform.travels.dial.push(late(100_000));
    platform.travels.cancelDial.push(late(0), late(1000), late(1000));
    await tab.form({ type: 'call' });
    await tab.wait(1000);
    assert.equal(platform.dialled.length, 2);
    await tab.form({ type: 'cancel' });
    await tab.wait(200_000);
    assert.deepEqual([tab.screen, platform.sessions().length], ['main', 0]);
  });

  it('A9 S4 after a reload a dialled plan is known by its key and taken back before another call', async () => {
    const { tab, platform } = await silentCall(late(60_000));
    await tab.reload();
    await tab.wait(100);
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'chooseTicket', value: '2' }, { type: 'call' });
    await tab.wait(100_000);
    assert.deepEqual(platform.cancelled, [platform.dialled[0]]);
    assert.equal(platform.sessions().length, 1);
  });
});
