import type { Attachment } from '../../domain/session.js';
import type { Conversation } from './conversation.js';

/** A revision of a conversation, as one leader counts them. */
export interface Revision {
  /** Differs from leader to leader. */
  leader: string;
  at: number;
}

/**
 * A15: what a tab asks the leader about a chat. `wish`: names the draft, so that one press of Send makes one message,
 * even if the tab asks twice.
 */
export type ChatQuestion =
  /** The answer is a `ChatChange`. The first time, the leader loads the conversation. */
  | { do: 'read'; since?: Revision }
  /** Loads older messages, or what could not be loaded. */
  | { do: 'load' }
  | { do: 'draft'; text: string }
  | { do: 'send'; wish: string; text: string; files: readonly Attachment[] }
  | { do: 'retry'; key: string }
  /** `upTo`: the platform's id of the newest message that the agent has seen. */
  | { do: 'see'; upTo: string }
  | { do: 'type'; typing: boolean };

/** The agent's text that is not sent yet. */
export interface ChatDraft {
  wish: string;
  text: string;
}

/** What has changed in a conversation since a revision. Without the tab's revision, all of it. */
export interface ChatChange extends Pick<Conversation, 'messages' | 'state' | 'failure' | 'typing'> {
  revision: Revision;
  /** Whether `messages` are all. */
  all: boolean;
  hasOlder: boolean;
  draft: ChatDraft;
}
