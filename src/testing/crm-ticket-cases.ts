import type { TicketOrigin } from '../domain/ticket.js';
import type { ContractCase } from './contract-suite.js';
import { again, aTicket, draftFor, first, type RecordsFixture } from './crm-fixture.js';
import { equal, isIso, ok, rejects } from './expect.js';

const voicemail: TicketOrigin = { sessionId: 'session-v', channel: 'ivr-call', queueId: 'returns', voicemail: true };

/** The contract on tickets and fields. */
export const ticketCases: readonly ContractCase<RecordsFixture>[] = [
  {
    title: 'createTicket gives the ticket as getTicket and findTickets do',
    async run(fixture) {
      const { host, agentId } = fixture;
      const { contact, ticket } = await aTicket(fixture, { subject: 'Broken', assigneeId: agentId, status: 'open' });
      equal(
        [ticket.subject, ticket.status, ticket.contactId, ticket.assigneeId],
        ['Broken', 'open', contact.id, agentId],
        'what the draft says',
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
      const { ticket } = await aTicket(fixture, { origin: voicemail });
      await aTicket(fixture, {}, 'b');
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
      const contact = await host.createContact({ name: 'Once' }, first('c'));
      const make = () => host.createTicket(draftFor(contact.id), first('t'));
      const [one, two] = await Promise.all([make(), make()]);
      const three = await host.createTicket(draftFor(contact.id), again('t'));
      equal([two?.id, three.id], [one?.id, one?.id], 'ids');
      equal((await host.findTickets({ contactId: contact.id })).items.length, 1, 'tickets');
    },
  },
  {
    title: 'after a lost response, maybe-applied finds the ticket that was made',
    needs: ['lever loseNextAnswer'],
    async run({ host, levers }) {
      const contact = await host.createContact({ name: 'Lost' }, first('c'));
      await levers?.loseNextAnswer?.('createTicket');
      const lost = host.createTicket(draftFor(contact.id), first('t'));
      await rejects(lost, { name: 'CrmError', outcome: 'unknown' }, 'The lost answer');
      const made = await host.createTicket(draftFor(contact.id), again('t'));
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
      const contact = await host.createContact({ name: 'Paged' }, first('c'));
      const ids: string[] = [];
      for (let index = 0; index < 5; index++) {
        ids.unshift((await host.createTicket(draftFor(contact.id), first(`t${index}`))).id);
        await tick?.();
      }
      const oldest = ids.pop()!;
      const comment = { body: 'Newest now', public: false as const };
      await host.writeTickets([{ ...first('w'), ticketId: oldest, comment }]);
      const seen: string[] = [];
      let page: string | undefined;
      do {
        const options = { limit: 2, ...(page !== undefined && { page }) };
        const part = await host.findTickets({ contactId: contact.id }, options);
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
      const contact = await host.createContact({ name: 'Live' }, first('c'));
      const all = ['new', 'open', 'pending', 'hold', 'solved'] as const;
      for (const status of all) {
        // A solved ticket needs an assignee.
        const assigned = status === 'solved' ? { assigneeId: agentId } : {};
        await host.createTicket(draftFor(contact.id, { status, ...assigned }), first(status));
      }
      const found = async (live?: boolean) =>
        (await host.findTickets({ contactId: contact.id, ...(live !== undefined && { live }) })).items
          .map(({ status }) => status)
          .sort();
      equal(await found(true), ['hold', 'new', 'open', 'pending'], 'live');
      equal(await found(), [...all].sort(), 'all');
    },
  },
  {
    title: 'text finds a ticket by its subject and by its id',
    async run(fixture) {
      const { host } = fixture;
      const { ticket } = await aTicket(fixture, { subject: 'Quixotic saddle' });
      await aTicket(fixture, { subject: 'Other' }, 'b');
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
      await rejects(host.createTicket(draftFor('987654321987'), first('t')), { name: 'CrmError' }, 'Unknown contact');
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
      ok(made?.id, 'A field that was made has an id');
      equal(second?.id, made.id, 'The second press finds it');
      const fields = await host.listFields();
      ok(
        fields.every(({ id }) => id),
        'Every field has an id',
      );
      equal(fields.filter(({ id }) => id === made.id).length, 1, 'fields with this id');
    },
  },
];
