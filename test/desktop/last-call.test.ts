import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import { MIAS, crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

const UNKNOWN = '+16285550123';

async function called(tab: TestTab, number?: string): Promise<void> {
  tab.telephony.incoming({ ...(number ? { number } : {}), answered: true });
  await tab.wait(2000);
  await tab.hangUp();
  tab.desktop.send({ type: 'dismissCall' });
  await tab.wait();
}
const last = (tab: TestTab) => {
  const { at: _a, sessionId: _s, ...who } = tab.desktop.snapshot.agent.context.leader.lastCall!;
  return who;
};

describe('the last call of the day', () => {
  it('A3 is the newest one, shown by its number, and by its name once that is known', async () => {
    const tab = await TestTab.start({ host: { data: crmData } });
    await called(tab, MIAS);
    assert.deepEqual(last(tab), { name: 'Mia Chen', number: MIAS });
    tab.host.trouble = { fail: { '*': 'offline' } };
    await called(tab, UNKNOWN);
    assert.deepEqual(last(tab), { number: UNKNOWN });
    tab.host.trouble = {};
    await tab.wait(60_000);
    assert.deepEqual(last(tab), { name: UNKNOWN, number: UNKNOWN }, 'the contact that was made of it');
  });

  it('A3 S4 R29 is neither a colleague’s call nor a call without a ticket', async () => {
    /** The association of another agent is only in the session's record. */
    class Settled extends SimulatedTelephony {
      override subscribe(listener: (event: PlatformEvent) => void) {
        return super.subscribe((event) => {
          const { session } = event as { session?: Session };
          const settled = session?.customerNumber === UNKNOWN && { ...session, record: { ticketId: 'none' as const } };
          listener(settled ? ({ ...event, session: settled } as PlatformEvent) : event);
        });
      }
    }
    const tab = await TestTab.start({ host: { data: crmData }, Platform: Settled });
    await called(tab, MIAS);
    await called(tab, UNKNOWN);
    tab.telephony.incoming({ channel: 'internal-call', answered: true });
    await tab.wait(2000);
    await tab.hangUp();
    assert.deepEqual(last(tab), { name: 'Mia Chen', number: MIAS });
  });

  it('A3 has neither name nor number if the caller hides the number, and is not an older call', async () => {
    const tab = await TestTab.start({ host: { data: crmData } });
    await called(tab, MIAS);
    tab.host.trouble = { fail: { '*': 'offline' } };
    await called(tab);
    assert.deepEqual(last(tab), {});
    assert.equal(tab.desktop.snapshot.agent.context.leader.callsToday, 2);
  });
});
