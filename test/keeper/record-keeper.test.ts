import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { seededRandom } from '../../src/environment/seeded-random.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import { MemoryHost } from '../../src/memory/index.js';
import { Deposed } from '../../src/outbox/outbox-store.js';
import { ANA, BEN, crmData, MIA, MIAS, SHARED } from '../support/crm-data.js';
import { FakePlatform, KeeperDesk, SpyJournal } from '../support/keeper-desk.js';
import { howMany } from '../support/counts.js';

const orders = { id: 'orders', path: ['Shop', 'Orders'] };
const call = (id: string, more: Partial<Session> = {}): Session => ({
  id,
  channel: 'ivr-call',
  direction: 'inbound',
  customerNumber: MIAS,
  platformNumber: '+18005550100',
  queue: orders,
  ...more,
});
const chat = (id: string, more: Partial<Session> = {}): Session => ({
  id,
  channel: 'web-chat',
  direction: 'inbound',
  queue: orders,
  customer: { phone: MIAS, authenticated: true },
  ...more,
});
const ended = {
  type: 'session.ended' as const,
  endedBy: 'customer' as const,
  durations: { total: 60, talk: 50, hold: 0, wait: 10 },
};
const closed = { type: 'session.closed' as const };

/** The session ends, and the platform closes it, which is when the end card is due (R31). */
async function over(desk: KeeperDesk, session: Pick<Session, 'id'>): Promise<void> {
  await desk.hear(session, ended);
  await desk.hear(session, closed);
}

const voicemail = (session: Session) => ({
  type: 'voicemail.received' as const,
  session,
  recording: {
    url: 'https://r.example/v',
    startedAt: '2026-03-02T09:00:00.000Z',
    durationSeconds: 9,
    part: 1,
    parts: 1,
  },
});

describe('RecordKeeper: which ticket', () => {
  it('R8 R21 R23 joins the live ticket of the same queue and channel, and shows it', async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(call('a'));
    await over(desk, call('a'));
    assert.deepEqual(desk.written('2'), ['call_started', 'call_finished']);
    assert.equal(desk.host.ticket('2').status, 'hold', 'its status stays');
    assert.equal(desk.host.ticket('2').assigneeId, '101');
    assert.equal(desk.host.context.ticketId, '2');
    assert.deepEqual(desk.keeper.recordOf('a'), { contactId: MIA, ticketId: '2' });
  });

  it('R8 R26 S1 creates a new ticket if none may be joined', async () => {
    const rows: [SettingsInput, Partial<Session>][] = [
      [{ tickets: { append: false } }, {}],
      [{}, { queue: { id: 'billing', path: ['Billing'] } }],
      [{}, { channel: 'mobile-call', customer: { phone: MIAS, authenticated: true } }],
    ];
    for (const [settings, more] of rows) {
      const desk = await KeeperDesk.start({ settings });
      await desk.assigned(call('a', more));
      assert.deepEqual(desk.written('2'), []);
      assert.deepEqual(
        desk.madeBy('a').map(({ contactId, assigneeId }) => ({ contactId, assigneeId })),
        [{ contactId: MIA, assigneeId: '101' }],
      );
    }
  });

  it("R5 R6 R7 creates a ticket for a voicemail, which the customer's next call joins unless S1 is on", async () => {
    for (const append of [true, false]) {
      const desk = await KeeperDesk.start({ settings: { tickets: { append, defaultUserId: '102' } } });
      const left = call('v', { channel: 'web-call', customer: { phone: MIAS, authenticated: true } });
      await desk.hear(left, voicemail(left));
      const [ticket, ...more] = desk.madeBy('v');
      assert.deepEqual(more, []);
      assert.equal(ticket!.assigneeId, '102');
      assert.deepEqual(desk.written(ticket!.id), ['voicemail_received']);
      const [card] = desk.host.comments(ticket!.id);
      assert.equal(card!.recording?.url, 'https://r.example/v');
      assert.match(card!.body, /^▶ Recording, 9 s: https:\/\/r\.example\/v$/m);
      await desk.wait(1000);
      await desk.assigned(call('b'));
      assert.equal(desk.madeBy('b').length, append ? 0 : 1);
      assert.equal(desk.written(ticket!.id).includes('call_started'), append);
    }
  });

  it('R4 S7 creates a ticket for an abandoned call only if S7 is on', async () => {
    for (const forAbandonedCalls of [true, false]) {
      const desk = await KeeperDesk.start({ settings: { tickets: { forAbandonedCalls } } });
      await desk.hear(call('a'), { type: 'session.abandoned', session: call('a') });
      await desk.hear(call('a'), { ...ended, failReason: 'eu_abandoned' });
      await desk.hear(call('a'), closed);
      await desk.wait(600_000);
      assert.equal(desk.madeBy('a').length, forAbandonedCalls ? 1 : 0);
      if (forAbandonedCalls) assert.deepEqual(desk.written(desk.madeBy('a')[0]!.id), ['call_abandoned']);
    }
  });

  it("R1 R20 finds a chat's contact by identifier, or creates one contact for two simultaneous sessions", async () => {
    const desk = await KeeperDesk.start({ settings: { tickets: { append: false } } });
    const customer = { identifier: 'new-1', name: 'Noor', authenticated: true };
    await Promise.all([desk.assigned(chat('a', { customer })), desk.assigned(chat('b', { customer }))]);
    const noor = desk.host.contacts().filter(({ identifier }) => identifier === 'new-1');
    assert.equal(noor.length, 1);
    assert.equal(desk.madeBy('a')[0]!.contactId, noor[0]!.id);
    assert.equal(desk.madeBy('b')[0]!.contactId, noor[0]!.id);
    assert.deepEqual(desk.keeper.recordOf('b')!.contactId, noor[0]!.id);
  });

  it('A7 R26 records several chats beside a call, each on its own ticket, even if some of them wait', async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(call('w', { customerNumber: SHARED }));
    await Promise.all([
      desk.assigned(call('a')),
      desk.assigned(chat('b')),
      desk.assigned(chat('c', { customer: { email: 'x@y.example', authenticated: true } })),
    ]);
    assert.deepEqual(desk.written('2'), ['call_started']);
    assert.equal(desk.madeBy('b').length, 1);
    assert.equal(desk.madeBy('c').length, 1);
    assert.equal(desk.madeBy('w').length, 0, 'it waits for the agent');
  });
});

