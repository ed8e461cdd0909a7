import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmError } from '../../src/crm/crm-error.js';
import type { TicketWrite, WriteResult } from '../../src/crm/crm-host.js';
import type { ZendeskRecords, ZendeskTransport } from '../../src/zendesk/index.js';
import type { Fault } from '../zendesk-stand-in/control.js';
import { again, first, note, recordsOf, speed, written } from '../zendesk-stand-in/records-client.js';
import { fastTime } from '../zendesk-stand-in/fast-time.js';
import { standInForTests } from '../zendesk-stand-in/stand-in-for-tests.js';

const standIn = await standInForTests();
const { control } = standIn;

/** Ticket 900 + n of customer 2001, not changed for an hour. */
async function tickets(count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, index) => 900 + index);
  await control.reset({
    users: [{ id: 2001, name: 'Mia Chen', phone: '+14155550173' }],
    tickets: ids.map((id) => ({
      id,
      requesterId: 2001,
      subject: `Ticket ${id}`,
      status: 'open',
      assigneeId: 101,
      groupId: 501,
      age: 7_200_000,
      updated: 3_600_000,
    })),
  });
  return ids.map(String);
}

const stampOf = async (records: ZendeskRecords, id: string): Promise<string> => (await records.getTicket(id))!.stamp;
const comments = async (id: string): Promise<readonly string[]> =>
  (await control.comments(Number(id))).slice(1).map(({ body }) => body);
const outcome = (result: WriteResult | undefined) => (result?.ok ? 'ok' : `${result?.outcome} ${result?.reason}`);

