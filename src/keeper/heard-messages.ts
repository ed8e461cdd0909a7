import type { ChatMessage } from '../domain/session.js';
import type { SealedStore } from '../environment/environment.js';
import { SealedTable } from '../environment/sealed-table.js';

/** How many messages are in one row, so that a new message seals few others again. */
const rowSize = 50;

interface Row {
  sessionId: string;
  /** The oldest first, with the times of the events that brought them. */
  heard: readonly Heard[];
}

/** `heardAt`: when the event was emitted, because a later event may redact a message. */
interface Heard {
  message: ChatMessage;
  heardAt: string;
}

/** The messages of one session. */
class Conversation {
  /** S4: whether the session is known to get a ticket. */
  mayBeStored = false;
  /** In the order of their first events. */
  readonly heard: Heard[] = [];
  readonly #places = new Map<string, number>();
  /** The numbers of the rows that are not stored as they are. */
  readonly changed = new Set<number>();

  add(one: Heard): void {
    const { id } = one.message;
    const place = this.#places.get(id) ?? this.heard.length;
    const known = this.heard[place];
    if (known && known.heardAt > one.heardAt) return;
    this.#places.set(id, place);
    this.heard[place] = one;
    this.changed.add(Math.floor(place / rowSize));
  }
}

/**
 * R34: the messages of chats as the platform's events told them, for a platform that cannot list them later. Sealed, in
 * a table of their own, so that they never count among the events that wait. Files are kept as links only.
 */
export class HeardMessages {
  readonly #table: SealedTable<Row> | undefined;
  readonly #conversations = new Map<string, Conversation>();
  #lastWrite: Promise<void> = Promise.resolve();
  #waitsToWrite = false;

  /** Without a storage, this page alone remembers the messages. */
  constructor(storage: SealedStore | undefined) {
    this.#table = storage && new SealedTable(storage, 'messages');
  }

  /** S4: `mayBeStored`: whether the session is known to get a ticket. Until then, no store keeps its messages. */
  hear(sessionId: string, message: ChatMessage, heardAt: string, mayBeStored: boolean): void {
    const conversation = this.#conversations.get(sessionId) ?? new Conversation();
    this.#conversations.set(sessionId, conversation);
    const attachments = message.attachments?.map(({ file: _f, ...file }) => file);
    conversation.add({ message: { ...message, ...(attachments && { attachments }) }, heardAt });
    conversation.mayBeStored = mayBeStored;
    if (mayBeStored) this.#store();
  }

  /** Whether this page has heard messages of the session. */
  has(sessionId: string): boolean {
    return this.#conversations.has(sessionId);
  }

  /** The session's messages, the oldest first, with those of earlier pages. */
  async of(sessionId: string): Promise<readonly ChatMessage[]> {
    await this.#lastWrite;
    const all = new Map<string, Heard>();
    const stored = (await this.#rows()).flatMap(({ value }) => (value.sessionId === sessionId ? value.heard : []));
    for (const one of [...stored, ...(this.#conversations.get(sessionId)?.heard ?? [])])
      if ((all.get(one.message.id)?.heardAt ?? '') <= one.heardAt) all.set(one.message.id, one);
    return inOrder([...all.values()].map(({ message }) => message));
  }

  /** Removes the messages of sessions that get no transcript any more. */
  async forget(isForgotten: (sessionId: string) => boolean): Promise<void> {
    for (const sessionId of this.#conversations.keys())
      if (isForgotten(sessionId)) this.#conversations.delete(sessionId);
    await this.#lastWrite;
    const ids = (await this.#rows()).flatMap(({ id, value }) => (isForgotten(value.sessionId) ? [id] : []));
    await this.#table?.removeIds(ids).catch(() => undefined);
  }

  async #rows(): Promise<readonly { id: string; value: Row }[]> {
    const opened = await this.#table?.open({ isUnreadable: () => true }).catch(() => undefined);
    return opened?.rows ?? [];
  }

  /** Stores the changed rows. Writes run one after the other, each with all that was heard meanwhile. */
  #store(): void {
    if (!this.#table || this.#waitsToWrite) return;
    this.#waitsToWrite = true;
    this.#lastWrite = this.#lastWrite.then(async () => {
      this.#waitsToWrite = false;
      // The store is full or closed: this page still remembers the messages.
      await this.#write().catch(() => undefined);
    });
  }

  async #write(): Promise<void> {
    const put = [...this.#conversations].flatMap(([sessionId, { mayBeStored, changed, heard }]) => {
      if (!mayBeStored) return [];
      const rows = [...changed];
      changed.clear();
      return rows.map((row) => {
        const part = heard.slice(row * rowSize, (row + 1) * rowSize);
        // A later page begins rows of its own, so that it never replaces those of an earlier page.
        return { key: `${sessionId} ${part[0]!.message.id}`, value: { sessionId, heard: part } };
      });
    });
    if (put.length > 0) await this.#table!.change({ put });
  }
}

/** The oldest first. Messages of the same time stay in their order. */
export const inOrder = (messages: readonly ChatMessage[]): readonly ChatMessage[] =>
  [...messages].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
