import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ContactDraft } from '../../src/domain/contact.js';
import { sharedContactKey } from '../../src/domain/write-key.js';
import { ticketToJoin } from '../../src/records/ticket-to-join.js';
import type { ZendeskRecords, ZendeskTransport } from '../../src/zendesk/index.js';
import { again, asked, errorOf, first, note, recordsOf, written } from '../zendesk-stand-in/records-client.js';
import { standInForTests } from '../zendesk-stand-in/stand-in-for-tests.js';

const standIn = await standInForTests();
const { control } = standIn;

const queue = { id: 'returns', path: ['Returns'] };
const draft = (contactId: string, sessionId: string) => ({
  contactId,
  subject: 'Inbound call',
  comment: note('call_started'),
  origin: { sessionId, channel: 'ivr-call' as const, queueId: queue.id },
});
const liveOf = async (records: ZendeskRecords, contactId: string) =>
  (await records.findTickets({ contactId, live: true })).items;
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describe('a new contact in Zendesk', () => {
  const cust42: ContactDraft = { name: 'Mia Chen', identifier: 'cust-42' };
  const keyOf42 = sharedContactKey('acme', { by: 'identifier', value: 'cust-42' });

  it('R20 R1 a stranger’s notes cannot forge another customer’s identifier', async () => {
    for (const end of ['\n', '\r', '\r\n', '\u2028', '\u2029']) {
      await control.reset({ users: [{ id: 2001, name: 'An agent', email: 'x@y.example', role: 'agent' }] });
      const email = `x@y.example${end}identifier: cust-42`;
      const refusing = refusal({ email: [{ description: 'Email: is invalid', error: 'InvalidValue' }] }, '"email"');
      const stranger = await recordsOf(standIn, { wrap: refusing }).createContact(
        { name: 'X', email },
        first('s/contact'),
      );
      assert.equal(stranger.identifier, undefined);
      const { items } = await recordsOf(standIn).findContacts({ identifier: 'cust-42' });
      assert.deepEqual(items, []);
    }
  });

  it('R20 an identifier with a line break is still found', async () => {
    await control.reset();
    const records = recordsOf(standIn);
    const identifier = 'cust\n43';
    const made = await records.createContact({ name: 'Tom', identifier }, first('t/contact'));
    assert.equal((await records.createContact({ name: 'Tom', identifier }, again('t/contact'))).id, made.id);
    assert.deepEqual(idsOf((await records.findContacts({ identifier })).items), [made.id]);
  });

  it('R20 a key that an earlier version wrote is recognised', async () => {
    await control.reset();
    await control.setConditions({ indexLagMs: 60_000 });
    const made = await recordsOf(standIn).createContact(cust42, first('acme/id:cust-42/contact'));
    assert.equal((await recordsOf(standIn).createContact(cust42, first(keyOf42))).id, made.id);
  });

  for (const attempt of [first, again])
    it(`R20 R1 a stranger to whom an earlier version gave a customer’s key is not that customer (${attempt('').attempt})`, async () => {
      await control.reset();
      const stranger = await recordsOf(standIn).createContact({ name: 'id:cust-42' }, first('acme/id:cust-42/contact'));
      const made = await recordsOf(standIn).createContact(cust42, attempt(keyOf42));
      assert.notEqual(made.id, stranger.id);
      assert.equal(made.identifier, 'cust-42');
      assert.equal((await recordsOf(standIn).createContact(cust42, again(keyOf42))).id, made.id);
      assert.equal((await written(control)).filter(({ what }) => what === 'user.created').length, 2);
    });

  const long = `acme/id:${'c'.repeat(300)}/contact`;
  it('B5 R20 a key that is too long for Zendesk makes one contact, at every desktop', async () => {
    await control.reset();
    const person = { name: 'Mia Chen', phoneNumber: '+14155550173' };
    const made = await recordsOf(standIn).createContact(person, first(long));
    assert.equal((await recordsOf(standIn).createContact(person, first(long))).id, made.id);
    assert.equal((await recordsOf(standIn).createContact(person, again(long))).id, made.id);
    assert.notEqual((await recordsOf(standIn).createContact(person, first(`${long}s`))).id, made.id);
  });

  it('B5 a key that Zendesk finds invalid needs a person; a key that is taken is tried again', async () => {
    await control.reset();
    const person = { name: 'Mia Chen' };
    for (const [detail, code, outcome] of [
      [{ description: 'Externe est trop long', error: 'TooLong' }, 'invalid', 'not-applied'],
      [{ description: 'Externe est déjà utilisé', error: 'DuplicateValue' }, 'unavailable', 'unknown'],
      [{ description: 'External has already been taken' }, 'unavailable', 'unknown'],
    ] as const) {
      const records = recordsOf(standIn, { wrap: refusal({ external_id: [detail] }) });
      const error = await errorOf(records.createContact(person, first('k/contact')));
      assert.deepEqual([error.code, error.outcome], [code, outcome], detail.description);
    }
  });

  it('R20 if the agent may not create contacts, the message names who can change that', async () => {
    await control.reset();
    await control.failNext({ kind: 'status', status: 403 }, { method: 'POST', path: '/api/v2/users' });
    const error = await errorOf(recordsOf(standIn).createContact({ name: 'Mia' }, first('s/contact')));
    assert.deepEqual([error.code, error.outcome], ['forbidden', 'not-applied']);
    assert.match(error.message, /administrator can give the agent a role that may add end users/);
  });
});

