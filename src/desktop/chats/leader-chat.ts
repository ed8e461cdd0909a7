import { toFailure } from '../../domain/failure.js';
import type { Environment } from '../../environment/environment.js';
import { inCommandTime } from '../../keeper/command-time.js';
import type { ChatChange, ChatDraft, ChatQuestion, Revision } from '../../machine/chat/chat-question.js';
import {
  delivered,
  emptyConversation,
  heard,
  listed,
  loading,
  notDelivered,
  notListed,
  readUpTo,
  sentAgain,
  typingNow,
  unreadAfter,
  written,
  type Conversation,
} from '../../machine/chat/conversation.js';
import { passes } from '../../machine/chat/message-delivery.js';
import type { SessionEvent } from '../../telephony/platform-event.js';
import type { Telephony } from '../../telephony/telephony.js';
import { TelephonyError } from '../../telephony/telephony-error.js';
import type { ChatStore, StoredDraft, StoredMessage } from './chat-store.js';

const pageSize = 50;
/** Milliseconds. How long "is typing" stands without a new event. */
const typingLasts = 6000;
/** How many wishes are remembered, of which a tab may ask again. */
const rememberedWishes = 50;

interface LeaderChatOptions {
  sessionId: string;
  agentId: string;
  telephony: Telephony;
  environment: Environment;
  store: ChatStore;
  /** Names the leader in revisions. */
  leader: string;
  changed: (change: { revision: number; unread?: number }) => void;
}

/** A15: one chat in the leading tab: its conversation, the agent's draft, and the messages on their way. */
export class LeaderChat {
  readonly #options: LeaderChatOptions;
  #conversation: Conversation = emptyConversation;
  #draft: ChatDraft;
  /** The messages that the platform may not have, by their keys. */
  readonly #outgoing = new Map<string, StoredMessage>();
  readonly #sentWishes = new Map<string, string>();
  #lastSend: Promise<void> = Promise.resolve();
  #seen: string | undefined;
  #typingTimer: unknown;
  #stopped = false;

  constructor(options: LeaderChatOptions) {
    this.#options = options;
    this.#draft = { wish: options.environment.random(), text: '' };
  }

  /** Takes up the draft of an earlier page. */
  restoreDraft({ wish, text }: StoredDraft): void {
    this.#draft = { wish, text };
  }

  /** Takes up a message of an earlier page. The platform sends it once, because it has the same key. */
  restoreMessage({ failure, ...row }: StoredMessage): void {
    this.#outgoing.set(row.key, row);
    const delivery = failure && { state: 'failed' as const, failure };
    this.#change(written(this.#conversation, row, delivery));
    if (!delivery || passes(delivery)) this.#send(row.key);
  }

