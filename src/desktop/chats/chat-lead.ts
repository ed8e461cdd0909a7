import { isChat } from '../../domain/session.js';
import type { ChatChange, ChatQuestion } from '../../machine/chat/chat-question.js';
import type { PlatformEvent } from '../../telephony/platform-event.js';
import type { ActiveSession } from '../../telephony/telephony.js';
import type { LeaderChats, LeaderChatsOptions } from './leader-chats.js';

const chatEvents: ReadonlySet<string> = new Set([
  'session.message',
  'session.typing',
  'session.read',
  'session.closed',
] satisfies PlatformEvent['type'][]);

/** A15: opens the chats of the leading tab when there is one. Their code is in a file of its own. */
export class ChatLead {
  readonly #options: LeaderChatsOptions;
  readonly #isSupported: boolean;
  #chats: Promise<LeaderChats> | undefined;
  #stopped = false;

  /** `isSupported`: whether the platform has the capability `chat-messages`. */
  constructor(options: LeaderChatsOptions, isSupported: boolean) {
    this.#options = options;
    this.#isSupported = isSupported;
  }

  /** A15: messages that an earlier page has not sent go out, even if nobody looks at the chat. */
  resume(sessions: readonly ActiveSession[]): void {
    if (this.#isSupported && sessions.some(isChat)) this.#open().catch(() => undefined);
  }

  take(event: PlatformEvent): void {
    if (!this.#isSupported) return;
    // The file could not be loaded: the conversation is read from the platform when it is.
    if (event.type === 'connection.restored')
      void this.#chats?.then((chats) => chats.reconnected()).catch(() => undefined);
    if (!('sessionId' in event) || !chatEvents.has(event.type)) return;
    if (event.type === 'session.closed' && !this.#chats) return;
    this.#open()
      .then((chats) => chats.take(event))
      .catch(() => undefined);
  }

  async ask(sessionId: string, question: ChatQuestion): Promise<ChatChange | undefined> {
    return (await this.#open()).ask(sessionId, question);
  }

  stop(): void {
    this.#stopped = true;
    void this.#chats?.then((chats) => chats.stop()).catch(() => undefined);
  }

  /** A file that could not be loaded is loaded again at the next need. */
  #open(): Promise<LeaderChats> {
    const { environment } = this.#options;
    const opened = (this.#chats ??= environment
      .load(() => import('./leader-chats.js'))
      .then(({ LeaderChats }) => {
        const chats = new LeaderChats(this.#options);
        if (this.#stopped) chats.stop();
        return chats;
      }));
    opened.catch(() => {
      if (this.#chats === opened) this.#chats = undefined;
    });
    return opened;
  }
}