describe('RecordKeeper: R2, A10, the agent chooses', () => {
  const shared = (id = 'a') => call(id, { customerNumber: SHARED });

  it('R2 A10 asks the agent, stores the events in order, and writes them for the chosen contact', async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(shared());
    await desk.hear(shared(), { type: 'custom-data.received', data: { plan: 'gold' } });
    await desk.hear(shared(), ended);
    const [asked] = desk.of('record.choice-needed');
    assert.deepEqual(
      asked!.choice.contacts.map(({ id }) => id),
      [ANA, BEN],
    );
    assert.equal(asked!.choice.asksTicket, false);
    assert.equal(desk.outbox.entries.length, 0);
    assert.equal(await desk.keeper.choose('a', { contact: { id: BEN } }), true);
    await desk.wait();
    const [ticket] = desk.madeBy('a');
    assert.equal(ticket!.contactId, BEN);
    assert.deepEqual(desk.written(ticket!.id), ['call_started', 'custom_data']);
    await desk.hear(shared(), closed);
    assert.deepEqual(desk.written(ticket!.id), ['call_started', 'custom_data', 'call_finished']);
    assert.equal(await desk.keeper.choose('a', { contact: { id: ANA } }), false, 'it cannot be changed afterwards');
  });

  it('R2 at the end, chooses the contact that was created last, and writes everything for it', async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(shared());
    await desk.hear(shared(), ended);
    await desk.hear(shared(), { type: 'session.closed' });
    const [ticket] = desk.madeBy('a');
    assert.equal(ticket!.contactId, ANA);
    assert.deepEqual(desk.written(ticket!.id), ['call_started', 'call_finished']);
    assert.ok(desk.of('record.associated').length > 0, 'the question is off the screen');
  });

  it('A10 S2 offers the tickets of the contact that the agent is viewing, and joins the chosen one', async () => {
    const desk = await KeeperDesk.start({ settings: { outbound: { promptForTicket: true } } });
    await desk.assigned(shared());
    const [asked] = desk.of('record.choice-needed');
    assert.equal(asked!.choice.asksTicket, true);
    const offered = await desk.keeper.offer('a', BEN);
    assert.deepEqual(
      offered!.options.map((option) => (typeof option === 'string' ? option : option.ticket.id)),
      ['5'],
    );
    await desk.keeper.choose('a', { contact: { id: BEN }, ticket: { id: '5' } });
    await desk.wait();
    assert.deepEqual(desk.written('5'), ['call_started']);
  });

  it('A10 stores the choice in the journal before it is shown, and resumes it after a reload', async () => {
    const log: string[] = [];
    const journal = new SpyJournal(log);
    const before = await KeeperDesk.start({ journal, log });
    await before.assigned(shared());
    await before.hear(shared(), ended);
    // The event before it is looked up, and then that it was asked.
    assert.deepEqual(log.slice(0, 3), ['saved a', 'saved a', 'told record.choice-needed']);
    before.keeper.stop();
    const after = await KeeperDesk.start({ journal, host: before.host, time: before.time });
    await after.wait();
    assert.equal(after.of('record.choice-needed').length, 1, 'it is asked again');
    after.keeper.resume(shared());
    await after.wait();
    log.length = 0;
    await after.keeper.choose('a', { contact: { id: BEN } });
    await after.wait();
    assert.equal(log[0], 'saved a');
    assert.deepEqual(after.written(after.madeBy('a')[0]!.id), ['call_started']);
    await after.hear(shared(), closed);
    assert.deepEqual(after.written(after.madeBy('a')[0]!.id), ['call_started', 'call_finished']);
    assert.deepEqual(journal.open, [], 'nothing is left of it');
  });

  it('R2 R13 leaves the choice to the agent who takes over the transferred call, and writes for their choice', async () => {
    const platform = new FakePlatform();
    const one = await KeeperDesk.start({ platform });
    const two = await KeeperDesk.start({ platform, host: one.host, time: one.time, agent: '102' });
    platform.set({ ...shared(), agentId: '101' });
    await one.assigned(shared());
    await one.hear(shared(), { type: 'custom-data.received', data: { plan: 'gold' } });
    const target = { kind: 'agent' as const, id: '102', label: 'Noémie' };
    await one.hear(shared(), { type: 'transfer.finished', target, mode: 'warm' });
    platform.set({ ...shared(), agentId: '102' });
    await two.assigned(shared(), '102');
    assert.equal(one.madeBy('a').length, 0);
    await two.keeper.choose('a', { contact: { id: BEN } });
    await two.wait(120_000);
    assert.deepEqual(
      one.madeBy('a').map(({ contactId, assigneeId }) => [contactId, assigneeId]),
      [[BEN, '102']],
    );
    const { id } = one.madeBy('a')[0]!;
    assert.deepEqual(one.written(id), ['call_started', 'custom_data', 'call_handed_over']);
    assert.deepEqual(
      [one, two].map(({ outbox }) => outbox.entries.length > 0),
      [true, true],
    );
    assert.equal(one.host.comments(id).at(-1)!.authorId, '101', 'the card is about the turn of the first agent');
    assert.equal(one.host.ticket(id).assigneeId, '102');
  });

  it('R2 R13 B5 Retry settles a choice that nobody made before the call ended, once, and opens no ticket', async () => {
    const platform = new FakePlatform();
    const desk = await KeeperDesk.start({ platform });
    platform.set({ ...shared(), agentId: '101' });
    await desk.assigned(shared());
    const target = { kind: 'agent' as const, id: '102', label: 'Noémie' };
    await desk.hear(shared(), { type: 'transfer.finished', target, mode: 'cold' });
    platform.set({ ...shared(), agentId: '102' });
    // By now the platform is asked once a minute only.
    await desk.wait(600_000);
    assert.equal(desk.madeBy('a').length, 0, 'the colleague may still choose');
    platform.set({ ...shared(), agentId: '102' }, 'ended');
    const retry = async () => {
      await desk.keeper.retry();
      await desk.wait();
    };
    await retry();
    await retry();
    assert.equal(desk.madeBy('a').length, 0, 'what the colleague has chosen may be on its way');
    await desk.wait(15_000);
    await retry();
    assert.deepEqual(
      desk.madeBy('a').map(({ contactId, assigneeId }) => [contactId, assigneeId]),
      [[ANA, '102']],
    );
    assert.equal(desk.host.context.ticketId, undefined, 'the call is a colleague’s');
    assert.deepEqual([desk.keeper.waiting, desk.held], [0, []]);
  });
});

