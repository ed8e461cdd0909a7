import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { missedEvents } from '../../src/desktop/missed-events.js';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import type { Session } from '../../src/domain/session.js';
import type { Settings } from '../../src/domain/settings.js';
import { mergeSettings } from '../../src/domain/settings-check.js';
import { RecordKeeper } from '../../src/keeper/record-keeper.js';
import { allCapabilities } from '../../src/simulator/index.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import { BEN, crmData, MIAS, SHARED } from '../support/crm-data.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { KeeperDesk, SpyJournal } from '../support/keeper-desk.js';
import { TestTab } from '../support/test-tab.js';

const session: Session = { id: 'a', channel: 'ivr-call', direction: 'inbound', customerNumber: MIAS };
const noemie = { kind: 'agent', id: '102', label: 'Noémie Laurent' } as const;
const returns = { kind: 'queue', id: 'returns', label: 'Returns' } as const;
const colleague = { id: 'agent-102', kind: 'agent', label: 'Noémie Laurent', held: false } as const;
const transferred = (target: typeof noemie | typeof returns, mode: 'warm' | 'cold' = 'cold') => ({
  ...{ type: 'transfer.finished' as const, target, mode },
});
const ended = {
  type: 'session.ended' as const,
  endedBy: 'customer' as const,
  durations: { total: 180, talk: 114, hold: 0, wait: 10 },
};
const closed = { type: 'session.closed' as const };
const note = (notes: string, agent = '101') => ({
  ...{ type: 'disposition.submitted' as const, agent, notes, codes: [] },
});

const ticketOf = (desk: KeeperDesk) => desk.madeBy('a')[0]!;
/** Author and lines of the comments after the start card. */
const told = (desk: KeeperDesk) =>
  desk.host
    .comments(ticketOf(desk).id)
    .slice(1)
    .map(({ authorId, body }) => [authorId, ...body.split('\n')]);

/** A call that has been connected for 72 s. `agent` null: at the keeper of the account, which hears all agents' events. */
async function talking(given: Parameters<typeof KeeperDesk.start>[0] = {}, one = session) {
  const desk = await KeeperDesk.start(given);
  desk.platform.set({ ...one, agentId: '101' });
  await desk.assigned({ ...one, agentId: '101' });
  await desk.hear(one, { type: 'session.connected' });
  await desk.wait(72_000);
  return desk;
}