describe('a new ticket in Zendesk', () => {
  it('B5 R3 an ID and a key that are too long for Zendesk make one ticket, which its session finds', async () => {
    for (const sessionId of ['C'.repeat(120), 'c'.repeat(400)]) {
      await control.reset({ users: [{ id: 2001, name: 'Mia' }] });
      const key = `${sessionId}/ticket`;
      const made = await recordsOf(standIn).createTicket(draft('2001', sessionId), first(key));
      assert.equal((await recordsOf(standIn).createTicket(draft('2001', sessionId), again(key))).id, made.id);
      const { tags } = await control.ticket(Number(made.id));
      assert.ok((tags as string[]).every((tag) => tag.length <= 255));
      const fresh = recordsOf(standIn);
      assert.deepEqual(idsOf((await fresh.findTickets({ sessionId })).items), [made.id]);
      assert.deepEqual(idsOf((await fresh.findTickets({ sessionId: `${sessionId}x` })).items), []);
      assert.equal((await fresh.getTicket(made.id))!.origin?.queueId, queue.id);
    }
  });

  it('R8 R9 the origin is that of the session with the ticket’s key, even if its ID reads like two', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia' }] });
    const tags = ['ccai_session_a_2fb', 'ccai_channel_ivr-call'];
    for (const [externalId, is] of [
      ['a%002fb/ticket', true],
      ['a/b/ticket', true],
      ['a/ticket', false],
    ] as const) {
      const id = await control.addTicket({ requesterId: 2001, subject: 'Call', tags, externalId });
      const { origin } = (await recordsOf(standIn).getTicket(String(id)))!;
      assert.equal(origin?.sessionId, is ? 'a/b' : undefined, externalId);
    }
  });
});

describe('a lagging list of a requester’s tickets', () => {
  const lag = 90_000;
  const shared = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    };
  };
  const start = async () => {
    await control.reset({
      users: [{ id: 2001, name: 'Mia' }],
      tickets: [{ id: 900, requesterId: 2001, subject: 'Old', status: 'open' }],
    });
    await control.setConditions({ listLagMs: lag });
  };

  it('R8 a second call from the same contact and queue joins the ticket that this browser has just made', async () => {
    await start();
    const records = recordsOf(standIn);
    const { id } = await records.createTicket(draft('2001', 'call-1'), first('call-1/ticket'));
    const live = await liveOf(records, '2001');
    assert.deepEqual(idsOf(live), [id, '900']);
    const second = { id: 'call-2', channel: 'ivr-call', direction: 'inbound', queue } as const;
    assert.equal(ticketToJoin(second, live)?.id, id);
  });

  it('R8 A9 a call in another tab, or after a reload, joins that ticket too', async () => {
    await start();
    const storage = shared();
    const { id } = await recordsOf(standIn, { shared: storage }).createTicket(
      draft('2001', 'call-1'),
      first('call-1/ticket'),
    );
    assert.deepEqual(idsOf(await liveOf(recordsOf(standIn, { shared: storage }), '2001')), [id, '900']);
  });

  it('F6 the new ticket’s current state counts', async () => {
    await start();
    const records = recordsOf(standIn);
    const { id } = await records.createTicket(draft('2001', 'call-1'), first('call-1/ticket'));
    await control.change(Number(id), { status: 'solved', assigneeId: 101 });
    assert.deepEqual(idsOf(await liveOf(records, '2001')), ['900']);
  });

  it('F6 B4 the new ticket comes once, on the first page, and costs no request once the list has it', async () => {
    await start();
    const records = recordsOf(standIn);
    await control.addTicket({ requesterId: 2001, subject: 'Other', status: 'open' });
    await control.advance(lag + 5000);
    const { id } = await records.createTicket(draft('2001', 'call-1'), first('call-1/ticket'));
    const seen: string[] = [];
    let page: string | undefined;
    do {
      const part = await records.findTickets({ contactId: '2001', live: true }, { limit: 1, ...(page && { page }) });
      seen.push(...idsOf(part.items));
      if (page === undefined) await control.advance(lag + 5000);
      page = part.next;
    } while (page);
    assert.deepEqual([seen[0], [...seen].sort()], [id, [...new Set(seen)].sort()]);
    const before = (await asked(control)).length;
    assert.equal((await liveOf(records, '2001'))[0]!.id, id);
    assert.deepEqual((await asked(control)).slice(before), ['GET /api/v2/users/2001/tickets/requested']);
  });

  it('R3 a creation that may have been applied is found by its key, not by another ticket of its session', async () => {
    await start();
    const records = recordsOf(standIn);
    const voicemail = await records.createTicket(draft('2001', 'call-1'), first('call-1/voicemail'));
    await control.failNext({ kind: 'cut-after' }, { method: 'POST' });
    await errorOf(records.createTicket(draft('2001', 'call-1'), first('call-1/ticket')));
    const made = await records.createTicket(draft('2001', 'call-1'), again('call-1/ticket'));
    assert.notEqual(made.id, voicemail.id);
    assert.equal((await written(control)).filter(({ what }) => what === 'ticket.created').length, 2);
  });
});

/** Zendesk refuses requests that contain `part`, with this error. */
const refusal =
  (details: object, part = '"external_id"') =>
  (wire: ZendeskTransport): ZendeskTransport => ({
    origin: wire.origin,
    send: async (request) =>
      request.method === 'POST' && request.body?.includes(part)
        ? { status: 422, headers: {}, body: { error: 'RecordInvalid', details } }
        : wire.send(request),
  });
