import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DialPlan } from '../../src/domain/dial.js';
import { allCapabilities, SimulatedTelephony, simulatedProfile } from '../../src/simulator/index.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import type { Capability, TransferTarget } from '../../src/telephony/telephony.js';
import { telephonyContract } from '../../src/testing/index.js';
import { contractOf } from './contract-fixture.js';

type Listener = (event: PlatformEvent) => void;
let unique = 0;

const without = (type: PlatformEvent['type']) =>
  class extends SimulatedTelephony {
    override subscribe(listener: Listener) {
      return super.subscribe((event) => void (event.type !== type && listener(event)));
    }
  };

const changing = (change: (event: PlatformEvent) => PlatformEvent) =>
  class extends SimulatedTelephony {
    override subscribe(listener: Listener) {
      return super.subscribe((event) => listener(change(event)));
    }
  };

/** Bugs that the contract finds in a platform with outbound calls only. */
const bugs: Record<string, typeof SimulatedTelephony> = {
  'a call for every dial': class extends SimulatedTelephony {
    override dial(plan: DialPlan) {
      return super.dial({ ...plan, key: `other ${unique++}` });
    }
  },
  'records although the plan forbids it': class extends SimulatedTelephony {
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
  'cancelling ends a connected call': class extends SimulatedTelephony {
    override cancelDial(key: string) {
      const on = this.sessions().find(({ phase }) => phase === 'connected');
      return super.cancelDial(key).catch(() => this.end(on!.id));
    }
  },
  'a cancelled key is refused only once': class extends SimulatedTelephony {
    #refused = new Set<string>();
    override dial(plan: DialPlan) {
      const key = this.#refused.has(plan.key) ? `${plan.key} again` : plan.key;
      return super.dial({ ...plan, key }).catch((error: unknown) => {
        this.#refused.add(plan.key);
        throw error;
      });
    }
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
  'a command without its capability is accepted': class extends SimulatedTelephony {
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

/** Bugs in optional capabilities. */
const bugsOfMore: Record<string, typeof SimulatedTelephony> = {
  'declining does nothing': class extends SimulatedTelephony {
    override decline = () => Promise.resolve();
  },
  'a call that is declined can be answered': class extends SimulatedTelephony {
    override decline = () => Promise.resolve();
    override answer = () => Promise.resolve();
  },
  'an offer has no time of the automatic answer': changing((event) =>
    event.type === 'session.offered' ? { ...event, autoAnswerAt: undefined } : event,
  ),
  'an offered session has an agent': changing((event) =>
    event.type === 'session.offered' ? { ...event, session: { ...event.session, agentId: '101' } } : event,
  ),
  'an agent on a break is offered a call': class extends SimulatedTelephony {
    override incoming(call: Parameters<SimulatedTelephony['incoming']>[0]) {
      return super.incoming({ ...call, answered: true });
    }
  },
  'more chats than allowed': class extends SimulatedTelephony {
    override connect(...[agent, rules]: Parameters<SimulatedTelephony['connect']>) {
      return super.connect(agent, { ...rules, maxChats: 9 });
    }
  },
  'hold is not counted': changing((event) =>
    event.type === 'session.ended' ? { ...event, durations: { ...event.durations, hold: 0 } } : event,
  ),
  'mute never goes off': class extends SimulatedTelephony {
    override setMuted(id: string) {
      return super.setMuted(id, true);
    }
  },
  'any digits are accepted': class extends SimulatedTelephony {
    override sendDigits = () => Promise.resolve();
  },
  'every transfer is cold': class extends SimulatedTelephony {
    override transfer(id: string, target: TransferTarget) {
      return super.transfer(id, target, 'cold');
    }
  },
  'a consultation cannot be cancelled': class extends SimulatedTelephony {
    override cancelTransfer = () => Promise.resolve();
  },
  'a consultation leaves the customer on hold': class extends SimulatedTelephony {
    override async cancelTransfer(id: string) {
      await super.cancelTransfer(id);
      await super.setHeld(id, true);
    }
  },
  'after a transfer the agent still owns the events': changing((event) => ({ ...event, owner: '101' })),
  'a removed participant stays': class extends SimulatedTelephony {
    override removeParticipant = () => Promise.resolve();
  },
  'leaving does nothing': class extends SimulatedTelephony {
    override leave = () => Promise.resolve();
  },
  'notes are lost': class extends SimulatedTelephony {
    override submitWrapUp(id: string) {
      return super.submitWrapUp(id, { notes: '', dispositions: [] });
    }
  },
  'a voicemail stays new': class extends SimulatedTelephony {
    override async voicemails() {
      const { items } = await super.voicemails();
      return { items: items.map((voicemail) => ({ ...voicemail, state: 'new' as const })) };
    }
  },
  'the history lacks missed calls': class extends SimulatedTelephony {
    override async history() {
      const { items } = await super.history();
      return { items: items.filter(({ missed }) => !missed) };
    }
  },
  'the directory finds nobody': class extends SimulatedTelephony {
    override directory = () => Promise.resolve({ items: [] });
  },
  'the directory has a word of its own for who is available': class extends SimulatedTelephony {
    override async directory(query: string) {
      const { items, ...more } = await super.directory(query);
      return { ...more, items: items.map((one) => (one.presence ? { ...one, presence: 'DND' as never } : one)) };
    }
  },
  'no offer': without('session.offered'),
  'no assignment': without('session.assigned'),
  'nothing is missed': without('session.missed'),
  'nothing is withdrawn': without('session.withdrawn'),
  'nothing is abandoned': without('session.abandoned'),
  'no mute': without('session.muted'),
  'no hold': without('session.held'),
  'no pause of the recording': without('session.recording-paused'),
  'no participant joins': without('session.participant-joined'),
  'no participant leaves': without('session.participant-left'),
  'the queue does not change': without('session.queue-changed'),
  'no transfer begins': without('transfer.started'),
  'no transfer is finished': without('transfer.finished'),
  'no transfer fails': without('transfer.failed'),
  'no transfer is cancelled': without('transfer.cancelled'),
  'no wrap-up': without('session.wrap-up'),
  'no wrap-up is exceeded': without('session.wrap-up-exceeded'),
  'no disposition': without('disposition.submitted'),
  'no voicemail': without('voicemail.received'),
  'no voicemail is read': without('voicemail.read'),
  'no voicemail is closed': without('voicemail.closed'),
};

/** Runs the contract. Returns the number of failed cases. */
async function failuresOf(Platform: typeof SimulatedTelephony, capabilities: readonly Capability[]): Promise<number> {
  const cases: (() => Promise<void>)[] = [];
  telephonyContract(
    { describe: (_, body) => body(), it: (_, body) => cases.push(body), skip: () => {} },
    contractOf('Planted', capabilities, Platform),
  );
  const results = await Promise.allSettled(cases.map((run) => run()));
  return results.filter(({ status }) => status === 'rejected').length;
}

describe('telephonyContract', () => {
  it('passes for the embedded platform', async () => {
    assert.equal(await failuresOf(SimulatedTelephony, simulatedProfile.capabilities), 0);
    assert.equal(await failuresOf(SimulatedTelephony, allCapabilities), 0);
  });

  for (const [bug, Platform] of Object.entries(bugs))
    it(`catches: ${bug}`, async () => assert.ok((await failuresOf(Platform, simulatedProfile.capabilities)) > 0));

  for (const [bug, Platform] of Object.entries(bugsOfMore))
    it(`catches: ${bug}`, async () => assert.ok((await failuresOf(Platform, allCapabilities)) > 0));
});