describe('the handover card', () => {
  it('R13 R31 after a transfer to an agent: by the agent who left, with the assignment, in one write', async () => {
    const desk = await talking();
    await desk.hear(session, transferred(noemie));
    assert.deepEqual(told(desk), [
      [
        '101',
        '☎ Transferred to Noémie Laurent · Mia Chen · +1 415 555 0132 · 1 min 12 s so far',
        'call_handed_over · a',
      ],
    ]);
    assert.equal(ticketOf(desk).assigneeId, '102');
    const writes = desk.outbox.entries.filter(({ intent }) => intent.kind === 'write-ticket');
    assert.equal(writes.length, 1);
  });

  it('R13 R31 R32 has all that an end card would have: notes, people, pauses, a link', async () => {
    const desk = await talking();
    await desk.hear(session, note('Charger from the recalled batch, wants a new one.'));
    const kim = { id: 'outside-1', kind: 'outside', label: 'Kim', held: false } as const;
    await desk.hear(session, { type: 'session.participant-joined', participant: kim });
    await desk.hear(session, { type: 'session.participant-joined', participant: colleague });
    await desk.hear(session, { type: 'session.recording-paused', paused: true });
    await desk.wait(10_000);
    await desk.hear(session, { type: 'session.recording-paused', paused: false });
    await desk.hear(session, { type: 'session.participant-left', participant: kim });
    const recording = { url: 'https://r.example/1', startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 72 };
    await desk.hear(session, { type: 'recording.ready', recording: { ...recording, part: 1, parts: 1 } });
    await desk.hear(session, transferred(noemie, 'warm'));
    assert.deepEqual(told(desk), [
      [
        '101',
        '☎ Transferred to Noémie Laurent (spoke first) · Mia Chen · +1 415 555 0132 · 1 min 22 s so far',
        'Charger from the recalled batch, wants a new one.',
        'Kim joined at 09:01 and left at 09:01',
        'Recording paused 09:01:12–09:01:22',
        '▶ Recording, 1 min 12 s: https://r.example/1',
        'call_handed_over · a',
      ],
    ]);
  });

  it('R13 R31 once for each turn; the cards of the next agent are about the time since', async () => {
    const desk = await talking({ agent: null, options: { opensTickets: false } });
    await desk.hear(session, { type: 'session.recording-paused', paused: true });
    await desk.hear(session, { type: 'session.recording-paused', paused: false });
    for (let time = 0; time < 2; time++) await desk.hear(session, { ...transferred(noemie), id: 't1' });
    await desk.assigned({ ...session, agentId: '102' }, '102');
    await desk.wait(42_000);
    await desk.hear(session, transferred({ ...noemie, id: '101', label: 'Alex Morgan' } as never));
    await desk.assigned({ ...session, agentId: '101' }, '101');
    await desk.hear(session, ended);
    await desk.hear(session, closed);
    assert.deepEqual(
      told(desk).map(([author, headline, ...lines]) => [author, headline!.split(' · ')[0], ...lines.slice(0, -1)]),
      [
        ['101', '☎ Transferred to Noémie Laurent', 'Recording paused 09:01:12–09:01:12'],
        ['102', '☎ Transferred to Alex Morgan'],
        ['101', '☎ Inbound call from Mia Chen', 'With Noémie Laurent until 09:01, then Alex Morgan'],
      ],
    );
    assert.match(told(desk)[1]![1]!, / · 42 s so far$/);
    assert.match(told(desk)[2]![1]!, / · 1 min 54 s$/, 'the session’s own durations');
    assert.equal(ticketOf(desk).assigneeId, '101');
  });

  it('R13 R31 after a transfer to a queue, which assigns the ticket to the agent who then takes the call', async () => {
    const desk = await talking({ agent: null, options: { opensTickets: false } });
    await desk.hear(session, transferred(returns));
    assert.equal(ticketOf(desk).assigneeId, '101', 'nobody new yet');
    await desk.assigned({ ...session, agentId: '102' }, '102');
    assert.equal(ticketOf(desk).assigneeId, '102');
    await desk.hear(session, ended);
    await desk.hear(session, closed);
    assert.deepEqual(
      told(desk).map(([author, headline, ...lines]) => [author, headline!.split(' · ')[0], ...lines]),
      [
        ['101', '☎ Transferred to Returns', 'call_handed_over · a'],
        [
          '102',
          '☎ Inbound call from Mia Chen',
          'With Alex Morgan until 09:01, then Noémie Laurent',
          'call_finished · a',
        ],
      ],
    );
  });

  it('R13 R32 a call that comes back from a queue to the same agent was with nobody else', async () => {
    const desk = await talking();
    await desk.hear(session, transferred(returns));
    await desk.assigned({ ...session, agentId: '101' });
    await desk.hear(session, ended);
    await desk.hear(session, closed);
    assert.deepEqual(
      told(desk).map((lines) => lines.slice(2)),
      [['call_handed_over · a'], ['call_finished · a']],
    );
  });

  it('R13 not after a transfer to an outside line, which the end card tells', async () => {
    const desk = await talking();
    const target = { kind: 'outside' as const, id: '+14155550188', label: 'Repairs' };
    await desk.hear(session, { type: 'transfer.finished', target, mode: 'cold' });
    assert.deepEqual(told(desk), []);
    assert.equal(ticketOf(desk).assigneeId, '101');
    await desk.hear(session, ended);
    await desk.hear(session, closed);
    assert.deepEqual(told(desk)[0]!.slice(2), ['Transferred to Repairs at 09:01', 'call_finished · a']);
  });

  it('R31 when its agent leaves the others to themselves', async () => {
    const desk = await talking();
    await desk.hear(session, { type: 'session.participant-joined', participant: colleague });
    await desk.wait(8000);
    const self = { id: 'agent-101', kind: 'agent', label: 'Alex Morgan', held: false } as const;
    await desk.hear(session, { type: 'session.participant-left', participant: colleague });
    assert.deepEqual(told(desk), [], 'a colleague has left, and the agent is still there');
    await desk.hear(session, { type: 'session.participant-left', participant: self });
    assert.deepEqual(told(desk), [
      [
        '101',
        '☎ Alex Morgan left the conversation · Mia Chen · +1 415 555 0132 · 1 min 20 s so far',
        'Noémie Laurent joined at 09:01 and left at 09:01',
        'call_handed_over · a',
      ],
    ]);
  });

  it('R31 when the platform’s picture shows that another agent has the call, and not again if the transfer is late', async () => {
    const journal = new SpyJournal();
    const desk = await talking({ journal });
    await desk.assigned({ ...session, agentId: '102' }, '102');
    await desk.wait(1000);
    await desk.hear(session, transferred(noemie));
    const { name } = desk.host.agents.find(({ id }) => id === '102')!;
    assert.deepEqual(told(desk), [
      ['101', `☎ Transferred to ${name} · Mia Chen · +1 415 555 0132 · 1 min 12 s so far`, 'call_handed_over · a'],
    ]);
    assert.deepEqual(journal.open, [], 'the rest is the other desktop’s');
    assert.equal(ticketOf(desk).assigneeId, '102');
  });

  it('R31 the platform’s picture of a call in other hands makes one event, for this desktop', () => {
    const active = { phase: 'connected', muted: false, held: false, recordingPaused: false, participants: [] } as const;
    const gap = {
      ...{ progress: 'connected' as const, shown: undefined, count: 0, key: '', owner: '101', agentId: '101' },
      now: '2026-03-02T09:20:00.000Z',
    };
    const of = (agentId: string | undefined) =>
      missedEvents({
        ...gap,
        session: { ...session, ...active, ...(agentId && { agentId }), since: '2026-03-02T09:00:00.000Z' },
      }).map((event) => [event.type, event.owner, (event as { agent?: string }).agent]);
    assert.deepEqual(of('102'), [['session.assigned', '101', '102']]);
    assert.deepEqual([of('101'), of(undefined)], [[], []]);
  });

  it('R31 R13 A5 if the event of the transfer is lost, as soon as the platform is asked', async () => {
    const tab = await TestTab.start({
      host: { data: crmData },
      telephony: { profile: { capabilities: allCapabilities } },
    });
    const sessionId = tab.telephony.incoming({ number: MIAS, answered: true });
    await tab.wait(20_000);
    const ticket = tab.host.tickets().find(({ origin }) => origin?.sessionId === sessionId)!;
    tab.telephony.disorder = { lost: 1 };
    await tab.telephony.transfer(sessionId, { kind: 'agent', id: '102', label: 'Noémie' }, 'cold');
    for (let seconds = 0; seconds < 120; seconds += 5) await tab.wait(5000);
    assert.deepEqual(tab.feet(ticket.id).slice(0, 2), ['call_started', 'call_handed_over']);
    assert.equal(tab.feet(ticket.id).filter((word) => word === 'call_handed_over').length, 1);
    assert.equal(tab.host.ticket(ticket.id)!.assigneeId, '102');
  });
});

