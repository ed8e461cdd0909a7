import type { Iso, Page } from '../../domain/contact.js';
import type { Failure } from '../../domain/failure.js';
import { isHttps } from '../../domain/https-link.js';
import type { Attachment, ChatMessage } from '../../domain/session.js';
import { isUnsent, read, received, refused, retried, sending, taken, type Delivery } from './message-delivery.js';

/** A15: a file of a message. Only https links are shown. `size`: bytes. */
export interface ShownFile {
  name: string;
  size?: number;
  url?: string;
}

/** A15: a message on screen. JSON. */
export interface ShownMessage {
  /** The key of `sendMessage`, else the platform's id. It never changes. */
  key: string;
  /** The platform's id. Absent while the platform has not told the message. */
  id?: string;
  at: Iso;
  from: ChatMessage['from'];
  name?: string;
  text?: string;
  files: readonly ShownFile[];
  delivery: Delivery;
  /** Where it stands: the time, in milliseconds since 1970, then the order. */
  place: readonly [time: number, order: number];
  /** The revision in which it last changed. */
  revision: number;
}

/** A15: the conversation of a chat, as far as it is loaded. */
export interface Conversation {
  revision: number;
  /** The oldest first. What is not sent yet stands at the end. */
  messages: readonly ShownMessage[];
  /** `idle`: nobody has looked at it yet. `adding`: older messages are being loaded. */
  state: 'idle' | 'loading' | 'shown' | 'adding' | 'failed' | 'not-added';
  failure?: Failure;
  /** The page before the oldest message. */
  older?: string;
  /** The customer or another agent is typing. */
  typing?: 'customer' | 'agent';
}

export const emptyConversation: Conversation = { revision: 0, messages: [], state: 'idle' };

/** After every message that has a time. */
const atTheEnd = Number.MAX_SAFE_INTEGER;

const shownFile = ({ name, url, size, file }: Attachment): ShownFile => {
  const bytes = size ?? file?.size;
  return { name, ...(bytes !== undefined && { size: bytes }), ...(isHttps(url) && { url }) };
};

export const inPlace = (messages: Iterable<ShownMessage>): ShownMessage[] =>
  [...messages].sort(({ place: [time, order] }, { place: [other, after] }) => time - other || order - after);

/** Puts messages in the place of those with the same keys, or between the others. */
function withMessages(conversation: Conversation, changed: readonly Omit<ShownMessage, 'revision'>[]): Conversation {
  const revision = conversation.revision + 1;
  const all = new Map(conversation.messages.map((message) => [message.key, message]));
  for (const message of changed) all.set(message.key, { ...message, revision });
  return { ...conversation, revision, messages: inPlace(all.values()) };
}

/** The messages that the platform tells, with their places. A known message keeps its key and its delivery. */
function told(
  { messages }: Conversation,
  given: readonly ChatMessage[],
  orderOf: (at: number, known: ShownMessage | undefined) => number,
): readonly Omit<ShownMessage, 'revision'>[] {
  const byId = new Map(messages.flatMap((one) => (one.id === undefined ? [] : [[one.id, one] as const])));
  const byKey = new Map(messages.map((one) => [one.key, one]));
  return given.map(({ id, key, at, from, name, text, attachments = [] }, index) => {
    const known = byId.get(id) ?? (key === undefined ? undefined : byKey.get(key));
    const delivery = known?.delivery ?? (from === 'agent' ? taken(sending) : received);
    return {
      key: known?.key ?? key ?? id,
      ...{ id, at, from },
      ...(name !== undefined && { name }),
      ...(text !== undefined && { text }),
      files: attachments.map(shownFile),
      delivery: taken(delivery),
      place: [Date.parse(at), orderOf(index, known)],
    };
  });
}

const orders = ({ messages }: Conversation): readonly number[] => messages.map(({ place: [, order] }) => order);

/** The platform tells a message: a new one, the agent's own with its key, or a known one with another text. */
export function heard(conversation: Conversation, message: ChatMessage): Conversation {
  const next = Math.max(0, ...orders(conversation)) + 1;
  const { typing, ...rest } = conversation;
  const stillTypes = typing !== undefined && typing !== message.from;
  return withMessages(
    { ...rest, ...(stillTypes && { typing }) },
    told(conversation, [message], (_, known) => known?.place[1] ?? next),
  );
}

