import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmError } from '../../src/crm/crm-error.js';
import type { TicketWrite, WriteResult } from '../../src/crm/crm-host.js';
import { seededRandom } from '../../src/environment/seeded-random.js';
import type { ZendeskRecords, ZendeskTransport } from '../../src/zendesk/index.js';
import type { Fault } from '../zendesk-stand-in/control.js';
import { again, errorOf, first, note, recordsOf, written } from '../zendesk-stand-in/records-client.js';
import { standInForTests } from '../zendesk-stand-in/stand-in-for-tests.js';
import { howMany } from '../support/counts.js';

const standIn = await standInForTests();
const { control } = standIn;

const customer = { id: 2001, name: 'Mia Chen', phone: '+14155550173' };
const draft = (contactId: string, change: object = {}) => ({
  contactId,
  subject: 'Outbound call: Mia Chen',
  comment: note('call_started'),
  origin: { sessionId: 'Call-7A', channel: 'outbound-call' as const, queueId: 'Returns/EU' },
  ...change,
});

describe('createTicket', () => {
  it('R3 sends the key as idempotency key and as the ticket’s external id', async () => {
    await control.reset({ users: [customer] });
    const ticket = await recordsOf(standIn).createTicket(draft('2001', { assigneeId: '101' }), first('Call-7A/ticket'));
    const [entry] = await written(control);
    assert.deepEqual(
      [entry!.what, entry!.idempotencyKey, entry!.externalId, entry!.comment],
      ['ticket.created', 'Call-7A/ticket', 'Call-7A/ticket', { body: 'call_started', public: false, authorId: 101 }],
    );
    assert.equal(ticket.status, 'open');
  });

  const voicemail = { sessionId: 'Call-7A', channel: 'ivr-call' as const, voicemail: true };
  const relOf = async ({ id }: { id: string }) =>
    ((await control.ticket(Number(id))).via as { source: { rel: string | null } }).source.rel;

  it('R5 a voicemail’s ticket is a voicemail in Zendesk, and its first comment is the draft’s, internal', async () => {
    await control.reset({ users: [customer] });
    const records = recordsOf(standIn);
    const made = await records.createTicket(draft('2001', { origin: voicemail }), first('v'));
    assert.equal(await relOf(made), 'voicemail');
    const comments = await control.comments(Number(made.id));
    assert.deepEqual(
      comments.map(({ body, public: open }) => [body, open]),
      [['call_started', false]],
    );
    for (const [channel, rel] of [
      ['ivr-call', 'inbound'],
      ['outbound-call', 'outbound'],
      ['web-chat', null],
    ] as const) {
      const origin = { sessionId: channel, channel };
      assert.equal(await relOf(await records.createTicket(draft('2001', { origin }), first(channel))), rel);
    }
  });

  it('R5 a ticket that Zendesk refuses as a voicemail is made once, as an inbound call', async () => {
    await control.reset({ users: [customer] });
    const details = { voice_comment: [{ description: 'Voice comment: is invalid' }] };
    const refusing = (wire: ZendeskTransport): ZendeskTransport => ({
      origin: wire.origin,
      send: async (request) =>
        request.body?.includes('"via_id":44')
          ? { status: 422, headers: {}, body: { error: 'RecordInvalid', details } }
          : wire.send(request),
    });
    const records = recordsOf(standIn, { wrap: refusing });
    await control.failNext({ kind: 'cut-after' }, { method: 'POST' });
    const key = 'v'.repeat(255);
    await errorOf(records.createTicket(draft('2001', { origin: voicemail }), first(key)));
    const made = await records.createTicket(draft('2001', { origin: voicemail }), first(key));
    assert.equal(await relOf(made), 'inbound');
    assert.equal((await written(control)).length, 1);
    assert.deepEqual((await records.getTicket(made.id))!.origin, voicemail);
  });

  it('R8 an administrator can read the origin in the tags, and it survives the round trip', async () => {
    await control.reset({ users: [customer] });
    const { id } = await recordsOf(standIn).createTicket(draft('2001'), first('k'));
    const { tags } = await control.ticket(Number(id));
    assert.deepEqual([...(tags as string[])].sort(), [
      'ccai_channel_outbound-call',
      'ccai_origin_1u1sj56___43all-7_41__outbound-call__q_52eturns_2f_45_55',
      'ccai_queue__52eturns_2f_45_55',
      'ccai_session__43all-7_41',
    ]);
    const origin = (await recordsOf(standIn).getTicket(id))!.origin;
    assert.deepEqual(origin, { sessionId: 'Call-7A', channel: 'outbound-call', queueId: 'Returns/EU' });
  });

  for (const fault of [
    { kind: 'cut-after' },
    { kind: 'cut-before' },
    { kind: 'html', status: 200 },
    { kind: 'status-after', status: 504 },
  ] as Fault[])
    it(`R3 after ${fault.kind} the next try makes one ticket`, async () => {
      await control.reset({ users: [customer] });
      const records = recordsOf(standIn);
      await control.failNext(fault, { method: 'POST' });
      assert.equal((await errorOf(records.createTicket(draft('2001'), first('k')))).outcome, 'unknown');
      const made = await records.createTicket(draft('2001'), again('k'));
      assert.deepEqual(
        (await written(control)).map(({ ticketId }) => String(ticketId)),
        [made.id],
      );
    });

  it('R3 a creation that is applied late is not made a second time', async () => {
    await control.reset({ users: [customer] });
    const records = recordsOf(standIn);
    await control.failNext({ kind: 'late', afterMs: 3000 }, { method: 'POST' });
    await errorOf(records.createTicket(draft('2001'), first('k')));
    const made = await records.createTicket(draft('2001'), again('k'));
    await control.advance(10_000);
    assert.deepEqual(
      (await written(control)).map(({ ticketId }) => String(ticketId)),
      [made.id],
    );
  });

  it('R3 a key that is still in use is an error to try again, and the next try finds the ticket', async () => {
    await control.reset({ users: [customer] });
    const [one, two] = [recordsOf(standIn), recordsOf(standIn)];
    await control.setConditions({ latencyMs: 2000 });
    const under = one.createTicket(draft('2001'), first('k'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const second = await two.createTicket(draft('2001'), again('k')).catch((error: CrmError) => error);
    const made = await under;
    if ('id' in second) assert.equal(second.id, made.id);
    else assert.deepEqual([second.code, second.outcome], ['unavailable', 'unknown']);
    assert.equal((await two.createTicket(draft('2001'), again('k'))).id, made.id);
    assert.equal((await written(control)).length, 1);
  });

  it('R3 after two hours, when Zendesk no longer has the key, the ticket is still found', async () => {
    await control.reset({ users: [customer] });
    await control.failNext({ kind: 'cut-after' }, { method: 'POST' });
    await errorOf(recordsOf(standIn).createTicket(draft('2001'), first('k')));
    await control.advance(3 * 3_600_000);
    await recordsOf(standIn).createTicket(draft('2001'), again('k'));
    assert.equal((await written(control)).length, 1);
  });

  it('R3 a title that has changed between two tries does not make a second ticket', async () => {
    await control.reset({ users: [customer] });
    const records = recordsOf(standIn);
    const { id } = await records.createTicket(draft('2001'), first('k'));
    const other = await recordsOf(standIn).createTicket(draft('2001', { subject: 'Another title' }), first('k'));
    assert.deepEqual([other.id, other.subject], [id, 'Outbound call: Mia Chen']);
  });

  it('R26 a refusal has Zendesk’s reason', async () => {
    await control.reset({ users: [customer] });
    const error = await errorOf(recordsOf(standIn).createTicket(draft('2001', { assigneeId: '2001' }), first('k')));
    assert.deepEqual([error.code, error.outcome], ['invalid', 'not-applied']);
    assert.match(error.message, /Assignee/);
  });
});

describe('createContact', () => {
  it('R20 two agents who meet the same new caller make one contact', async () => {
    await control.reset();
    const make = (user: number) =>
      recordsOf(standIn, { user }).createContact(
        { name: '+14155550199', phoneNumber: '+14155550199' },
        first('velora/+14155550199/contact'),
      );
    const [one, two] = await Promise.all([make(101), make(102)]);
    assert.equal(one.id, two.id);
    assert.deepEqual(one.phoneNumbers, ['+14155550199']);
    assert.equal((await written(control)).length, 1);
  });

  for (const kind of ['cut-after', 'cut-before', 'late'] as const)
    it(`R20 after ${kind} the next try makes one contact`, async () => {
      await control.reset();
      const records = recordsOf(standIn);
      await control.failNext(kind === 'late' ? { kind, afterMs: 3000 } : { kind }, { method: 'POST' });
      await errorOf(records.createContact({ name: 'New Caller', email: 'new@mail.example' }, first('k')));
      let made = await records.createContact({ name: 'New Caller', email: 'new@mail.example' }, again('k'));
      await control.advance(10_000);
      made = await records.createContact({ name: 'New Caller', email: 'new@mail.example' }, again('k'));
      assert.deepEqual(
        (await written(control)).map(({ userId }) => String(userId)),
        [made.id],
      );
    });

  it('R20 the identifier is in the notes until X11 has made its field, and is found in both places', async () => {
    await control.reset();
    const records = recordsOf(standIn);
    const one = await records.createContact({ name: 'Early', identifier: 'usr_1' }, first('a'));
    await records.createFields([{ on: 'contact', key: 'identifier', title: 'Identifier', type: 'text' }]);
    const two = await records.createContact({ name: 'Late', identifier: 'usr_2' }, first('b'));
    assert.equal((await control.user(Number(one.id))).notes, 'identifier: usr_1');
    assert.deepEqual((await control.user(Number(two.id))).user_fields, { identifier: 'usr_2' });
    for (const [id, identifier] of [
      [one.id, 'usr_1'],
      [two.id, 'usr_2'],
    ] as const)
      assert.deepEqual(
        (await records.findContacts({ identifier })).items.map((each) => each.id),
        [id],
      );
  });

  it('R20 a contact that another request is creating is tried again later', async () => {
    await control.reset();
    const draft = { name: 'New', phoneNumber: '+14155550199' };
    const made = await recordsOf(standIn).createContact(draft, first('k'));
    let lags = true;
    const lagging = (wire: ZendeskTransport): ZendeskTransport => ({
      origin: wire.origin,
      send: (request) =>
        lags && request.path.includes('external_id')
          ? Promise.resolve({ status: 200, headers: {}, body: { users: [] } })
          : wire.send(request),
    });
    const records = recordsOf(standIn, { wrap: lagging });
    const error = await errorOf(records.createContact(draft, first('k')));
    assert.deepEqual([error.code, error.outcome, error.retryAfter], ['unavailable', 'unknown', 2]);
    lags = false;
    assert.equal((await records.createContact(draft, again('k'))).id, made.id);
  });
});

const faults: readonly Fault[] = [
  { kind: 'cut-before' },
  { kind: 'cut-after' },
  { kind: 'late', afterMs: 1500 },
  { kind: 'late', afterMs: 4000 },
  { kind: 'status', status: 503 },
  { kind: 'status-after', status: 502 },
  { kind: 'html', status: 200 },
  { kind: 'html', status: 502 },
  { kind: 'status', status: 429, retryAfter: 1 },
];

/** Sends one write until its outcome is known, with the same key and stamp. */
async function settled(records: ZendeskRecords, write: Omit<TicketWrite, 'attempt' | 'ifStamp'>): Promise<number> {
  let attempt: TicketWrite['attempt'] = 'first';
  let ifStamp: string | undefined;
  for (let tries = 1; tries < 400; tries++) {
    ifStamp ??= (await records.getTicket(write.ticketId).catch(() => undefined))?.stamp;
    if (ifStamp !== undefined) {
      const [result] = (await records.writeTickets([{ ...write, attempt, ifStamp }])) as [WriteResult];
      if (result.ok) return tries;
      assert.ok(!['invalid', 'not-found', 'forbidden'].includes(result.reason), result.message);
      if (result.outcome === 'unknown') attempt = 'maybe-applied';
      if (result.reason === 'conflict') ifStamp = undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${write.key} was never settled`);
}

describe('exactly once', () => {
  const seeds = howMany({ all: 3, long: 30 });
  for (let seed = 1; seed <= seeds; seed++)
    it(`B5 seed ${seed}: 60 writes to 6 tickets with cuts, late application, 5xx, proxies and limits: none lost, none twice, in order`, async () => {
      const ids = Array.from({ length: 6 }, (_, index) => 900 + index);
      await control.reset({
        users: [customer],
        tickets: ids.map((id) => ({
          id,
          requesterId: 2001,
          subject: `${id}`,
          status: 'open',
          assigneeId: 101,
          groupId: 501,
        })),
      });
      const records = recordsOf(standIn);
      const random = seededRandom(seed);
      // Odd seeds have faults on look-ups too.
      await control.setConditions({ random: { share: 0.45, faults, match: seed % 2 ? {} : { method: 'PUT' }, seed } });
      await Promise.all(
        ids.map(async (id) => {
          for (let turn = 0; turn < 10; turn++) {
            if (random() < 0.2) await control.comment(id, 'From a person');
            await settled(records, { key: `${id}/${turn}`, ticketId: String(id), comment: note(`${turn}`) });
          }
        }),
      );
      await control.advance(60_000);
      // Late writes have been applied by now.
      await new Promise((resolve) => setTimeout(resolve, 300));
      for (const id of ids) {
        const ours = (await control.comments(id)).map(({ body }) => body).filter((body) => /^\d$/.test(body));
        assert.deepEqual(ours, ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], `ticket ${id}`);
      }
    });
});
