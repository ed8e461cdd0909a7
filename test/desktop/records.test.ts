import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SettingsInput } from '../../src/domain/settings.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { BEN, MIA, MIAS, SHARED, TOM, crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

const start = (settings: SettingsInput = {}, telephony = {}) =>
  TestTab.start({ host: { data: crmData }, settings, telephony });
const madeBy = ({ host }: TestTab, id: string) => host.tickets().filter(({ origin }) => origin?.sessionId === id);
const everyChoice = {
  outbound: { promptForTicket: true, allowNewTicket: true, allowNoTicket: true, allowEnteredNumber: true },
};

/** The start card of a call to Mia. */
const startCard = (id: string) =>
  `☎ Outbound call to Mia Chen · +1 415 555 0132\nFrom +1 800 555 0100 · English\ncall_started · ${id}`;
/** The first comment of the follow-up of ticket 1, which says what the call is. */
const followUpText = (id: string) =>
  'Follow-up of #1, which was closed in the meantime\n☎ Outbound call to Mia Chen · +1 415 555 0132\n' +
  `From +1 800 555 0100 · English\nfollow_up · ${id}`;

describe('an end card that waits for the note', () => {
  it('R31 B5 counts for the question before the page is left, until the card is written', async () => {
    const tab = await start({}, { profile: { capabilities: allCapabilities } });
    const waits = () => tab.desktop.snapshot.records.endCards ?? 0;
    const sessionId = tab.telephony.incoming({ number: MIAS, answered: true });
    await tab.wait(20_000);
    assert.equal(waits(), 0);
    tab.telephony.hangUp(sessionId);
    await tab.wait(3000);
    assert.equal(waits(), 1);
    await tab.wait(150_000);
    assert.equal(waits(), 0);
    const [ticket] = madeBy(tab, sessionId);
    assert.deepEqual(tab.feet(ticket!.id), ['call_started', 'call_finished']);
  });
});