describe('RecordKeeper: a ticket that a person discards', () => {
  const refuses = (desk: KeeperDesk) => (desk.host.trouble = { fail: { createTicket: 'invalid' } });
  const accepts = (desk: KeeperDesk) => (desk.host.trouble = {});

  /** A call whose ticket the CRM has refused, and which the agent has discarded. */
  async function discarded(platform = new FakePlatform(), journal = new SpyJournal()) {
    const desk = await KeeperDesk.start({ platform, journal });
    const session = call('a', { agentId: '101', customerNumber: '+16285550199' });
    platform.set(session);
    refuses(desk);
    await desk.assigned(session);
    const [refused] = desk.outbox.entries.filter(({ state }) => state === 'dead');
    await desk.outbox.discard(refused!.intent.key);
    await desk.wait();
    accepts(desk);
    return { desk, platform, journal, session };
  }

  it('B5 takes with it all further events of the call, after a reload too', async () => {
    const { desk, platform, journal, session } = await discarded();
    assert.deepEqual(desk.facts.at(-1)?.fact, { type: 'record.recovered' });
    assert.equal(desk.of('record.associated').at(-1)?.ticket, 'none');
    await desk.hear(session, { type: 'custom-data.received', data: { plan: 'gold' } });
    desk.keeper.stop();
    const after = await KeeperDesk.start({ platform, journal, host: desk.host, time: desk.time });
    after.keeper.resume((await platform.getSession('a'))!);
    await after.wait(120_000);
    assert.equal(after.of('record.associated').at(-1)?.ticket, 'none', 'the screen says so again');
    assert.deepEqual(await after.keeper.unfinished(), ['a'], 'its end is waited for');
    await after.hear(session, ended);
    await after.hear(session, { type: 'session.closed' });
    await after.hear(session, { type: 'rating.received', score: 5 });
    await after.wait(600_000);
    assert.deepEqual([...after.madeBy('a'), ...after.outbox.entries], []);
    assert.equal(after.keeper.waiting, 0);
    assert.deepEqual(journal.open, []);
    assert.equal((await platform.getSession('a'))!.record?.ticketId, 'none', 'nobody takes it up from the history');
  });

  it('B5 R13 events after a hand-over are written by the next agent', async () => {
    const { desk, platform, session } = await discarded();
    const target = { kind: 'agent' as const, id: '102', label: 'Noémie' };
    await desk.hear(session, { type: 'transfer.finished', target, mode: 'cold' });
    const two = await KeeperDesk.start({ platform, host: desk.host, time: desk.time, agent: '102' });
    const theirs = { ...session, agentId: '102' };
    platform.set(theirs);
    await two.assigned(theirs, '102');
    assert.deepEqual(
      two.madeBy('a').map(({ assigneeId }) => assigneeId),
      ['102'],
    );
  });

  it('B5 writes that were about to be accepted for it are discarded too', async () => {
    const desk = await KeeperDesk.start({ settings: { tickets: { customDataFields: { plan: 'plan' } } } });
    const session = call('a', { agentId: '101', customerNumber: '+16285550199' });
    refuses(desk);
    await desk.assigned(session);
    const [refused] = desk.outbox.entries.filter(({ state }) => state === 'dead');
    // The CRM takes its time to say which fields there are.
    let answer: (fields: []) => void = () => undefined;
    desk.host.listFields = () => new Promise((resolve) => (answer = resolve));
    const taken = desk.hear(session, { type: 'custom-data.received', data: { plan: 'gold' } });
    await desk.wait();
    await desk.outbox.discard(refused!.intent.key);
    answer([]);
    await taken;
    assert.deepEqual(
      desk.outbox.entries.filter(({ state }) => state !== 'settled'),
      [],
    );
  });
});