describe('a note of the agent who has left', () => {
  it('R31 R28 is a comment of its own at once, by them', async () => {
    const desk = await talking();
    await desk.hear(session, transferred(noemie));
    await desk.hear(session, note('She is at home after six'));
    assert.deepEqual(told(desk)[1], ['101', 'Note by Alex Morgan', 'She is at home after six', 'disposition · a']);
    const { intent } = desk.outbox.entries.at(-1)!;
    assert.equal(intent.kind === 'write-ticket' && intent.urgent, true);
  });

  it('R31 R28 is a comment of its own while the next agent has the call, whose note is in the end card', async () => {
    const desk = await talking({ agent: null, options: { opensTickets: false } });
    await desk.hear(session, transferred(noemie));
    await desk.assigned({ ...session, agentId: '102' }, '102');
    await desk.hear(session, note('By the first'));
    await desk.hear(session, ended);
    await desk.hear(session, note('By the second', '102'));
    assert.deepEqual(
      told(desk).map((lines) => [lines[0], ...lines.slice(2)]),
      [
        ['101', 'call_handed_over · a'],
        ['101', 'By the first', 'disposition · a'],
        ['102', 'By the second', 'With Alex Morgan until 09:01, then Noémie Laurent', 'call_finished · a'],
      ],
    );
  });
});

