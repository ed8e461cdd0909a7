import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ZendeskTransport } from '../../src/zendesk/index.js';
import { asked, errorOf, first, note, recordsOf } from '../zendesk-stand-in/records-client.js';
import { standInForTests } from '../zendesk-stand-in/stand-in-for-tests.js';

const standIn = await standInForTests();
const { control } = standIn;

const day = 86_400_000;
const ids = (page: { items: readonly { id: string }[] }) => page.items.map(({ id }) => Number(id));
const draft = (contactId: string, sessionId: string) => ({
  contactId,
  subject: 'Made just now',
  comment: note('call_started'),
  origin: { sessionId, channel: 'outbound-call' as const },
});

describe('findContacts', () => {
  it('F5 finds a number in any stored form, and no similar number', async () => {
    await control.reset({
      users: [
        { id: 2001, name: 'E.164', phone: '+15135557611', age: 6 * day },
        { id: 2002, name: 'National', phone: '(513) 555-7611', age: 5 * day },
        { id: 2003, name: 'Dots', phone: '513.555.7611', age: 4 * day },
        { id: 2004, name: 'British, same end', phone: '+445135557611', age: 3 * day },
        { id: 2005, name: 'Other', phone: '+15135557612', age: 2 * day },
      ],
    });
    const found = await recordsOf(standIn).findContacts({ phone: '+1 513 555 7611' });
    assert.deepEqual(ids(found), [2003, 2002, 2001]);
  });

  it('F5 finds a number with a trunk zero for the default country, and a number among the identities', async () => {
    await control.reset({
      users: [
        { id: 2001, name: 'Aylin', phone: '0171 2345678', age: 2 * day },
        { id: 2002, name: 'Priya', phone: '+442079460018', numbers: ['+491712345678'], age: day },
      ],
    });
    const records = recordsOf(standIn, { defaultCountry: 'DE' });
    const { items } = await records.findContacts({ phone: '+49 171 2345678' });
    assert.deepEqual(
      items.map(({ id, phoneNumbers }) => [id, phoneNumbers]),
      [
        ['2002', ['+442079460018', '+491712345678']],
        ['2001', ['0171 2345678']],
      ],
    );
  });

  it('F5 finds all users who share a number', async () => {
    await control.reset({
      users: [
        { id: 2001, name: 'Karin', phone: '+493012345678', age: 2 * day },
        { id: 2002, name: 'Jonas', phone: '+493012345678', age: day },
      ],
    });
    assert.deepEqual(ids(await recordsOf(standIn).findContacts({ phone: '+493012345678' })), [2002, 2001]);
  });

  it('F5 a new contact is found once, although the index does not have it yet', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Old', phone: '+15135557611', age: day }] });
    await control.setConditions({ indexLagMs: 20_000 });
    const records = recordsOf(standIn);
    const made = await records.createContact({ name: 'New', phoneNumber: '+15135557611' }, first('k'));
    assert.deepEqual(ids(await records.findContacts({ phone: '(513) 555-7611' })), [Number(made.id), 2001]);
    assert.deepEqual(ids(await records.findContacts({ text: 'new' })), [Number(made.id)]);
    await control.advance(30_000);
    assert.deepEqual(ids(await records.findContacts({ phone: '(513) 555-7611' })), [Number(made.id), 2001]);
    assert.deepEqual(ids(await records.findContacts({ phone: '(513) 555-7612' })), []);
  });

  it('F5 text is searched as words, never as search syntax', async () => {
    await control.reset({
      users: [
        { id: 2001, name: 'Mia Chen', email: 'mia@mail.example' },
        { id: 2002, name: 'Otto Chen' },
      ],
    });
    const records = recordsOf(standIn);
    assert.deepEqual(ids(await records.findContacts({ text: 'mia "chen" -otto' })), []);
    assert.deepEqual(ids(await records.findContacts({ text: 'mia: (chen)' })), [2001]);
    assert.deepEqual(ids(await records.findContacts({ text: 'role:admin' })), []);
    assert.deepEqual(ids(await records.findContacts({ text: ' : ' })), []);
    const queries = (await control.requests()).map(
      ({ path }) => new URL(path, 'http://a').searchParams.get('query') ?? '',
    );
    assert.ok(
      queries.filter(Boolean).every((query) => query.startsWith('type:user role:end-user ')),
      String(queries),
    );
  });

  it('F5 a part of a number finds the numbers that end with it', async () => {
    await control.reset({
      users: [
        { id: 2001, name: 'Mia', phone: '+15135557611' },
        { id: 2002, name: 'Otto', phone: '+15135557612' },
      ],
    });
    assert.deepEqual(ids(await recordsOf(standIn).findContacts({ text: '555-7611' })), [2001]);
  });

  it('B5 a proxy’s page with status 200 is a failure, not an empty result', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia', phone: '+15135557611' }] });
    const records = recordsOf(standIn);
    for (const look of [
      () => records.findContacts({ phone: '+15135557611' }),
      () => records.findTickets({ contactId: '2001', live: true }),
      () => records.getTicket('900', { priority: 'background' }),
    ]) {
      await control.failNext({ kind: 'html', status: 200 });
      const { code, outcome } = await errorOf(look());
      assert.deepEqual([code, outcome], ['unavailable', 'not-applied']);
    }
  });

  it('F5 agents are not found as contacts', async () => {
    await control.reset();
    assert.deepEqual(ids(await recordsOf(standIn).findContacts({ text: 'Ana Ruiz' })), []);
  });
});

