import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmError } from '../../src/crm/crm-error.js';
import type { TicketWrite } from '../../src/crm/crm-host.js';
import { isLive } from '../../src/domain/ticket.js';
import { manyContacts, manyTickets, MemoryHost, type MemoryOptions, sampleData } from '../../src/memory/index.js';
import { SimulatedTime } from '../../src/testing/index.js';

const start = (options: MemoryOptions = {}) => {
  const time = new SimulatedTime();
  return { time, host: new MemoryHost({ clock: time, timers: time, ...options }) };
};
const ids = (page: { items: readonly { id: string }[] }) => page.items.map(({ id }) => id);
const first = (key: string) => ({ key, attempt: 'first' as const });
const note = (body: string) => ({ body, public: false as const });

describe('sampleData', () => {
  const { contacts, tickets, comments, agents, teams, fields } = sampleData(Date.parse('2026-03-02T09:00:00Z'));

  it('is a small company with tickets in every status', () => {
    assert.deepEqual([contacts.length, tickets.length], [24, 40]);
    const statuses = new Set(tickets.map(({ status }) => status));
    assert.deepEqual([...statuses].sort(), ['closed', 'hold', 'new', 'open', 'pending', 'solved']);
    assert.deepEqual(
      teams.map(({ name }) => name),
      ['Support', 'Sales'],
    );
    assert.ok(comments.some((one) => !one.public) && comments.some((one) => one.public));
  });

  it('refers only to existing records', () => {
    const known = new Set([...contacts, ...agents].map(({ id }) => id));
    for (const { contactId, assigneeId } of tickets)
      assert.ok(known.has(contactId) && (!assigneeId || known.has(assigneeId)));
    for (const { authorId = '' } of comments) assert.ok(known.has(authorId));
    const fieldIds = new Set(fields.map(({ id }) => id));
    for (const ticket of tickets) for (const id of Object.keys(ticket.fields ?? {})) assert.ok(fieldIds.has(id));
    assert.equal(new Set([...contacts, ...tickets].map(({ id }) => id)).size, 64);
    for (const { createdAt = '', updatedAt = '' } of tickets) assert.ok(createdAt <= updatedAt);
  });

  it('has contacts without, with one and with several live tickets, and one without a number', () => {
    const live = (id: string) =>
      tickets.filter(({ contactId, status = 'open' }) => contactId === id && isLive({ status })).length;
    const counts = new Set(contacts.map(({ id }) => Math.min(2, live(id))));
    assert.deepEqual([...counts].sort(), [0, 1, 2]);
    assert.equal(contacts.filter(({ phoneNumbers }) => !phoneNumbers?.length).length, 1);
  });

  it('F5 finds the sample contacts by the numbers that agents dial', async () => {
    const { host } = start();
    const found = async (phone: string) => (await host.findContacts({ phone })).items.map(({ name }) => name);
    assert.deepEqual(await found('415 555 2671'), ['Mia Chen']);
    assert.deepEqual(await found('+442079460958'), ['Oliver Whitcombe']);
    assert.deepEqual(await found('+442079460744'), ['Kwame Owusu-Ansah']);
    assert.deepEqual(await found('+4930 23125871').then((names) => names.length), 1);
    assert.deepEqual(await found('+14155550132'), ['Ruth Hollis-Abernathy', 'Marcus Hollis', 'Dana Hollis']);
    assert.deepEqual(await found('+33 1 99 00 45 67'), ['Chloé Lefèvre', 'Éric Lefèvre']);
    assert.deepEqual(await found('+14155550139'), []);
  });
});

