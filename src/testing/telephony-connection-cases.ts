import type { PlatformEvent } from '../telephony/platform-event.js';
import type { Capability, Telephony } from '../telephony/telephony.js';
import type { ContractCase } from './contract-suite.js';
import { equal, ok, rejects } from './expect.js';
import { untilEnded, connected, planFor, rules, type TelephonyFixture } from './telephony-fixture.js';

const usualStatuses = [
  'available',
  'unavailable',
  'break',
  'meal',
  'in-call',
  'wrap-up',
  'wrap-up-exceeded',
  'missed-call',
];

/** A command for each capability that has one. */
const commands: Partial<Record<Capability, (telephony: Telephony, id: string) => Promise<unknown>>> = {
  mute: (telephony, id) => telephony.setMuted(id, true),
  hold: (telephony, id) => telephony.setHeld(id, true),
  dtmf: (telephony, id) => telephony.sendDigits(id, '1'),
  'transfer-cold': (telephony, id) => telephony.transfer(id, { kind: 'queue', id: 'q', label: 'Queue' }, 'cold'),
  'transfer-warm': (telephony, id) => telephony.transfer(id, { kind: 'queue', id: 'q', label: 'Queue' }, 'warm'),
  conference: (telephony, id) => telephony.addParticipant(id, { kind: 'outside', id: '+14155550100', label: '' }),
  redact: (telephony, id) => telephony.setRecordingPaused(id, true),
  resume: (telephony, id) => telephony.resume(id),
  'wrap-up': (telephony, id) => telephony.submitWrapUp(id, { notes: '', dispositions: [] }),
};

/** The contract for the profile, the agent's status and the delivery of events. */
export const connectionCases = (capabilities: readonly Capability[]): readonly ContractCase<TelephonyFixture>[] => [
  {
    title: 'the profile has the expected capabilities, and no session at the start',
    async run(fixture) {
      const { profile } = await connected(fixture);
      equal([...profile.capabilities].sort(), [...capabilities].sort(), 'capabilities');
      equal(profile.activeSessions, [], 'active sessions');
    },
  },
  {
    title: 'F2 outbound numbers and languages fit together',
    async run(fixture) {
      const { outboundNumbers, languages, defaultLanguage } = (await connected(fixture)).profile;
      ok(outboundNumbers.length && languages.length, 'There are outbound numbers and languages');
      ok(outboundNumbers.filter((one) => one.default).length <= 1, 'One default at most');
      ok(defaultLanguage === undefined || languages.includes(defaultLanguage), 'The default is one of the languages');
      const ofNumbers = outboundNumbers.flatMap((one) => one.languages);
      ok(
        ofNumbers.every((language) => languages.includes(language)),
        'The languages of numbers are languages of the profile',
      );
      equal(new Set(outboundNumbers.map(({ number }) => number)).size, outboundNumbers.length, 'numbers');
    },
  },
  {
    title: 'A2 the profile has at least the usual statuses, and the current one is among them',
    async run(fixture) {
      const { statuses, status } = (await connected(fixture)).profile;
      const ids = statuses.map(({ id }) => id);
      equal(
        usualStatuses.filter((id) => !ids.includes(id)),
        [],
        'missing statuses',
      );
      ok(ids.includes(status), 'The status is one of them');
      ok(
        statuses.every(({ id, selectable }) => !['in-call', 'wrap-up', 'missed-call'].includes(id) || !selectable),
        'An agent cannot select a status that only the platform sets',
      );
    },
  },
  {
    title: 'A2 setting a status raises an event; a status that only the platform sets is refused',
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events } = await connected(fixture);
      await telephony.setStatus('available');
      await telephony.setStatus('break');
      await advance(5000);
      const reported = events.flatMap((event) => (event.type === 'agent.status' ? [event.status] : []));
      equal(reported.at(-1), 'break', 'the last status');
      await rejects(telephony.setStatus('in-call'), { name: 'TelephonyError', code: 'invalid' }, 'in-call');
    },
  },
  {
    title: 'A2 during a call the agent is in-call; the next status takes effect at the end',
    needs: ['lever answered'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events } = await connected(fixture);
      await telephony.setStatus('available');
      const { sessionId } = await telephony.dial(planFor(fixture, 'answered'));
      await advance(30_000);
      const last = () => events.flatMap((event) => (event.type === 'agent.status' ? [event] : [])).at(-1);
      equal(last()?.status, 'in-call', 'status in the call');
      await rejects(telephony.setStatus('meal'), { name: 'TelephonyError', code: 'invalid' }, 'a status in the call');
      await telephony.setNextStatus('meal');
      await telephony.setNextStatus(undefined);
      await telephony.setNextStatus('break');
      await advance(1000);
      equal([last()?.status, last()?.next], ['in-call', 'break'], 'the next status');
      await telephony.end(sessionId);
      await advance(untilEnded);
      equal([last()?.status, last()?.next], ['break', undefined], 'status after the call');
    },
  },
  {
    title: 'the first listener gets earlier events too',
    needs: ['lever hangsUp'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      await telephony.connect(agent, rules);
      await telephony.dial(planFor(fixture, 'hangsUp'));
      await advance(untilEnded);
      const events: PlatformEvent[] = [];
      telephony.subscribe((event) => events.push(event));
      await advance(1000);
      const types = events.filter((event) => 'sessionId' in event).map(({ type }) => type);
      equal([types[0], types.at(-1)], ['session.created', 'session.closed'], 'first and last event');
    },
  },
  {
    title: 'unsubscribing removes this listener only',
    async run(fixture) {
      const { telephony, advance } = fixture;
      const received = [0, 0];
      const stop = telephony.subscribe(() => received[0]!++);
      telephony.subscribe(() => received[1]!++);
      await telephony.connect(fixture.agent, rules);
      stop();
      stop();
      await telephony.setStatus('break');
      await advance(5000);
      equal(received[0], 0, 'events after unsubscribing');
      ok(received[1]! > 0, 'The other listener receives them');
    },
  },
  {
    title: 'an event that comes twice has the same id',
    needs: ['lever hangsUp', 'lever repeatEvents'],
    async run(fixture) {
      const { events } = await connected(fixture);
      fixture.repeatEvents?.();
      await fixture.telephony.dial(planFor(fixture, 'hangsUp'));
      await fixture.advance(untilEnded);
      const created = events.filter(({ type }) => type === 'session.created');
      equal([created.length, new Set(created.map(({ id }) => id)).size], [2, 1], 'deliveries and ids');
    },
  },
  {
    title: 'a command is refused as unsupported if, and only if, its capability is missing',
    needs: ['lever answered'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      await connected(fixture);
      const { sessionId } = await telephony.dial(planFor(fixture, 'answered'));
      await advance(30_000);
      for (const [capability, command] of Object.entries(commands)) {
        if (capabilities.includes(capability as Capability)) continue;
        const failure = await rejects(
          command(telephony, sessionId),
          { name: 'TelephonyError', code: 'unsupported' },
          capability,
        );
        ok(failure.message, 'with a message');
      }
      for (const simple of ['resume', 'mute', 'hold', 'dtmf'] as const)
        if (capabilities.includes(simple)) await commands[simple]!(telephony, sessionId);
    },
  },
  {
    title: 'setRules is accepted at any time',
    async run(fixture) {
      await connected(fixture);
      await fixture.telephony.setRules({ ...rules, autoAnswer: true });
    },
  },
];
