import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CorrectedChoice, CorrectionOffer } from '../../src/domain/correction.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { ANA, BEN, crmData, MIA, MIAS, SHARED } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

const queue = { id: 'returns', path: ['Orders', 'Returns'] };

async function start(settings: SettingsInput = {}) {
  return TestTab.start({
    host: { data: crmData, settings: { batching: { windowSeconds: 10 }, ...settings } },
    wrap: (host) => Object.assign(host, { volatile: false }),
    telephony: { alone: true, profile: { capabilities: allCapabilities } },
  });
}

async function talking(tab: TestTab, more = {}) {
  const id = tab.telephony.incoming({ number: MIAS, queue, answered: true, ...more });
  await tab.wait(3000);
  return id;
}

const offer = async (tab: TestTab, sessionId: string, contactId?: string) => {
  const asked = tab.desktop.correct({ type: 'correction', ask: 'offer', sessionId, ...(contactId && { contactId }) });
  await tab.wait(1000);
  return (await asked) as CorrectionOffer;
};

/** Presses Assign in the form. Resolves with the code of the refusal, or with `done`. */
const correct = async (tab: TestTab, sessionId: string, choice: CorrectedChoice, after?: number) => {
  const since = after ?? (await offer(tab, sessionId)).after;
  const asked = tab.desktop.correct({ type: 'correction', ask: 'correct', sessionId, after: since, choice }).then(
    () => 'done',
    ({ code }: { code: string }) => code,
  );
  await tab.wait(1000);
  return asked;
};

async function end(tab: TestTab, id: string) {
  tab.telephony.hangUp(id);
  await tab.wait(200_000);
}

const madeBy = (tab: TestTab, id: string) => tab.host.tickets().filter(({ origin }) => origin?.sessionId === id);
const feet = (tab: TestTab, id: string) =>
  tab.host.comments(id).flatMap(({ body }) => [...body.matchAll(/^([a-z_]+) · /gm)].map(([, word]) => word!));
const toBen = { contact: { id: BEN }, ticket: 'new' as const };

