import type { DialRequest } from '../domain/dial.js';
import type { ContractCase } from './contract-suite.js';
import { contactWithTicket, type CrmFixture } from './crm-fixture.js';
import { equal, ok } from './expect.js';
import { settle } from './simulated-time.js';

const requests: readonly DialRequest[] = [
  { from: 'contact', contactId: '1', number: '(415) 555-0173' },
  { from: 'ticket-new-number', ticketId: '2' },
];

/** The contract for the shell. */
export const shellCases: readonly ContractCase<CrmFixture>[] = [
  {
    title: 'the host has a name, an account, an agent and settings',
    async run({ host }) {
      ok(host.name && host.account, 'name and account');
      const agent = await host.getAgent();
      ok(agent.id && agent.name && Array.isArray(agent.teams), 'An agent has id, name and teams');
      ok(typeof (await host.getSettings()) === 'object', 'Settings are an object');
    },
  },
  {
    title: 'the first listener of onDial gets earlier requests too, in their order',
    needs: ['lever requestDial'],
    async run({ host, levers }) {
      for (const request of requests) await levers!.requestDial!(request);
      const received: DialRequest[] = [];
      host.onDial((request) => received.push(request));
      await settle();
      equal(received, requests, 'earlier requests');
      await levers!.requestDial!({ from: 'adapter' });
      await settle();
      equal(received.length, 3, 'requests after a later one');
    },
  },
  {
    title: 'the function that onDial returns removes this listener only',
    needs: ['lever requestDial'],
    async run({ host, levers }) {
      const received = [0, 0];
      const stop = host.onDial(() => received[0]!++);
      host.onDial(() => received[1]!++);
      stop();
      stop();
      await levers!.requestDial!({ from: 'adapter' });
      await settle();
      equal(received, [0, 1], 'requests received');
    },
  },
  {
    title: 'R23 openTicket and openContact open records that exist',
    async run(fixture) {
      const { contact, ticket } = await contactWithTicket(fixture);
      await fixture.host.openTicket(ticket.id);
      await fixture.host.openContact(contact.id);
    },
  },
  {
    title: 'onSettingsChange reports new settings, and getSettings returns them',
    needs: ['lever changeSettings'],
    async run({ host, levers }) {
      const received: unknown[] = [];
      const stop = host.onSettingsChange!((settings) => received.push(settings.calls?.maxChats));
      await levers!.changeSettings!({ calls: { maxChats: 7 } });
      await settle();
      stop();
      await levers!.changeSettings!({ calls: { maxChats: 8 } });
      await settle();
      equal([received, (await host.getSettings()).calls?.maxChats], [[7], 8], 'settings received, settings read');
    },
  },
  {
    title: 'onContext reports the ticket that the agent opens, until the listener is removed',
    needs: ['lever open'],
    async run(fixture) {
      const { host, levers } = fixture;
      const { ticket } = await contactWithTicket(fixture);
      const received: unknown[] = [];
      const stop = host.onContext!(({ ticketId }) => received.push(ticketId));
      await levers!.open!(ticket.id);
      await settle();
      stop();
      await levers!.open!(ticket.id);
      await settle();
      equal(received, [ticket.id], 'tickets opened');
    },
  },
];
