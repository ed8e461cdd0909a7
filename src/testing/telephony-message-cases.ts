import type { ChatMessage } from '../domain/session.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { ContractCase } from './contract-suite.js';
import { equal, ok, rejects } from './expect.js';
import { connected, eventsOf, type TelephonyFixture } from './telephony-fixture.js';

/** A chat that the agent has answered. `told` returns the messages of its events, each once. */
async function chatting(fixture: TelephonyFixture) {
  const { telephony, advance } = fixture;
  const { events } = await connected(fixture);
  await telephony.setStatus('available');
  const id = await fixture.chat!();
  await advance(1000);
  await telephony.answer(id);
  await advance(2000);
  const told = () => messagesIn(eventsOf(events, id));
  return { events, id, told };
}

const messagesIn = (events: readonly PlatformEvent[]): readonly ChatMessage[] => {
  const messages = events.flatMap((event) =>
    event.type === 'session.message' && event.message ? [event.message] : [],
  );
  return [...new Map(messages.map((message) => [message.id, message])).values()];
};

const textsOf = (messages: readonly ChatMessage[]) => messages.map(({ from, text }) => `${from}: ${text ?? ''}`);

/** The contract for the capability `chat-messages` (A15). */
export const messageCases: readonly ContractCase<TelephonyFixture>[] = [
  {
    title: 'A15 events tell the messages of both sides, with the agent’s key, and the list has the same ones',
    needs: ['chat-messages', 'lever chat', 'lever writes'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id, told } = await chatting(fixture);
      await fixture.writes!(id, 'Where is my order?');
      await advance(2000);
      await telephony.sendMessage!(id, { key: 'contract-1', text: 'Let me look.' });
      await advance(2000);
      equal(textsOf(told()), ['customer: Where is my order?', 'agent: Let me look.'], 'the events');
      const { items } = await telephony.listMessages!(id);
      equal(textsOf(items), textsOf(told()), 'the list');
      equal(
        items.map(({ key }) => key),
        [undefined, 'contract-1'],
        'the keys',
      );
      ok(
        items.every(({ id: own, at }) => own !== '' && !Number.isNaN(Date.parse(at))),
        'ids and times',
      );
    },
  },
  {
    title: 'A15 the same key twice sends one message, another key another message with the same text',
    needs: ['chat-messages', 'lever chat'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id, told } = await chatting(fixture);
      for (const key of ['contract-1', 'contract-1', 'contract-2'])
        await telephony.sendMessage!(id, { key, text: 'Hello' });
      await advance(2000);
      equal(told().length, 2, 'the events');
      equal((await telephony.listMessages!(id)).items.length, 2, 'the list');
    },
  },
  {
    title: 'A15 the first page has the newest messages, the next goes back in time, each with the oldest first',
    needs: ['chat-messages', 'lever chat', 'lever writes'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id } = await chatting(fixture);
      for (const text of ['1', '2', '3', '4', '5']) {
        await fixture.writes!(id, text);
        await advance(1000);
      }
      const pages: string[] = [];
      let page: string | undefined;
      do {
        const { items, next } = await telephony.listMessages!(id, { limit: 2, ...(page !== undefined && { page }) });
        pages.push(items.map(({ text }) => text).join(''));
        page = next;
      } while (page !== undefined && pages.length < 9);
      equal(pages, ['45', '23', '1'], 'the pages');
    },
  },
  {
    title: 'A15 unread counts the customer’s messages until they are marked as read',
    needs: ['chat-messages', 'lever chat', 'lever writes'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { events, id } = await chatting(fixture);
      await fixture.writes!(id, 'One');
      await fixture.writes!(id, 'Two');
      await advance(2000);
      const unread = () =>
        eventsOf(events, id).findLast((event) => event.type === 'session.message') as { unread?: number } | undefined;
      equal(unread()?.unread, 2, 'before');
      const { items } = await telephony.listMessages!(id);
      await telephony.markRead!(id, items.at(-1)!.id);
      await advance(2000);
      equal(unread()?.unread, 0, 'after');
    },
  },
  {
    title: 'A15 R34 the messages of a chat that is over can still be listed, and none can be sent',
    needs: ['chat-messages', 'lever chat'],
    async run(fixture) {
      const { telephony, advance } = fixture;
      const { id } = await chatting(fixture);
      await telephony.setTyping!(id, true);
      await telephony.sendMessage!(id, { key: 'contract-1', text: 'Bye' });
      await advance(2000);
      await telephony.end(id);
      await advance(10_000);
      equal(textsOf((await telephony.listMessages!(id)).items), ['agent: Bye'], 'the list');
      const late = telephony.sendMessage!(id, { key: 'contract-2', text: 'Too late' });
      await rejects(late, { name: 'TelephonyError', code: 'not-available' }, 'a message after the end');
    },
  },
];