describe('MemoryHost finds', () => {
  it('F5 contacts by name, e-mail address, digits and id, ignoring case and accents', async () => {
    const { host } = start();
    const found = async (text: string) => (await host.findContacts({ text })).items[0]?.name;
    assert.equal(await found('siobhan ni'), 'Siobhán Ní Bhriain');
    assert.equal(await found('ZOLKIEWSKI'), 'Łukasz Żółkiewski');
    assert.equal(await found('grossmann'), 'Jürgen Großmann');
    assert.equal(await found('王秀'), '王秀英');
    assert.equal(await found('الفارسي'), 'محمد الفارسي');
    assert.equal(await found('priya.v@'), 'Priyadarshini Venkataramanan');
    assert.equal(await found('(702) 555-01'), 'Hotel Kestrel (front desk)');
    assert.equal(await found('2014'), 'Tom Baker');
    assert.equal(await found('no such person'), undefined);
  });

  it('Q3 records by number and by text among 10,000', async () => {
    const { host } = start({ data: { contacts: manyContacts(10_000), tickets: manyTickets(10_000, ['100000']) } });
    await host.findContacts({ phone: '+12015550100' });
    assert.equal((await host.findContacts({ phone: '+12125550107' })).items.length, 5);
    assert.equal((await host.findContacts({ text: 'ada khan' }, { limit: 20 })).items.length, 20);
    assert.equal((await host.findTickets({ contactId: '100000', live: true })).items.length, 50);
  });

  it('Q3 pages that neither skip nor repeat contacts when the list changes in between', async () => {
    const { host, time } = start({ data: { contacts: manyContacts(9, { now: Date.parse('2026-03-01T00:00:00Z') }) } });
    const one = await host.findContacts({}, { limit: 4 });
    await time.advance(1000);
    await host.createContact({ name: 'Newcomer' }, first('k'));
    const two = await host.findContacts({}, { limit: 4, page: one.next! });
    const three = await host.findContacts({}, { limit: 4, page: two.next! });
    assert.deepEqual(
      [...ids(one), ...ids(two), ...ids(three)],
      manyContacts(9).map(({ id }) => id),
    );
    assert.equal(three.next, undefined);
    await assert.rejects(host.findContacts({}, { page: 'nonsense' }), { name: 'CrmError', code: 'invalid' });
    await assert.rejects(host.findContacts({}, { limit: 0 }), { name: 'CrmError', code: 'invalid' });
  });

  it('T1 tickets by an id or a subject that a user types', async () => {
    const { host } = start();
    assert.deepEqual(ids(await host.findTickets({ text: '#4711' })), ['4711']);
    assert.ok(ids(await host.findTickets({ text: 'akku lädt' })).includes('4701'));
    assert.deepEqual(ids(await host.findTickets({ contactId: '2001', live: true })), ['4711', '4710', '4709']);
  });
});

describe('MemoryHost writes', () => {
  it('makes one entry in the audit log for a key, however often it is sent', async () => {
    const { host } = start();
    for (const attempt of ['first', 'maybe-applied', 'first'] as const)
      await host.writeTickets([{ key: 'k', attempt, ticketId: '4711', comment: note('once') }]);
    assert.deepEqual(
      host.auditLog.map(({ what, key, comment }) => [what, key, comment?.body]),
      [['ticket.updated', 'k', 'once']],
    );
  });

  it('R23 a new ticket is open after an assignment', async () => {
    const { host } = start();
    await host.writeTickets([{ ...first('k'), ticketId: '4702', assigneeId: '102' }]);
    assert.deepEqual([host.ticket('4702').status, host.ticket('4702').assigneeId], ['open', '102']);
  });

  it('R16 refuses values that do not fit the field, and unknown users', async () => {
    const { host } = start();
    const write = async (change: Partial<TicketWrite>) => {
      const [result] = await host.writeTickets([{ ...first(JSON.stringify(change)), ticketId: '4711', ...change }]);
      return result?.ok || result?.reason;
    };
    assert.equal(await write({ fields: { '302': 'twelve' } }), 'invalid');
    assert.equal(await write({ fields: { '302': 1.5 } }), 'invalid');
    assert.equal(await write({ fields: { '303': 'yes' } }), 'invalid');
    assert.equal(await write({ fields: { '304': '2026-02-31' } }), 'invalid');
    assert.equal(await write({ fields: { '999': 'x' } }), 'invalid');
    assert.equal(await write({ assigneeId: 'nobody' }), 'invalid');
    assert.equal(await write({ comment: { ...note('x'), authorId: 'nobody' } }), 'invalid');
    assert.equal(await write({ fields: { '302': 2024, '303': true, '304': '2026-02-28', '301': null } }), true);
    assert.equal(host.auditLog.filter(({ what }) => what === 'write.refused').length, 7);
  });

  it('R2 R12 merging contacts moves their numbers, tickets and applied keys', async () => {
    const { host } = start();
    const made = await host.createContact({ name: 'Ruth H.', phoneNumber: '+16285550118' }, first('k-ruth'));
    const theirs = host.tickets().filter(({ contactId }) => contactId === '2004').length;
    const { updatedAt } = host.ticket('4708');
    host.mergeContacts(made.id, '2004');
    assert.deepEqual(ids(await host.findContacts({ phone: '+16285550118' })), ['2004']);
    assert.equal(await host.getContact(made.id), undefined);
    assert.equal((await host.createContact({ name: 'Ruth H.' }, first('k-ruth'))).id, '2004');
    host.mergeContacts('2004', '2003');
    assert.equal(host.ticket('4708').contactId, '2003');
    assert.equal(host.ticket('4708').updatedAt, updatedAt);
    assert.equal(ids(await host.findTickets({ contactId: '2003' })).length, theirs + 1);
    assert.deepEqual(ids(await host.findTickets({ contactId: '2004' })), []);
    assert.equal(host.contact('2003').email, 'marcus@hollis-cycles.example');
    assert.throws(() => host.mergeContacts('2003', '2003'), { code: 'invalid' });
    assert.equal(host.auditLog.filter(({ what }) => what === 'contact.merged').length, 2);
  });

  it('a contact whose tickets are all closed can be deleted, and its key creates it again', async () => {
    const { host } = start();
    assert.throws(() => host.deleteContact('2001'), { code: 'invalid' });
    const { id } = await host.createContact({ name: 'Once', phoneNumber: '+16285550119' }, first('k-once'));
    host.deleteContact(id);
    assert.deepEqual(ids(await host.findContacts({ phone: '+16285550119' })), []);
    assert.ok(!host.contacts().some((contact) => contact.id === id));
    assert.throws(() => host.deleteContact(id), { code: 'not-found' });
    const again = await host.createContact({ name: 'Once', phoneNumber: '+16285550119' }, first('k-once'));
    assert.deepEqual(ids(await host.findContacts({ phone: '+16285550119' })), [again.id]);
  });

  it('R12 a key that was applied before a merge stays applied', async () => {
    const { host } = start();
    const write = { ...first('k'), ticketId: '4711', comment: note('x') };
    await host.writeTickets([write]);
    host.merge('4711', '4710');
    const [again, other] = await host.writeTickets([write, { ...write, key: 'l' }]);
    assert.equal(again?.ok, true);
    assert.deepEqual(other?.ok === false && [other.reason, other.mergedInto], ['merged', '4710']);
  });

  it('R11 refuses a file over the limit', async () => {
    const { host } = start({ uploadLimitBytes: 10 });
    const recording = { file: new Blob(['x'.repeat(11)]), startedAt: '', durationSeconds: 1, part: 1, parts: 1 };
    const [result] = await host.writeTickets([
      { ...first('k'), ticketId: '4711', comment: { ...note(''), recording } },
    ]);
    assert.equal(result?.ok === false && result.reason, 'invalid');
  });

  it('every change has a unique stamp, also within a millisecond', async () => {
    const { host } = start();
    const stamps = new Set<string>();
    for (let change = 0; change < 10; change++) {
      host.addComment('4711', { body: `${change}` });
      stamps.add((await host.getTicket('4711'))!.stamp);
    }
    assert.equal(stamps.size, 10);
  });
});

