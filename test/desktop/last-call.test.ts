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
  it('A3 is the newest one, by its number while nobody knows who it was, and by the name once that is known', async () => {
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

  it('A3 S4 R29 is none of a colleague, and none of which nothing is kept', async () => {
    /** What another agent has settled stands in its record alone. */
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

  it('A3 of somebody who hides the number it has neither, and is no older call', async () => {
    const desk = await Desk.start({ host: { data: crmData } });
    await called(desk, MIAS);
    desk.host.trouble = { fail: { '*': 'offline' } };
    await called(desk);
    assert.deepEqual(last(desk), {});
    assert.equal(desk.desktop.snapshot.agent.context.leader.callsToday, 2);
  });
});