describe('RecordKeeper: a tab whose turn is over', () => {
  it('B5 A9 lets go, once it leads again, of sessions that ended meanwhile', async () => {
    const journal = new SpyJournal();
    const desk = await KeeperDesk.start({ journal });
    const session = call('a', { customerNumber: '+16285550199' });
    await desk.assigned(session);
    assert.ok(journal.kept.has('a'));
    const { save } = journal;
    journal.save = () => Promise.reject(new Deposed('Another tab leads.'));
    await desk.hear(session, ended);
    await desk.hear(session, { type: 'session.closed' });
    journal.save = save;
    await desk.keeper.keepAll();
    await desk.wait(60_000);
    assert.deepEqual(journal.open, [], 'it would be written again a month later');
  });

  it('A9 R8 writes nothing that it could not store in the journal, and continues once it leads again', async () => {
    const journal = new SpyJournal();
    const { save } = journal;
    journal.save = () => Promise.reject(new Deposed('Another tab leads.'));
    const desk = await KeeperDesk.start({ journal });
    await desk.assigned(call('a', { customerNumber: '+16285550199' }));
    assert.deepEqual(desk.outbox.entries, [], 'the next one may decide otherwise');
    journal.save = save;
    await desk.wait(5000);
    assert.equal(desk.madeBy('a').length, 1);
    assert.ok(journal.kept.has('a'));
  });
});

describe('RecordKeeper: two desktops on one CRM', () => {
  it('R13 R30 writes each event once, on the ticket that the platform knows', async () => {
    const platform = new FakePlatform();
    const one = await KeeperDesk.start({ platform });
    const two = await KeeperDesk.start({ platform, host: one.host, time: one.time, agent: '102' });
    const session = call('a', { queue: { id: 'billing', path: ['Billing'] } });
    platform.set({ ...session, agentId: '101' });
    const both = async (owner: string, body: Parameters<KeeperDesk['hear']>[1], id: string) => {
      for (const desk of [one, two]) await desk.hear(session, { ...body, id, owner } as typeof body);
    };
    await both('101', { type: 'session.assigned', session, agent: '101' }, 'x1');
    const target = { kind: 'queue' as const, id: 'returns', label: 'Returns' };
    await both('101', { type: 'transfer.finished', target, mode: 'cold' }, 'x2');
    const [made] = one.madeBy('a');
    assert.equal(made!.assigneeId, '101', 'nobody new yet');
    const {
      phase: _p,
      since: _s,
      muted: _m,
      held: _h,
      recordingPaused: _r,
      participants: _a,
      ...known
    } = (await platform.getSession('a'))!;
    await both('102', { type: 'session.assigned', session: known, agent: '102' }, 'x3');
    await both('102', ended, 'x4');
    await both('102', { type: 'session.closed' }, 'x5');
    assert.equal(one.madeBy('a').length, 1);
    assert.equal(one.host.ticket(made!.id).assigneeId, '102');
    const [links] = two.of('record.associated');
    assert.deepEqual([links!.contact?.id, (links!.ticket as { id: string }).id], [MIA, made!.id]);
    assert.deepEqual(one.written(made!.id), ['call_started', 'call_handed_over', 'call_finished']);
    assert.deepEqual(
      one.host.comments(made!.id).map(({ authorId }) => authorId),
      ['101', '101', '102'],
    );
    assert.equal(one.host.contacts().filter(({ phoneNumbers }) => phoneNumbers.includes(MIAS)).length, 1);
  });

  it("R30 only the owner's desktop writes a voicemail that all desktops receive", async () => {
    const one = await KeeperDesk.start();
    const two = await KeeperDesk.start({ host: one.host, time: one.time, agent: '102' });
    const left = call('v');
    for (const desk of [one, two]) await desk.hear(left, { ...voicemail(left), id: 'x', owner: '102' } as never);
    assert.equal(one.outbox.entries.length, 0);
    assert.deepEqual(
      one.madeBy('v').map(({ id }) => one.written(id)),
      [['voicemail_received']],
    );
  });

  it('R30 writes an event without an owner, and creates one ticket even if two desktops take it', async () => {
    const one = await KeeperDesk.start({ settings: { tickets: { append: false } } });
    const two = await KeeperDesk.start({ host: one.host, time: one.time, settings: { tickets: { append: false } } });
    for (const desk of [one, two]) await desk.assigned(call('a'));
    assert.equal(one.madeBy('a').length, 1);
    assert.deepEqual(one.written(one.madeBy('a')[0]!.id), ['call_started']);
  });
});