describe('MemoryHost as a shell', () => {
  it('S16 saves settings for administrators only, and notifies listeners', async () => {
    const { host } = start({ settings: { calls: { maxChats: 2 } } });
    const received: unknown[] = [];
    host.onSettingsChange((settings) => received.push(settings.calls?.maxChats));
    const settings = (await host.getSettings()) as never;
    await host.saveSettings({ ...(settings as object), calls: { maxChats: 5 } } as never);
    assert.deepEqual([received, (await host.getSettings()).calls?.maxChats], [[5], 5]);
    const { host: other } = start({ agent: { id: '102', name: 'Noémie', teams: [] } });
    await assert.rejects(other.saveSettings(settings), { name: 'CrmError', code: 'forbidden' });
    await assert.rejects(other.createFields([]), { name: 'CrmError', code: 'forbidden' });
  });

  it('R23 a screen pop opens the record for the user, and is in the audit log', async () => {
    const { host } = start();
    const contexts: unknown[] = [];
    const stop = host.onContext((context) => contexts.push(context));
    await host.openTicket('4711');
    await host.openContact('2005');
    stop();
    host.open({});
    assert.deepEqual(contexts, [{ ticketId: '4711', contactId: '2001' }, { contactId: '2005' }]);
    assert.deepEqual(
      host.auditLog.map(({ what }) => what),
      ['ticket.opened', 'contact.opened'],
    );
    await assert.rejects(host.openTicket('1'), { name: 'CrmError', code: 'not-found' });
  });

  it('notifies listeners of every change', () => {
    const { host } = start();
    let changes = 0;
    const stop = host.subscribe(() => changes++);
    host.addComment('4711', { body: 'x', public: true }, '2001');
    host.setStatus('4711', 'solved');
    host.assign('4702', '103');
    host.setFields('4710', { '301': '+1 415 555 0100' });
    host.editContact('2014', { phoneNumbers: ['+1 415 555 0199'] });
    host.merge('4709', '4710');
    assert.equal(changes, 6);
    stop();
    host.open({ ticketId: '4711' });
    assert.equal(changes, 6);
    assert.equal(host.comments('4711').at(-1)?.public, true);
    assert.throws(() => host.setStatus('4709', 'open'), { code: 'invalid' });
  });

  it('B5 after signOut every request is unauthorized until signIn', async () => {
    const { host } = start();
    host.signOut();
    await assert.rejects(host.getAgent(), { name: 'CrmError', code: 'unauthorized' });
    await host.signIn();
    assert.equal((await host.getAgent()).id, '101');
  });
});

