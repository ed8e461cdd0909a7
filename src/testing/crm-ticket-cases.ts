import type { TicketOrigin } from '../domain/ticket.js';
import type { ContractCase } from './contract-suite.js';
import { secondTry, contactWithTicket, draftFor, firstTry, type RecordsFixture } from './crm-fixture.js';
import { equal, isIso, ok, rejects } from './expect.js';

const voicemail: TicketOrigin = { sessionId: 'session-v', channel: 'ivr-call', queueId: 'returns', voicemail: true };

/** The contract for tickets and fields. */
export const ticketCases: readonly ContractCase<RecordsFixture>[] = [
  {
    title: 'createTicket gives the ticket as getTicket and findTickets do',
    async run(fixture) {
      const { host, agentId } = fixture;
      const { contact, ticket } = await contactWithTicket(fixture, {
        subject: 'Broken',
        assigneeId: agentId,
        status: 'open',
      });
      equal(
        [ticket.subject, ticket.status, ticket.contactId, ticket.assigneeId],
        ['Broken', 'open', contact.id, agentId],
        'values of the draft',
      );
      ok(isIso(ticket.createdAt) && isIso(ticket.updatedAt), 'A ticket has its times in ISO 8601, UTC');
      const read = await host.getTicket(ticket.id);
      ok(read?.stamp, 'getTicket gives a stamp');
      equal({ ...read, stamp: undefined }, { ...ticket, stamp: undefined }, 'getTicket');
      const [found] = (await host.findTickets({ contactId: contact.id })).items;
      equal({ ...found, stamp: undefined }, { ...ticket, stamp: undefined }, 'findTickets');
    },
  },
  {
    title: 'a ticket keeps its origin, and sessionId finds it',
    async run(fixture) {
      const { host } = fixture;
      const { ticket } = await contactWithTicket(fixture, { origin: voicemail });
      await contactWithTicket(fixture, {}, 'b');
      equal(ticket.origin, voicemail, 'createTicket');
      equal((await host.getTicket(ticket.id))?.origin, voicemail, 'getTicket');
      const { items } = await host.findTickets({ sessionId: voicemail.sessionId });
      equal(
        items.map(({ id, origin }) => [id, origin]),
        [[ticket.id, voicemail]],
        'findTickets',
      );
      equal((await host.findTickets({ sessionId: 'no such session' })).items, [], 'another session');
    },
  },
  {
    title: 'the same key twice makes one ticket',
    async run({ host }) {
      const contact = await host.createContact({ name: 'Once' }, firstTry('c'));
      const make = () => host.createTicket(draftFor(contact.id), firstTry('t'));
      const [one, two] = await Promise.all([make(), make()]);
      const three = await host.createTicket(draftFor(contact.id), secondTry('t'));
      equal([two?.id, three.id], [one?.id, one?.id], 'ids');
      equal((await host.findTickets({ contactId: contact.id })).items.length, 1, 'tickets');
    },
  },
  {
    title: 'after a lost response, maybe-applied finds the ticket that was made',
    needs: ['lever loseNextAnswer'],
    async run({ host, levers }) {
      const contact = await host.createContact({ name: 'Lost' }, firstTry('c'));
      await levers?.loseNextAnswer?.('createTicket');
      const lost = host.createTicket(draftFor(contact.id), firstTry('t'));
      await rejects(lost, { name: 'CrmError', outcome: 'unknown' }, 'The lost answer');
      const made = await host.createTicket(draftFor(contact.id), secondTry('t'));
      equal(
        (await host.findTickets({ contactId: contact.id })).items.map(({ id }) => id),
        [made.id],
        'tickets',
      );
    },
  },
  {
    title: 'getTicket resolves with undefined for an unknown id',
    async run({ host }) {
      equal(await host.getTicket('987654321987'), undefined, 'getTicket');
    },
  },
  {
    title: 'tickets come last updated first, in pages without gaps or repetitions',
    async run({ host, tick }) {
      const contact = await host.createContact({ name: 'Paged' }, firstTry('c'));
      const ids: string[] = [];
      for (let index = 0; index < 5; index++) {
        ids.unshift((await host.createTicket(draftFor(contact.id), firstTry(`t${index}`))).id);
        await tick?.();
      }
      const oldest = ids.pop()!;
      const comment = { body: 'Newest now', public: false as const };
      await host.writeTickets([{ ...firstTry('w'), ticketId: oldest, comment }]);
      const seen: string[] = [];
      let page: string | undefined;
      do {
        const part = await host.findTickets({ contactId: contact.id }, { limit: 2, page });
        ok(part.items.length <= 2, 'A page is no longer than its limit');
        seen.push(...part.items.map(({ id }) => id));
        page = part.next;
      } while (page !== undefined && seen.length < 10);
      equal(seen, [oldest, ...ids], 'all pages');
    },
  },
  {
    title: 'live tickets are New, Open, Pending and On-hold',
    async run({ host, agentId }) {
      const contact = await host.createContact({ name: 'Live' }, firstTry('c'));
      const all = ['new', 'open', 'pending', 'hold', 'solved'] as const;
      for (const status of all) {
        // A solved ticket needs an assignee.
        const assigned = status === 'solved' ? { assigneeId: agentId } : {};
        await host.createTicket(draftFor(contact.id, { status, ...assigned }), firstTry(status));
      }
      const found = async (live?: boolean) =>
        (await host.findTickets({ contactId: contact.id, live })).items.map(({ status }) => status).sort();
      equal(await found(true), ['hold', 'new', 'open', 'pending'], 'live');
      equal(await found(), [...all].sort(), 'all');
    },
  },
  {
    title: 'text finds a ticket by its subject and by its id',
    async run(fixture) {
      const { host } = fixture;
      const { ticket } = await contactWithTicket(fixture, { subject: 'Quixotic saddle' });
      await contactWithTicket(fixture, { subject: 'Other' }, 'b');
      equal(
        (await host.findTickets({ text: 'quixotic' })).items.map(({ id }) => id),
        [ticket.id],
        'by subject',
      );
      ok(
        (await host.findTickets({ text: ticket.id })).items.some(({ id }) => id === ticket.id),
        'by id',
      );
    },
  },
  {
    title: 'a ticket for a contact that does not exist is refused',
    async run({ host }) {
      await rejects(
        host.createTicket(draftFor('987654321987'), firstTry('t')),
        { name: 'CrmError' },
        'Unknown contact',
      );
    },
  },
  {
    title: 'X11 createFields makes each field once, and listFields gives every field an id',
    async run({ host }) {
      const wanted = [
        { on: 'ticket' as const, key: 'contract_wait', title: 'Contract wait', type: 'integer' as const },
      ];
      const [made] = await host.createFields(wanted);
      const [second] = await host.createFields(wanted);
      ok(made?.id, 'A created field has an id');
      equal(second?.id, made.id, 'The second call finds the field');
      const fields = await host.listFields();
      ok(
        fields.every(({ id }) => id),
        'Every field has an id',
      );
      equal(fields.filter(({ id }) => id === made.id).length, 1, 'fields with this id');
    },
  },
];
