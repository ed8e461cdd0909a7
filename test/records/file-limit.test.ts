import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withinLimit } from '../../src/records/file-limit.js';
import type { Intent } from '../../src/records/intent.js';

const origin = { sessionId: 's', channel: 'ivr-call' } as const;
const frame = { sessionId: 's', at: '2026-03-02T09:00:00.000Z' };
const file = (text: string) => new Blob([text], { type: 'audio/webm' });
const recording = (text: string) => ({
  startedAt: frame.at,
  durationSeconds: 9,
  part: 1,
  parts: 1,
  file: file(text),
});
const write = (comment: object): Intent => ({
  kind: 'write-ticket',
  key: 's/recording',
  ...frame,
  ticket: { id: '1' },
  comment: { body: 'Call recording', public: false, ...comment },
  origin,
});
/** The key, the text and the contents of the files of each write. */
const told = async (intents: readonly Intent[]) =>
  Promise.all(
    intents.map(async (intent) => {
      const comment =
        intent.kind === 'write-ticket'
          ? intent.comment!
          : (intent as never as { draft: { comment: never } }).draft.comment;
      const {
        body,
        recording: sound,
        attachments = [],
      } = comment as NonNullable<Extract<Intent, { kind: 'write-ticket' }>['comment']>;
      const files = await Promise.all(attachments.map(async ({ name, file: one }) => `${name}: ${await one?.text()}`));
      return [intent.key, body, await sound?.file?.text(), ...files];
    }),
  );

describe('files over the limit of the CRM', () => {
  it('R11 a recording is divided into parts, in order, each in a comment with its own key', async () => {
    assert.deepEqual(await told(withinLimit([write({ recording: recording('aaaabbbbcc') })], 4)), [
      ['s/recording', 'Call recording\nFile 1 of 3', 'aaaa'],
      ['s/recording/file-2', 'Call recording\nFile 2 of 3', 'bbbb'],
      ['s/recording/file-3', 'Call recording\nFile 3 of 3', 'cc'],
    ]);
  });

  it('R11 R12 each part describes its session, for a follow-up ticket', () => {
    const whole = { ...write({ recording: recording('aaaabb') }), about: 'Call ID: s', filled: { 301: 4 } } as Intent;
    const parts = withinLimit([whole], 4);
    assert.deepEqual(
      parts.map((one) => one.kind === 'write-ticket' && [one.key, one.ticket, one.origin, one.about, one.filled]),
      [
        ['s/recording', { id: '1' }, origin, 'Call ID: s', { 301: 4 }],
        ['s/recording/file-2', { id: '1' }, origin, 'Call ID: s', { 301: 4 }],
      ],
    );
  });

  it('R11 a file within the limit is not divided, and without a limit no file is', async () => {
    const intents = [write({ recording: recording('aaaa') })];
    assert.deepEqual(await told(withinLimit(intents, 4)), [['s/recording', 'Call recording', 'aaaa']]);
    assert.equal(withinLimit(intents, undefined), intents);
  });

  it('R14 an attachment is divided within its comment, and the others stay whole', async () => {
    const attachments = [
      { name: 'scan.pdf', type: 'application/pdf', file: file('111122') },
      { name: 'photo.png', type: 'image/png', file: file('x') },
      { name: 'link', type: 'text/html', url: 'https://a.example' },
    ];
    assert.deepEqual(await told(withinLimit([write({ attachments })], 4)), [
      [
        's/recording',
        'Call recording',
        undefined,
        'scan.pdf.1: 1111',
        'scan.pdf.2: 22',
        'photo.png: x',
        'link: undefined',
      ],
    ]);
  });

  it('R5 R11 the first part of a voicemail’s message comes with its ticket, and the others follow', async () => {
    const intent: Intent = {
      kind: 'create-ticket',
      key: 's/ticket',
      ...frame,
      contact: { id: '7' },
      draft: {
        subject: 'Voicemail',
        comment: { body: 'Voicemail', public: false, recording: recording('aaaab') },
        origin,
      },
    };
    const parts = withinLimit([intent], 4);
    assert.deepEqual(await told(parts), [
      ['s/ticket', 'Voicemail\nFile 1 of 2', 'aaaa'],
      ['s/ticket/file-2', 'Voicemail\nFile 2 of 2', 'b'],
    ]);
    assert.deepEqual(
      parts.map((one) => (one.kind === 'write-ticket' ? one.ticket : undefined)),
      [undefined, { madeBy: 's/ticket' }],
    );
  });
});