  take(event: SessionEvent): void {
    if (event.type === 'session.message' && event.message) {
      const { key, id, from } = event.message;
      const own = key ?? this.#conversation.messages.find((one) => one.id === id)?.key;
      if (own !== undefined && from === 'agent') this.#forget(own);
      this.#change(heard(this.#conversation, event.message));
      // A platform that does not know what the agent has seen counts on.
      if (!this.#options.telephony.markRead) this.#tellUnread();
    }
    if (event.type === 'session.read') this.#change(readUpTo(this.#conversation, event.upTo));
    if (event.type === 'session.typing') this.#typing(event.from);
  }

  async ask(question: Exclude<ChatQuestion, { do: 'read' }>): Promise<void> {
    const { telephony, sessionId, environment } = this.#options;
    switch (question.do) {
      case 'load':
        return this.#load();
      case 'draft':
        return this.#keepDraft(question.text);
      case 'send':
        return this.#take(question);
      case 'retry':
        return this.#retry(question.key);
      case 'see':
        return this.#see(question.upTo);
      case 'type':
        // What the customer sees of the agent's typing is not worth a message.
        await inCommandTime(environment, 'tell that the agent types', async () =>
          telephony.setTyping?.(sessionId, question.typing),
        ).catch(() => undefined);
    }
  }

  /** What has changed since the tab's revision. The first question of all loads the conversation. */
  changeSince(since: Revision | undefined): ChatChange {
    if (this.#conversation.state === 'idle') void this.#load();
    const { leader } = this.#options;
    const { messages, state, failure, typing, older, revision } = this.#conversation;
    const from = since?.leader === leader ? since.at : undefined;
    return {
      revision: { leader, at: revision },
      all: from === undefined,
      messages: from === undefined ? messages : messages.filter((one) => one.revision > from),
      state,
      ...(failure && { failure }),
      ...(typing && { typing }),
      hasOlder: older !== undefined,
      draft: this.#draft,
    };
  }

  reconnected(): void {
    for (const { key, delivery } of this.#conversation.messages) if (passes(delivery)) this.#retry(key);
    if (this.#conversation.state === 'failed') void this.#load();
  }

  /** The session is over for good: nothing of it can be sent any more. */
  async close(): Promise<void> {
    this.stop();
    await this.#options.store.change([], [this.#draftRow, ...this.#outgoing.values()]).catch(() => undefined);
  }

  stop(): void {
    this.#stopped = true;
    this.#options.environment.timers.clearTimeout(this.#typingTimer);
  }

  #change(conversation: Conversation, more: { unread?: number } = {}): void {
    if (conversation === this.#conversation && more.unread === undefined) return;
    this.#conversation = conversation;
    this.#options.changed({ revision: conversation.revision, ...more });
  }

  /** Tells the tabs about a change that is not in the messages. */
  #touch(more: { unread?: number } = {}): void {
    this.#change({ ...this.#conversation, revision: this.#conversation.revision + 1 }, more);
  }

  async #load(): Promise<void> {
    const { telephony, environment, sessionId } = this.#options;
    const { state, older } = this.#conversation;
    if (state === 'loading' || state === 'adding' || (state === 'shown' && older === undefined)) return;
    const page = state === 'idle' || state === 'failed' ? undefined : older;
    this.#change(loading(this.#conversation));
    try {
      const answer = await inCommandTime(environment, 'list the messages of a chat', async (signal) => {
        if (!telephony.listMessages) throw new TelephonyError('unsupported', 'The platform lists no messages.');
        return telephony.listMessages(sessionId, { signal, limit: pageSize, ...(page !== undefined && { page }) });
      });
      if (this.#stopped) return;
      for (const { key } of answer.items) if (key !== undefined) this.#forget(key);
      this.#change(listed(this.#conversation, answer));
    } catch (error) {
      if (!this.#stopped) this.#change(notListed(this.#conversation, toFailure(error)));
    }
  }

  async #keepDraft(text: string): Promise<void> {
    if (text === this.#draft.text) return;
    this.#draft = { ...this.#draft, text };
    this.#touch();
    await this.#options.store.change([this.#draftRow]);
  }

  get #draftRow(): StoredDraft {
    const { sessionId, agentId, environment } = this.#options;
    return { kind: 'draft', sessionId, agentId, ...this.#draft, at: environment.clock.now() };
  }

  /** Takes a message from a tab. It is stored together with the next draft, before it is sent. */
  async #take({ wish, text, files }: Extract<ChatQuestion, { do: 'send' }>): Promise<void> {
    const { sessionId, agentId, environment, store } = this.#options;
    const trimmed = text.trim();
    if (trimmed === '' && files.length === 0) return;
    const own = `${sessionId}/${wish}`;
    const known = this.#sentWishes.get(wish) ?? this.#conversation.messages.find((one) => one.key === own)?.text;
    // A tab asks again if an answer was lost. Two tabs may send different texts of one draft.
    if (known === trimmed) return;
    const key = known === undefined ? own : `${sessionId}/${environment.random()}`;
    const row: StoredMessage = {
      ...{ kind: 'message', sessionId, agentId, key, at: new Date(environment.clock.now()).toISOString() },
      ...(trimmed !== '' && { text: trimmed }),
      ...(files.length > 0 && { files }),
    };
    const before = this.#draft;
    this.#sentWishes.set(wish, trimmed);
    for (const old of this.#sentWishes.keys())
      if (this.#sentWishes.size > rememberedWishes) this.#sentWishes.delete(old);
    this.#draft = { wish: environment.random(), text: '' };
    try {
      await store.change([row, this.#draftRow]);
    } catch (error) {
      if (toFailure(error).code === 'busy-elsewhere') {
        // The next leader takes the wish.
        this.#sentWishes.delete(wish);
        this.#draft = before;
        throw error;
      }
      // The store is full. The message goes out, and this page alone remembers it.
    }
    this.#outgoing.set(key, row);
    this.#change(written(this.#conversation, row));
    this.#send(key);
  }

  #retry(key: string): void {
    const before = this.#conversation;
    this.#change(sentAgain(before, key));
    if (this.#conversation !== before) this.#send(key);
  }

  /** Sends a message after the earlier ones, so that they arrive in order. */
  #send(key: string): void {
    this.#lastSend = this.#lastSend.then(() => this.#carry(key));
  }

  async #carry(key: string): Promise<void> {
    const { telephony, environment, sessionId, store } = this.#options;
    const row = this.#outgoing.get(key);
    if (!row || this.#stopped) return;
    const { text, files } = row;
    try {
      await inCommandTime(environment, 'send a message', async () => {
        if (!telephony.sendMessage) throw new TelephonyError('unsupported', 'The platform sends no messages.');
        const message = { key, ...(text !== undefined && { text }), ...(files && { files }) };
        return telephony.sendMessage(sessionId, message);
      });
      this.#forget(key);
      if (!this.#stopped) this.#change(delivered(this.#conversation, key));
    } catch (error) {
      const failure = toFailure(error);
      if (this.#stopped) return;
      this.#change(notDelivered(this.#conversation, key, failure));
      if (this.#outgoing.has(key)) await store.change([{ ...row, failure }]).catch(() => undefined);
    }
  }

  /** The platform has the message. */
  #forget(key: string): void {
    const row = this.#outgoing.get(key);
    if (!row) return;
    this.#outgoing.delete(key);
    // After a failed write, the next page sends the message again with the same key.
    void this.#options.store.change([], [row]).catch(() => undefined);
  }

  async #see(upTo: string): Promise<void> {
    const { telephony, sessionId, environment } = this.#options;
    if (upTo === this.#seen) return;
    this.#seen = upTo;
    this.#tellUnread();
    // The next message that the agent sees tells the platform again.
    await inCommandTime(environment, 'mark messages as read', async () => telephony.markRead?.(sessionId, upTo)).catch(
      () => undefined,
    );
  }

  #tellUnread(): void {
    this.#touch({ unread: unreadAfter(this.#conversation, this.#seen) });
  }

  #typing(from: 'customer' | 'agent'): void {
    const { timers } = this.#options.environment;
    timers.clearTimeout(this.#typingTimer);
    if (this.#conversation.typing !== from) this.#change(typingNow(this.#conversation, from));
    this.#typingTimer = timers.setTimeout(() => {
      if (this.#conversation.typing) this.#change(typingNow(this.#conversation, undefined));
    }, typingLasts);
  }
}
