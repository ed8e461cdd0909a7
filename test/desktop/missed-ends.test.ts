import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { missedEvents } from '../../src/desktop/missed-events.js';
import { allCapabilities, SimulatedTelephony } from '../../src/simulator/index.js';
import { MIAS, crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

/** A call of 20 s of talk, 30 s of hold and 10 s of talk, whose end event never comes. */
async function missedEnd(wrapUpSeconds: number, Platform = SimulatedTelephony) {
  const tab = await TestTab.start({
    Platform,
    host: { data: crmData },
    telephony: { profile: { capabilities: allCapabilities } },
    settings: { calls: { wrapUpSeconds: { inbound: wrapUpSeconds, outbound: wrapUpSeconds } } },
  });
  const sessionId = tab.telephony.incoming({ number: MIAS, answered: true });
  await tab.wait(60);
  await tab.wait(20_000);
  await tab.telephony.setHeld(sessionId, true);
  await tab.wait(30_000);
  await tab.telephony.setHeld(sessionId, false);
  await tab.wait(10_000);
  tab.telephony.disorder = { lost: 1 };
  tab.telephony.hangUp(sessionId);
  await tab.wait(60_000);
  await tab.wait(100);
  // R31: the card waits for the wrap-up and the agent's note.
  for (let seconds = 0; seconds < wrapUpSeconds + 90; seconds += 10) await tab.wait(10_000);
  const ticket = tab.host.tickets().find(({ origin }) => origin?.sessionId === sessionId)!;
  const [finished, ...more] = tab.host
    .comments(ticket.id)
    .map(({ body }) => body.split('\n'))
    .filter((lines) => lines.at(-1) === `call_finished · ${sessionId}`);
  assert.deepEqual(more, []);
  assert.equal(finished?.[0]?.startsWith('☎ Inbound call from Mia Chen · +1 415 555 0132'), true);
  return [...finished![0]!.split(' · ').slice(2), ...finished!.slice(1, -1)];
}

describe('a call whose end event was lost', () => {
  it('R27 X3 X4 X7 is written with the durations of the platform’s history', async () =>
    assert.deepEqual(await missedEnd(0), ['1 min (30 s on hold)']));

  it('R27 has no duration that was not measured, for a call in its wrap-up', async () =>
    assert.deepEqual(await missedEnd(120), []));

  it('R27 is written even if the platform does not answer one question', async () => {
    class Silent extends SimulatedTelephony {
      #asked = 0;
      override getSession(sessionId: string) {
        return ++this.#asked === 1 ? new Promise<never>(() => {}) : super.getSession(sessionId);
      }
    }
    assert.deepEqual(await missedEnd(120, Silent), []);
  });

  it('R27 says that a call was answered if it took less than a second', async () => {
    const tab = await TestTab.start({ host: { data: crmData } });
    const sessionId = tab.telephony.incoming({ number: MIAS, answered: true });
    while ((await tab.telephony.getSession(sessionId))?.phase !== 'connected') await tab.wait(50);
    await tab.wait(200);
    tab.telephony.hangUp(sessionId);
    for (let seconds = 0; seconds < 120; seconds += 5) await tab.wait(5000);
    const ticket = tab.host.tickets().find(({ origin }) => origin?.sessionId === sessionId)!;
    assert.deepEqual(tab.feet(ticket.id), ['call_started', 'call_finished']);
    // R32: a card says why they did not speak, and nothing else.
    assert.equal(tab.written(ticket.id)[1]!.split('\n')[0], '☎ Inbound call from Mia Chen · +1 415 555 0132');
  });

  it('R27 has the time at which the platform ended it, not the time of the question', () => {
    const session = {
      ...({ id: 'a', channel: 'ivr-call', direction: 'inbound', agentId: '101', participants: [] } as const),
      ...({ phase: 'ended', muted: false, held: false, recordingPaused: false } as const),
      connectedAt: '2026-03-02T09:00:00.000Z',
    };
    const of = (since: string) =>
      missedEvents({
        ...({ progress: 'connected', shown: undefined, count: 0, key: '', owner: '101', agentId: '101' } as const),
        session: { ...session, since },
        now: '2026-03-02T09:20:00.000Z',
      }).find(({ type }) => type === 'session.ended')!.at;
    assert.equal(of('2026-03-02T09:07:00.000Z'), '2026-03-02T09:07:00.000Z');
    assert.equal(of('2026-03-02T09:40:00.000Z'), '2026-03-02T09:20:00.000Z', 'a clock that is wrong tells no future');
  });

  it('R27 has no duration if the history is not available', async () => {
    class WithoutHistory extends SimulatedTelephony {
      override history = () => Promise.reject(new Error('out of order'));
    }
    assert.deepEqual(await missedEnd(0, WithoutHistory), []);
  });
});