describe('the agent corrects the record', () => {
  it('R35 from the call: what stands on the old ticket gets one line, and all cards are on the new one', async () => {
    const tab = await start();
    const id = await talking(tab);
    const [old] = madeBy(tab, id);
    assert.deepEqual(feet(tab, old!.id), ['call_started']);
    assert.equal(await correct(tab, id, toBen), 'done');
    await tab.wait(15_000);
    const [, made] = madeBy(tab, id);
    assert.equal(made!.contactId, BEN);
    assert.deepEqual(feet(tab, old!.id), ['call_started', 'moved']);
    assert.match(tab.host.comments(old!.id)[1]!.body, new RegExp(`^↪ Recorded on #${made!.id} instead`));
    assert.equal(tab.host.ticket(old!.id).status, 'solved');
    assert.deepEqual(feet(tab, made!.id), ['call_started']);
    assert.match(tab.host.comments(made!.id)[0]!.body, /Inbound call from Ben/);
    await end(tab, id);
    assert.deepEqual(feet(tab, old!.id), ['call_started', 'moved']);
    assert.deepEqual(feet(tab, made!.id), ['call_started', 'call_finished', ...feet(tab, made!.id).slice(2)]);
    const session = await tab.telephony.getSession(id);
    assert.deepEqual(session!.record, { correction: 1, contactId: BEN, ticketId: made!.id });
  });

  it('R35 from wrap-up: rows that wait for their window go to the new ticket and leave no trace', async () => {
    const tab = await start({ batching: { windowSeconds: 60 } });
    const id = await talking(tab, { queue: { id: 'orders', path: ['Orders'] } });
    tab.telephony.hangUp(id);
    await tab.wait(3000);
    assert.equal(await correct(tab, id, { contact: { id: BEN }, ticket: { id: '5' } }), 'done');
    await tab.wait(400_000);
    assert.deepEqual(feet(tab, '2'), []);
    assert.equal(tab.host.ticket('2').assigneeId, undefined);
    assert.deepEqual(feet(tab, '5').slice(0, 2), ['call_started', 'call_finished']);
    assert.equal(tab.host.ticket('5').assigneeId, '101');
  });

  it('R35 from History, after a reload: the cards say that they are written later, and no ticket opens', async () => {
    const tab = await start();
    const id = await talking(tab);
    await end(tab, id);
    await tab.reload();
    await tab.wait(3_600_000);
    const [old] = madeBy(tab, id);
    const before = feet(tab, old!.id);
    const pops = tab.events.filter(({ type }) => type === 'screen-pop').length;
    assert.equal(await correct(tab, id, { contact: { id: BEN }, ticket: { id: '5' } }), 'done');
    await tab.wait(30_000);
    assert.deepEqual(feet(tab, old!.id), [...before, 'moved']);
    assert.deepEqual(feet(tab, '5'), before);
    for (const { body } of tab.host.comments('5')) assert.match(body, /written later/);
    assert.equal(tab.events.filter(({ type }) => type === 'screen-pop').length, pops);
    assert.equal(tab.host.ticket(old!.id).status, 'solved');
  });

  it('R35 only for 24 hours, and only where the facts are', async () => {
    const tab = await start();
    const id = await talking(tab);
    await end(tab, id);
    assert.equal(await correct(tab, 'another', toBen, 0), 'not-here');
    await tab.wait(24 * 3_600_000);
    assert.match(await correct(tab, id, toBen, 0), /^(too-late|not-here)$/);
    assert.equal(madeBy(tab, id).length, 1);
  });

  it('R35 A, B and A again: each ticket has a line after each visit, and the last one has all cards once more', async () => {
    const tab = await start();
    const id = await talking(tab, { queue: { id: 'orders', path: ['Orders'] } });
    await tab.wait(12_000);
    assert.deepEqual(feet(tab, '2'), ['call_started']);
    await correct(tab, id, { contact: { id: BEN }, ticket: { id: '5' } });
    await tab.wait(30_000);
    await correct(tab, id, { contact: { id: MIA }, ticket: { id: '2' } });
    await tab.wait(30_000);
    await end(tab, id);
    assert.deepEqual(feet(tab, '5'), ['call_started', 'moved']);
    const [started, moved, ...again] = feet(tab, '2');
    assert.deepEqual(
      [started, moved, ...again.slice(0, 2)],
      ['call_started', 'moved', 'call_started', 'call_finished'],
    );
    assert.equal(tab.host.ticket('5').status, 'open', 'another made it');
    assert.deepEqual((await tab.telephony.getSession(id))!.record, { correction: 2, contactId: MIA, ticketId: '2' });
  });

  it('R35 R17 a late rating goes to the last ticket', async () => {
    const tab = await start();
    const id = await talking(tab);
    await end(tab, id);
    await correct(tab, id, { contact: { id: BEN }, ticket: { id: '5' } });
    await tab.wait(30_000);
    tab.telephony.rate(id, 5);
    await tab.wait(30_000);
    assert.equal(feet(tab, '5').at(-1), 'rating_received');
    assert.ok(
      !madeBy(tab, id)
        .flatMap((one) => feet(tab, one.id))
        .includes('rating_received'),
    );
  });

  it('R35 a ticket that has just been closed, or is another contact’s, is refused by name', async () => {
    const tab = await start();
    const id = await talking(tab);
    const { after } = await offer(tab, id, BEN);
    tab.host.setStatus('5', 'closed');
    assert.equal(await correct(tab, id, { contact: { id: BEN }, ticket: { id: '5' } }, after), 'ticket-not-live');
    assert.equal(await correct(tab, id, { contact: { id: BEN }, ticket: { id: '1' } }, after), 'ticket-of-another');
    assert.equal(await correct(tab, id, { contact: { id: 'nobody' }, ticket: 'new' }, after), 'gone');
    await tab.wait(30_000);
    assert.equal(madeBy(tab, id).length, 1);
    assert.equal((await tab.telephony.getSession(id))!.record!.correction, undefined);
  });

  it('R35 pressed twice corrects once, and a press on an old offer is refused', async () => {
    const tab = await start();
    const id = await talking(tab);
    const both = await Promise.all([correct(tab, id, toBen, 0), correct(tab, id, toBen, 0)]);
    assert.deepEqual(both, ['done', 'done']);
    await tab.wait(30_000);
    assert.equal(madeBy(tab, id).length, 2);
    assert.equal(await correct(tab, id, { contact: { id: MIA }, ticket: { id: '1' } }, 0), 'changed-since');
  });

  it('R35 R12 a closed ticket gets no line, and no follow-up', async () => {
    const tab = await start();
    const id = await talking(tab);
    const [old] = madeBy(tab, id);
    tab.host.setStatus(old!.id, 'closed');
    await correct(tab, id, { contact: { id: BEN }, ticket: { id: '5' } });
    await tab.wait(60_000);
    assert.deepEqual(feet(tab, old!.id), ['call_started']);
    assert.equal(madeBy(tab, id).length, 1);
    assert.deepEqual(feet(tab, '5'), ['call_started']);
    assert.deepEqual(tab.desktop.records.records, [], 'nothing waits');
  });

  it('R35 a ticket of ours that a person has changed since gets the line, and stays as it is', async () => {
    const tab = await start();
    const id = await talking(tab);
    const [old] = madeBy(tab, id);
    tab.host.setFields(old!.id, { 301: 'A person was here' });
    await tab.wait(5000);
    await correct(tab, id, { contact: { id: BEN }, ticket: { id: '5' } });
    await tab.wait(60_000);
    assert.deepEqual(feet(tab, old!.id), ['call_started', 'moved']);
    assert.notEqual(tab.host.ticket(old!.id).status, 'solved');
  });

  it('R35 S3 offers live tickets, and a new one if the settings allow it; never none', async () => {
    const outbound = { promptForTicket: true, allowNoTicket: true };
    for (const allowNewTicket of [false, true]) {
      const tab = await start({ outbound: { ...outbound, allowNewTicket } });
      const id = await talking(tab);
      const { tickets, contact, contacts } = await offer(tab, id);
      const shown = tickets.options.map((one) => (typeof one === 'string' ? one : one.ticket.id));
      assert.deepEqual(shown.slice(-3), allowNewTicket ? ['2', '1', 'new'] : [...shown.slice(-3, -2), '2', '1']);
      assert.ok(!shown.includes('none'));
      assert.equal(contact, MIA);
      assert.deepEqual(
        contacts.map(({ id }) => id),
        [MIA],
      );
      assert.ok((await offer(tab, id, 'new')).tickets.options.includes('new'));
    }
  });

  it('R35 A10 offers all contacts that have the number', async () => {
    const tab = await start();
    const id = await talking(tab, { number: SHARED });
    tab.desktop.send({ type: 'session', sessionId: id, command: { type: 'chooseContact', value: ANA } });
    tab.desktop.send({ type: 'session', sessionId: id, command: { type: 'assign' } });
    await tab.wait(5000);
    assert.deepEqual((await offer(tab, id)).contacts.map(({ id }) => id).sort(), [ANA, BEN].sort());
  });

  it('R35 R23 the new ticket opens during the call', async () => {
    const tab = await start();
    const id = await talking(tab);
    await correct(tab, id, toBen);
    await tab.wait(10_000);
    const last = tab.events.findLast((event) => event.type === 'screen-pop') as { ticketId: string };
    assert.equal(last.ticketId, madeBy(tab, id)[1]!.id);
  });

  it('R35 over a reload right after the press', async () => {
    const tab = await start({ batching: { windowSeconds: 60 } });
    const id = await talking(tab, { queue: { id: 'orders', path: ['Orders'] } });
    const { after } = await offer(tab, id, BEN);
    const choice = { contact: { id: BEN }, ticket: { id: '5' } };
    void tab.desktop
      .correct({ type: 'correction', ask: 'correct', sessionId: id, after, choice })
      .catch(() => undefined);
    await tab.wait(10);
    await tab.reload();
    await end(tab, id);
    assert.deepEqual(feet(tab, '2'), []);
    assert.deepEqual(feet(tab, '5').slice(0, 2), ['call_started', 'call_finished']);
  });
});
