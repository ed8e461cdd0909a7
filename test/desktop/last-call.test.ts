import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import { MIAS, crmData } from '../support/crm-data.js';
import { Desk } from '../support/desk.js';

const UNKNOWN = '+16285550123';

async function called(desk: Desk, number?: string): Promise<void> {
  desk.telephony.incoming({ ...(number ? { number } : {}), answered: true });
  await desk.wait(2000);
  await desk.hangUp();
  desk.desktop.send({ type: 'dismissCall' });
  await desk.wait();
}
const last = (desk: Desk) => {
  const { at: _a, sessionId: _s, ...who } = desk.desktop.snapshot.agent.context.leader.lastCall!;
  return who;
};

describe('the last call of the day', () => {
  it('A3 is the newest one, shown by its number, and by its name once that is known', async () => {
    const desk = await Desk.start({ host: { data: crmData } });
    await called(desk, MIAS);
    assert.deepEqual(last(desk), { name: 'Mia Chen', number: MIAS });
    desk.host.trouble = { fail: { '*': 'offline' } };
    await called(desk, UNKNOWN);
    assert.deepEqual(last(desk), { number: UNKNOWN });
    desk.host.trouble = {};
    await desk.wait(60_000);
    assert.deepEqual(last(desk), { name: UNKNOWN, number: UNKNOWN }, 'the contact that was made of it');
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
    const desk = await Desk.start({ host: { data: crmData }, Platform: Settled });
    await called(desk, MIAS);
    await called(desk, UNKNOWN);
    desk.telephony.incoming({ channel: 'internal-call', answered: true });
    await desk.wait(2000);
    await desk.hangUp();
    assert.deepEqual(last(desk), { name: 'Mia Chen', number: MIAS });
  });

  it('A3 has neither name nor number if the caller hides the number, and is not an older call', async () => {
    const desk = await Desk.start({ host: { data: crmData } });
    await called(desk, MIAS);
    desk.host.trouble = { fail: { '*': 'offline' } };
    await called(desk);
    assert.deepEqual(last(desk), {});
    assert.equal(desk.desktop.snapshot.agent.context.leader.callsToday, 2);
  });
});