describe('the records of an outbound call', () => {
  it('R3 R26 makes a new ticket when the platform has created the call, and never before', async () => {
    const tab = await start({ tickets: { append: false } });
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    const before = tab.host.tickets().length;
    tab.telephony.trouble = { dial: 'restricted' };
    await tab.form({ type: 'call' });
    assert.equal(tab.host.tickets().length, before, 'a call that the platform refused has no ticket');
    assert.equal(tab.failure?.code, 'restricted');
    tab.telephony.trouble = {};
    await tab.form({ type: 'call' });
    await tab.wait(2000);
    const made = tab.host.tickets().filter(({ origin }) => origin?.channel === 'outbound-call');
    assert.equal(made.length, 1);
    assert.equal(made[0]!.contactId, MIA);
    assert.equal(made[0]!.origin!.sessionId, tab.session.context.session.id);
  });

  it('R26 keeps the ticket of a call that fails later, with the outcome (R27)', async () => {
    const tab = await start({ tickets: { append: false } });
    tab.telephony.defaultOutcome = 'busy';
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'call' });
    await tab.wait(60_000);
    assert.equal(tab.phase, 'ended');
    const [made] = tab.host.tickets().filter(({ origin }) => origin?.channel === 'outbound-call');
    assert.deepEqual(tab.feet(made!.id), ['call_started', 'call_finished']);
    assert.match(
      tab.written(made!.id)[1]!,
      /^☎ Outbound call to Mia Chen · \+1 415 555 0132 · busy\ncall_finished · \S+$/,
    );
  });

  it('R9 reopens a joined ticket that a platform call made, and leaves any other as it is', async () => {
    for (const [ticketId, status] of [
      ['2', 'open'],
      ['1', 'pending'],
    ] as const) {
      const tab = await start(everyChoice);
      await tab.dial({ from: 'ticket', ticketId, number: MIAS });
      await tab.form({ type: 'call' });
      await tab.wait(2000);
      assert.equal(tab.host.ticket(ticketId)!.status, status, `ticket ${ticketId}`);
    }
  });

  it('R21 R23 R27 notes the call on the ticket it joined, assigns it, shows it, and says how it ended', async () => {
    const tab = await start();
    await tab.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    await tab.form({ type: 'call' });
    await tab.connect();
    const ticket = tab.host.ticket('1')!;
    assert.equal(ticket.assigneeId, '101');
    assert.equal(tab.host.context.ticketId, '1', 'the CRM has opened it');
    await tab.wait(61_000);
    await tab.hangUp();
    const { id } = tab.session.context.session;
    const [started, finished, ...more] = tab.written('1');
    assert.deepEqual(more, []);
    assert.equal(started, startCard(id));
    assert.match(
      finished!,
      new RegExp(
        '^☎ Outbound call to Mia Chen · \\+1 415 555 0132 · 1 min \\d s\n' +
          `▶ Recording, 1 min \\d s: https://\\S+\ncall_finished · ${id}$`,
      ),
    );
    assert.deepEqual(
      tab.host.comments('1').map(({ authorId }) => authorId),
      ['101', '101'],
    );
  });

  it('R11 S14 puts the recording on the ticket after the call, and nothing if recording is off', async () => {
    for (const recording of [true, false]) {
      const tab = await start({ calls: { recording } });
      await tab.dial({ from: 'ticket', ticketId: '1', number: MIAS });
      await tab.form({ type: 'call' });
      await tab.connect();
      await tab.hangUp();
      const links = tab.host.comments('1').flatMap(({ body }) => body.match(/^▶ Recording.*: https:\S+$/gm) ?? []);
      assert.equal(links.length, recording ? 1 : 0);
      assert.deepEqual(tab.feet('1'), ['call_started', 'call_finished']);
    }
  });

  it('R20 makes one contact for two calls of an unknown number, and another if the agent wanted one', async () => {
    const tab = await start({ tickets: { append: false } });
    for (let call = 0; call < 2; call++) {
      await tab.dial({ from: 'adapter', number: '+1 628 555 0123' });
      await tab.form({ type: 'call' });
      await tab.connect();
      await tab.hangUp();
    }
    const made = () => tab.host.contacts().filter(({ phoneNumbers }) => phoneNumbers.includes('+16285550123'));
    assert.equal(made().length, 1, 'the second call found the contact of the first');
    await tab.dial({ from: 'adapter', number: '+1 628 555 0123' });
    await tab.form({ type: 'chooseContact', value: 'new' }, { type: 'call' });
    await tab.wait(2000);
    assert.equal(made().length, 2, 'the agent wanted another contact');
  });

  it('R24 notes an entered number in the comment and leaves the contact unchanged', async () => {
    const tab = await start();
    const before = tab.host.contact(MIA);
    await tab.dial({ from: 'ticket-new-number', ticketId: '1' });
    await tab.form(
      { type: 'openKeypad' },
      { type: 'typeNumber', text: '628 555 0199' },
      { type: 'next' },
      { type: 'call' },
    );
    await tab.wait(2000);
    assert.match(
      tab.written('1')[0]!,
      /^☎ Outbound call to Mia Chen · \+1 628 555 0199\n.*\nThe agent entered the number\. It is not stored on the contact\.$/m,
    );
    assert.deepEqual(tab.host.contact(MIA), before);
  });

  it('R25 S4 never writes anything for a call without a ticket, and reports it to the platform', async () => {
    const tab = await start(everyChoice);
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'chooseTicket', value: 'none' }, { type: 'call' });
    const audit = () => tab.host.auditLog.filter(({ what }) => what !== 'contact.opened').length;
    const before = audit();
    await tab.connect();
    await tab.hangUp();
    await tab.wait(60_000);
    assert.equal(audit(), before);
    const { id } = tab.session.context.session;
    const kept = await tab.telephony.getSession(id);
    assert.equal(kept!.record!.ticketId, 'none');
    assert.equal(kept!.association!.ticket, 'none');
    const { callsToday, lastCall } = tab.desktop.snapshot.agent.context.leader;
    assert.deepEqual({ callsToday, lastCall }, { callsToday: 0, lastCall: undefined }, 'and the panel forgets it');
  });

  it('R25 B5 the log has only codes, and nothing about a call without a ticket', async () => {
    const tab = await start(everyChoice);
    const logs = () => tab.events.flatMap((event) => (event.type === 'log' ? [event.message] : []));
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    tab.host.failNext('writeTickets', 'invalid', 1);
    await tab.form({ type: 'chooseTicket', value: '2' }, { type: 'call' });
    await tab.connect();
    await tab.hangUp();
    const { id } = tab.session.context.session;
    for (const line of [`session.connected ${id}`, `write-ticket of ${id}: dead, try 1, invalid`])
      assert.ok(logs().includes(line), `${line} is not in ${logs().join('; ')}`);
    assert.doesNotMatch(logs().join(' '), /Mia|Chen|555|charger/i);
    const before = logs().length;
    tab.desktop.send({ type: 'dismissCall' });
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'chooseTicket', value: 'none' }, { type: 'call' });
    await tab.connect();
    await tab.hangUp();
    assert.deepEqual(
      logs()
        .slice(before)
        .filter((line) => line.startsWith('session.')),
      [],
    );
  });

  it('S8 fills in the title of a new ticket', async () => {
    const tab = await start({
      tickets: { append: false, title: '{{channel}} {{contact.name}} ({{number}}) {{date}} {{queue}}' },
    });
    await tab.dial({ from: 'contact', contactId: BEN, number: SHARED });
    await tab.form({ type: 'call' });
    await tab.wait(2000);
    const made = tab.host.tickets().find(({ origin }) => origin?.channel === 'outbound-call');
    assert.equal(made!.subject, 'Outbound call Ben Okafor (+1 415 555 0177) 2026-03-02');
  });

  it('S14 records only if recording is on, and never a call without a ticket (S4)', async () => {
    for (const [recording, ticket, record] of [
      [true, 'new', true],
      [false, 'new', false],
      [true, 'none', false],
    ] as const) {
      const tab = await start({ ...everyChoice, calls: { recording } });
      await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
      await tab.form({ type: 'chooseTicket', value: ticket });
      assert.equal(tab.details.form.plan!.record, record, `${recording} ${ticket}`);
      assert.equal(tab.telephony.rules?.record, recording);
    }
  });

  it('A10 shows contact and ticket of the session as links, as soon as they exist', async () => {
    const tab = await start({ tickets: { append: false } });
    await tab.dial({ from: 'adapter', number: '+1 628 555 0123' });
    await tab.form({ type: 'call' });
    await tab.wait(3000);
    const { contact, ticket } = tab.session.context.links;
    assert.equal(contact!.name, '+16285550123');
    assert.ok(typeof ticket === 'object');
    assert.equal(ticket.subject, 'Outbound call: +1 628 555 0123');
    const kept = await tab.telephony.getSession(tab.session.context.session.id);
    assert.deepEqual(kept!.record, { contactId: contact!.id, ticketId: ticket.id });
  });

  it('R23 leaves the screen pop to a page that prevents the default', async () => {
    const tab = await start();
    tab.desktop.onEvent((event) => event.type === 'screen-pop' && event.preventDefault());
    await tab.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    await tab.form({ type: 'call' });
    await tab.wait(3000);
    assert.ok(tab.events.some((event) => event.type === 'screen-pop' && event.ticketId === '1'));
    assert.equal(tab.host.auditLog.filter(({ what }) => what === 'ticket.opened').length, 0);
  });
});