describe('findTickets', () => {
  const status = (at: number) => (at % 40 === 39 ? ('open' as const) : ('solved' as const));
  const many = Array.from({ length: 240 }, (_, at) => ({
    ...{ id: 4000 + at, requesterId: 2001, subject: `Ticket ${at}`, status: status(at), assigneeId: 101 },
    ...{ age: 300 * day, updated: (at + 1) * 3_600_000 },
  }));

  it('F6 reads pages until it has all live tickets among many, so that the newest is among them', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia' }], tickets: many });
    const { items, next } = await recordsOf(standIn).findTickets({ contactId: '2001', live: true });
    assert.deepEqual(
      items.map(({ id }) => id),
      ['4039', '4079', '4119', '4159', '4199', '4239'],
    );
    assert.equal(next, undefined);
    assert.deepEqual(
      await asked(control),
      Array.from({ length: 3 }, () => 'GET /api/v2/users/2001/tickets/requested'),
    );
  });

  it('F6 continues within a page if the limit is smaller', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia' }], tickets: many });
    const records = recordsOf(standIn);
    const seen: string[] = [];
    let page: string | undefined;
    do {
      const part = await records.findTickets({ contactId: '2001', live: true }, { limit: 2, ...(page && { page }) });
      seen.push(...part.items.map(({ id }) => id));
      page = part.next;
    } while (page);
    assert.deepEqual(seen, ['4039', '4079', '4119', '4159', '4199', '4239']);
  });

  it('F6 a contact’s list has a new ticket at once', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia' }] });
    await control.setConditions({ indexLagMs: 20_000 });
    const id = await control.addTicket({ requesterId: 2001, subject: 'By somebody else', status: 'open' });
    assert.deepEqual(ids(await recordsOf(standIn).findTickets({ contactId: '2001', live: true })), [id]);
  });

  it('R8 a session’s new ticket is found although the index does not have it yet', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia' }] });
    await control.setConditions({ indexLagMs: 20_000 });
    const records = recordsOf(standIn);
    const { id } = await records.createTicket(draft('2001', 'session-1'), first('k'));
    assert.deepEqual(ids(await records.findTickets({ sessionId: 'session-1' })), [Number(id)]);
    assert.deepEqual(ids(await records.findTickets({ sessionId: 'session-2' })), []);
    await control.advance(30_000);
    assert.deepEqual(ids(await recordsOf(standIn).findTickets({ sessionId: 'session-1' })), [Number(id)]);
  });

  it('R8 a ticket that inherited another session’s tags has its own origin', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia' }] });
    const records = recordsOf(standIn);
    const { id } = await records.createTicket(draft('2001', 'zz-own'), first('zz-own/ticket'));
    const { tags } = await control.ticket(Number(id));
    await control.change(Number(id), { tags: ['ccai_session_aa-other', ...(tags as string[])] });
    assert.equal((await records.getTicket(id))!.origin?.sessionId, 'zz-own');
  });

  const web = { sessionId: 'call_12', channel: 'web-chat' as const };
  const ivr = { sessionId: 'call_1', channel: 'ivr-call' as const, queueId: 'a__b', voicemail: true };
  it('R8 R9 a chat’s ticket that absorbed a call’s ticket keeps its session, channel and queue, and is found only by them', async () => {
    for (const [own, other] of [
      [web, ivr],
      [ivr, web],
    ] as const) {
      await control.reset({ users: [{ id: 2001, name: 'Mia' }] });
      const records = recordsOf(standIn);
      const { id } = await records.createTicket(
        { ...draft('2001', ''), origin: own },
        first(`${own.sessionId}/ticket`),
      );
      const taken = await records.createTicket(
        { ...draft('2001', ''), origin: other },
        first(`${other.sessionId}/follow-up/${id}`),
      );
      const both = await Promise.all([taken.id, id].map(async (one) => (await control.ticket(Number(one))).tags));
      await control.change(Number(id), { tags: [...new Set(both.flat() as string[])].sort() });
      await control.change(Number(taken.id), { tags: [] });
      const fresh = recordsOf(standIn);
      assert.deepEqual((await fresh.getTicket(id))!.origin, own);
      assert.deepEqual(ids(await fresh.findTickets({ sessionId: own.sessionId })), [Number(id)]);
      assert.deepEqual(ids(await fresh.findTickets({ sessionId: other.sessionId })), []);
    }
  });

  const plain = ['ccai_session_call_5f1', 'ccai_channel_ivr-call', 'ccai_queue_q', 'ccai_voicemail'];
  const madeEarlier: [string, readonly string[], string | undefined, object | undefined][] = [
    [
      'a panel made before there was a tag for the whole',
      plain,
      'call_1/ticket',
      { sessionId: 'call_1', channel: 'ivr-call', queueId: 'q', voicemail: true },
    ],
    ['took in another’s', [...plain, 'ccai_session_b', 'ccai_channel_web-chat'], 'call_1/ticket', undefined],
    ['another session made, whose ID begins alike,', plain, 'call_12/ticket', undefined],
    ['a person made, and that took in a call’s,', plain, undefined, undefined],
    ['another program made, and that took in a call’s,', plain, 'order-77', undefined],
  ];
  for (const [what, tags, externalId, origin] of madeEarlier)
    it(`R8 R9 a ticket that ${what} has ${origin ? 'its origin' : 'no origin'}`, async () => {
      const ticket = { id: 900, requesterId: 2001, subject: 'Call', tags, ...(externalId && { externalId }) };
      await control.reset({ users: [{ id: 2001, name: 'Mia' }], tickets: [ticket] });
      assert.deepEqual((await recordsOf(standIn).getTicket('900'))!.origin, origin);
    });

  it('R8 R9 an e-mail’s ticket that absorbed a call’s ticket has no origin', async () => {
    await control.reset({
      users: [{ id: 2001, name: 'Mia' }],
      tickets: [{ id: 900, requesterId: 2001, subject: 'E-mail' }],
    });
    const records = recordsOf(standIn);
    const { id } = await records.createTicket({ ...draft('2001', ''), origin: ivr }, first('call_1/ticket'));
    await control.change(900, { tags: (await control.ticket(Number(id))).tags as string[] });
    assert.equal((await records.getTicket('900'))!.origin, undefined);
  });

  it('R8 an origin that is too long for one tag is read from the separate tags', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia' }] });
    const origin = { ...ivr, queueId: 'Ä'.repeat(40) };
    const { id } = await recordsOf(standIn).createTicket({ ...draft('2001', ''), origin }, first('call_1/ticket'));
    const { tags } = await control.ticket(Number(id));
    assert.ok((tags as string[]).every((tag) => tag.length <= 255));
    assert.deepEqual((await recordsOf(standIn).getTicket(id))!.origin, origin);
  });

  it('T4 an ID that is no number or unknown finds no ticket', async () => {
    await control.reset();
    const records = recordsOf(standIn);
    assert.equal(await records.getTicket('abc'), undefined);
    assert.equal(await records.getTicket('../users/101'), undefined);
    assert.equal(await records.getTicket('99999'), undefined);
  });

  it('T4 a ticket that the agent may not see gives an error with a message', async () => {
    await control.reset({
      users: [{ id: 2001, name: 'Mia' }],
      tickets: [{ id: 900, requesterId: 2001, subject: 'Hidden', status: 'open', groupId: 503, hidden: true }],
    });
    const error = await errorOf(recordsOf(standIn, { user: 102 }).getTicket('900'));
    assert.equal(error.code, 'forbidden');
    assert.match(error.message, /^Zendesk does not let you/);
  });
});

