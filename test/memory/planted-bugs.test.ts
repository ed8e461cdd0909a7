import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TicketWrite, WriteKey } from '../../src/crm/crm-host.js';
import type { ContactDraft } from '../../src/domain/contact.js';
import type { DialRequest } from '../../src/domain/dial.js';
import type { TicketDraft } from '../../src/domain/ticket.js';
import { MemoryHost } from '../../src/memory/index.js';
import { crmHostContract } from '../../src/testing/index.js';

let unique = 0;
const another = ({ attempt }: WriteKey): WriteKey => ({ key: `other ${unique++}`, attempt });

const bugs: Record<string, () => MemoryHost> = {
  'a contact for every try': () =>
    new (class extends MemoryHost {
      override createContact = (draft: ContactDraft, write: WriteKey) => super.createContact(draft, another(write));
    })(),
  'a ticket for every try': () =>
    new (class extends MemoryHost {
      override createTicket = (draft: TicketDraft, write: WriteKey) => super.createTicket(draft, another(write));
    })(),
  'a comment for every try': () =>
    new (class extends MemoryHost {
      override writeTickets = (writes: readonly TicketWrite[]) =>
        super.writeTickets(writes.map((write) => ({ ...write, ...another(write) })));
    })(),
  'the stamp is dropped': () =>
    new (class extends MemoryHost {
      override writeTickets = (writes: readonly TicketWrite[]) =>
        super.writeTickets(writes.map(({ ifStamp: _, ...write }) => write));
    })(),
  'a batch stops at its first refusal': () =>
    new (class extends MemoryHost {
      override async writeTickets(writes: readonly TicketWrite[]) {
        const results = await super.writeTickets(writes);
        const refused = results.findIndex(({ ok }) => !ok);
        return refused < 0 ? results : results.slice(0, refused + 1);
      }
    })(),
  'the origin is forgotten': () =>
    new (class extends MemoryHost {
      override createTicket = (draft: TicketDraft, write: WriteKey) =>
        super.createTicket({ ...draft, origin: { sessionId: 'x', channel: 'web-chat' } }, write);
    })(),
  'early dial requests are missed': () =>
    new (class extends MemoryHost {
      #listens = false;
      override onDial(listener: (request: DialRequest) => void) {
        this.#listens = true;
        return super.onDial(listener);
      }
      override requestDial(request: DialRequest) {
        if (this.#listens) super.requestDial(request);
      }
    })(),
  'the author is dropped': () =>
    new (class extends MemoryHost {
      override writeTickets = (writes: readonly TicketWrite[]) =>
        super.writeTickets(
          writes.map(({ comment, ...write }) => {
            const { authorId: _, ...own } = comment ?? { body: '', public: false };
            return { ...write, ...(comment && { comment: own }) };
          }),
        );
    })(),
  'a line stands below the foot': () =>
    new (class extends MemoryHost {
      override createTicket = ({ comment, ...draft }: TicketDraft, write: WriteKey) =>
        super.createTicket({ ...draft, comment: { ...comment, foot: `${comment.foot}\nFiles: none` } }, write);
    })(),
  'the time zone has a name of its own': () =>
    new (class extends MemoryHost {
      override getAccount = () => Promise.resolve({ timeZone: 'Pacific Time (US & Canada)' });
    })(),
  'fields are made twice': () =>
    new (class extends MemoryHost {
      override createFields: MemoryHost['createFields'] = (fields) =>
        super.createFields(fields.map((field) => ({ ...field, key: `${field.key}${unique++}` })));
    })(),
};

/** Runs the contract. Returns the number of failed cases. */
async function failuresOf(create: () => MemoryHost): Promise<number> {
  const cases: (() => Promise<void>)[] = [];
  crmHostContract(
    { describe: (_, body) => body(), it: (_, body) => cases.push(body), skip: () => {} },
    {
      name: 'Planted',
      capabilities: ['uploads', 'voice', 'merge', 'agents', 'authors'],
      levers: ['touch', 'comments', 'requestDial', 'loseNextAnswer'],
      async create() {
        const host = create();
        return {
          host,
          agentId: '101',
          colleagueId: '102',
          levers: {
            touch: (id) => void host.addComment(id, { body: 'touch' }),
            comments: async (id) => host.comments(id),
            requestDial: (request) => host.requestDial(request),
            loseNextAnswer: (operation) => host.failNext(operation, 'lost'),
          },
        };
      },
    },
  );
  const results = await Promise.allSettled(cases.map((run) => run()));
  return results.filter(({ status }) => status === 'rejected').length;
}

describe('crmHostContract', () => {
  it('passes for the embedded CRM', async () => assert.equal(await failuresOf(() => new MemoryHost()), 0));

  for (const [bug, create] of Object.entries(bugs))
    it(`catches: ${bug}`, async () => assert.ok((await failuresOf(create)) > 0));
});