describe('a ticket that is merged or closed during the call', () => {
  /** A call to Mia on ticket 1, with its first comment. */
  const onTicket = async () => {
    const tab = await start();
    await tab.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    await tab.form({ type: 'call' });
    await tab.connect();
    const { id } = tab.session.context.session;
    const recordOf = async () => (await tab.telephony.getSession(id))!.record;
    const opened = () =>
      tab.host.auditLog.filter(({ what }) => what === 'ticket.opened').map(({ ticketId }) => ticketId);
    return { tab, id, recordOf, opened };
  };

  it('R12 the platform learns that the ticket of the session is the one it was merged into', async () => {
    const { tab, recordOf } = await onTicket();
    assert.deepEqual(await recordOf(), { contactId: MIA, ticketId: '1' });
    tab.host.merge('1', '2');
    await tab.hangUp();
    assert.equal(tab.feet('2').at(-1), 'call_finished');
    assert.deepEqual(await recordOf(), { contactId: MIA, ticketId: '2' });
  });

  it('R12 R21 R23 a follow-up names its call, is opened once, and the platform learns of it', async () => {
    const { tab, id, recordOf, opened } = await onTicket();
    tab.host.setStatus('1', 'closed');
    tab.telephony.customData(id, { plan: 'gold' });
    await tab.wait(2000);
    await tab.hangUp();
    const [followUp, ...more] = madeBy(tab, id);
    assert.deepEqual(more, []);
    assert.deepEqual(
      tab.host.comments(followUp!.id).map(({ body }) => body.replace(/\d+ s\b|https:\S+/g, '*')),
      [
        followUpText(id),
        `Custom data\nplan: gold\ncustom_data · ${id}`,
        `☎ Outbound call to Mia Chen · +1 415 555 0132 · *\n▶ Recording, *: *\ncall_finished · ${id}`,
      ],
    );
    assert.equal(followUp!.assigneeId, '101');
    assert.deepEqual(opened(), ['1', followUp!.id]);
    assert.deepEqual(await recordOf(), { contactId: MIA, ticketId: followUp!.id });
    assert.equal((tab.session.context.links.ticket as { id: string }).id, followUp!.id);
  });

  it('R12 R21 R23 a call on a ticket that was closed before the first comment opens its follow-up', async () => {
    const tab = await start();
    await tab.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    tab.host.setStatus('1', 'closed');
    await tab.form({ type: 'call' });
    await tab.connect();
    const { id } = tab.session.context.session;
    const [followUp] = madeBy(tab, id);
    assert.deepEqual(
      tab.host.comments(followUp!.id).map(({ body }) => body),
      [`Follow-up of #1, which was closed in the meantime\nfollow_up · ${id}`, startCard(id)],
    );
    assert.equal(tab.host.context.ticketId, followUp!.id);
  });

  it('R12 R23 a follow-up that is created after the end of the call opens nothing', async () => {
    const { tab, id, recordOf, opened } = await onTicket();
    await tab.hangUp();
    await tab.wait(60_000);
    tab.host.setStatus('1', 'closed');
    tab.telephony.rate(id, 5);
    await tab.wait(5000);
    const [followUp] = madeBy(tab, id);
    assert.deepEqual(
      tab.host.comments(followUp!.id).map(({ body }) => body),
      [followUpText(id), `Automatic: ★ Rated 5 of 5 by Mia Chen · +1 415 555 0132\nrating_received · ${id}`],
    );
    assert.deepEqual(opened(), ['1']);
    assert.deepEqual(await recordOf(), { contactId: MIA, ticketId: followUp!.id });
  });
});

