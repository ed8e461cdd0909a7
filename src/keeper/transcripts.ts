import type { ChatMessage } from '../domain/session.js';
import { toFailure } from '../domain/failure.js';
import type { Timers } from '../environment/environment.js';
import { inTime } from '../environment/in-time.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { ListOptions } from '../telephony/telephony.js';
import { HeardMessages, inOrder } from './heard-messages.js';
import type { RecordKeeperOptions } from './options.js';
import type { SessionEntry } from './session-entry.js';

/** Milliseconds for all pages of a conversation. */
const readingTime = 10_000;
const pageSize = 200;
/** A platform that never comes to an end is not asked for ever. */
const mostPages = 1000;

/** R34: a conversation, as far as it could be read. `failed`: the platform has one, and did not give it. */
export interface Conversation {
  messages: readonly ChatMessage[];
  failed?: boolean;
}

export interface TranscriptsOptions extends Pick<RecordKeeperOptions, 'telephony' | 'storage' | 'settings'> {
  timers: Timers;
}

/** R34: reads the conversations of chats for their transcripts. */
export class Transcripts {
  readonly #options: TranscriptsOptions;
  readonly #heard: HeardMessages;

  constructor(options: TranscriptsOptions) {
    this.#options = options;
    this.#heard = new HeardMessages(options.storage);
  }

  /** S4: without an entry that knows the session, no store keeps the message, because the session may be silent. */
  hear(event: SessionEvent, entry: SessionEntry | undefined): void {
    if (event.type !== 'session.message' || !event.message || !this.#options.settings().calls.transcripts) return;
    this.#heard.hear(event.sessionId, event.message, event.at, entry?.known !== undefined);
  }

  /** All messages as the platform lists them, else those of its events. Never rejects. */
  async read(sessionId: string): Promise<Conversation> {
    const listed = new Map<string, ChatMessage>();
    const failed = await this.#list(sessionId, listed);
    if (failed === undefined && listed.size > 0) return { messages: [...listed.values()] };
    const heard = await this.#heard.of(sessionId);
    // What the platform lists may have been redacted since.
    const known = new Map(heard.map((message) => [message.id, message]));
    for (const message of listed.values()) known.set(message.id, message);
    return { messages: inOrder([...known.values()]), failed: failed === 'failed' };
  }

  /** Removes the messages of the session: its transcript is written, or it gets none. */
  forget(sessionId: string): void {
    void this.#heard.forget((one) => one === sessionId);
  }

  /** Removes the messages of all other sessions than these. */
  keepOnly(entries: readonly SessionEntry[]): void {
    const known = new Set(entries.map(({ sessionId }) => sessionId));
    void this.#heard.forget((one) => !known.has(one) && !this.#heard.has(one));
  }

  /** Reads all pages into the map, the oldest message first. */
  async #list(sessionId: string, listed: Map<string, ChatMessage>): Promise<'failed' | 'unsupported' | undefined> {
    const { telephony, timers } = this.#options;
    if (!telephony?.listMessages) return 'unsupported';
    const pages: (readonly ChatMessage[])[] = [];
    const tooLate = () => new Error('The platform did not list the messages in time.');
    try {
      await inTime(
        async (signal) => {
          let page: string | undefined;
          for (let count = 0; count < mostPages && !signal.aborted; count++) {
            const options: ListOptions = { signal, limit: pageSize, ...(page !== undefined && { page }) };
            const { items, next } = await telephony.listMessages!(sessionId, options);
            if (!signal.aborted) pages.unshift(items);
            if (next === undefined || next === page) return;
            page = next;
          }
        },
        { timers, milliseconds: readingTime, tooLate },
      );
      return undefined;
    } catch (error) {
      return toFailure(error).code === 'unsupported' ? 'unsupported' : 'failed';
    } finally {
      for (const message of pages.flat()) listed.set(message.id, message);
    }
  }
}
