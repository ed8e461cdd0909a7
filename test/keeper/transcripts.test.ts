import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatMessage, Session } from '../../src/domain/session.js';
import type { SealedStore } from '../../src/environment/environment.js';
import { MemoryStore } from '../../src/environment/in-memory.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { FakePlatform, KeeperDesk, SpyJournal } from '../support/keeper-desk.js';
import { sealedStorage } from '../support/sealed-storage.js';

const chat: Session = {
  ...{ id: 'c', channel: 'web-chat', direction: 'inbound', agentId: '101' },
  customer: { name: 'Giulia Rossi', email: 'giulia@example.com', authenticated: true },
};
const ended = {
  ...{ type: 'session.ended' as const, endedBy: 'customer' as const },
  durations: { total: 60, talk: 60, hold: 0, wait: 0 },
};
const closed = { type: 'session.closed' as const };
const at = (second: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + second * 1000).toISOString();
const message = (id: number, text: string, more: Partial<ChatMessage> = {}): ChatMessage => ({
  ...{ id: `m${id}`, at: at(id), from: id % 2 === 0 ? 'agent' : 'customer', text },
  ...more,
});
const heard = (one: ChatMessage) => ({ type: 'session.message' as const, unread: 0, message: one });
const bytes = (text: string) => new TextEncoder().encode(text).length;

/** A platform that lists these messages in pages of two, the newest first. */
function listing(messages: readonly ChatMessage[]): FakePlatform {
  const platform = new FakePlatform();
  platform.listMessages = (_, { page } = {}) => {
    const to = Number(page ?? messages.length);
    const from = Math.max(0, to - 2);
    return Promise.resolve({ items: messages.slice(from, to), ...(from > 0 && { next: String(from) }) });
  };
  return platform;
}

type Given = Parameters<typeof KeeperDesk.start>[0];
async function chatting(given: Given = {}): Promise<KeeperDesk> {
  const desk = await KeeperDesk.start(given);
  desk.platform.set(chat);
  await desk.assigned(chat);
  return desk;
}

const comments = (desk: KeeperDesk) => desk.madeBy('c').flatMap(({ id }) => desk.host.comments(id));
const feet = (desk: KeeperDesk) => comments(desk).map(({ body }) => body.split('\n').at(-1)!.split(' · ')[0]!);
const transcripts = (desk: KeeperDesk) =>
  comments(desk)
    .map(({ body }) => body)
    .filter((body) => body.endsWith('\nchat_transcript · c'));
/** The lines of the transcript without headlines and feet. */
const lines = (desk: KeeperDesk) => transcripts(desk).flatMap((body) => body.split('\n').slice(1, -1));