describe('writeTickets', () => {
  it('R21 a comment is internal, has its author, and is marked in the audit', async () => {
    const [id] = await tickets(1);
    const records = recordsOf(standIn);
    const write = { ...first('s1/joined'), ticketId: id!, comment: { ...note('call_started'), authorId: '102' } };
    assert.equal(outcome((await records.writeTickets([write]))[0]), 'ok');
    const [entry] = await written(control);
    assert.deepEqual(entry!.comment, { body: 'call_started', public: false, authorId: 102 });
    assert.deepEqual(entry!.metadata, { ccai_key: 's1/joined' });
  });

  it('B5 is not sent while Zendesk’s clock is less than two seconds past the stamp', async () => {
    const [id] = await tickets(1);
    const records = recordsOf(standIn);
    await control.comment(900, 'Just now');
    const { stamp } = (await records.getTicket(id!))!;
    await records.writeTickets([{ ...first('k'), ticketId: id!, ifStamp: stamp, comment: note('Ours') }]);
    const [entry] = await written(control);
    assert.ok(entry!.at - Date.parse(stamp) >= 2000, `${entry!.at - Date.parse(stamp)} ms past the stamp`);
    assert.ok(entry!.at - Date.parse(stamp) < 6000, 'and not much later');
  });

  it('B5 waits two seconds from the first sight of a stamp if responses have no date', async () => {
    const [id] = await tickets(1);
    const dateless = (wire: ZendeskTransport): ZendeskTransport => ({
      origin: wire.origin,
      async send(request) {
        const { headers, ...response } = await wire.send(request);
        const { date: _, ...rest } = headers;
        return { ...response, headers: rest };
      },
    });
    const records = recordsOf(standIn, { wrap: dateless });
    await control.comment(900, 'Just now');
    const { stamp } = (await records.getTicket(id!))!;
    const read = await control.now();
    await records.writeTickets([{ ...first('k'), ticketId: id!, ifStamp: stamp, comment: note('Ours') }]);
    const [entry] = await written(control);
    assert.ok(entry!.at - read >= 1900, `${entry!.at - read} ms after it was read`);
  });

  it('B5 the wait is two seconds from the first sight of a stamp, on a fast or slow machine', async () => {
    const [id] = await tickets(1);
    const { timers } = fastTime(speed);
    const waits: number[] = [];
    const dateless = (wire: ZendeskTransport): ZendeskTransport => ({
      origin: wire.origin,
      send: async (request) => ({ ...(await wire.send(request)), headers: {} }),
    });
    const records = recordsOf(standIn, {
      wrap: dateless,
      steady: { now: () => 0 },
      timers: {
        setTimeout: (run, milliseconds) => (waits.push(milliseconds), timers.setTimeout(run, milliseconds)),
        clearTimeout: (timer) => timers.clearTimeout(timer),
      },
    });
    const stamp = await stampOf(records, id!);
    waits.length = 0;
    await records.writeTickets([{ ...first('k'), ticketId: id!, ifStamp: stamp, comment: note('Ours') }]);
    assert.equal(waits[0], 2000);
  });

  it('B5 does not overwrite another person’s change', async () => {
    const [id] = await tickets(1);
    const records = recordsOf(standIn);
    const stamp = await stampOf(records, id!);
    await control.comment(900, 'From a person');
    const [result] = await records.writeTickets([{ ...first('k'), ticketId: id!, ifStamp: stamp, status: 'hold' }]);
    assert.equal(outcome(result), 'refused conflict');
    assert.equal((await control.ticket(900)).status, 'open');
  });

  for (const fault of [
    { kind: 'cut-after' },
    { kind: 'status-after', status: 502 },
    { kind: 'html', status: 200 },
  ] as const)
    it(`B5 after ${fault.kind} the outcome is unknown, and the next try finds the applied write`, async () => {
      const [id] = await tickets(1);
      const records = recordsOf(standIn);
      const write: TicketWrite = {
        ...first('k'),
        ticketId: id!,
        ifStamp: await stampOf(records, id!),
        comment: note('Once'),
      };
      await control.failNext(fault as Fault, { method: 'PUT' });
      const [lost] = await records.writeTickets([write]);
      assert.equal(lost!.ok === false && lost!.outcome, 'unknown');
      const [second] = await records.writeTickets([{ ...write, ...again('k') }]);
      assert.equal(outcome(second), 'ok');
      assert.deepEqual(await comments(id!), ['Once']);
    });

  it('B5 a write that is applied late, between two tries, is not written twice', async () => {
    const [id] = await tickets(1);
    const records = recordsOf(standIn);
    const write: TicketWrite = {
      ...first('k'),
      ticketId: id!,
      ifStamp: await stampOf(records, id!),
      comment: note('Once'),
    };
    await control.failNext({ kind: 'late', afterMs: 3000 }, { method: 'PUT' });
    let [result] = await records.writeTickets([write]);
    assert.equal(outcome(result), 'unknown offline');
    for (let tries = 0; tries < 50 && outcome(result) !== 'ok'; tries++)
      [result] = await records.writeTickets([{ ...write, ...again('k') }]);
    assert.equal(outcome(result), 'ok');
    await control.advance(10_000);
    assert.deepEqual(await comments(id!), ['Once']);
  });

  it('B5 a write without a stamp whose response was lost is found by its marker and not written again', async () => {
    const [id] = await tickets(1);
    const records = recordsOf(standIn);
    const write: TicketWrite = { ...first('k'), ticketId: id!, comment: note('Once') };
    await control.failNext({ kind: 'cut-after' }, { method: 'PUT' });
    assert.equal(outcome((await records.writeTickets([write]))[0]), 'unknown offline');
    assert.equal(outcome((await records.writeTickets([{ ...write, ...again('k') }]))[0]), 'ok');
    assert.deepEqual(await comments(id!), ['Once']);
  });

  it('B5 a late try and a new try without a stamp are not both applied', async () => {
    const [id] = await tickets(1);
    const records = recordsOf(standIn);
    const write: TicketWrite = { ...first('k'), ticketId: id!, comment: note('Once') };
    await control.failNext({ kind: 'late', afterMs: 500 }, { method: 'PUT' });
    // The late try is applied in the same second as another person's change.
    await control.comment(900, 'From a person');
    let [result] = await records.writeTickets([write]);
    for (let tries = 0; tries < 50 && outcome(result) !== 'ok'; tries++)
      [result] = await records.writeTickets([{ ...write, ...again('k') }]);
    await control.advance(10_000);
    assert.deepEqual(
      (await comments(id!)).filter((body) => body === 'Once'),
      ['Once'],
    );
  });

  it('R12 a closed ticket is reported as closed, a merged one with the last ticket of its chain', async () => {
    const [a, b, c, closed] = await tickets(4);
    const records = recordsOf(standIn);
    await control.merge(Number(a), Number(b));
    await control.merge(Number(b), Number(c));
    await control.change(Number(closed), { status: 'closed' });
    const write = (ticketId: string) => ({ ...first(ticketId), ticketId, comment: note('Late') });
    const results = await records.writeTickets([write(a!), write(closed!)]);
    assert.deepEqual(results.map(outcome), ['refused merged', 'refused closed']);
    assert.equal((results[0] as { mergedInto?: string }).mergedInto, c);
    assert.equal((await records.getTicket(a!))!.mergedInto, c);
  });

  it('R12 tickets that were merged in a circle are reported as closed', async () => {
    const [a, b, c] = await tickets(3);
    await control.merge(Number(a), Number(b));
    await control.merge(Number(b), Number(c));
    // Zendesk does not allow such a circle, but an import may have made one.
    const circular = (wire: ZendeskTransport): ZendeskTransport => ({
      origin: wire.origin,
      send: (request) => wire.send({ ...request, path: request.path.replace(`/tickets/${c}`, `/tickets/${a}`) }),
    });
    const records = recordsOf(standIn, { wrap: circular });
    const [result] = await records.writeTickets([{ ...first('k'), ticketId: a!, comment: note('Late') }]);
    assert.equal(outcome(result), 'refused closed');
  });

  it('R8 an update does not change a ticket’s tags, which have its origin', async () => {
    const tags = ['vip', 'ccai_session_a', 'ccai_channel_ivr-call', 'ccai_queue_orders'];
    const id = '900';
    await control.reset({
      users: [{ id: 2001, name: 'Mia Chen' }],
      tickets: [{ id: 900, requesterId: 2001, subject: 'Call', tags, externalId: 'a/ticket', status: 'open' }],
    });
    const records = recordsOf(standIn);
    const change = { comment: note('call_started'), assigneeId: '102', status: 'pending' } as const;
    const [result] = await records.writeTickets([{ ...first('k'), ticketId: id, ...change }]);
    assert.equal(outcome(result), 'ok');
    assert.deepEqual((await control.ticket(Number(id))).tags, tags);
    const { origin } = (await records.getTicket(id))!;
    assert.deepEqual(origin, { sessionId: 'a', channel: 'ivr-call', queueId: 'orders' });
  });

  it('R23 with an assignee who is not in the ticket’s group, one of the assignee’s groups is written', async () => {
    const [id] = await tickets(1);
    const records = recordsOf(standIn);
    const stamp = await stampOf(records, id!);
    // Chloé is in Workshop (502), the ticket in Support (501).
    const [result] = await records.writeTickets([{ ...first('k'), ticketId: id!, ifStamp: stamp, assigneeId: '103' }]);
    assert.equal(outcome(result), 'ok');
    const { assignee_id, group_id } = await control.ticket(900);
    assert.deepEqual([assignee_id, group_id], [103, 502]);
  });

  it('R23 a refused assignee is reported with a message', async () => {
    const [id] = await tickets(1);
    // The group is not known, because the ticket was never read here.
    const records = recordsOf(standIn);
    const stamp = String((await control.ticket(900)).updated_at);
    const [result] = await records.writeTickets([{ ...first('k'), ticketId: id!, ifStamp: stamp, assigneeId: '2001' }]);
    assert.equal(outcome(result), 'refused invalid');
    assert.match((result as { message: string }).message, /^Ticket 900 cannot be assigned/);
  });

  it('B1 four writes are four updates, five are one job', async () => {
    const ids = await tickets(5);
    const records = recordsOf(standIn);
    const write = (round: string) => (ticketId: string) => ({
      ...first(`${round}${ticketId}`),
      ticketId,
      comment: note(round),
    });
    await records.writeTickets(ids.slice(0, 4).map(write('single')));
    const puts = async () =>
      (await control.requests()).filter(({ method }) => method === 'PUT').map(({ path }) => path);
    assert.deepEqual(
      await puts(),
      ids.slice(0, 4).map((id) => `/api/v2/tickets/${id}`),
    );
    const results = await records.writeTickets(ids.map(write('job')));
    assert.deepEqual(results.map(outcome), ['ok', 'ok', 'ok', 'ok', 'ok']);
    assert.deepEqual((await puts()).slice(4), ['/api/v2/tickets/update_many.json']);
    assert.deepEqual(await comments('904'), ['job']);
  });

  it('B3 two writes to one ticket keep their order, in a job too', async () => {
    const ids = await tickets(5);
    const records = recordsOf(standIn);
    const writes = [...ids, '900', '900'].map((ticketId, at) => ({
      ...first(`k${at}`),
      ticketId,
      comment: note(`${at}`),
    }));
    const results = await records.writeTickets(writes);
    assert.deepEqual(
      results.map(({ key }) => key),
      writes.map(({ key }) => key),
    );
    assert.deepEqual(
      results.map(outcome),
      Array.from({ length: 7 }, () => 'ok'),
    );
    assert.deepEqual(await comments('900'), ['0', '5', '6']);
  });

  it('B5 of a job with failed tickets the others are applied, and the next try settles the failed ones', async () => {
    const ids = await tickets(6);
    const records = recordsOf(standIn);
    await control.failNext({ kind: 'job-fails', ticketIds: [902, 903] }, { path: 'update_many' });
    const writes = ids.map((ticketId) => ({ ...first(`k${ticketId}`), ticketId, comment: note('Job') }));
    const results = await records.writeTickets(writes);
    assert.deepEqual(
      results.map(({ ok }) => ok),
      [true, true, false, false, true, true],
    );
    const left = writes.filter((_, at) => !results[at]!.ok).map((write) => ({ ...write, ...again(write.key) }));
    assert.deepEqual((await records.writeTickets(left)).map(outcome), ['ok', 'ok']);
    for (const id of ids) assert.deepEqual(await comments(id), ['Job']);
  });

  it('B5 a ticket that changed while its job was prepared is the only conflict', async () => {
    const ids = await tickets(5);
    const records = recordsOf(standIn);
    const writes = await Promise.all(
      ids.map(async (ticketId) => ({
        ...first(`k${ticketId}`),
        ticketId,
        ifStamp: await stampOf(records, ticketId),
        comment: note('Job'),
      })),
    );
    await control.comment(901, 'From a person');
    assert.deepEqual((await records.writeTickets(writes)).map(outcome), ['ok', 'refused conflict', 'ok', 'ok', 'ok']);
  });

  for (const status of [429, 400, 403, 422] as const)
    it(`B5 too many jobs (${status}): nothing is applied, and every write is to be tried again later`, async () => {
      const ids = await tickets(5);
      const records = recordsOf(standIn);
      await control.failNext({ kind: 'too-many-jobs', status }, { path: 'update_many' });
      const writes = ids.map((ticketId) => ({ ...first(ticketId), ticketId, comment: note('Job') }));
      const results = await records.writeTickets(writes);
      assert.deepEqual(new Set(results.map(outcome)), new Set(['not-applied rate-limited']));
      assert.ok(results.every((result) => !result.ok && result.retryAfter! > 0));
      assert.deepEqual(await written(control), []);
    });

  it('B5 an earlier try is found among thousands of changes, and an unreadable history is not taken for an empty one', async () => {
    const [id] = await tickets(1);
    for (let at = 0; at < 2100; at++) await control.comment(900, `${at}`);
    await control.advance(5000);
    const records = recordsOf(standIn);
    const write: TicketWrite = { ...first('k'), ticketId: id!, comment: note('Once') };
    await control.failNext({ kind: 'cut-after' }, { method: 'PUT' });
    await records.writeTickets([write]);
    await control.failNext({ kind: 'html', status: 200 }, { path: 'audits' });
    const [unread] = await records.writeTickets([{ ...write, ...again('k') }]);
    assert.equal(unread?.ok, false);
    const [found] = await records.writeTickets([{ ...write, ...again('k') }]);
    assert.equal(outcome(found), 'ok');
    assert.deepEqual(
      (await comments(id!)).filter((body) => body === 'Once'),
      ['Once'],
    );
  });

  it('B2 a hundred writes within a browser’s budget cost one read and one job', async () => {
    const ids = await tickets(100);
    const records = recordsOf(standIn, { requestsPerMinute: 100 });
    const results = await records.writeTickets(
      ids.map((ticketId) => ({ ...first(`k${ticketId}`), ticketId, comment: note('Job') })),
    );
    assert.deepEqual(new Set(results.map(outcome)), new Set(['ok']));
    const sent = (await control.requests()).map(({ path }) => path.split('?')[0]!.replace(/V3-\d+/, 'ID'));
    assert.deepEqual(
      [...new Set(sent)].filter((path) => !path.includes('job_statuses')),
      ['/api/v2/tickets/show_many', '/api/v2/tickets/update_many.json'],
    );
    assert.equal(sent.filter((path) => path.includes('tickets')).length, 2);
  });

  it('B5 a clock that is set forward does not switch the guard off', async () => {
    const [id] = await tickets(1);
    const time = fastTime(speed);
    let forward = 0;
    const records = recordsOf(standIn, {
      clock: { now: () => time.clock.now() + forward },
      timers: time.timers,
      steady: time.clock,
    });
    await records.getTicket(id!);
    forward = 4000;
    await control.comment(900, 'Just now');
    const { stamp } = (await records.getTicket(id!))!;
    await records.writeTickets([{ ...first('k'), ticketId: id!, ifStamp: stamp, comment: note('Ours') }]);
    const [entry] = await written(control);
    assert.ok(entry!.at - Date.parse(stamp) >= 2000, `${entry!.at - Date.parse(stamp)} ms past the stamp`);
  });

  const recording = {
    startedAt: '2026-11-22T10:00:00Z',
    durationSeconds: 61,
    part: 1,
    parts: 1,
    from: '+18005550100',
    to: '+14155550173',
  };
  const url = 'https://recordings.example/1.mp3';

  it('R11 the recording’s address is on the ticket once, in an internal comment', async () => {
    const ids = await tickets(4);
    const records = recordsOf(standIn);
    const bodies = ['', 'Call recording', `Call recording\nLink: ${url}`, `Call recording\nLink: ${url}?part=2`];
    const results = await records.writeTickets(
      bodies.map((body, at) => ({
        ...first(`k${at}`),
        ticketId: ids[at]!,
        comment: { ...note(body), recording: { ...recording, url } },
      })),
    );
    assert.deepEqual(new Set(results.map(outcome)), new Set(['ok']));
    assert.deepEqual((await Promise.all(ids.map(comments))).flat(), [
      `Recording: ${url}`,
      `Call recording\nRecording: ${url}`,
      `Call recording\nLink: ${url}`,
      `Call recording\nLink: ${url}?part=2\nRecording: ${url}`,
    ]);
    // A voice comment cannot be internal.
    assert.ok((await written(control)).every(({ comment }) => comment?.public === false));
  });

  it('R11 a file that cannot be uploaded is described: name, size, length, and whose panel has it', async () => {
    const ids = await tickets(3);
    const records = recordsOf(standIn);
    const sound = new Blob([new Uint8Array(1_240_000)], { type: 'audio/webm' });
    const scan = { name: 'scan.pdf', type: 'application/pdf' };
    const kept = 'kept by the call panel of agent 102, not in Zendesk';
    const wanted: [body: object, words: string][] = [
      [
        { recording: { ...recording, file: sound } },
        `Recording (audio/webm, 2026-11-22 10:00:00 UTC, 01:01, 1.2 MB): ${kept}`,
      ],
      [
        { recording: { ...recording, part: 2, parts: 3, file: new File([sound], 'call-7.webm') } },
        `Recording (call-7.webm, part 2 of 3, 2026-11-22 10:00:00 UTC, 01:01, 1.2 MB): ${kept}`,
      ],
      [
        {
          attachments: [
            { ...scan, file: new Blob([new Uint8Array(3400)]) },
            { ...scan, name: 'bill.pdf' },
            { ...scan, url: 'https://files.example/3.pdf' },
          ],
        },
        `scan.pdf (3.4 kB): ${kept}\nbill.pdf: kept by the phone platform, not in Zendesk\nscan.pdf: https://files.example/3.pdf`,
      ],
    ];
    await records.writeTickets(
      wanted.map(([more], at) => ({
        ...first(`k${at}`),
        ticketId: ids[at]!,
        comment: { ...note('A file'), authorId: '102', ...more },
      })),
    );
    assert.deepEqual(
      (await Promise.all(ids.map(comments))).flat(),
      wanted.map(([, words]) => `A file\n${words}`),
    );
  });

  it('R11 a file is described even if neither its panel’s owner nor its name is known', async () => {
    const [id] = await tickets(1);
    const file = new Blob(['x']);
    const comment = { ...note('Call recording'), recording: { ...recording, file } };
    const write = { ...first('k'), ticketId: id!, comment };
    await recordsOf(standIn).writeTickets([write]);
    assert.deepEqual(await comments(id!), [
      'Call recording\nRecording (2026-11-22 10:00:00 UTC, 01:01, 1 bytes): kept by the call panel of the agent, not in Zendesk',
    ]);
  });

  it('B5 while signed out, every write is reported as failed, and none is lost or half applied', async () => {
    const ids = await tickets(2);
    const records = recordsOf(standIn);
    await control.signOut();
    const results = await records.writeTickets(
      ids.map((ticketId) => ({ ...first(ticketId), ticketId, comment: note('Later') })),
    );
    assert.deepEqual(results.map(outcome), ['not-applied unauthorized', 'not-applied unauthorized']);
    await control.signIn();
    const done = await records.writeTickets(
      ids.map((ticketId) => ({ ...again(ticketId), ticketId, comment: note('Later') })),
    );
    assert.deepEqual(done.map(outcome), ['ok', 'ok']);
  });

  for (const [how, many] of [
    ['alone', 1],
    ['in a job', 5],
  ] as const)
    for (const isRead of [false, true])
      it(`B5 a ticket that the agent may not see gives forbidden, ${how}, ${isRead ? 'read first' : 'with its stamp'}`, async () => {
        const ids = await tickets(many);
        const stamps = await Promise.all(ids.map((id) => stampOf(recordsOf(standIn), id)));
        const hidden = await control.addTicket({ requesterId: 2001, subject: 'Hidden', groupId: 503, hidden: true });
        const stamp = String((await control.ticket(hidden)).updated_at);
        await control.advance(5000);
        // Ben is not in the group of the hidden one.
        const results = await recordsOf(standIn, { user: 102 }).writeTickets(
          [...ids, String(hidden)].map((ticketId, at) => ({
            ...first(`k${at}`),
            ticketId,
            ...(!isRead && { ifStamp: stamps[at] ?? stamp }),
            comment: note('Ours'),
          })),
        );
        assert.deepEqual(results.map(outcome), [...ids.map(() => 'ok'), 'refused forbidden']);
      });

  it('B5 in every wording of a job’s errors, a missing permission and a missing sign-in are recognised', async () => {
    const ids = await tickets(5);
    const errors = ['Forbidden', 'PermissionDenied', 'AccessDenied', 'Unauthorized', 'TicketUpdateFailed'];
    const results = ids.map((id, at) => ({ id: Number(id), success: false, status: 'Failed', error: errors[at] }));
    const refusing = (wire: ZendeskTransport): ZendeskTransport => ({
      origin: wire.origin,
      send: async (request) =>
        request.path.includes('update_many')
          ? { status: 200, headers: {}, body: { job_status: { id: 'V3-1', status: 'completed', results } } }
          : wire.send(request),
    });
    const writes = ids.map((ticketId) => ({ ...first(ticketId), ticketId, comment: note('Job') }));
    assert.deepEqual((await recordsOf(standIn, { wrap: refusing }).writeTickets(writes)).map(outcome), [
      ...['refused forbidden', 'refused forbidden', 'refused forbidden'],
      'not-applied unauthorized',
      'unknown unavailable',
    ]);
  });

  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
  ] as const)
    it(`B5 every kind of request that is answered with ${status} fails with ${code}, and nothing was applied`, async () => {
      const ids = await tickets(5);
      const records = recordsOf(standIn);
      const comment = note('call_started');
      const origin = { sessionId: 's1', channel: 'ivr-call' as const };
      const field = { on: 'ticket', key: 'k', title: 'Field', type: 'text' } as const;
      const asks: Record<string, () => Promise<unknown>> = {
        findContacts: () => records.findContacts({ phone: '+14155550173' }),
        getContact: () => records.getContact('2001'),
        createContact: () => records.createContact({ name: 'Somebody' }, first('c')),
        findTickets: () => records.findTickets({ contactId: '2001' }),
        getTicket: () => records.getTicket('900'),
        createTicket: () => records.createTicket({ contactId: '2001', subject: 'S', comment, origin }, first('t')),
        lookAgain: () => records.createTicket({ contactId: '2001', subject: 'S', comment, origin }, again('t')),
        listFields: () => records.listFields(),
        createFields: () => records.createFields([field]),
        findAgents: () => records.findAgents({}),
        listTeams: () => records.listTeams(),
      };
      await control.failNext({ kind: 'status', status }, {}, 1000);
      for (const [name, ask] of Object.entries(asks)) {
        const error = await ask().then(
          () => assert.fail(`${name} was to fail`),
          (one: unknown) => one as CrmError,
        );
        assert.deepEqual([name, error.code, error.outcome], [name, code, 'not-applied']);
      }
      const expected = `${status === 401 ? 'not-applied' : 'refused'} ${code}`;
      const stamped = ids.map((ticketId) => ({
        ...first(ticketId),
        ticketId,
        comment,
        ifStamp: '2026-01-01T00:00:00Z',
      }));
      for (const writes of [stamped.slice(0, 1), stamped, stamped.map(({ ifStamp: _, ...write }) => write)])
        assert.deepEqual(new Set((await records.writeTickets(writes)).map(outcome)), new Set([expected]));
      assert.deepEqual(await written(control), []);
    });
});
