import type { ContractCase } from './contract-suite.js';
import { equal, isIso, ok, rejects } from './expect.js';
import {
  untilEnded,
  answered,
  connected,
  firstEvent,
  eventsOf,
  offered,
  planFor,
  type TelephonyFixture,
} from './telephony-fixture.js';

const states = ['offered', 'assigned', 'connecting', 'connected', 'ended', 'closed'].map((state) => `session.${state}`);

/** The contract for inbound calls. */
export const inboundCases: readonly ContractCase<TelephonyFixture>[] = [
  {
    title: 'A5 a call is offered, assigned to the agent who answers, connected, ended, closed',
    needs: ['lever incoming', 'lever hangUp'],
    async run(fixture) {
      const { agent, advance } = fixture;
      const { id, own } = await answered(fixture);
      await fixture.hangUp!(id);
      await advance(untilEnded);
      const types = own().map(({ type }) => type as string);
      equal(
        types.filter((type) => states.includes(type)),
        states,
        'the order of the events',
      );
      equal(types.at(-1), 'session.closed', 'the last event');
      const offer = firstEvent(own(), 'session.offered');
      equal([offer.session.id, offer.session.direction], [id, 'inbound'], 'session');
      equal([offer.session.customerNumber, offer.session.agentId], ['+14155550123', undefined], 'number, and no agent');
      ok(offer.expiresAt === undefined || isIso(offer.expiresAt), 'expiresAt is a time');
      const assigned = firstEvent(own(), 'session.assigned');
      equal([assigned.agent, assigned.session.agentId, assigned.owner], [agent.id, agent.id, agent.id], 'agent');
      const { endedBy, durations } = firstEvent(own(), 'session.ended');
      equal(endedBy, 'customer', 'ended by');
      const { total, talk, hold, wait } = durations;
      ok(Math.abs(total - talk - hold - wait) <= 2 && talk > 0, 'total is about wait, talk and hold');
    },
  },
  {
    title: 'A5 a declined call is not assigned to the agent and can no longer be answered',
    needs: ['lever incoming'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id, own } = await offered(fixture);
      await telephony.decline(id);
      await advance(1000);
      firstEvent(own(), 'session.withdrawn');
      await rejects(telephony.answer(id), { name: 'TelephonyError', code: 'not-available' }, 'answer');
      ok(!own().some(({ type }) => type === 'session.assigned'), 'Nobody was assigned');
    },
  },
  {
    title: 'A5 an offer that nobody answers is missed, and the status becomes missed-call',
    needs: ['lever incoming'],
    async run(fixture) {
      const { events, own } = await offered(fixture);
      await fixture.advance(untilEnded);
      firstEvent(own(), 'session.missed');
      ok(
        events.some((event) => event.type === 'agent.status' && event.status === 'missed-call'),
        'The status is missed-call',
      );
    },
  },
  {
    title: 'R4 when a caller gives up, the offer is withdrawn, then the session abandoned, and nobody was assigned',
    needs: ['lever incoming', 'lever hangUp'],
    async run(fixture) {
      const { id, own } = await offered(fixture);
      await fixture.hangUp!(id);
      await fixture.advance(5000);
      const types = own().map(({ type }) => type);
      equal(types.slice(1), ['session.withdrawn', 'session.abandoned', 'session.closed'], 'events');
      equal(firstEvent(own(), 'session.abandoned').session.id, id, 'session');
    },
  },
  {
    title: 'A5 with auto-answer the offer has the time of the answer, and the call is answered',
    needs: ['lever incoming'],
    async run(fixture) {
      const { own } = await offered(fixture, { autoAnswer: true });
      const { autoAnswerAt } = firstEvent(own(), 'session.offered');
      ok(autoAnswerAt !== undefined && isIso(autoAnswerAt), 'autoAnswerAt is a time');
      await fixture.advance(30_000);
      firstEvent(own(), 'session.connected');
    },
  },
  {
    title: 'A2 no call is offered to an agent who is not available; a waiting call is offered once the agent is',
    needs: ['lever incoming'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events } = await connected(fixture);
      await telephony.setStatus('break');
      const id = await fixture.incoming!('+14155550123');
      await advance(5000);
      equal(eventsOf(events, id), [], 'events');
      await telephony.setStatus('available');
      await advance(1000);
      firstEvent(eventsOf(events, id), 'session.offered');
    },
  },
  {
    title: 'one call at a time: during a call no other is offered, and dial rejects',
    needs: ['lever incoming', 'lever answered'],
    async run(fixture) {
      const { events } = await answered(fixture);
      const second = await fixture.incoming!('+14155550124');
      await fixture.advance(5000);
      equal(eventsOf(events, second), [], 'events of the second');
      const dial = fixture.telephony.dial(planFor(fixture, 'answered'));
      await rejects(dial, { name: 'TelephonyError', code: 'not-available' }, 'dial');
    },
  },
  {
    title: 'A6 the wrap-up has an end; an event reports the saved notes, and the session closes',
    needs: ['wrap-up', 'lever incoming'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      const { events, id, own } = await answered(fixture, { wrapUpSeconds: { inbound: 30, outbound: 30 } });
      await telephony.end(id);
      await advance(5000);
      const { until } = firstEvent(own(), 'session.wrap-up');
      ok(until === undefined || isIso(until), 'until is a time');
      ok(!own().some(({ type }) => type === 'session.closed'), 'Not closed yet');
      ok(
        events.some((event) => event.type === 'agent.status' && event.status === 'wrap-up'),
        'The status is wrap-up',
      );
      await telephony.submitWrapUp(id, { notes: 'a note', dispositions: ['code'] });
      await advance(5000);
      const submitted = firstEvent(own(), 'disposition.submitted');
      equal([submitted.agent, submitted.notes, submitted.codes], [agent.id, 'a note', ['code']], 'the event');
      equal(own().at(-1)?.type, 'session.closed', 'the last event');
    },
  },
  {
    title: 'A6 a wrap-up that takes too long is exceeded',
    needs: ['wrap-up', 'lever incoming'],
    async run(fixture) {
      const { id, own } = await answered(fixture, { wrapUpSeconds: { inbound: 20, outbound: 20 } });
      await fixture.telephony.end(id);
      await fixture.advance(25_000);
      firstEvent(own(), 'session.wrap-up-exceeded');
    },
  },
];