describe('failures of look-ups', () => {
  for (const [fault, code] of [
    [{ kind: 'html', status: 200 }, 'unavailable'],
    [{ kind: 'html', status: 502 }, 'unavailable'],
    [{ kind: 'status', status: 500 }, 'unavailable'],
    [{ kind: 'status', status: 401 }, 'unauthorized'],
    [{ kind: 'status', status: 403 }, 'forbidden'],
    [{ kind: 'cut-before' }, 'offline'],
    [{ kind: 'silent' }, 'timeout'],
  ] as const)
    it(`F5 ${JSON.stringify(fault)} is ${code}, with a message`, async () => {
      await control.reset();
      await control.failNext(fault, { method: 'GET' });
      const error = await errorOf(recordsOf(standIn).findContacts({ text: 'mia' }));
      assert.deepEqual([error.name, error.code, error.outcome], ['CrmError', code, 'not-applied']);
      assert.match(error.message, /^[A-Z].*[.?]$/);
    });

  it('B5 at most four look-ups run at once, interactive ones go first, and aborted ones are not sent', async () => {
    await control.reset();
    const sent: string[] = [];
    let open: (() => void)[] = [];
    const slow = (wire: ZendeskTransport): ZendeskTransport => ({
      origin: wire.origin,
      async send(request) {
        sent.push(new URL(request.path, 'http://a').searchParams.get('query')!.split(' ').at(-1)!);
        await new Promise<void>((resolve) => open.push(resolve));
        return wire.send(request);
      },
    });
    const records = recordsOf(standIn, { wrap: slow });
    const giveUp = new AbortController();
    const find = (text: string, options = {}) =>
      records.findContacts({ text }, options).catch((error: Error) => error.message);
    const all = [
      ...['one', 'two', 'three', 'four'].map((text) => find(text)),
      find('background', { priority: 'background' }),
      find('typed', { signal: giveUp.signal }),
      find('last'),
    ];
    giveUp.abort(new Error('typed on'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(sent, ['one', 'two', 'three', 'four']);
    while (sent.length < 6) {
      const now = open;
      open = [];
      for (const go of now) go();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const go of open) go();
    assert.deepEqual(sent.slice(4), ['last', 'background']);
    assert.equal((await Promise.all(all))[5], 'typed on');
  });
});
