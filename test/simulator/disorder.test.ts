import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SimulatedTelephony } from '../../src/simulator/index.js';
import type { Command } from '../../src/simulator/trouble.js';
import { agent, rules, signIn } from './signed-in.js';

const number = '+14155550123';
const target = { kind: 'agent', id: '102', label: 'Noémie Laurent' } as const;

/** The commands of a panel during and after an incoming call. */
const commands: Partial<Record<Command, (telephony: SimulatedTelephony, id: string) => Promise<unknown>>> = {
  connect: (telephony) => telephony.connect(agent, rules),
  setRules: (telephony) => telephony.setRules(rules),
  setStatus: (telephony) => telephony.setStatus('break'),
  associate: (telephony, id) => telephony.associate(id, { ticketId: '1' }),
  getSession: (telephony, id) => telephony.getSession(id),
  resume: (telephony, id) => telephony.resume(id),
  answer: (telephony, id) => telephony.answer(id),
  decline: (telephony, id) => telephony.decline(id),
  end: (telephony, id) => telephony.end(id),
  setMuted: (telephony, id) => telephony.setMuted(id, true),
  setHeld: (telephony, id) => telephony.setHeld(id, true),
  sendDigits: (telephony, id) => telephony.sendDigits(id, '1'),
  transfer: (telephony, id) => telephony.transfer(id, target, 'warm'),
  completeTransfer: (telephony, id) => telephony.completeTransfer(id),
  cancelTransfer: (telephony, id) => telephony.cancelTransfer(id),
  addParticipant: (telephony, id) => telephony.addParticipant(id, target),
  removeParticipant: (telephony, id) => telephony.removeParticipant(id, 'x'),
  leave: (telephony, id) => telephony.leave(id),
  setRecordingPaused: (telephony, id) => telephony.setRecordingPaused(id, true),
  submitWrapUp: (telephony, id) => telephony.submitWrapUp(id, { notes: 'x', dispositions: [] }),
  history: (telephony) => telephony.history(),
  voicemails: (telephony) => telephony.voicemails(),
  markVoicemail: (telephony) => telephony.markVoicemail('x', 'read'),
  directory: (telephony) => telephony.directory(''),
  statistics: (telephony) => telephony.statistics(),
  setDevices: (telephony) => telephony.setDevices({ microphone: 'default' }),
};

describe('every command', () => {
  for (const [name, command] of Object.entries(commands))
    it(`${name} fails or never answers as trouble says`, async () => {
      const at = await signIn();
      const id = await at.inCall();
      const before = at.events.length;
      at.telephony.trouble = { [name]: 'timeout' };
      await assert.rejects(command(at.telephony, id), { name: 'TelephonyError', code: 'timeout' });
      let settled = false;
      at.telephony.trouble = { [name]: 'never' };
      void command(at.telephony, id).finally(() => (settled = true));
      await at.wait(3);
      assert.deepEqual([settled, at.events.length], [false, before]);
      at.telephony.drop();
      at.telephony.trouble = {};
      await assert.rejects(command(at.telephony, id), { code: 'offline' });
    });

  it('a command whose answer is lost takes effect: answer, mute', async () => {
    const at = await signIn();
    const id = at.telephony.incoming({ number });
    at.telephony.trouble = { answer: 'lost', setMuted: 'lost' };
    void at.telephony.answer(id);
    await at.wait(2);
    void at.telephony.setMuted(id, true);
    await at.wait(1);
    assert.deepEqual(at.of(id), ['offered', 'assigned', 'connecting', 'connected', 'muted']);
  });

  it('is refused without its capability', async () => {
    const at = await signIn({ profile: { capabilities: ['record', 'resume'] } });
    const id = await at.inCall();
    const needing = Object.keys(commands).filter((name) =>
      /^set(Muted|Held|Rec|Dev)|Digits|ransfer|artici|leave|Wrap|history|oicemail|directory|stat/.test(name),
    );
    for (const name of needing.filter((one) => one !== 'setStatus'))
      await assert.rejects(commands[name as Command]!(at.telephony, id), { code: 'unsupported' }, name);
  });
});

describe('late, duplicate and lost events', () => {
  it('are the same for the same seed, and stay in order within each session', async () => {
    const run = async (seed: number) => {
      const at = await signIn({ seed, disorder: { late: 0.4, twice: 0.3 } });
      const { telephony } = at;
      const call = telephony.incoming({ number, answered: true, talkSeconds: 20 });
      const chat = telephony.chat({ channel: 'web-chat', answered: true, talkSeconds: 9 });
      await at.wait(8);
      await telephony.setHeld(call, true);
      await telephony.transfer(call, target, 'warm');
      await at.wait(60);
      const first = (id: string) => [...new Set(at.of(id))].join(' ');
      assert.equal(
        first(call),
        'offered assigned connecting connected held transfer.started participant-joined transfer.failed ended recording.ready closed',
      );
      assert.equal(first(chat), 'offered assigned connected ended closed');
      return at.events.map(({ id, type }) => `${id} ${type}`).join('\n');
    };
    for (let seed = 1; seed <= 20; seed++) assert.equal(await run(seed), await run(seed));
  });

  it('all lost: the panel receives nothing, and the call still ends', async () => {
    const at = await signIn({ status: 'unavailable', disorder: { lost: 1 } });
    const id = at.telephony.incoming({ number, answered: true, talkSeconds: 5 });
    await at.wait(30);
    assert.deepEqual(at.events, []);
    assert.equal((await at.telephony.getSession(id))?.phase, 'ended');
  });

  it('a call that arrives without a connection is offered when it is restored', async () => {
    const at = await signIn();
    at.telephony.drop();
    const id = at.telephony.incoming({ number });
    await at.wait(5);
    assert.deepEqual(at.of(id), []);
    const restoredAt = at.time.now();
    at.telephony.restore();
    await at.wait(1);
    assert.deepEqual(at.of(id), ['offered']);
    assert.ok(Date.parse(at.last('session.offered').at) >= restoredAt);
  });
});
