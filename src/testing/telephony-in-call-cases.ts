import type { ContractCase } from './contract-suite.js';
import { equal, ok, rejects } from './expect.js';
import { untilEnded, answered, firstEvent, type TelephonyFixture } from './telephony-fixture.js';

/** The contract for commands in a connected call, except transfers. */
export const inCallCases: readonly ContractCase<TelephonyFixture>[] = [
  {
    title: 'A4 mute raises an event, and the session is muted',
    needs: ['mute', 'lever incoming'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id, own } = await answered(fixture);
      for (const muted of [true, false]) {
        await telephony.setMuted(id, muted);
        await advance(1000);
        const reported = own().flatMap((event) => (event.type === 'session.muted' ? [event.muted] : []));
        equal([reported.at(-1), (await telephony.getSession(id))?.muted], [muted, muted], 'muted');
      }
    },
  },
  {
    title: 'A4 hold raises an event, the session is held, and the time counts as hold',
    needs: ['hold', 'lever incoming'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id, own } = await answered(fixture);
      await telephony.setHeld(id, true);
      await advance(20_000);
      const reported = own().flatMap((event) => (event.type === 'session.held' ? [event.held] : []));
      equal([reported, (await telephony.getSession(id))?.held], [[true], true], 'held');
      await telephony.setHeld(id, false);
      await advance(5000);
      await telephony.end(id);
      await advance(untilEnded);
      const { hold } = firstEvent(own(), 'session.ended').durations;
      ok(Math.abs(hold - 20) <= 1, `hold is about 20 s, not ${hold}`);
    },
  },
  {
    title: 'A4 digits are accepted, and other characters are refused',
    needs: ['dtmf', 'lever incoming'],
    async run(fixture) {
      const { id } = await answered(fixture);
      await fixture.telephony.sendDigits(id, '12*#');
      await rejects(fixture.telephony.sendDigits(id, 'hello'), { name: 'TelephonyError', code: 'invalid' }, 'words');
    },
  },
  {
    title: 'R28 the recording is paused and resumed',
    needs: ['redact', 'lever incoming'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id, own } = await answered(fixture);
      for (const paused of [true, false]) {
        await telephony.setRecordingPaused(id, paused);
        await advance(2000);
        equal((await telephony.getSession(id))?.recordingPaused, paused, 'paused');
      }
      const reported = own().flatMap((event) => (event.type === 'session.recording-paused' ? [event.paused] : []));
      equal(reported, [true, false], 'reported values');
    },
  },
  {
    title: 'R28 a participant joins the call and is removed from it',
    needs: ['conference', 'lever incoming', 'lever targets'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id, own } = await answered(fixture);
      await telephony.addParticipant(id, fixture.targets!.outside);
      await advance(10_000);
      const { participant } = firstEvent(own(), 'session.participant-joined');
      equal(participant.kind, 'outside', 'kind');
      const ids = async () => (await telephony.getSession(id))?.participants.map((one) => one.id) ?? [];
      ok((await ids()).includes(participant.id), 'The participant is in the call');
      await telephony.removeParticipant(id, participant.id);
      await advance(2000);
      equal(firstEvent(own(), 'session.participant-left').participant.id, participant.id, 'who left');
      ok(!(await ids()).includes(participant.id), 'The participant is no longer in the call');
    },
  },
  {
    title: 'R30 when the agent leaves the call to a colleague, the session is the colleague’s',
    needs: ['conference', 'lever incoming', 'lever targets'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      const { id, own } = await answered(fixture);
      await telephony.addParticipant(id, fixture.targets!.agent);
      await advance(10_000);
      await telephony.leave(id);
      await advance(5000);
      const session = await telephony.getSession(id);
      equal([session?.agentId, session?.phase], [fixture.targets!.agent.id, 'connected'], 'agent, phase');
      const assigned = own().flatMap((event) => (event.type === 'session.assigned' ? [event.owner] : []));
      equal(assigned, [agent.id, fixture.targets!.agent.id], 'owners');
    },
  },
];