describe('RecordKeeper: late, twice, out of order', () => {
  it('R27 R26 writes the events from before the assignment in order, and nothing twice', async () => {
    const desk = await KeeperDesk.start({ settings: { tickets: { apiResponses: 'pairs' } } });
    const session = call('a');
    await desk.hear(session, { ...ended, id: 'x1' });
    await desk.hear(session, { type: 'session.closed', id: 'x2' });
    await desk.hear(session, { type: 'api.responded', name: 'Orders', data: { open: 2 }, id: 'x3' });
    await desk.hear(session, { type: 'session.assigned', session, agent: '101', id: 'x4' });
    for (const id of ['x4', 'x5']) await desk.hear(session, { type: 'session.assigned', session, agent: '101', id });
    await desk.hear(session, { ...ended, id: 'x1' });
    assert.deepEqual(desk.written('2'), ['call_started', 'call_finished', 'api_response']);
  });

  it('R23 opens no ticket for a call that is over before its ticket is created', async () => {
    const desk = await KeeperDesk.start();
    desk.host.signOut();
    await desk.assigned(call('a'));
    await desk.hear(call('a'), { ...ended, id: 'x1' });
    await desk.hear(call('a'), { type: 'session.closed', id: 'x2' });
    await desk.host.signIn();
    await desk.wait(120_000);
    assert.deepEqual(desk.written('2'), ['call_started', 'call_finished']);
    assert.deepEqual(
      desk.host.auditLog.filter(({ what }) => what === 'ticket.opened'),
      [],
    );
  });

  it('R27 an end that was found before the platform reported it is written once', async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(call('a'));
    await desk.hear(call('a'), { ...ended, endedBy: 'platform', id: 'missed:a:ended' });
    await desk.hear(call('a'), { ...ended, id: 'x1' });
    assert.deepEqual(desk.written('2'), ['call_started']);
    await desk.hear(call('a'), closed);
    assert.deepEqual(desk.written('2'), ['call_started', 'call_finished']);
    await desk.hear(call('a'), { ...ended, id: 'x2' });
    await desk.wait(600_000);
    assert.deepEqual(desk.written('2'), ['call_started', 'call_finished']);
    assert.match(desk.host.comments('2')[1]!.body, /· 50 s\nEnded by the platform\n/);
  });

  it('R17 R18 R11 R28 finds the ticket of a session from days ago through the platform', async () => {
    const desk = await KeeperDesk.start();
    desk.platform.set({ ...call('old'), agentId: '102', record: { contactId: MIA, ticketId: '1' } }, 'ended');
    await desk.hear(call('old'), { type: 'rating.received', score: 5 });
    await desk.hear(call('old'), { type: 'voicemail.read', agent: '101' });
    await desk.wait(2000);
    assert.deepEqual(desk.written('1'), ['rating_received', 'voicemail_read']);
    const [rating, read] = desk.host.comments('1');
    // R33: nobody wrote the rating, and S9 names no user.
    assert.match(rating!.body, /^Automatic: ★ Rated 5 of 5 by /);
    assert.match(read!.body, /^☎ Alex Morgan listened to the voicemail · /);
    assert.equal(read!.authorId, '101');
    assert.equal(desk.platform.asked, 1);
    assert.equal(desk.host.ticket('1').assigneeId, undefined);
  });

  it('R17 finds it through the CRM if the platform has forgotten it, and reports it if neither knows it', async () => {
    const desk = await KeeperDesk.start();
    await desk.hear({ id: 'earlier' }, { type: 'rating.received', score: 4 });
    await desk.hear({ id: 'never' }, { type: 'rating.received', score: 1 });
    await desk.assigned(call('a'));
    await desk.wait(120_000);
    assert.deepEqual(desk.written('2'), ['rating_received', 'call_started']);
    assert.deepEqual(
      desk.problems.map(({ code, sessionId }) => [code, sessionId]),
      [['unknown-session', 'never']],
    );
  });

  it('R17 X8 does not change the fields of a ticket that has a later session', async () => {
    for (const [last, csat] of [
      ['old', 5],
      ['younger', undefined],
    ] as const) {
      const desk = await KeeperDesk.start({
        settings: { tickets: { sessionFields: { csat_score: '302', session_id: '305' } } },
      });
      desk.host.setFields('1', { '305': last });
      desk.platform.set({ ...chat('old'), record: { ticketId: '1' } }, 'ended');
      await desk.hear(chat('old'), { type: 'rating.received', score: 5 });
      await desk.wait(1000);
      assert.deepEqual(desk.written('1'), ['rating_received']);
      assert.match(desk.host.comments('1')[0]!.body, /Rated 5 of 5/);
      assert.equal(desk.host.ticket('1').fields['302'], csat);
    }
  });

  it('R11 writes the parts of a late recording in order, and stops waiting for a part that never comes', async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(call('a'));
    await desk.hear(call('a'), ended);
    await desk.hear(call('a'), closed);
    const part = (number: number) => ({
      type: 'recording.ready' as const,
      recording: {
        url: `https://r.example/${number}`,
        startedAt: '2026-03-02T09:00:00.000Z',
        durationSeconds: 9,
        part: number,
        parts: 4,
      },
    });
    for (const number of [2, 1, 4]) await desk.hear(call('a'), part(number));
    const parts = () => desk.host.comments('2').flatMap(({ recording }) => (recording ? [recording.part] : []));
    assert.deepEqual(parts(), [1, 2]);
    await desk.wait(60_000);
    assert.deepEqual(parts(), [1, 2, 4]);
  });

  it("R11 R14 splits files at the CRM's limit, and writes everything else", async () => {
    const desk = await KeeperDesk.start({ host: new MemoryHost({ data: crmData, uploadLimitBytes: 50 }) });
    await desk.assigned(call('a'));
    const file = (size: number) => new Blob([new Uint8Array(size)]);
    const recording = { startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 9, part: 1, parts: 1 };
    await desk.hear(call('a'), { type: 'recording.ready', recording: { ...recording, file: file(120) } });
    const attachments = [{ name: 'scan.pdf', type: 'application/pdf', file: file(51) }];
    await desk.hear(call('a'), { type: 'smart-action.completed', kind: 'photo', results: {}, attachments });
    await over(desk, call('a'));
    const written = desk.host.comments('2');
    assert.deepEqual(
      written.flatMap(({ recording: one, attachments: files }) => [
        one?.file?.size,
        ...(files ?? []).map((each) => each.file?.size),
      ]),
      [undefined, 50, 50, 20, undefined, 50, 1, undefined],
    );
    assert.deepEqual(desk.problems, []);
    assert.equal(desk.written('2').at(-1), 'call_finished');
  });

  it('R27 a clock that is an hour fast or slow changes neither the writes nor their order', async () => {
    for (const off of [-3_600_000, 3_600_000]) {
      const desk = await KeeperDesk.start();
      const at = () => new Date(desk.time.now() + off).toISOString();
      await desk.hear(call('a'), { type: 'session.assigned', session: call('a'), agent: '101', at: at() });
      await desk.hear(call('a'), { type: 'custom-data.received', data: { order: '7' }, at: at() });
      await desk.hear(call('a'), { ...ended, at: at() });
      assert.deepEqual(desk.written('2'), ['call_started', 'custom_data']);
      await desk.hear(call('a'), { ...closed, at: at() });
      assert.deepEqual(desk.written('2'), ['call_started', 'custom_data', 'call_finished']);
      assert.deepEqual(desk.problems, []);
    }
  });

  it('R26 records a call whose assignment never came, once the platform names its agent', async () => {
    const desk = await KeeperDesk.start();
    desk.platform.set({ ...call('a'), agentId: '101' });
    await desk.hear(call('a'), {
      type: 'session.participant-joined',
      participant: { id: 'p', kind: 'outside', label: 'Kim', held: false },
    });
    await desk.wait(30_000);
    assert.deepEqual(desk.written('2'), ['call_started']);
    await over(desk, call('a'));
    assert.deepEqual(desk.written('2'), ['call_started', 'call_finished']);
    assert.match(desk.host.comments('2')[1]!.body, /^Kim joined at 09:00$/m);
  });

  it('R27 writes nothing and asks nobody for a call that was offered and missed', async () => {
    const desk = await KeeperDesk.start();
    await desk.hear(call('a'), { type: 'session.offered', session: call('a') });
    await desk.hear(call('a'), { type: 'session.missed' });
    await desk.hear(call('a'), ended);
    await desk.hear(call('a'), closed);
    await desk.wait(600_000);
    assert.deepEqual([desk.outbox.entries.length, desk.platform.asked, desk.problems.length], [0, 0, 0]);
  });

  it("R12 goes on with the ticket that the session's own was merged into", async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(call('a'));
    desk.host.merge('2', '1');
    await desk.hear(call('a'), { type: 'api.responded', name: 'x', data: {} });
    await over(desk, call('a'));
    await desk.hear(call('a'), { type: 'rating.received', score: 3 });
    assert.deepEqual(desk.keeper.recordOf('a'), { contactId: MIA, ticketId: '1' });
    assert.deepEqual(desk.written('1').slice(-2), ['call_finished', 'rating_received']);
    assert.match(desk.host.comments('1').at(-1)!.body, /Rated 3 of 5/);
  });
});