describe('a transfer while the agent has not chosen (A10)', () => {
  const shared = { ...session, customerNumber: SHARED };

  it('A10 R31 the card waits for the choice, and comes after the start', async () => {
    const desk = await talking({ platform: null }, shared);
    await desk.hear(shared, { type: 'custom-data.received', data: { plan: 'gold' } });
    assert.deepEqual(desk.madeBy('a'), []);
    await desk.keeper.choose('a', { contact: { id: BEN } });
    await desk.hear(shared, transferred(noemie));
    assert.deepEqual(desk.written(ticketOf(desk).id), ['call_started', 'custom_data', 'call_handed_over']);
  });

  it('A10 R2 R13 R31 the next agent chooses; then both desktops write, each once', async () => {
    const one = await talking({}, shared);
    const two = await KeeperDesk.start({ platform: one.platform, host: one.host, time: one.time, agent: '102' });
    await one.hear(shared, note('Wants a new one'));
    await one.hear(shared, transferred(noemie, 'warm'));
    await one.wait(600_000);
    assert.deepEqual(one.madeBy('a'), []);
    assert.ok(one.keeper.waiting > 0);
    one.platform.set({ ...shared, agentId: '102' });
    await two.assigned({ ...shared, agentId: '102' }, '102');
    await two.keeper.choose('a', { contact: { id: BEN } });
    await two.wait(120_000);
    await two.hear(shared, ended);
    await two.hear(shared, closed);
    assert.deepEqual(
      told(one).map(([author, , ...lines]) => [author, ...lines]),
      [
        ['101', 'Wants a new one', 'call_handed_over · a'],
        ['102', 'call_finished · a'],
      ],
    );
    assert.equal(ticketOf(one).assigneeId, '102');
    assert.equal(one.keeper.waiting, 0);
  });
});

describe('a desktop that has handed the call over', () => {
  it('R31 R13 does not look for the end of the call after a reload, and keeps nothing of it', async () => {
    const journal = new SpyJournal();
    const before = await talking({ journal });
    assert.deepEqual([...journal.kept.keys()], ['a']);
    await before.hear(session, transferred(returns));
    assert.deepEqual(journal.open, []);
    before.keeper.stop();
    const { host, platform, time, outbox } = before;
    const after = await KeeperDesk.start({ journal, host, platform, time, outbox });
    assert.deepEqual([await after.keeper.unfinished(), after.keeper.waiting], [[], 0]);
    // The call comes back to the agent.
    platform.set({ ...session, agentId: '101', record: { contactId: 'mia', ticketId: ticketOf(after).id } });
    const again = { ...session, record: { contactId: 'mia', ticketId: ticketOf(after).id } };
    await after.hear(session, { type: 'session.assigned', session: again, agent: '101', id: 'again 1' });
    assert.deepEqual(await after.keeper.unfinished(), ['a']);
    await after.hear(session, { ...ended, id: 'again 2' });
    await after.hear(session, { ...closed, id: 'again 3' });
    assert.deepEqual(
      told(after).map((lines) => lines.at(-1)),
      ['call_handed_over · a', 'call_finished · a'],
    );
    assert.deepEqual(journal.open, []);
  });

  it('R31 B5 writes the card once if its page crashes when the outbox has accepted it', async () => {
    const journal = new SpyJournal();
    const before = await talking({ journal });
    await before.hear(session, note('Wants a new one'));
    const { enqueue } = before.outbox;
    let crashed: ReadonlyMap<string, string> = new Map();
    before.outbox.enqueue = (intents) => {
      crashed = new Map(journal.kept);
      return enqueue.call(before.outbox, intents);
    };
    await before.hear(session, { ...transferred(noemie), id: 't1' });
    before.outbox.enqueue = enqueue;
    before.keeper.stop();
    for (const [id, text] of crashed) journal.kept.set(id, text);
    await before.wait(600_000);
    const { host, platform, time, outbox } = before;
    const after = await KeeperDesk.start({ journal, host, platform, time, outbox });
    await after.wait();
    await after.hear(session, { ...transferred(noemie), id: 't1' });
    assert.deepEqual(
      told(after).map((lines) => lines.slice(2)),
      [['Wants a new one', 'call_handed_over · a']],
    );
    assert.deepEqual(journal.open, []);
  });
});

