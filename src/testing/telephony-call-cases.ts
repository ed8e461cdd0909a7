import type { ContractCase } from './contract-suite.js';
import { equal, isIso, ok, rejects } from './expect.js';
import {
  untilEnded,
  connected,
  firstEvent,
  eventsOf,
  planFor,
  rules,
  type TelephonyFixture,
} from './telephony-fixture.js';

/** The contract for outbound calls. */
export const callCases: readonly ContractCase<TelephonyFixture>[] = [
  {
    title: 'session.created with the key is the first event of a call, session.closed the last',
    needs: ['lever hangsUp'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      const { events } = await connected(fixture);
      const plan = planFor(fixture, 'hangsUp', { extension: '12', parentId: 'parent-1' });
      const { sessionId } = await telephony.dial(plan);
      await advance(untilEnded);
      const own = eventsOf(events, sessionId);
      const created = firstEvent(own, 'session.created');
      equal(own[0], created, 'the first event');
      equal(own.at(-1)?.type, 'session.closed', 'the last event');
      const { session } = created;
      equal([created.key, session.id, created.owner], [plan.key, sessionId, agent.id], 'key, session, owner');
      equal(
        [session.channel, session.direction, session.agentId, session.customerNumber, session.platformNumber],
        ['outbound-call', 'outbound', agent.id, plan.number, plan.outboundNumber],
        'channel, direction, agent, numbers',
      );
      equal(
        [session.extension, session.parentId, session.language],
        ['12', 'parent-1', plan.language],
        'values of the plan',
      );
      equal(session.association, plan.association, 'association');
      const types = own.map(({ type }) => type);
      const order = ['session.created', 'session.connecting', 'session.connected', 'session.ended', 'session.closed'];
      equal(
        types.filter((type) => order.includes(type)),
        order,
        'the order of the events',
      );
      ok(
        own.every(({ at }) => isIso(at)),
        'Every event has its time',
      );
      equal(new Set(own.map(({ id }) => id)).size, own.length, 'ids');
    },
  },
  {
    title: 'session.ended has who ended the call, and durations in whole seconds that add up',
    needs: ['lever hangsUp'],
    async run(fixture) {
      const { events } = await connected(fixture);
      await fixture.telephony.dial(planFor(fixture, 'hangsUp'));
      await fixture.advance(untilEnded);
      const { endedBy, failReason, durations } = firstEvent(events, 'session.ended');
      equal([endedBy, failReason], ['customer', undefined], 'ended by');
      ok(
        Object.values(durations).every((value) => Number.isInteger(value) && value >= 0),
        'Whole seconds',
      );
      const { total, talk, hold, wait } = durations;
      ok(Math.abs(total - talk - hold - wait) <= 2 && talk > 0, 'total is about wait, talk and hold');
    },
  },
  {
    title: 'the same key twice makes one call',
    needs: ['lever answered'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events } = await connected(fixture);
      const plan = planFor(fixture, 'answered');
      const [one, two] = await Promise.all([telephony.dial(plan), telephony.dial(plan)]);
      await advance(5000);
      const three = await telephony.dial(plan);
      equal([two?.sessionId, three.sessionId], [one?.sessionId, one?.sessionId], 'sessions');
      equal(events.filter(({ type }) => type === 'session.created').length, 1, 'calls made');
    },
  },
  ...(['busy', 'noAnswer'] as const).map((number): ContractCase<TelephonyFixture> => ({
    title: `a call with the outcome ${number} ends with the platform's fail reason`,
    needs: [`lever ${number}`],
    async run(fixture) {
      const { events } = await connected(fixture);
      await fixture.telephony.dial(planFor(fixture, number));
      await fixture.advance(untilEnded);
      const { failReason, durations } = firstEvent(events, 'session.ended');
      equal(failReason, number === 'busy' ? 'eu_busy' : 'eu_no_answer', 'fail reason');
      equal(durations.talk, 0, 'talk');
      ok(!events.some(({ type }) => type === 'session.connected' || type === 'recording.ready'), 'Never connected');
    },
  })),
  {
    title: 'F14 dialling a restricted destination rejects and makes no session',
    needs: ['lever restricted'],
    async run(fixture) {
      const { events } = await connected(fixture);
      const dial = fixture.telephony.dial(planFor(fixture, 'restricted'));
      await rejects(dial, { name: 'TelephonyError', code: 'restricted' }, 'Restricted');
      await fixture.advance(untilEnded);
      ok(!events.some(({ type }) => type === 'session.created'), 'No session');
    },
  },
  {
    title: 'the agent ends a call',
    needs: ['lever answered'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events } = await connected(fixture);
      const { sessionId } = await telephony.dial(planFor(fixture, 'answered'));
      await advance(30_000);
      firstEvent(events, 'session.connected');
      await telephony.end(sessionId);
      await advance(untilEnded);
      equal(firstEvent(events, 'session.ended').endedBy, 'agent', 'ended by');
      firstEvent(events, 'session.closed');
    },
  },
  {
    title: 'F8 cancelDial ends a call that is not connected yet',
    needs: ['lever noAnswer'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events } = await connected(fixture);
      const plan = planFor(fixture, 'noAnswer');
      const { sessionId } = await telephony.dial(plan);
      await advance(1000);
      await telephony.cancelDial(plan.key);
      await advance(1000);
      const { endedBy, failReason } = firstEvent(eventsOf(events, sessionId), 'session.ended');
      equal([endedBy, failReason], ['agent', 'ag_canceled'], 'ended by, fail reason');
    },
  },
  {
    title: 'F8 cancelDial does not end a connected call, and rejects with not-available',
    needs: ['lever answered'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events } = await connected(fixture);
      const plan = planFor(fixture, 'answered');
      const { sessionId } = await telephony.dial(plan);
      await advance(30_000);
      firstEvent(eventsOf(events, sessionId), 'session.connected');
      await rejects(telephony.cancelDial(plan.key), { code: 'not-available' }, 'Cancelling a connected call');
      await advance(1000);
      ok(!eventsOf(events, sessionId).some(({ type }) => type === 'session.ended'), 'The call goes on');
      await telephony.end(sessionId);
      await advance(untilEnded);
      // A call that has ended cannot be cancelled.
      await telephony.cancelDial(plan.key);
    },
  },
  {
    title: 'F8 a key that was cancelled before its dial is refused from then on, after a new sign-in too',
    needs: ['lever answered'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      const { events } = await connected(fixture);
      const plan = planFor(fixture, 'answered');
      await telephony.cancelDial(plan.key);
      const refused = { code: 'not-available' };
      for (const times of ['once', 'twice']) await rejects(telephony.dial(plan), refused, `Dialled ${times}`);
      await telephony.disconnect();
      await telephony.connect(agent, rules);
      await rejects(telephony.dial(plan), refused, 'After a new sign-in');
      await advance(untilEnded);
      ok(!events.some(({ type }) => type === 'session.created'), 'No call was made');
    },
  },
  {
    title: 'the platform stores associated records, merges them, and returns them after the end',
    needs: ['lever hangsUp'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      await connected(fixture);
      const plan = planFor(fixture, 'hangsUp');
      const { sessionId } = await telephony.dial(plan);
      await telephony.associate(sessionId, { contactId: '1' });
      await advance(untilEnded);
      await telephony.associate(sessionId, { ticketId: '2' });
      const session = await telephony.getSession(sessionId);
      equal(session?.record, { contactId: '1', ticketId: '2' }, 'record');
      equal([session?.phase, session?.association], ['ended', plan.association], 'phase and association');
      equal(await telephony.getSession('no such session'), undefined, 'an unknown session');
    },
  },
  {
    title: 'R11 a recording comes if, and only if, the plan asks for it',
    needs: ['record', 'lever hangsUp'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events } = await connected(fixture);
      const { sessionId } = await telephony.dial(planFor(fixture, 'hangsUp'));
      await advance(untilEnded);
      const { recording } = firstEvent(eventsOf(events, sessionId), 'recording.ready');
      ok(
        (recording.url || recording.file) && isIso(recording.startedAt),
        'A recording has a link or a file, and a start time',
      );
      ok(Number.isInteger(recording.durationSeconds) && recording.part === 1 && recording.parts >= 1, 'parts');
      const second = await telephony.dial(planFor(fixture, 'hangsUp', { key: 'contract-2', record: false }));
      await advance(untilEnded);
      ok(
        !eventsOf(events, second.sessionId).some(({ type }) => type === 'recording.ready'),
        'S4: a call with record false is not recorded',
      );
    },
  },
  {
    title: 'A9 connect reports a call in progress; a second dial with its key makes no other call',
    needs: ['resume', 'lever answered'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      const { events } = await connected(fixture);
      const plan = planFor(fixture, 'answered');
      const { sessionId } = await telephony.dial(plan);
      await advance(30_000);
      await telephony.disconnect();
      const { activeSessions } = await telephony.connect(agent, rules);
      equal(
        activeSessions.map(({ id, phase }) => [id, phase]),
        [[sessionId, 'connected']],
        'active sessions',
      );
      await telephony.resume(sessionId);
      equal((await telephony.dial(plan)).sessionId, sessionId, 'the same call');
      equal(events.filter(({ type }) => type === 'session.created').length, 1, 'calls made');
    },
  },
];