describe('RecordKeeper: events in any order', () => {
  it('R26 R27 R30 writes the same once, in whichever order and however often the events come', async () => {
    const part = (number: number) => ({
      startedAt: '2026-03-02T09:00:00.000Z',
      durationSeconds: 9,
      part: number,
      parts: 2,
    });
    const session = call('a');
    const events = [
      { type: 'session.offered', session },
      { type: 'session.assigned', session, agent: '101' },
      { type: 'custom-data.received', data: { plan: 'gold' } },
      ended,
      { type: 'recording.ready', recording: part(1) },
      { type: 'recording.ready', recording: part(2) },
      { type: 'session.closed' },
      { type: 'rating.received', score: 5 },
    ].map(
      (body, index) => ({ ...body, id: `x${index}`, at: '2026-03-02T09:00:00.000Z', sessionId: 'a' }) as SessionEvent,
    );
    for (let seed = 1; seed <= howMany({ all: 40, long: 500 }); seed++) {
      const random = seededRandom(seed);
      const desk = await KeeperDesk.start();
      const order = [...events, ...events.filter(() => random() < 0.3)]
        .map((event) => ({ event, place: random() }))
        .sort((a, b) => a.place - b.place);
      for (const { event } of order) {
        void desk.keeper.take(event);
        if (random() < 0.5) await desk.time.advance(random() * 500);
      }
      await desk.wait(200_000);
      const lines = desk.written('2');
      const expected = ['call_finished', 'custom_data', 'rating_received', 'recording_ready', 'recording_ready'];
      assert.deepEqual([lines[0], ...lines.slice(1).sort()], ['call_started', ...expected], `seed ${seed}`);
      const parts = desk.host.comments('2').flatMap(({ recording }) => (recording ? [recording.part] : []));
      assert.deepEqual(parts, [1, 2], `seed ${seed}`);
      // The desktop holds back a close that comes before its end. The keeper alone writes the card without the end.
      const first = (type: string) => order.findIndex(({ event }) => event.type === type);
      const [card] = desk.host.comments('2').filter(({ body }) => body.endsWith('call_finished · a'));
      if (first('session.ended') < first('session.closed')) assert.match(card!.body, / · 50 s\n/, `seed ${seed}`);
      assert.deepEqual(desk.problems, [], `seed ${seed}`);
      desk.keeper.stop();
    }
  });
});