describe('a handover card in the outbox', () => {
  /** A keeper on the outbox of a leading tab, with a window of a minute. */
  async function batched() {
    await loadPhoneNumbers();
    let requests = 0;
    const set = await setUpOutbox(
      (host) => ({ writeTickets: (writes) => (requests++, host.writeTickets.call(host, writes)) }),
      { batching: { comments: true, updates: true, windowSeconds: 60 } },
    );
    const { clock, host, outbox } = set;
    const settings = mergeSettings({}) as Settings;
    const keeper = new RecordKeeper({
      ...{ host, outbox, agent: host.agents.find(({ id }) => id === '101')!, settings: () => settings },
      recall: { contact: () => undefined, ticket: () => undefined },
      tell: () => undefined,
      clock,
      timers: clock,
    });
    let ids = 0;
    const hear = async (body: object) => {
      const at = new Date(clock.now()).toISOString();
      void keeper.take({ id: `e${++ids}`, at, sessionId: 'a', ...body } as SessionEvent);
      await clock.advance(0);
    };
    await hear({ type: 'session.assigned', session: { ...session, agentId: '101' }, agent: '101' });
    await clock.advance(1000);
    const ticket = () => host.tickets().find(({ origin }) => origin?.sessionId === 'a')!;
    return { ...set, keeper, hear, ticket, requests: () => requests };
  }

  it('B4 B3 R31 does not wait for the window, and takes along what waits for its ticket, in one request', async () => {
    const { clock, host, hear, ticket, requests } = await batched();
    await hear({ type: 'custom-data.received', data: { plan: 'gold' } });
    await hear({ type: 'custom-data.received', data: { colour: 'red' } });
    await clock.advance(2000);
    assert.deepEqual([host.comments(ticket().id).length, requests()], [1, 0], 'they wait for the window');
    await hear(transferred(noemie));
    await clock.advance(0);
    assert.equal(requests(), 1);
    const [, combined, ...more] = host.comments(ticket().id);
    assert.deepEqual(more, []);
    assert.equal(
      combined!.body,
      [
        'Custom data\nplan: gold\ncustom_data · a',
        'Custom data\ncolour: red\ncustom_data · a',
        '☎ Transferred to Noémie Laurent · Mia Chen · +1 415 555 0132 · 3 s so far\ncall_handed_over · a',
      ].join('\n\n'),
    );
    assert.equal(combined!.authorId, '101');
    assert.equal(ticket().assigneeId, '102');
    await clock.advance(120_000);
    assert.equal(requests(), 1);
  });

  it('R31 R28 the note of the agent who left does not wait for the window either', async () => {
    const { clock, host, hear, ticket } = await batched();
    await hear(transferred(noemie));
    await hear(note('At home after six'));
    await clock.advance(0);
    assert.match(host.comments(ticket().id).at(-1)!.body, /\nAt home after six\ndisposition · a$/);
  });

  it('B2 R31 the end card waits for the window', async () => {
    const { clock, host, hear, ticket } = await batched();
    await hear(ended);
    await hear(closed);
    await clock.advance(1000);
    assert.equal(host.comments(ticket().id).length, 1);
    await clock.advance(60_000);
    assert.match(host.comments(ticket().id)[1]!.body, /\ncall_finished · a$/);
  });
});
