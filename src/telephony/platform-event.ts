import type { FieldValue, Iso } from '../domain/contact.js';
import type { Attachment, ChatMessage, Durations, Recording, Session, SessionRecord } from '../domain/session.js';
import type { Participant, TransferTarget } from './call-parties.js';

/** The fields of every event. */
export interface Delivered {
  /** A unique id, by which the desktop ignores a second delivery. */
  id: string;
  at: Iso;
  /** The agent whose desktop writes the event to the CRM. */
  owner?: string;
}
export interface OfSession extends Delivered {
  sessionId: string;
}
export interface Transfer {
  target: TransferTarget;
  mode: 'warm' | 'cold';
  agent?: string;
}

/** The events of one session. */
export type SessionEvent = OfSession &
  (
    | { type: 'session.created'; session: Session; key: string }
    | { type: 'session.offered'; session: Session; expiresAt?: Iso; autoAnswerAt?: Iso }
    | { type: 'session.assigned'; session: Session; agent: string }
    | { type: 'session.connecting' }
    | { type: 'session.connected' }
    | { type: 'session.muted'; muted: boolean }
    | { type: 'session.held'; held: boolean; participantId?: string }
    | { type: 'session.participant-joined' | 'session.participant-left'; participant: Participant }
    | { type: 'session.recording-paused'; paused: boolean }
    | { type: 'session.queue-changed'; queue: { id: string; path: readonly string[] } }
    | { type: 'session.missed' | 'session.withdrawn' }
    | { type: 'session.abandoned'; session: Session }
    /** A15: a message of a chat, or only the number of unread messages of the customer. */
    | { type: 'session.message'; unread: number; message?: ChatMessage }
    /** A15: the customer or another agent is typing. */
    | { type: 'session.typing'; from: 'customer' | 'agent' }
    /** A15: the customer has read the messages up to the one with the id `upTo`. */
    | { type: 'session.read'; upTo: string }
    | { type: 'session.quality'; word: string; loss: number; jitter: number }
    | {
        type: 'session.ended';
        endedBy: 'agent' | 'customer' | 'platform';
        failReason?: string;
        durations: Durations;
        /** Whether the session was connected. Set if the desktop missed the end, so that the talk time is not known. */
        connected?: boolean;
      }
    | { type: 'session.wrap-up'; until?: Iso }
    | { type: 'session.wrap-up-exceeded' }
    | { type: 'session.closed' }
    /** R35: what a session's contact and ticket are now. For the desktops that did not change them. */
    | { type: 'session.recorded'; record: SessionRecord }
    | ({ type: 'transfer.started' | 'transfer.finished' | 'transfer.failed' | 'transfer.cancelled' } & Transfer)
    | { type: 'recording.ready'; recording: Recording }
    | { type: 'voicemail.received'; session: Session; recording: Recording }
    | { type: 'voicemail.read' | 'voicemail.closed' | 'voicemail.called-back'; agent: string }
    | { type: 'custom-data.received'; data: Readonly<Record<string, FieldValue>> }
    | {
        type: 'smart-action.completed';
        kind: string;
        results: Readonly<Record<string, FieldValue>>;
        attachments: readonly Attachment[];
        verified?: boolean;
      }
    | { type: 'smart-action.failed'; kind: string; message: string; byUser: boolean }
    | { type: 'rating.received'; score: number; feedback?: string }
    | { type: 'api.responded'; name: string; data: Readonly<Record<string, FieldValue>> }
    | { type: 'disposition.submitted'; agent: string; notes: string; codes: readonly string[] }
  );

/** The events of the agent, the connection and the devices. */
export type AgentEvent = Delivered &
  (
    | { type: 'agent.status'; status: string; next?: string }
    | { type: 'connection.lost' | 'connection.restored' }
    | { type: 'device.lost' }
  );

/** An event of the platform. Events may come late, twice or not at all. */
export type PlatformEvent = SessionEvent | AgentEvent;
