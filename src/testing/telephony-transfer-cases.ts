import type { PlatformEvent } from '../telephony/platform-event.js';
import type { TransferTarget } from '../telephony/telephony.js';
import type { ContractCase } from './contract-suite.js';
import { equal, ok } from './expect.js';
import { answered, firstEvent, type TelephonyFixture } from './telephony-fixture.js';

const transferTypes = (events: readonly PlatformEvent[]): string[] =>
  events.map(({ type }) => type as string).filter((type) => type.startsWith('transfer.'));

const kinds = ['agent', 'queue', 'outside'] as const;

/** The contract for transfers. */
export const transferCases: readonly ContractCase<TelephonyFixture>[] = [
  ...kinds.map((kind): ContractCase<TelephonyFixture> => ({
    title: `R13 a cold transfer to ${kind === 'agent' ? 'an agent' : kind === 'queue' ? 'a queue' : 'an outside number'} is started and finished`,
    needs: ['transfer-cold', 'lever incoming', 'lever targets'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      const { events, id, own } = await answered(fixture);
      const target = fixture.targets![kind];
      await telephony.transfer(id, target, 'cold');
      await advance(20_000);
      equal(transferTypes(own()), ['transfer.started', 'transfer.finished'], 'events');
      const finished = firstEvent(own(), 'transfer.finished');
      equal([finished.target, finished.mode, finished.owner], [target, 'cold', agent.id], 'target, mode, owner');
      if (kind === 'agent') equal(finished.agent, target.id, 'agent');
      if (kind === 'queue') equal(firstEvent(own(), 'session.queue-changed').queue.id, target.id, 'queue');
      const last = events.flatMap((event) => (event.type === 'agent.status' ? [event.status] : [])).at(-1);
      equal(last, 'available', 'the agent is free');
    },
  })),
  {
    title: 'R30 after a transfer to an agent, that agent owns the events',
    needs: ['transfer-cold', 'lever incoming', 'lever targets', 'lever hangUp'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id, own } = await answered(fixture);
      await telephony.transfer(id, fixture.targets!.agent, 'cold');
      await advance(10_000);
      equal((await telephony.getSession(id))?.agentId, fixture.targets!.agent.id, 'agent');
      await fixture.hangUp!(id);
      await advance(10_000);
      const after = own().filter(({ type }) => type === 'session.ended' || type === 'session.closed');
      ok(
        after.every(({ owner }) => owner === fixture.targets!.agent.id),
        'The other agent owns the later events, if this desktop gets them at all',
      );
    },
  },
  {
    title: 'A4 during a warm transfer the customer is on hold until it is completed',
    needs: ['transfer-warm', 'hold', 'lever incoming', 'lever targets'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id, own } = await answered(fixture);
      await telephony.transfer(id, fixture.targets!.agent, 'warm');
      await advance(10_000);
      equal((await telephony.getSession(id))?.held, true, 'on hold');
      firstEvent(own(), 'session.participant-joined');
      await telephony.completeTransfer(id);
      await advance(5000);
      equal(transferTypes(own()), ['transfer.started', 'transfer.finished'], 'events');
      const session = await telephony.getSession(id);
      equal([session?.held, session?.agentId], [false, fixture.targets!.agent.id], 'off hold, agent');
    },
  },
  {
    title: 'A4 after a cancelled consultation the customer is with the agent, off hold',
    needs: ['transfer-warm', 'hold', 'lever incoming', 'lever targets'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      const { id, own } = await answered(fixture);
      await telephony.transfer(id, fixture.targets!.agent, 'warm');
      await advance(10_000);
      await telephony.cancelTransfer(id);
      await advance(5000);
      equal(transferTypes(own()), ['transfer.started', 'transfer.cancelled'], 'events');
      const session = await telephony.getSession(id);
      equal([session?.held, session?.agentId, session?.phase], [false, agent.id, 'connected'], 'with the agent');
    },
  },
  ...(['cold', 'warm'] as const).map((mode): ContractCase<TelephonyFixture> => ({
    title: `a ${mode} transfer to a target that declines fails, and the call stays with the agent`,
    needs: [`transfer-${mode}`, 'lever incoming', 'lever targets'],
    async run(fixture) {
      const { telephony, agent, advance } = fixture;
      const { id, own } = await answered(fixture);
      const target: TransferTarget = fixture.targets!.declines;
      await telephony.transfer(id, target, mode);
      await advance(20_000);
      equal(transferTypes(own()), ['transfer.started', 'transfer.failed'], 'events');
      const session = await telephony.getSession(id);
      equal([session?.agentId, session?.phase, session?.held], [agent.id, 'connected', false], 'with the agent');
    },
  })),
];
