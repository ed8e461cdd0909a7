import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import { readEvent } from '../../src/telephony/event-shape.js';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import { crmData, MIAS } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

const at = '2026-03-02T09:00:00.000Z';
const session = { id: 'a', channel: 'web-chat', direction: 'inbound' };
const read = (type: string, parts: object) => {
  const given = { id: 'x', at, sessionId: 'a', type, ...parts } as unknown as PlatformEvent;
  const answer = readEvent(given);
  assert.ok('event' in answer, JSON.stringify(answer));
  const { id: _, at: __, sessionId: ___, type: ____, ...rest } = answer.event as unknown as Record<string, unknown>;
  return { parts: rest, dropped: answer.dropped };
};

describe('the parts that are left out of a malformed event', () => {
  const file = new Blob(['x']);
  const kept: [row: string, type: string, given: object, parts: object, dropped: readonly string[]][] = [
    ['R1', 'session.created', { session, key: 'k' }, { session, key: 'k' }, []],
    [
      'R8 R1',
      'session.assigned',
      {
        agent: '101',
        session: { ...session, queue: { path: ['A'] }, customer: 'Mia', language: 5, customerNumber: null },
      },
      { agent: '101', session },
      ['session.language', 'session.queue.id', 'session.customer'].sort(),
    ],
    [
      'R8',
      'session.assigned',
      {
        agent: '101',
        session: { ...session, queue: { id: 'q', path: ['A', 5] }, customer: { name: 'Mia', email: 7 } },
      },
      {
        agent: '101',
        session: { ...session, queue: { id: 'q', path: ['A'] }, customer: { name: 'Mia', authenticated: false } },
      },
      ['session.customer.email', 'session.queue.path'],
    ],
    [
      'R14',
      'smart-action.completed',
      { kind: 'photo', results: 'none', attachments: 'a.png', verified: 'maybe' },
      { kind: 'photo', results: {}, attachments: [] },
      ['attachments', 'results', 'verified'],
    ],
    [
      'R14',
      'smart-action.completed',
      {
        kind: 'photo',
        attachments: [
          { type: 'image/png' },
          { name: 'a.png', type: 'image/png', url: 'https://f.example/a', file: { size: 5 } },
          { name: 'b.png', type: 'image/png', url: 5, file },
        ],
      },
      {
        kind: 'photo',
        results: {},
        attachments: [
          { name: 'a.png', type: 'image/png', url: 'https://f.example/a' },
          { name: 'b.png', type: 'image/png', file },
        ],
      },
      ['attachments.0', 'attachments.1.file', 'attachments.2.url'],
    ],
    [
      'R27',
      'session.ended',
      { endedBy: 'nobody', durations: { total: 9, talk: 'long', hold: null } },
      { durations: { total: 9 } },
      ['durations.talk', 'endedBy'],
    ],
    ['R28', 'disposition.submitted', { notes: 5, codes: null }, { notes: '', codes: [] }, ['notes']],
    ['R17 X10', 'rating.received', { score: '5', feedback: 'Fine' }, { score: 5, feedback: 'Fine' }, []],
    [
      'R11',
      'recording.ready',
      { recording: { url: 'https://r.example/1', startedAt: 'yesterday', durationSeconds: 4, part: 1, parts: 1 } },
      { recording: { url: 'https://r.example/1', startedAt: at, durationSeconds: 4, part: 1, parts: 1 } },
      ['recording.startedAt'],
    ],
    [
      'R5 R11',
      'voicemail.received',
      { session, recording: { transcript: 'Hello' } },
      { session, recording: { transcript: 'Hello', startedAt: at, durationSeconds: 0, part: 1, parts: 1 } },
      [],
    ],
  ];
  for (const [row, type, given, parts, dropped] of kept)
    it(`${row} ${type}: ${dropped.join(', ') || 'nothing'}`, () => {
      const answer = read(type, given);
      assert.deepEqual(answer.parts, parts);
      assert.deepEqual([...answer.dropped].sort(), [...dropped]);
    });
});

/** Can also emit events that this platform would not send. */
class EmittingTelephony extends SimulatedTelephony {
  #listener: (event: PlatformEvent) => void = () => undefined;

  override subscribe(listener: (event: PlatformEvent) => void): () => void {
    this.#listener = listener;
    return super.subscribe(listener);
  }

  inject(event: Record<string, unknown>): void {
    this.#listener({ at, owner: '101', ...event } as unknown as PlatformEvent);
  }
}

it('R14 R30 the desktop reports the dropped part of an event once, with type and part', async () => {
  const tab = await TestTab.start({ host: { data: crmData }, Platform: EmittingTelephony });
  const platform = tab.telephony as EmittingTelephony;
  const sessionId = platform.incoming({ number: MIAS, answered: true });
  await tab.wait(5000);
  const event = { id: 'x', type: 'smart-action.completed', sessionId, kind: 'form', results: {}, attachments: 'none' };
  platform.inject(event);
  platform.inject(event);
  platform.inject({ ...event, id: 'y', owner: '102' });
  await tab.wait(5000);
  assert.deepEqual(
    tab.events.flatMap((one) => (one.type === 'error' ? [one.message] : [])),
    ['An event (smart-action.completed) was recorded without its part "attachments", which is malformed.'],
  );
});