describe('RecordKeeper: S4, sessions without a ticket', () => {
  it('S4 R25 stores nothing of them, not even in the journal, and does not ask the CRM', async () => {
    const journal = new SpyJournal();
    const desk = await KeeperDesk.start({ journal });
    const silent: Session = {
      ...call('o'),
      channel: 'outbound-call',
      direction: 'outbound',
      association: { contact: { id: MIA }, ticket: 'none', enteredNumber: false },
    };
    const before = desk.host.auditLog.length;
    await desk.hear(silent, { type: 'custom-data.received', data: { plan: 'gold' } });
    await desk.hear(silent, { type: 'session.created', session: silent, key: 'k' });
    await desk.hear(silent, ended);
    await desk.hear(silent, { type: 'session.closed' });
    desk.platform.set({ ...silent, record: { ticketId: 'none' } }, 'ended');
    await desk.hear(silent, { type: 'rating.received', score: 1 });
    const transferred = call('t', { record: { ticketId: 'none' } });
    await desk.assigned(transferred);
    await desk.hear(transferred, ended);
    desk.keeper.resume(silent);
    await desk.wait(300_000);
    assert.deepEqual(journal.log, []);
    assert.deepEqual(
      [desk.host.auditLog.length, desk.outbox.entries.length, desk.problems.length, desk.facts.length],
      [before, 0, 0, 0],
    );
  });
});

