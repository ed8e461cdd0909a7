import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { screenOf } from '../../src/machine/agent/screen-view.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { crmData, MIAS } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { KeeperDesk, SpyJournal } from '../support/keeper-desk.js';

const session: Session = { id: 'a', channel: 'ivr-call', direction: 'inbound', customerNumber: MIAS };
const ended = {
  type: 'session.ended' as const,
  endedBy: 'customer' as const,
  durations: { total: 9, talk: 0, hold: 0, wait: 9 },
};

describe('a call that ends without a start', () => {
  it('R4 S7 B5 a call that was abandoned while it rang does not delay the log-out', async () => {
    const desk = await TestTab.start({
      host: { data: crmData },
      settings: { tickets: { forAbandonedCalls: false } },
      telephony: { profile: { capabilities: allCapabilities } },
    });
    await desk.telephony.setStatus('available');
    desk.telephony.incoming({ number: MIAS, ringSeconds: 10, patienceSeconds: 8 });
    await desk.wait(30_000);
    await desk.telephony.setStatus('unavailable');
    desk.desktop.send({ type: 'logOut' });
    await desk.wait(0);
    await desk.wait(20_000);
    assert.equal(screenOf(desk.desktop.snapshot), 'logged-out');
  });

  it('R4 S7 stores nothing in the journal and waits for nothing, but is written if its start comes late', async () => {
    const journal = new SpyJournal();
    const desk = await KeeperDesk.start({ journal, settings: { tickets: { forAbandonedCalls: false } } });
    await desk.hear(session, { type: 'session.offered', session });
    await desk.hear(session, ended);
    await desk.hear(session, { type: 'session.closed' });
    assert.deepEqual([desk.keeper.waiting, journal.kept.size], [0, 0]);
    await desk.assigned(session);
    const [ticket] = desk.madeBy('a');
    assert.deepEqual(desk.written(ticket!.id), ['call_started', 'call_finished']);
    assert.deepEqual(journal.open, []);
  });

  it('R4 S7 is not reported as a problem, whatever events came while it rang', async () => {
    for (const type of ['session.abandoned', 'session.offered'] as const) {
      const desk = await KeeperDesk.start({ settings: { tickets: { forAbandonedCalls: false } } });
      await desk.hear(session, { type: 'custom-data.received', data: { plan: 'gold' } });
      await desk.hear(session, { type, session });
      await desk.hear(session, ended);
      await desk.hear(session, { type: 'session.closed' });
      await desk.time.advance(3_600_000);
      // What was offered may have been answered, and nobody knows where that is recorded.
      const told = type === 'session.abandoned' ? [] : ['unknown-session'];
      assert.deepEqual([type, desk.problems.map(({ code }) => code)], [type, told]);
    }
  });
});