describe('the transcript of a chat', () => {
  it('R34 follows the end card, with all pages in the order of the platform', async () => {
    const all = [1, 2, 3, 4, 5].map((id) => message(id, `Message ${id}`));
    const desk = await chatting({ platform: listing(all) });
    await desk.hear(chat, ended);
    assert.deepEqual(feet(desk), ['chat_started']);
    await desk.hear(chat, closed);
    assert.deepEqual(feet(desk), ['chat_started', 'chat_finished', 'chat_transcript']);
    assert.deepEqual(
      lines(desk),
      [1, 2, 3, 4, 5].map((id) => `09:00 ${id % 2 === 0 ? 'Agent' : 'Giulia Rossi'}: Message ${id}`),
    );
    await desk.wait(3_600_000);
    assert.equal(transcripts(desk).length, 1);
  });

  it('R34 never delays the card: a platform that does not answer has ten seconds, then what was heard is written', async () => {
    const platform = new FakePlatform();
    platform.listMessages = () => new Promise(() => undefined);
    const desk = await chatting({ platform });
    await desk.hear(chat, heard(message(1, 'Hello?')));
    await desk.hear(chat, ended);
    const taken = desk.hear(chat, closed);
    await desk.wait(1000);
    assert.deepEqual(feet(desk), ['chat_started', 'chat_finished']);
    await desk.wait(9000);
    await taken;
    assert.deepEqual(lines(desk), ['09:00 Giulia Rossi: Hello?']);
  });

  it('R34 is written from the messages heard, in order of their times, with redacted texts redacted', async () => {
    const desk = await chatting();
    await desk.hear(chat, heard(message(3, 'Third')));
    await desk.hear(chat, heard(message(1, 'My card is 4111')));
    await desk.hear(chat, { ...heard(message(1, 'My card is ••••')), at: at(60) });
    await desk.hear(chat, { ...heard(message(1, 'My card is 4111')), at: at(30) });
    await desk.hear(chat, heard(message(2, 'Second')));
    await desk.hear(chat, ended);
    await desk.hear(chat, closed);
    assert.deepEqual(lines(desk), [
      '09:00 Giulia Rossi: My card is ••••',
      '09:00 Agent: Second',
      '09:00 Giulia Rossi: Third',
    ]);
  });

  it('R34 is cut between messages into comments of 60,000 bytes, a longer message between characters', async () => {
    const long = '😀ä'.repeat(40_000);
    const all = [
      ...[1, 2, 3].map((id) => message(id, `${id}`.repeat(29_000))),
      message(4, long),
      message(5, 'The end'),
    ];
    const desk = await chatting({ platform: listing(all) });
    await desk.hear(chat, ended);
    await desk.hear(chat, closed);
    const parts = transcripts(desk);
    assert.equal(parts.length, 7);
    for (const [index, body] of parts.entries()) {
      assert.ok(bytes(body) <= 60_000, `${index}: ${bytes(body)}`);
      assert.ok(body.split('\n')[0]!.endsWith(` · part ${index + 1} of 7`));
      assert.ok(!body.includes('\ufffd'));
    }
    const text = lines(desk)
      .map((line) => line.replace(/^ {2}/, ''))
      .join('');
    const inAll = all.map(
      ({ id, text: said }) => `09:00 ${Number(id[1]) % 2 === 0 ? 'Agent' : 'Giulia Rossi'}: ${said}`,
    );
    assert.equal(text, inAll.join(''));
  });

  it('R34 all parts of a transcript enter the outbox in one step', async () => {
    const desk = await chatting({ platform: listing([message(1, 'x'.repeat(150_000))]) });
    const steps: number[] = [];
    const enqueue = desk.outbox.enqueue.bind(desk.outbox);
    desk.outbox.enqueue = (intents) => {
      const parts = intents.filter(({ key }) => key.startsWith('c/transcript'));
      if (parts.length > 0) steps.push(parts.length);
      return enqueue(intents);
    };
    await desk.hear(chat, ended);
    await desk.hear(chat, closed);
    assert.deepEqual(steps, [3]);
  });

  it('R34 is written once by the next page, with what earlier pages have heard, if this one ends after the card', async () => {
    const time = new SimulatedTime();
    const [journal, storage]: [SpyJournal, SealedStore] = [new SpyJournal(), sealedStorage(time, new MemoryStore())];
    const platform = new FakePlatform();
    platform.listMessages = () => new Promise(() => undefined);
    const first = await chatting({ time, journal, storage, platform });
    await first.hear(chat, heard(message(1, 'Heard by the first page')));
    await first.hear(chat, ended);
    void first.hear(chat, closed);
    await first.wait(1000);
    assert.deepEqual(feet(first), ['chat_started', 'chat_finished']);
    first.keeper.stop();
    await first.wait(20_000);
    delete platform.listMessages;
    const { host, outbox } = first;
    const next = await KeeperDesk.start({ time, journal, storage, platform, host, outbox });
    await next.wait(5000);
    assert.deepEqual(lines(next), ['09:00 Giulia Rossi: Heard by the first page']);
    next.keeper.stop();
    const third = await KeeperDesk.start({ time, journal, storage, platform, host, outbox });
    await third.wait(60_000);
    assert.equal(transcripts(third).length, 1);
    assert.deepEqual(await storage.store.all('messages'), []);
  });

  it('S19 is not written, and its messages are not stored, where the setting is off', async () => {
    const time = new SimulatedTime();
    const storage = sealedStorage(time, new MemoryStore());
    const settings = { calls: { transcripts: false } };
    const desk = await chatting({ time, storage, settings, platform: listing([message(1, 'Hello')]) });
    await desk.hear(chat, heard(message(1, 'Hello')));
    await desk.hear(chat, ended);
    await desk.hear(chat, closed);
    assert.deepEqual(feet(desk), ['chat_started', 'chat_finished']);
    assert.deepEqual(await storage.store.all('messages'), []);
  });

  it('S4 no store has the messages of a session that gets no ticket', async () => {
    const time = new SimulatedTime();
    const storage = sealedStorage(time, new MemoryStore());
    const desk = await KeeperDesk.start({ time, storage });
    desk.platform.set({ ...chat, record: { ticketId: 'none' } });
    await desk.hear(chat, heard(message(1, 'Nobody keeps this')));
    await desk.hear(chat, {
      type: 'session.assigned',
      session: { ...chat, record: { ticketId: 'none' } },
      agent: '101',
    });
    await desk.hear(chat, heard(message(2, 'Nor this')));
    await desk.hear(chat, ended);
    await desk.hear(chat, closed);
    await desk.wait(60_000);
    assert.deepEqual(await storage.store.all('messages'), []);
    assert.deepEqual(comments(desk), []);
  });

  it('R34 a thousand messages take no place of the events that wait, and no end, close or transfer is dropped', async () => {
    const desk = await chatting();
    desk.outbox.fails = true;
    await desk.hear(chat, { type: 'custom-data.received', data: { step: 0 } });
    for (let step = 1; step <= 600; step++)
      void desk.take({ type: 'custom-data.received', data: { step }, id: `d${step}`, at: at(step), sessionId: 'c' });
    for (let id = 1; id <= 1000; id++)
      void desk.take({ ...heard(message(id, 'x')), id: `h${id}`, at: at(id), sessionId: 'c' });
    await desk.wait();
    const target = { kind: 'queue' as const, id: 'q', label: 'Repairs' };
    for (const body of [{ type: 'transfer.failed' as const, target, mode: 'cold' as const }, ended, closed])
      void desk.hear(chat, body);
    await desk.wait(100);
    assert.ok(desk.problems.some(({ code }) => code === 'too-many-events'));
    desk.outbox.fails = false;
    await desk.keeper.retry();
    await desk.wait(60_000);
    assert.deepEqual(feet(desk).slice(-2), ['chat_finished', 'chat_transcript']);
    assert.ok(comments(desk).some(({ body }) => body.includes('Repairs did not take a transfer')));
    assert.equal(lines(desk).length, 1000);
  });

  it('R34 a message cannot look like another message or like a foot, and only https files are links', async () => {
    const text = 'Fine\n\nchat_finished · c\n09:01 Agent: You get a refund';
    const attachments = [
      { name: 'a.pdf', type: 'application/pdf', url: 'https://files.example/a' },
      { name: 'b.pdf', type: 'application/pdf', url: 'javascript:alert(1)' },
    ];
    const desk = await chatting({ platform: listing([message(1, text), message(3, '', { attachments })]) });
    await desk.hear(chat, ended);
    await desk.hear(chat, closed);
    assert.deepEqual(lines(desk), [
      '09:00 Giulia Rossi: Fine',
      '  chat_finished · c',
      '  09:01 Agent: You get a refund',
      '09:00 Giulia Rossi: 📎 a.pdf https://files.example/a',
      '  📎 b.pdf',
    ]);
  });
});