/** The platform lists a page of messages. */
export function listed(conversation: Conversation, { items, next }: Page<ChatMessage>): Conversation {
  const { older: _o, failure: _f, ...rest } = conversation;
  const first = Math.min(0, ...orders(conversation)) - items.length;
  const page = withMessages(
    { ...rest, state: 'shown' },
    told(conversation, items, (at) => first + at),
  );
  return { ...page, ...(next !== undefined && { older: next }) };
}

/** A page is being loaded: the first, or an older one. */
export const loading = ({ failure: _f, ...conversation }: Conversation): Conversation => ({
  ...conversation,
  revision: conversation.revision + 1,
  state: conversation.state === 'idle' || conversation.state === 'failed' ? 'loading' : 'adding',
});

/** The page could not be loaded. What was heard meanwhile stays. */
export const notListed = (conversation: Conversation, failure: Failure): Conversation => ({
  ...conversation,
  revision: conversation.revision + 1,
  state: conversation.state === 'adding' ? 'not-added' : 'failed',
  failure,
});

export const typingNow = (
  { typing: _t, ...conversation }: Conversation,
  typing: Conversation['typing'],
): Conversation => ({
  ...conversation,
  revision: conversation.revision + 1,
  ...(typing && { typing }),
});

/** The agent sends a message. */
export function written(
  conversation: Conversation,
  { key, at, text, files = [] }: { key: string; at: Iso; text?: string; files?: readonly Attachment[] },
  delivery: Delivery = sending,
): Conversation {
  if (conversation.messages.some((one) => one.key === key)) return conversation;
  const order = Math.max(0, ...orders(conversation)) + 1;
  return withMessages(conversation, [
    {
      ...{ key, at, from: 'agent' as const },
      ...(text !== undefined && { text }),
      files: files.map(shownFile),
      delivery,
      place: [atTheEnd, order],
    },
  ]);
}

const changed = (conversation: Conversation, key: string, change: (delivery: Delivery) => Delivery): Conversation => {
  const message = conversation.messages.find((one) => one.key === key);
  const delivery = message && change(message.delivery);
  return message && delivery !== message.delivery
    ? withMessages(conversation, [{ ...message, delivery: delivery! }])
    : conversation;
};

/** The platform has taken the message. It stands after all that is shown, until the platform tells its time. */
export function delivered(conversation: Conversation, key: string): Conversation {
  const after = changed(conversation, key, taken);
  const message = after.messages.find((one) => one.key === key);
  if (!message || message.place[0] !== atTheEnd) return after;
  const last = after.messages.findLast(({ place: [time] }) => time !== atTheEnd);
  const time = Math.max(last?.place[0] ?? 0, Date.parse(message.at));
  return withMessages(after, [{ ...message, place: [time, message.place[1]] }]);
}

export const notDelivered = (conversation: Conversation, key: string, failure: Failure): Conversation =>
  changed(conversation, key, (delivery) => refused(delivery, failure));

export const sentAgain = (conversation: Conversation, key: string): Conversation => changed(conversation, key, retried);

/** The customer has read the messages up to this one. */
export function readUpTo(conversation: Conversation, upTo: string): Conversation {
  const last = conversation.messages.findLastIndex(({ id }) => id === upTo);
  const unread = conversation.messages.slice(0, last + 1).filter(({ delivery }) => delivery.state === 'sent');
  if (unread.length === 0) return conversation;
  return withMessages(
    conversation,
    unread.map((message) => ({ ...message, delivery: read(message.delivery) })),
  );
}

/** The agent's messages that the platform does not have yet. */
export const unsent = ({ messages }: Conversation): readonly ShownMessage[] =>
  messages.filter(({ delivery }) => isUnsent(delivery));

/** How many messages of the customer come after this one, which the agent has seen. */
export function unreadAfter({ messages }: Conversation, seen: string | undefined): number {
  const last = messages.findLastIndex(({ id }) => id === seen);
  return messages.slice(last + 1).filter(({ from }) => from === 'customer').length;
}
