import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { countOf, unrecordedSessions, recordsOnTheirWay } from '../../src/desktop/records-view.js';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import { addEnglish } from '../../src/element/locales/en.js';
import { enCall } from '../../src/element/locales/en-call.js';
import { enOptions } from '../../src/element/locales/en-options.js';
import { english } from '../../src/element/localize.js';
import { recordCopy, recordPerson, recordTitle } from '../../src/element/parts/record-words.js';
import type { OutboxEntry } from '../../src/outbox/outbox.js';
import type { Intent } from '../../src/records/intent.js';

const at = '2026-01-01T00:00:00Z';
const origin = { sessionId: 's1', channel: 'web-chat' as const };
const comment = (body: string, more = {}) => ({ body, public: false as const, ...more });
const entry = (intent: object, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  intent: { sessionId: 's1', at, origin, ...intent } as unknown as Intent,
  ...{ state: 'pending', since: 0, tries: 0 },
  ...more,
});
const create = entry({
  ...{ kind: 'create-ticket', key: 's1/t', contact: { id: '7' } },
  person: { name: 'Mia Chen', phoneNumber: '+14155552671' },
  draft: { subject: 'Chat: Mia Chen', comment: comment('chat_started'), origin },
});
const note = (key: string, ticket: object, more = {}) =>
  entry({ kind: 'write-ticket', key, ticket, comment: comment(`words of ${key}`, more) });
const photos = {
  attachments: [
    { name: 'front.png', type: 'image/png', url: 'https://files.example/1' },
    { name: 'back.png', type: 'image/png' },
  ],
};
const title = (row: Parameters<typeof recordTitle>[0]) => recordTitle(row, english);

describe('the records as an agent sees them', () => {
  before(async () => {
    addEnglish(enCall);
    addEnglish(enOptions);
    await loadPhoneNumbers();
  });

  it('B5 all rows of a ticket that was created meanwhile have its number', () => {
    const rest = [note('s1/1', { madeBy: 's1/t' }), note('s1/2', { madeBy: 's1/t' }), note('s1/3', { id: '4714' })];
    assert.deepEqual(recordsOnTheirWay([create, ...rest]).map(title), [
      ...['New ticket', 'Note on the new ticket', 'Note on the new ticket', 'Note on #4714'],
    ]);
    const ticket = { id: '4714' } as NonNullable<OutboxEntry['result']>['ticket'];
    const made = { ...create, state: 'settled' as const, result: { ticket: ticket! } };
    assert.deepEqual(recordsOnTheirWay([made, ...rest]).map(title), Array(3).fill('Note on #4714'));
  });

  it('B5 a row names the customer from the session, or else from the text to be written', () => {
    const rows = recordsOnTheirWay([create, note('s1/1', { madeBy: 's1/t' })]);
    assert.deepEqual(rows.map(recordPerson), ['Mia Chen', 'Mia Chen']);
    const [other] = recordsOnTheirWay([note('s2/1', { id: '3' })], () => ({ number: '+14155552671' }));
    assert.equal(recordPerson(other!), '\u2066+1 415 555 2671\u2069');
  });

  it('B5 a copied record has ticket, customer, text, and the files with their links', () => {
    const [row] = recordsOnTheirWay([note('s1/1', { id: '4714' }, photos)], () => ({
      ...{ name: 'Mia Chen', number: '+14155552671' },
    }));
    assert.equal(
      recordCopy(row!, english),
      'Note on #4714 · Mia Chen, +1 415 555 2671\n\nwords of s1/1\n\nfront.png: https://files.example/1\nback.png',
    );
    const recording = { url: 'https://files.example/r', startedAt: at, durationSeconds: 1, part: 1, parts: 1 };
    const [recorded] = recordsOnTheirWay([note('s1/2', { madeBy: 's1/t' }, { recording })]);
    assert.equal(
      recordCopy(recorded!, english),
      'Note on the new ticket\n\nwords of s1/2\n\nCall recording: https://files.example/r',
    );
  });

  it('B5 an unrecorded session is one record in the list and in the count', () => {
    const failure = { code: 'offline', message: '' };
    const rows = unrecordedSessions([{ sessionId: 's1', number: '+14155552671', chat: true, since: 0, failure }]);
    assert.deepEqual(countOf(rows), { waiting: 1, failed: 0 });
    assert.deepEqual(rows.map(title), ['Chat with \u2066+1 415 555 2671\u2069']);
    assert.deepEqual(rows.map(recordPerson), [''], 'its title says it');
  });
});
