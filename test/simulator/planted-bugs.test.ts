import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DialPlan } from '../../src/domain/dial.js';
import { SimulatedTelephony, type SimulatorOptions } from '../../src/simulator/index.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import { SimulatedTime, telephonyContract } from '../../src/testing/index.js';

type Listener = (event: PlatformEvent) => void;
let unique = 0;

const without = (type: PlatformEvent['type']) =>
  class extends SimulatedTelephony {
    override subscribe(listener: Listener) {
      return super.subscribe((event) => void (event.type !== type && listener(event)));
    }
  };

const bugs: Record<string, typeof SimulatedTelephony> = {
  'a call for every dial': class extends SimulatedTelephony {
    override dial(plan: DialPlan) {
      return super.dial({ ...plan, key: `other ${unique++}` });
    }
  },
  'records whatever the plan says': class extends SimulatedTelephony {
    override dial(plan: DialPlan) {
      return super.dial({ ...plan, record: true });
    }
  },
  'associations are lost': class extends SimulatedTelephony {
    override associate = () => Promise.resolve();
  },
  'cancelling does nothing': class extends SimulatedTelephony {
    override cancelDial = () => Promise.resolve();
  },
  'unsubscribing does nothing': class extends SimulatedTelephony {
    override subscribe(listener: Listener) {
      super.subscribe(listener);
      return () => {};
    }
  },
  'a second delivery has a new id': class extends SimulatedTelephony {
    override subscribe(listener: Listener) {
      return super.subscribe((event) => listener({ ...event, id: `${unique++}` }));
    }
  },
  'what it cannot do is accepted': class extends SimulatedTelephony {
    override setMuted = () => Promise.resolve();
  },
  'every status can be set': class extends SimulatedTelephony {
    override setStatus = (status: string) => super.setStatus(status).catch(() => {});
  },
  'forgets a call at the disconnect': class extends SimulatedTelephony {
    override async connect(...parameters: Parameters<SimulatedTelephony['connect']>) {
      return { ...(await super.connect(...parameters)), activeSessions: [] };
    }
  },
  'no first event': without('session.created'),
  'no last event': without('session.closed'),
  'no status': without('agent.status'),
  'no recording': without('recording.ready'),
};

const numbers = {
  answered: '+14155550101',
  busy: '+14155550102',
  noAnswer: '+14155550103',
  hangsUp: '+14155550104',
  restricted: '+14155550105',
};
const calls: SimulatorOptions['calls'] = {
  [numbers.busy]: 'busy',
  [numbers.noAnswer]: 'no-answer',
  [numbers.hangsUp]: { outcome: 'answered', talkSeconds: 12 },
  [numbers.restricted]: 'restricted',
};

/** Runs the contract and counts the cases that fail. */
async function failuresOf(Platform: typeof SimulatedTelephony): Promise<number> {
  const cases: (() => Promise<void>)[] = [];
  telephonyContract(
    { describe: (_, body) => body(), it: (_, body) => cases.push(body), skip: () => {} },
    {
      name: 'Planted',
      capabilities: ['record', 'resume'],
      levers: ['answered', 'busy', 'noAnswer', 'hangsUp', 'restricted', 'repeatEvents'],
      async create() {
        const time = new SimulatedTime();
        const telephony = new Platform({ clock: time, timers: time, calls });
        return {
          telephony,
          agent: { id: '101', name: 'Alex Morgan', teams: [] },
          numbers,
          outboundNumber: '+18005550100',
          language: 'en',
          advance: (milliseconds) => time.advance(milliseconds),
          repeatEvents: () => void (telephony.disorder = { twice: 1 }),
        };
      },
    },
  );
  const results = await Promise.allSettled(cases.map((run) => run()));
  return results.filter(({ status }) => status === 'rejected').length;
}

describe('telephonyContract', () => {
  it('finds nothing wrong with the embedded platform', async () => {
    assert.equal(await failuresOf(SimulatedTelephony), 0);
  });

  for (const [bug, Platform] of Object.entries(bugs))
    it(`catches: ${bug}`, async () => assert.ok((await failuresOf(Platform)) > 0));
});
