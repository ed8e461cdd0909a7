import type { Environment, SealedStore } from '../../environment/environment.js';
import type { ChatChange, ChatQuestion } from '../../machine/chat/chat-question.js';
import type { SessionEvent } from '../../telephony/platform-event.js';
import type { Telephony } from '../../telephony/telephony.js';
import { ChatStore, type ChatRow, type StoredMessage } from './chat-store.js';
import { LeaderChat } from './leader-chat.js';

export interface LeaderChatsOptions {
  telephony: Telephony;
  environment: Environment;
  storage: SealedStore;
  agentId: string;
  epoch: () => number | undefined;
  /** Is called after each change of a conversation. `unread`: messages that the agent has not seen, if it is known. */
  changed: (sessionId: string, change: { revision: number; unread?: number }) => void;
}

/** A15: the conversations of the agent's chats, in the leading tab. */
export class LeaderChats {
  readonly #options: LeaderChatsOptions;
  readonly #store: ChatStore;
  readonly #chats = new Map<string, LeaderChat>();
  /** Names this leader in revisions. */
  readonly #name: string;
  readonly #loaded: Promise<void>;
  #stopped = false;

  constructor(options: LeaderChatsOptions) {
    this.#options = options;
    this.#name = options.environment.random();
    this.#store = new ChatStore(options.storage, options.epoch);
    this.#loaded = this.#load();
  }

  /** Follows an event of a chat. */
  async take(event: SessionEvent): Promise<void> {
    await this.#loaded;
    if (this.#stopped) return;
    const { sessionId } = event;
    if (event.type === 'session.closed') {
      await this.#chats.get(sessionId)?.close();
      this.#chats.delete(sessionId);
    } else this.#of(sessionId).take(event);
  }

  async ask(sessionId: string, question: ChatQuestion): Promise<ChatChange | undefined> {
    await this.#loaded;
    const chat = this.#of(sessionId);
    if (question.do === 'read') return chat.changeSince(question.since);
    await chat.ask(question);
    return undefined;
  }

  /** Sends again what the platform could not be told. */
  async reconnected(): Promise<void> {
    await this.#loaded;
    for (const chat of this.#chats.values()) chat.reconnected();
  }

  stop(): void {
    this.#stopped = true;
    for (const chat of this.#chats.values()) chat.stop();
  }

  /** A15: takes up drafts and unsent messages of an earlier page, and sends the messages with their keys. */
  async #load(): Promise<void> {
    const { agentId, environment } = this.#options;
    const rows = await this.#store.load(agentId, environment.clock.now()).catch((): readonly ChatRow[] => []);
    for (const row of rows) if (row.kind === 'draft') this.#of(row.sessionId).restoreDraft(row);
    const messages = rows.filter((row): row is StoredMessage => row.kind === 'message');
    for (const row of messages.sort((one, other) => (one.at < other.at ? -1 : 1)))
      this.#of(row.sessionId).restoreMessage(row);
  }

  #of(sessionId: string): LeaderChat {
    const known = this.#chats.get(sessionId);
    if (known) return known;
    const { changed } = this.#options;
    const chat = new LeaderChat({
      ...this.#options,
      ...{ sessionId, store: this.#store, leader: this.#name },
      changed: (change) => {
        if (!this.#stopped) changed(sessionId, change);
      },
    });
    this.#chats.set(sessionId, chat);
    return chat;
  }
}