describe('one write each, with any failure', () => {
  const outcomes = async (prepare: (tab: TestTab) => void) => {
    const tab = await start({ tickets: { append: false } });
    await tab.dial({ from: 'contact', contactId: TOM, number: '+16285550123' });
    prepare(tab);
    await tab.form({ type: 'call' });
    await tab.connect();
    await tab.hangUp();
    await tab.wait(300_000);
    const made = tab.host.tickets().filter(({ origin }) => origin?.channel === 'outbound-call');
    return { tab, made, feet: made.flatMap(({ id }) => tab.feet(id)) };
  };

  for (const [name, prepare] of [
    [
      'the answers of the CRM are lost',
      (tab: TestTab) => (tab.host.trouble = { ...tab.host.trouble, loseAnswers: true, rate: 0.5 }),
    ],
    ['the CRM is rate-limited for a while', (tab: TestTab) => tab.host.failNext('*', 'rate-limited', 4)],
    ['the CRM is unavailable for a while', (tab: TestTab) => tab.host.failNext('*', 'unavailable', 5)],
    ['the answer to the ticket’s creation comes late', (tab: TestTab) => tab.host.failNext('createTicket', 'late', 1)],
    [
      'the answer to the ticket’s creation never comes',
      (tab: TestTab) => tab.host.failNext('createTicket', 'never', 1),
    ],
    ['the answer to a write is nonsense', (tab: TestTab) => tab.host.failNext('writeTickets', 'nonsense', 2)],
    ['every event comes twice', (tab: TestTab) => (tab.telephony.disorder = { ...tab.telephony.disorder, twice: 1 })],
  ] as const)
    it(`R3 R21 R27 hold if ${name}`, async () => {
      const { made, feet } = await outcomes(prepare);
      assert.equal(made.length, 1);
      assert.deepEqual(feet, ['call_started', 'call_finished']);
    });

  it('R30 an event that the platform sends twice counts once, in the log and in the calls of the day', async () => {
    const tab = await start();
    tab.telephony.disorder = { ...tab.telephony.disorder, twice: 1 };
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'call' });
    await tab.connect();
    await tab.hangUp();
    const logged = tab.events.flatMap((event) => (event.type === 'log' ? [event.message] : []));
    const { id } = tab.session.context.session;
    for (const type of ['created', 'connected', 'ended'])
      assert.equal(logged.filter((line) => line === `session.${type} ${id}`).length, 1, type);
    assert.equal(tab.desktop.snapshot.agent.context.leader.callsToday, 1);
  });

  it('R26 R27 hold if the platform’s events never come', async () => {
    const { made, feet, tab } = await outcomes(
      (given) => (given.telephony.disorder = { ...given.telephony.disorder, lost: 1 }),
    );
    assert.equal(tab.phase, 'ended', 'the platform was asked instead');
    assert.equal(made.length, 1);
    assert.deepEqual(feet, ['call_started', 'call_finished']);
  });

  for (const [ticket, title] of [
    ['new', 'R3 R27 B5 the next page records a call that was over before its page had stored anything'],
    ['none', 'S4 R25 B5 no page records a call without a ticket'],
  ] as const)
    it(title, async () => {
      const settings = { ...everyChoice, calls: { wrapUpSeconds: { inbound: 0, outbound: 0 } } };
      const tab = await start(settings, { profile: { capabilities: ['history'] } });
      tab.telephony.defaultOutcome = 'busy';
      // The page dies with all events that the platform sends.
      tab.telephony.disorder = { ...tab.telephony.disorder, lost: 1 };
      await tab.dial({ from: 'contact', contactId: TOM, number: '+16285550123' });
      await tab.form({ type: 'chooseTicket', value: ticket }, { type: 'call' });
      await tab.wait(2000);
      const [session] = tab.telephony.sessions();
      assert.equal(session!.phase, 'ended');
      assert.deepEqual(madeBy(tab, session!.id), []);
      await tab.desktop.stop();
      const before = tab.host.auditLog.length;
      tab.open();
      // Time to start, read the list, ask for the call, and write.
      for (const seconds of [1, 10, 10, 10]) await tab.wait(seconds * 1000);
      if (ticket === 'none') return assert.equal(tab.host.auditLog.length, before);
      const [made, ...more] = madeBy(tab, session!.id);
      assert.deepEqual(more, []);
      assert.equal(made!.contactId, TOM);
      assert.deepEqual(tab.feet(made!.id), ['call_started', 'call_finished']);
      // The platform's list does not say why the customer and the agent did not speak.
      assert.match(tab.written(made!.id)[1]!, /^☎ Outbound call to Tom Baker · \+1 628 555 0123\ncall_finished · /);
      assert.equal((await tab.telephony.getSession(session!.id))!.record!.ticketId, made!.id);
      assert.equal(tab.screen, 'main', 'and it is not on screen');
    });

  it('B5 shows a record that could not be saved, and saves it later', async () => {
    const tab = await start();
    await tab.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    tab.host.trouble = { ...tab.host.trouble, fail: { writeTickets: 'forbidden' } };
    await tab.form({ type: 'call' });
    await tab.wait(5000);
    assert.deepEqual(tab.desktop.snapshot.agent.context.records, { waiting: 0, failed: 1 });
    assert.equal(tab.session.context.recordFailure?.code, 'forbidden');
    tab.host.trouble = { ...tab.host.trouble, fail: {} };
    tab.desktop.send({ type: 'retryRecords' });
    await tab.wait(5000);
    assert.deepEqual(tab.desktop.snapshot.agent.context.records, { waiting: 0, failed: 0 });
    assert.equal(tab.written('1').length, 1);
  });

  it('B5 a session that waits for a look-up is counted and listed, and goes on after the log-in', async () => {
    const tab = await start();
    tab.host.signOut();
    const id = tab.telephony.incoming({ number: '+16285550199', answered: true });
    await tab.wait(2000);
    tab.telephony.hangUp(id);
    await tab.wait(5000);
    assert.deepEqual(tab.desktop.snapshot.agent.context.records, { waiting: 1, failed: 0 });
    const [held, ...more] = tab.desktop.records.records;
    assert.deepEqual([held!.what, held!.number, held!.state], ['call', '+16285550199', 'signed-out']);
    assert.deepEqual(more, []);
    assert.equal(tab.events.filter(({ type }) => type === 'records-change').length, 1);
    // A person presses the panel's sign-in button, and the record goes on at once.
    tab.desktop.send({ type: 'signIn' });
    await tab.wait(1000);
    assert.equal(madeBy(tab, id).length, 1);
    assert.deepEqual(tab.desktop.snapshot.agent.context.records, { waiting: 0, failed: 0 });
    assert.deepEqual(tab.desktop.records.records, []);
  });

  it('B5 a person can discard a session that waits for a look-up: it writes nothing, and the next call does', async () => {
    const tab = await start();
    tab.host.signOut();
    const id = tab.telephony.incoming({ number: '+16285550199', answered: true });
    await tab.wait(2000);
    const [held] = tab.desktop.records.records;
    tab.desktop.send({ type: 'discardRecord', key: held!.key });
    await tab.wait(1000);
    assert.deepEqual(tab.desktop.records.records, []);
    tab.telephony.hangUp(id);
    await tab.host.signIn();
    await tab.wait(120_000);
    assert.deepEqual(madeBy(tab, id), []);
    const next = tab.telephony.incoming({ number: '+16285550198', answered: true });
    await tab.wait(2000);
    assert.equal(madeBy(tab, next).length, 1);
  });

  it('B5 a person can discard a refused ticket: its call writes nothing more, and nothing waits', async () => {
    const tab = await start();
    tab.host.trouble = { ...tab.host.trouble, fail: { createTicket: 'invalid' } };
    const id = tab.telephony.incoming({ number: '+16285550199', answered: true });
    await tab.wait(5000);
    const [refused] = tab.desktop.records.records;
    assert.deepEqual([refused!.what, refused!.state], ['ticket', 'failed']);
    assert.equal(tab.session.context.recordFailure?.code, 'invalid');
    tab.desktop.send({ type: 'discardRecord', key: refused!.key });
    await tab.wait(1000);
    assert.equal(tab.session.context.recordFailure, undefined, 'there is nothing to retry');
    assert.equal(tab.session.context.links.ticket, 'none');
    tab.host.trouble = { ...tab.host.trouble, fail: {} };
    tab.telephony.hangUp(id);
    await tab.wait(120_000);
    assert.deepEqual(madeBy(tab, id), []);
    assert.deepEqual(tab.desktop.records.records, []);
    assert.deepEqual(tab.desktop.snapshot.agent.context.records, { waiting: 0, failed: 0 });
    assert.equal((await tab.telephony.getSession(id))!.record!.ticketId, 'none');
    // Another page that records unrecorded calls does not write it either.
    tab.open();
    await tab.wait(120_000);
    assert.deepEqual(madeBy(tab, id), []);
  });

  it('A9 resumes a call after a reload by the id of its session, and makes no second call', async () => {
    const tab = await start({ tickets: { append: false } });
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'call' });
    await tab.connect();
    const { id } = tab.session.context.session;
    // The page is replaced without stopping. Only the platform remembers the call.
    tab.open();
    await tab.wait(1000);
    assert.equal(tab.session.context.session.id, id);
    assert.equal(tab.phase, 'connected');
    assert.equal(tab.telephony.sessions().length, 1);
  });
});
