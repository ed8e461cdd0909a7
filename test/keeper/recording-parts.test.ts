import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { MIAS } from '../support/crm-data.js';
import { KeeperDesk } from '../support/keeper-desk.js';

const session: Session = { id: 'a', channel: 'ivr-call', direction: 'inbound', customerNumber: MIAS };
const first = '2026-03-02T09:00:00.000Z';
const second = '2026-03-02T10:00:00.000Z';
const part = (startedAt: string, number: number) => ({
  type: 'recording.ready' as const,
  recording: { url: `https://r.example/${number}`, startedAt, durationSeconds: 9, part: number, parts: 3 },
});

async function recorded() {
  const desk = await KeeperDesk.start();
  await desk.assigned(session);
  const [ticket] = desk.madeBy('a');
  const written = () =>
    desk.host
      .comments(ticket!.id)
      .flatMap(({ recording }) => (recording ? [`${recording.startedAt.slice(11, 16)} ${recording.part}`] : []));
  return { desk, written };
}

describe('several recordings of one session', () => {
  it('R11 writes the parts of each in order', async () => {
    const { desk, written } = await recorded();
    for (const one of [part(first, 1), part(first, 2), part(second, 2), part(second, 1)]) await desk.hear(session, one);
    assert.deepEqual(written(), ['09:00 1', '09:00 2', '10:00 1', '10:00 2']);
  });

  it('R11 parts without a time do not wait for a minute each', async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(session);
    const [ticket] = desk.madeBy('a');
    for (const number of [1, 2, 3]) {
      const { recording, type } = part('', number);
      await desk.hear(session, { type, recording: { ...recording, startedAt: undefined as never } });
    }
    const comments = desk.host.comments(ticket!.id).filter(({ recording }) => recording);
    assert.deepEqual(
      comments.map(({ body }) => body.split('\n')),
      [1, 2, 3].map((number) => [
        '☎ Recording of the call with Mia Chen · +1 415 555 0132',
        `Part ${number} of 3`,
        `▶ Recording, 9 s: https://r.example/${number}`,
        'recording_ready · a',
      ]),
    );
  });

  it('R11 R32 the card has the link of one recording; several that began together, or without a time, have comments', async () => {
    for (const [count, startedAt] of [
      [1, first],
      [2, first],
      [2, undefined],
    ] as const) {
      const desk = await KeeperDesk.start();
      await desk.assigned(session);
      const [ticket] = desk.madeBy('a');
      for (let at = 1; at <= count; at++) {
        const recording = { url: `https://r.example/${at}`, startedAt: startedAt as string, durationSeconds: 9 };
        await desk.hear(session, { type: 'recording.ready', recording: { ...recording, part: 1, parts: 1 } });
      }
      await desk.hear(session, { type: 'session.closed' });
      const links = desk.host
        .comments(ticket!.id)
        .map(({ body }) => [body.split('\n').at(-1)!.split(' · ')[0], ...(body.match(/https:\S+/g) ?? [])]);
      const apart = [
        ['call_started'],
        ['recording_ready', 'https://r.example/1'],
        ['recording_ready', 'https://r.example/2'],
        ['call_finished'],
      ];
      const inCard = [['call_started'], ['call_finished', 'https://r.example/1']];
      assert.deepEqual(links, count === 1 ? inCard : apart);
      desk.keeper.stop();
    }
  });

  it('R11 stops waiting for a part of either recording that never comes', async () => {
    const { desk, written } = await recorded();
    for (const one of [part(first, 3), part(second, 2)]) await desk.hear(session, one);
    assert.deepEqual(written(), []);
    await desk.wait(60_000);
    assert.deepEqual(written(), ['10:00 2']);
    await desk.wait(60_000);
    assert.deepEqual(written(), ['10:00 2', '09:00 3']);
  });
});
