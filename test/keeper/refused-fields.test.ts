import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CrmError } from '../../src/crm/crm-error.js';
import type { Session } from '../../src/domain/session.js';
import { separateFields } from '../../src/records/separate-fields.js';
import { MIAS } from '../support/crm-data.js';
import { KeeperDesk } from '../support/keeper-desk.js';

const chat = (id: string): Session => ({
  id,
  channel: 'web-chat',
  direction: 'inbound',
  customerNumber: MIAS,
  customer: { phone: MIAS, authenticated: true },
  queue: { id: 'q1', path: ['Orders'] },
  customData: { order: 'A-1' },
});

/** A CRM that does not tell this agent its fields, but has them. */
async function deskWithoutFields(): Promise<{ desk: KeeperDesk; asked: () => number }> {
  const desk = await KeeperDesk.start({
    settings: {
      tickets: { append: false, customDataFields: { order: '301' }, sessionFields: { session_id: '305' } },
    },
  });
  let asked = 0;
  desk.host.listFields = () => {
    asked++;
    return Promise.reject(new CrmError('forbidden', 'no', { outcome: 'not-applied' }));
  };
  return { desk, asked: () => asked };
}

async function over(desk: KeeperDesk, id: string, seconds: number): Promise<void> {
  const durations = { total: seconds, talk: seconds, hold: 0, wait: 0 };
  await desk.hear({ id }, { type: 'session.ended', endedBy: 'agent', durations });
  await desk.hear({ id }, { type: 'session.closed' });
}

describe('fields that the CRM does not describe', () => {
  it('R16 B5 mapped custom data and the session fields are written all the same', async () => {
    const { desk } = await deskWithoutFields();
    await desk.assigned(chat('s'));
    await over(desk, 's', 1);
    const [ticket] = desk.madeBy('s');
    assert.deepEqual(ticket!.fields, { '301': 'A-1', '305': 's' });
    assert.equal(desk.host.comments(ticket!.id)[0]!.body.includes('does not exist'), false);
  });

  it('R16 B5 if the CRM refuses a value, the ticket and the comments are still written', async () => {
    const { desk } = await deskWithoutFields();
    // Of type integer.
    desk.settings = { ...desk.settings, tickets: { ...desk.settings.tickets, customDataFields: { order: '302' } } };
    await desk.assigned(chat('s'));
    await desk.hear({ id: 's' }, { type: 'custom-data.received', data: { order: 'B-2' } });
    const [ticket] = desk.madeBy('s');
    assert.deepEqual(desk.written(ticket!.id), ['chat_started', 'custom_data']);
    assert.deepEqual(ticket!.fields, {});
    assert.deepEqual(
      desk.outbox.entries.filter(({ state }) => state === 'dead').map(({ intent }) => intent.key),
      ['s/ticket/fields', 's/custom-data/e2/fields'],
    );
  });

  it('R12 R21 a write of fields alone names its session, as does the write that it was taken from', () => {
    const write = {
      ...{
        kind: 'write-ticket' as const,
        key: 'k',
        sessionId: 's',
        at: '2026-03-02T09:00:00.000Z',
        ticket: { id: '1' },
      },
      ...{
        origin: { sessionId: 's', channel: 'web-chat' as const },
        about: '💬 Web chat with Mia',
        filled: { 301: 4 },
      },
    };
    const comment = { body: 'Custom data', foot: 'custom_data · s', public: false as const };
    assert.deepEqual(separateFields([{ ...write, comment, fields: { 302: 5 } }]), [
      { ...write, comment },
      { ...write, key: 'k/fields', fields: { 302: 5 } },
    ]);
  });

  it('R16 a field that an administrator has just created and mapped is filled at once', async () => {
    const desk = await KeeperDesk.start({
      settings: {
        tickets: { append: false, customDataFields: { order: '301' }, sessionFields: { session_id: '305' } },
      },
    });
    const told = () => desk.problems.filter(({ code }) => code === 'field-mapping').map(({ part }) => part);
    const fields = [...(await desk.host.listFields())];
    desk.host.listFields = () => Promise.resolve(fields.filter(({ id }) => id !== '301' && id !== '305'));
    await desk.assigned(chat('s1'));
    assert.deepEqual(told(), ['305']);
    desk.host.listFields = () => Promise.resolve(fields);
    desk.settings = {
      ...desk.settings,
      tickets: { ...desk.settings.tickets, sessionFields: { session_id: '305', duration: '302' } },
    };
    await desk.assigned(chat('s2'));
    assert.deepEqual(desk.madeBy('s2')[0]!.fields, { '301': 'A-1' });
    await over(desk, 's2', 9);
    assert.deepEqual(desk.madeBy('s2')[0]!.fields, { '301': 'A-1', '302': 9, '305': 's2' });
  });

  it('R16 missing field descriptions are reported once, and requested again at intervals', async () => {
    const { desk, asked } = await deskWithoutFields();
    await desk.assigned(chat('s1'));
    await desk.assigned(chat('s2'));
    assert.equal(asked(), 1);
    assert.deepEqual(
      desk.problems.map(({ code, message }) => ({ code, message })),
      [{ code: 'look-up-failed', message: 'The CRM refused the fields (forbidden): no' }],
    );
  });
});