describe('RecordKeeper: failures', () => {
  it("B5 R26 retries a failed look-up; the session's events wait, and no other session does", async () => {
    const journal = new SpyJournal();
    const desk = await KeeperDesk.start({ journal });
    desk.host.trouble = { ...desk.host.trouble, fail: { findContacts: 'offline' } };
    await desk.assigned(call('a'));
    await desk.hear(call('a'), ended);
    const settled: Session = {
      ...call('o'),
      channel: 'outbound-call',
      direction: 'outbound',
      association: { contact: { id: MIA }, ticket: { id: '1' }, enteredNumber: false },
    };
    await desk.hear(settled, { type: 'session.created', session: settled, key: 'k' });
    assert.deepEqual(desk.written('1'), ['call_started']);
    assert.deepEqual(
      desk.of('record.failed').map(({ failure }) => failure.code),
      ['offline'],
    );
    assert.equal(JSON.parse(journal.kept.get('a')!).waiting.length, 2);
    desk.host.trouble = { ...desk.host.trouble, fail: {} };
    await desk.wait(2000);
    assert.deepEqual(desk.written('2'), ['call_started']);
    assert.ok(desk.of('record.recovered').length > 0);
    await desk.hear(call('a'), closed);
    assert.deepEqual(desk.written('2'), ['call_started', 'call_finished']);
  });

  it("B5 makes no look-up until a rate-limited CRM's Retry-After is over, and then continues", async () => {
    const desk = await KeeperDesk.start();
    const { trouble } = desk.host;
    desk.host.trouble = { ...trouble, fail: { findContacts: 'rate-limited' }, retryAfter: 30 };
    await desk.assigned(call('a'));
    desk.host.trouble = trouble;
    await desk.wait(29_000);
    assert.deepEqual(desk.written('2'), []);
    await desk.wait(2000);
    assert.deepEqual(desk.written('2'), ['call_started']);
  });

  it('R3 B5 stores the start of a call before it asks the CRM', async () => {
    const journal = new SpyJournal();
    const desk = await KeeperDesk.start({ journal });
    desk.host.failNext('getContact', 'never', 2);
    const association = { contact: { id: MIA }, ticket: 'new' as const, enteredNumber: false };
    const session = call('a', { direction: 'outbound', channel: 'outbound-call', agentId: '101', association });
    void desk.hear(session, { type: 'session.created', session, key: 'k' });
    await desk.wait();
    const kept = JSON.parse(journal.kept.get('a')!) as { waiting: { type: string }[] };
    assert.deepEqual(
      kept.waiting.map(({ type }) => type),
      ['session.created'],
    );
    // The page is gone.
    desk.keeper.stop();
    const next = await KeeperDesk.start({ journal, host: desk.host, time: desk.time });
    await next.wait(1000);
    assert.deepEqual(
      next.madeBy('a').map(({ contactId }) => contactId),
      [MIA],
    );
  });

  it('B5 continues after a reload with the events that waited for a look-up', async () => {
    const journal = new SpyJournal();
    const before = await KeeperDesk.start({ journal });
    before.host.trouble = { ...before.host.trouble, fail: { findTickets: 'unavailable' } };
    await before.assigned(call('a'));
    await before.hear(call('a'), ended);
    before.keeper.stop();
    before.host.trouble = { ...before.host.trouble, fail: {} };
    const after = await KeeperDesk.start({ journal, host: before.host, time: before.time });
    await after.wait();
    assert.deepEqual(after.written('2'), ['call_started']);
    await after.hear(call('a'), closed);
    assert.deepEqual(after.written('2'), ['call_started', 'call_finished']);
  });

  it('B5 keeps an event that the outbox rejects, and retries it at once on request', async () => {
    const desk = await KeeperDesk.start();
    desk.outbox.fails = true;
    await desk.assigned(call('a'));
    assert.equal(desk.of('record.failed').length, 1);
    desk.outbox.fails = false;
    desk.keeper.retry();
    await desk.wait();
    assert.deepEqual(desk.written('2'), ['call_started']);
  });

  it('R30 names the ticket to the platform only when the outbox has stored the start of the session', async () => {
    const desk = await KeeperDesk.start();
    desk.platform.set(call('a'));
    desk.outbox.fails = true;
    await desk.assigned(call('a'));
    const named = () => desk.platform.sessions.get('a')!.record;
    assert.deepEqual(named(), { contactId: MIA }, 'another desktop would take the start as written');
    desk.outbox.fails = false;
    await desk.keeper.retry();
    await desk.wait();
    assert.deepEqual([desk.written('2'), named()], [['call_started'], { contactId: MIA, ticketId: '2' }]);
  });

  it('B5 continues if the CRM refuses a look-up for good, and reports it', async () => {
    const desk = await KeeperDesk.start({ settings: { tickets: { customDataFields: { plan: '302' } } } });
    desk.host.trouble = { ...desk.host.trouble, fail: { listFields: 'forbidden' } };
    await desk.assigned(call('a', { customData: { plan: 'gold' } }));
    assert.deepEqual(desk.written('2'), ['call_started', 'custom_data']);
    assert.deepEqual(
      desk.problems.map(({ code }) => code),
      ['look-up-failed'],
    );
  });

  it('B5 reports a journal that rejects, and records the session all the same', async () => {
    const journal = new SpyJournal();
    journal.refuses = true;
    const desk = await KeeperDesk.start({ journal });
    await desk.assigned(call('a'));
    assert.deepEqual(desk.written('2'), ['call_started']);
    assert.ok(desk.problems.every(({ code }) => code === 'not-kept') && desk.problems.length > 0);
  });

  it('R16 X1 reports a session field of another type, and writes the others', async () => {
    const desk = await KeeperDesk.start({
      settings: { tickets: { sessionFields: { session_type: '302', session_id: '305' } } },
    });
    await desk.assigned(chat('a'));
    await over(desk, chat('a'));
    const [made] = desk.madeBy('a');
    assert.deepEqual(made!.fields, { '305': 'a' });
    assert.deepEqual(
      desk.problems.map(({ message }) => message),
      [
        'Session field session_type ("Session type") is not filled: ticket field 302 ("Model year") is of type integer, not text',
      ],
    );
  });

  it('R30 reports bad input to the agent, and loses nothing else', async () => {
    const desk = await KeeperDesk.start();
    await desk.hear(call('a'), { type: 'session.teleported' } as never);
    await desk.hear(call('a'), { type: 'session.closed', at: 'yesterday' });
    await desk.hear(call('a'), { type: 'session.assigned', agent: '101' } as never);
    await desk.assigned(call('a'), '101');
    await desk.hear(call('a'), { type: 'recording.ready' } as never);
    await desk.hear(call('a'), { type: 'smart-action.completed', kind: 'x' } as never);
    await desk.hear(call('a'), { ...ended, at: '2026-03-02T08:00:00.000Z' });
    await desk.hear(call('a'), closed);
    assert.deepEqual(
      desk.problems.map(({ code }) => code),
      ['unknown-event', 'bad-event', 'bad-event', 'bad-event'],
    );
    assert.deepEqual(desk.written('2'), ['call_started', 'smart_action', 'call_finished']);
  });
});
