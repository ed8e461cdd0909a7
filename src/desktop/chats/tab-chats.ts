import { own } from '../../domain/own.js';
import { toFailure, type Failure } from '../../domain/failure.js';
import type { Attachment } from '../../domain/session.js';
import type { ChatChange, ChatQuestion, Revision } from '../../machine/chat/chat-question.js';
import { inPlace, type ShownMessage } from '../../machine/chat/conversation.js';
import { TelephonyError } from '../../telephony/telephony-error.js';
import type { LeaderCommand, LeaderState } from '../../machine/leader/leader-state.js';

/** A15: what a tab shows of a chat. */
export interface ChatView extends Omit<ChatChange, 'messages' | 'all' | 'revision'> {
  /** The oldest first. */
  messages: readonly ShownMessage[];
}

/** A15: a chat in this tab. */
export interface Chat {
  /** Undefined until the leader has answered. */
  readonly view: ChatView | undefined;
  /** Loads older messages, or what could not be loaded. */
  load(): void;
  /** Keeps the agent's text, so that it survives a reload. */
  keepDraft(text: string): void;
  /** Sends a message once. Rejects if the leader has not taken it: the text is then still the agent's to send. */
  send(text: string, files: readonly Attachment[]): Promise<void>;
  /** Sends a failed message again, with its key. */
  retry(key: string): void;
  /** The agent has seen the messages up to the platform's id of this one. */
  see(upTo: string): void;
  setTyping(typing: boolean): void;
}

export interface TabChatsOptions {
  /** Sends a command to the leader. */
  ask: (command: LeaderCommand) => Promise<unknown>;
  state: () => LeaderState | undefined;
  changed: () => void;
}

/** A15: the chats that this tab shows. Each follows the leader's revisions of its conversation. */
export class TabChats {
  readonly #options: TabChatsOptions;
  readonly #chats = new Map<string, TabChat>();

  constructor(options: TabChatsOptions) {
    this.#options = options;
  }

  chat(sessionId: string): Chat {
    const known = this.#chats.get(sessionId);
    if (known) return known;
    const { ask, changed } = this.#options;
    const chat = new TabChat((question) => ask({ type: 'chat', sessionId, question }), changed);
    this.#chats.set(sessionId, chat);
    chat.follow(this.#revisionOf(sessionId));
    return chat;
  }

  /** Reads what has changed, and forgets chats that are gone. */
  stateChanged(state: LeaderState): void {
    for (const [sessionId, chat] of this.#chats)
      if (own(state.sessions, sessionId)) chat.follow(this.#revisionOf(sessionId));
      else this.#chats.delete(sessionId);
  }

  #revisionOf(sessionId: string): number {
    return own(this.#options.state()?.sessions ?? {}, sessionId)?.context.chatRevision ?? 0;
  }
}

class TabChat implements Chat {
  view: ChatView | undefined;
  readonly #ask: (question: ChatQuestion) => Promise<unknown>;
  readonly #changed: () => void;
  readonly #messages = new Map<string, ShownMessage>();
  #revision: Revision | undefined;
  /** The leader's revision that was read last. */
  #followed: number | undefined;
  /** The leader's revision as its state says. */
  #wanted = 0;
  #isReading = false;
  #reading: Promise<void> = Promise.resolve();

  constructor(ask: (question: ChatQuestion) => Promise<unknown>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** Reads the conversation if the leader has another revision of it. A new leader begins to count anew. */
  follow(revision: number): void {
    this.#wanted = revision;
    if (revision !== this.#followed) this.#readSoon();
  }

  load(): void {
    if (this.#revision === undefined) this.#readSoon();
    else this.#tell({ do: 'load' });
  }

  keepDraft(text: string): void {
    this.#tell({ do: 'draft', text });
  }

  async send(text: string, files: readonly Attachment[]): Promise<void> {
    // The agent may be faster than the leader's first answer.
    await this.#reading;
    const wish = this.view?.draft.wish;
    if (!wish) throw new TelephonyError('offline', 'The leading tab does not answer.');
    await this.#ask({ do: 'send', wish, text, files });
  }

  retry(key: string): void {
    this.#tell({ do: 'retry', key });
  }

  see(upTo: string): void {
    this.#tell({ do: 'see', upTo });
  }

  setTyping(typing: boolean): void {
    this.#tell({ do: 'type', typing });
  }

  /** Without an answer, the leader's next revision shows what has become of it. */
  #tell(question: ChatQuestion): void {
    this.#ask(question).catch(() => undefined);
  }

  #readSoon(): void {
    if (!this.#isReading) this.#reading = this.#read();
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    const wanted = this.#wanted;
    try {
      const since = this.#revision;
      this.#take((await this.#ask({ do: 'read', ...(since && { since }) })) as ChatChange);
    } catch (error) {
      this.#fail(toFailure(error));
    }
    this.#isReading = false;
    this.#changed();
    if (this.#wanted !== wanted && this.#wanted !== this.#followed) await this.#read();
  }

  #take({ revision, all, messages, ...change }: ChatChange): void {
    if (all) this.#messages.clear();
    for (const message of messages) this.#messages.set(message.key, message);
    this.#revision = revision;
    this.#followed = revision.at;
    const isSame = messages.length === 0 && !all && this.view;
    this.view = { ...change, messages: isSame ? this.view!.messages : inPlace(this.#messages.values()) };
  }

  /** Nobody has answered. What is shown stays, and the agent can try again. */
  #fail(failure: Failure): void {
    this.#followed = undefined;
    const { messages = [], draft = { wish: '', text: '' } } = this.view ?? {};
    this.view = { messages, draft, state: 'failed', failure, hasOlder: false };
  }
}