describe('MemoryHost in trouble', () => {
  it('B5 the message of a refusal names no operation, so that a user can read it', async () => {
    const host = new MemoryHost({ data: sampleData() });
    host.failNext('getTicket', 'invalid');
    await assert.rejects(host.getTicket('4711'), { code: 'invalid', message: 'A value isn’t valid.' });
  });

  it('waits for the latency with the injected timers, and an abort ends the wait', async () => {
    const { host, time } = start({ latency: 400 });
    let answered = false;
    void host.getContact('2001').then(() => (answered = true));
    await time.advance(399);
    assert.equal(answered, false);
    await time.advance(1);
    assert.equal(answered, true);
    const given = new AbortController();
    const lookUp = host.findTickets({}, { signal: given.signal });
    given.abort(new Error('given up'));
    await assert.rejects(lookUp, { message: 'given up' });
    assert.equal(time.pending, 0);
  });

  it('B5 fails for one operation, for all, for the next calls, or with nonsense', async () => {
    const { host } = start();
    host.trouble = { fail: { getTicket: 'rate-limited' }, retryAfter: 7 };
    await assert.rejects(host.getTicket('4711'), { code: 'rate-limited', retryAfter: 7, outcome: 'not-applied' });
    assert.ok(await host.getContact('2001'));
    host.trouble = { fail: { '*': 'unavailable' } };
    await assert.rejects(host.createContact({ name: 'x' }, first('k')), { code: 'unavailable', outcome: 'unknown' });
    host.trouble = { fail: { getContact: 'nonsense' } };
    assert.equal(typeof (await host.getContact('2001')), 'string');
    host.trouble = {};
    host.failNext('getContact', 'forbidden', 2);
    await assert.rejects(host.getContact('2001'), { code: 'forbidden' });
    await assert.rejects(host.getContact('2001'), { code: 'forbidden' });
    assert.ok(await host.getContact('2001'));
  });

  it('B5 a write whose answer is lost takes effect', async () => {
    const { host } = start();
    host.trouble = { loseAnswers: true };
    const lost = host.writeTickets([{ ...first('k'), ticketId: '4711', comment: note('there') }]);
    await assert.rejects(lost, (error: CrmError) => error.code === 'timeout' && error.outcome === 'unknown');
    assert.equal(host.comments('4711').at(-1)?.body, 'there');
    assert.ok(await host.getTicket('4711'), 'reads are not concerned');
  });

  it('B5 a write that timed out can be applied late, unless the stamp has changed', async () => {
    const { host, time } = start();
    const { stamp } = (await host.getTicket('4711'))!;
    host.failNext('writeTickets', 'late', 2);
    const write = { ...first('k'), ticketId: '4711', comment: note('late') };
    await assert.rejects(host.writeTickets([write]), { code: 'timeout', outcome: 'unknown' });
    await assert.rejects(host.writeTickets([{ ...write, key: 'l', ifStamp: stamp }]), { code: 'timeout' });
    assert.equal(host.auditLog.length, 0);
    await time.advance(5000);
    assert.deepEqual(
      host.auditLog.map(({ what, key }) => [what, key]),
      [
        ['ticket.updated', 'k'],
        ['write.refused', 'l'],
      ],
    );
  });

  it('B5 at a rate below 1 some writes of a batch fail, the same ones for the same seed', async () => {
    const run = async () => {
      const { host } = start({ seed: 7 });
      host.trouble = { fail: { writeTickets: 'offline' }, rate: 0.5 };
      const writes = Array.from({ length: 40 }, (_, n) => ({
        ...first(`${n}`),
        ticketId: '4711',
        comment: note(`${n}`),
      }));
      const results = await host.writeTickets(writes);
      const applied = results.filter(({ ok }) => ok).length;
      assert.equal(host.auditLog.length, applied);
      assert.ok(
        results.every((result) => result.ok || (result.outcome === 'not-applied' && result.reason === 'offline')),
      );
      return results.map(({ ok }) => ok);
    };
    const one = await run();
    assert.deepEqual(await run(), one);
    assert.ok(one.includes(true) && one.includes(false));
  });

  it('finds a new contact only after `indexLagMs`', async () => {
    const { host, time } = start();
    host.trouble = { indexLagMs: 3000 };
    const { id } = await host.createContact({ name: 'Newcomer', email: 'new@here.example' }, first('k'));
    assert.deepEqual(ids(await host.findContacts({ email: 'new@here.example' })), []);
    assert.equal((await host.getContact(id))?.id, id);
    await time.advance(3000);
    assert.deepEqual(ids(await host.findContacts({ email: 'new@here.example' })), [id]);
  });
});
