import { own } from '../domain/own.js';
import type { TicketWrite } from '../crm/crm-host.js';
import type { ContractCase } from './contract-suite.js';
import { contactWithTicket, draftFor, firstTry, secondTry, type RecordsFixture } from './crm-fixture.js';
import { equal, ok, rejects } from './expect.js';

const note = (body: string) => ({ body, public: false as const });

/** The contract for `writeTickets`. */
export const writeCases: readonly ContractCase<RecordsFixture>[] = [
  {
    title: 'a write changes status, assignee and fields, and the stamp',
    async run(fixture) {
      const { host, agentId } = fixture;
      const { ticket } = await contactWithTicket(fixture);
      const [field] = await host.createFields([
        { on: 'ticket', key: 'contract_text', title: 'Contract', type: 'text' },
      ]);
      const before = await host.getTicket(ticket.id);
      const fields = { [field!.id!]: 'value' };
      const write: TicketWrite = {
        ...firstTry('w'),
        ticketId: ticket.id,
        status: 'pending',
        assigneeId: agentId,
        fields,
      };
      const [result] = await host.writeTickets([write]);
      ok(result?.ok, 'The write is applied');
      const after = await host.getTicket(ticket.id);
      equal(
        [after?.status, after?.assigneeId, own(after?.fields ?? {}, field!.id!)],
        ['pending', agentId, 'value'],
        'status, assignee, field',
      );
      ok(after?.stamp !== before?.stamp, 'Every change gives a new stamp');
      if (result.stamp !== undefined) equal(result.stamp, after?.stamp, 'the stamp of the result');
    },
  },
  {
    title: 'comments keep their order and their author',
    needs: ['lever comments'],
    async run(fixture) {
      const { host, agentId, levers } = fixture;
      const { ticket } = await contactWithTicket(fixture);
      const bodies = ['one', 'two', 'three'];
      for (const body of bodies)
        await host.writeTickets([
          { ...firstTry(body), ticketId: ticket.id, comment: { ...note(body), authorId: agentId } },
        ]);
      const comments = (await levers!.comments!(ticket.id)).slice(-3);
      equal(
        comments.map(({ body, authorId }) => [body, authorId]),
        bodies.map((body) => [body, agentId]),
        'comments',
      );
    },
  },
  {
    title: 'R33 a comment can have another author than the signed-in user',
    needs: ['authors', 'lever comments'],
    async run(fixture) {
      const { host, agentId, colleagueId, levers } = fixture;
      ok(colleagueId !== undefined && colleagueId !== agentId, 'The fixture has a colleagueId');
      const first = { body: 'First comment', public: false as const, authorId: colleagueId };
      const { ticket } = await contactWithTicket(fixture, { comment: first });
      for (const authorId of [agentId, colleagueId])
        await host.writeTickets([
          { ...firstTry(authorId), ticketId: ticket.id, comment: { ...note(`by ${authorId}`), authorId } },
        ]);
      equal(
        (await levers!.comments!(ticket.id)).map(({ authorId }) => authorId),
        [colleagueId, agentId, colleagueId],
        'authors',
      );
    },
  },
  {
    title: 'R32 the foot of a comment is its last line, also below the lines that the host adds',
    needs: ['lever comments'],
    async run(fixture) {
      const { host, levers } = fixture;
      const { contact, ticket } = await contactWithTicket(fixture);
      const file = new Blob(['sound'], { type: 'audio/webm' });
      const recording = { startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 5, part: 1, parts: 1 };
      const attachments = [
        { name: 'photo.jpg', type: 'image/jpeg', url: 'https://example.com/photo.jpg' },
        { name: 'scan.png', type: 'image/png', file },
      ];
      const foot = 'call_finished · session-contract';
      const words = { kept: '{file} KEPT', elsewhere: '{file} ELSEWHERE' };
      const comment = (mark: string, more: object) => ({ ...note(`Body ${mark}\nsecond line`), foot, words, ...more });
      const all = [
        comment('plain', {}),
        comment('link', { recording: { ...recording, url: 'https://example.com/r' } }),
        comment('file', { recording: { ...recording, file } }),
        comment('elsewhere', { recording }),
        comment('attachments', { attachments }),
      ];
      const shown: { of: string; text: string | undefined }[] = [];
      const lastOf = async (id: string) => (await levers!.comments!(id)).at(-1)?.body;
      for (const [at, one] of all.entries()) {
        const [of] = one.body.split('\n');
        const made = await host.createTicket(draftFor(contact.id, { comment: one }), firstTry(`made-${at}`));
        shown.push({ of: of!, text: await lastOf(made.id) });
        await host.writeTickets([{ ...firstTry(`foot-${at}`), ticketId: ticket.id, comment: one }]);
        shown.push({ of: of!, text: await lastOf(ticket.id) });
      }
      for (const { of, text = '' } of shown) {
        const lines = text.split('\n');
        equal([lines[0], lines.at(-1)], [of, foot], `The first and the last line of ${JSON.stringify(text)}`);
        equal(lines.filter((line) => line === foot).length, 1, `The feet in ${JSON.stringify(text)}`);
        ok(!/[{}]/.test(text), `Every word is filled in: ${text}`);
      }
    },
  },
  {
    title: 'there is a result for each write, in their order; a refused write does not affect the others',
    async run(fixture) {
      const { host } = fixture;
      const { ticket: one } = await contactWithTicket(fixture, {}, 'a');
      const { ticket: two } = await contactWithTicket(fixture, {}, 'b');
      const write = (key: string, ticketId: string): TicketWrite => ({ ...firstTry(key), ticketId, status: 'hold' });
      const results = await host.writeTickets([write('1', one.id), write('2', '987654321987'), write('3', two.id)]);
      equal(
        results.map(({ key, ok: applied }) => [key, applied]),
        [
          ['1', true],
          ['2', false],
          ['3', true],
        ],
        'results',
      );
      const refused = results[1]!;
      ok(
        !refused.ok && refused.reason === 'not-found' && refused.outcome === 'refused',
        'An unknown ticket: not-found',
      );
      ok(refused.message, 'A refusal has a message');
      equal(
        [(await host.getTicket(one.id))?.status, (await host.getTicket(two.id))?.status],
        ['hold', 'hold'],
        'status',
      );
      equal(await host.writeTickets([]), [], 'no writes, no results');
    },
  },
  {
    title: 'the same key twice is applied once',
    needs: ['lever comments'],
    async run(fixture) {
      const { host, levers } = fixture;
      const { ticket } = await contactWithTicket(fixture);
      const write = { ...firstTry('w'), ticketId: ticket.id, comment: note('once') };
      await host.writeTickets([write]);
      const [second] = await host.writeTickets([{ ...write, attempt: 'maybe-applied' }]);
      ok(second?.ok, 'The second write succeeds too');
      const comments = await levers!.comments!(ticket.id);
      equal(comments.filter(({ body }) => body === 'once').length, 1, 'comments');
    },
  },
  {
    title: 'after a lost response, maybe-applied does not write a second time',
    needs: ['lever comments', 'lever loseNextAnswer'],
    async run(fixture) {
      const { host, levers } = fixture;
      const { ticket } = await contactWithTicket(fixture);
      const stamp = (await host.getTicket(ticket.id))!.stamp;
      const write: TicketWrite = { ...firstTry('w'), ticketId: ticket.id, ifStamp: stamp, comment: note('once') };
      await levers?.loseNextAnswer?.('writeTickets');
      const results = await host.writeTickets([write]).catch((error: unknown) => error);
      if (Array.isArray(results)) ok(!results[0].ok && results[0].outcome === 'unknown', 'A lost answer is unknown');
      else await rejects(Promise.reject(results), { name: 'CrmError', outcome: 'unknown' }, 'A lost answer');
      const [second] = await host.writeTickets([{ ...write, ...secondTry('w') }]);
      ok(second?.ok || second?.reason === 'conflict', 'The host finds the first write, or the stamp has changed');
      const comments = await levers!.comments!(ticket.id);
      equal(comments.filter(({ body }) => body === 'once').length, 1, 'comments');
    },
  },
  {
    title: 'ifStamp refuses a write if the ticket has changed, and applies it if it has not',
    needs: ['lever touch'],
    async run(fixture) {
      const { host, levers } = fixture;
      const { ticket } = await contactWithTicket(fixture);
      const old = (await host.getTicket(ticket.id))!.stamp;
      await fixture.tick?.();
      await levers!.touch!(ticket.id);
      const write = (key: string, ifStamp: string): TicketWrite => ({
        ...firstTry(key),
        ticketId: ticket.id,
        ifStamp,
        status: 'hold',
      });
      const [refused] = await host.writeTickets([write('1', old)]);
      ok(refused && !refused.ok && refused.reason === 'conflict', 'An old stamp is a conflict');
      const read = await host.getTicket(ticket.id);
      ok(read?.status !== 'hold', 'A refused write has no effect');
      const [applied] = await host.writeTickets([write('2', read!.stamp)]);
      ok(applied?.ok, 'A write with the current stamp is applied');
    },
  },
  {
    title: 'a closed ticket refuses a write as closed',
    needs: ['lever close'],
    async run(fixture) {
      const { host, levers } = fixture;
      const { ticket } = await contactWithTicket(fixture);
      await levers!.close!(ticket.id);
      const [result] = await host.writeTickets([{ ...firstTry('w'), ticketId: ticket.id, comment: note('late') }]);
      ok(result && !result.ok && result.reason === 'closed' && result.outcome === 'refused', 'closed');
    },
  },
  {
    title: 'R12 a merged ticket refuses a write as merged and names the target',
    needs: ['lever close', 'lever merge'],
    async run(fixture) {
      const { host, levers } = fixture;
      const { ticket: from } = await contactWithTicket(fixture, {}, 'a');
      const { ticket: into } = await contactWithTicket(fixture, {}, 'b');
      await levers!.merge!(from.id, into.id);
      const [result] = await host.writeTickets([{ ...firstTry('w'), ticketId: from.id, comment: note('late') }]);
      ok(result && !result.ok && result.reason === 'merged', 'merged');
      equal(result.mergedInto, into.id, 'mergedInto');
      equal((await host.getTicket(from.id))?.mergedInto, into.id, 'mergedInto of the ticket');
    },
  },
  {
    title: 'R12 a closed ticket can be followed up',
    needs: ['lever close'],
    async run(fixture) {
      const { levers } = fixture;
      const { ticket } = await contactWithTicket(fixture, {}, 'a');
      await levers!.close!(ticket.id);
      const { ticket: next } = await contactWithTicket(fixture, { followUpOf: ticket.id }, 'b');
      ok(next.id !== ticket.id, 'A follow-up is another ticket');
    },
  },
];
