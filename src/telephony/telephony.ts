import type { Agent } from '../domain/agent.js';
import type { Iso, Page } from '../domain/contact.js';
import type { DialPlan } from '../domain/dial.js';
import type { OutboundChoices } from '../domain/outbound-number.js';
import type { Attachment, ChatMessage, Durations, Recording, Session, SessionRecord } from '../domain/session.js';
import type { Participant, TransferTarget } from './call-parties.js';
import type { PlatformEvent } from './platform-event.js';

export type { Participant, TransferTarget };

/** Rules that the platform enforces. The panel shows the countdowns. */
export interface CallRules {
  record: boolean;
  autoAnswer: boolean;
  /** Seconds; 0: none. */
  wrapUpSeconds: { inbound: number; outbound: number };
  maxChats: number;
}

export type Capability =
  | 'mute'
  | 'hold'
  | 'dtmf'
  | 'transfer-cold'
  | 'transfer-warm'
  | 'conference'
  | 'redact'
  | 'record'
  | 'history'
  | 'voicemail'
  | 'directory'
  | 'statistics'
  | 'devices'
  | 'chat'
  | 'chat-messages'
  | 'ringer'
  | 'resume'
  | 'wrap-up';

export interface AgentStatus {
  id: string;
  label: string;
  selectable: boolean;
  color: 'green' | 'red' | 'yellow';
}

export interface TelephonyProfile extends OutboundChoices {
  statuses: readonly AgentStatus[];
  status: string;
  /** The platform's capabilities. The panel hides a control without its capability. */
  capabilities: readonly Capability[];
  /** The sessions that continue after a reload. */
  activeSessions: readonly ActiveSession[];
  /** A15: the largest file that `sendMessage` takes, in bytes [20 MB]. */
  fileLimitBytes?: number;
}

export type SessionPhase = 'offered' | 'assigned' | 'connecting' | 'connected' | 'wrap-up' | 'ended';

export interface ActiveSession extends Session {
  phase: SessionPhase;
  since: Iso;
  connectedAt?: Iso;
  muted: boolean;
  held: boolean;
  recordingPaused: boolean;
  participants: readonly Participant[];
}

export interface SessionSummary {
  session: Session;
  startedAt: Iso;
  durations: Durations;
  missed: boolean;
  outcome: string;
}

export interface Voicemail {
  id: string;
  session: Session;
  recording: Recording;
  receivedAt: Iso;
  state: 'new' | 'read' | 'closed';
}

export interface ListOptions {
  signal?: AbortSignal;
  page?: string;
  limit?: number;
}

/**
 * The platform port. A command only asks for a change: the screen changes with the `PlatformEvent` that reports it.
 * Every command may reject with a `TelephonyError`.
 */
export interface Telephony {
  connect(agent: Agent, rules: CallRules): Promise<TelephonyProfile>;
  setRules(rules: CallRules): Promise<void>;
  disconnect(): Promise<void>;
  /** Adds a listener. The first listener also gets all earlier events. Returns a function that removes the listener. */
  subscribe(listener: (event: PlatformEvent) => void): () => void;
  setStatus(status: string): Promise<void>;
  setNextStatus(status: string | undefined): Promise<void>;
  /** Dials. A second command with the same key makes no second call. */
  dial(plan: DialPlan): Promise<{ sessionId: string }>;
  /**
   * Ends a ringing call with this key. Refuses a later `dial` with this key, even after a reload. Resolves once no such
   * call exists or can begin. If the call is connected, leaves it connected and rejects with `not-available`.
   */
  cancelDial(key: string): Promise<void>;
  /** Stores the record with the session. The next agent, later events and call-backs then get the record too. */
  associate(sessionId: string, record: SessionRecord): Promise<void>;
  /** Finds a session with its record and association. Finds an ended session for at least 30 days. */
  getSession(sessionId: string): Promise<ActiveSession | undefined>;
  /** Moves the media to this page, after a reload or from another tab. */
  resume(sessionId: string): Promise<void>;
  answer(sessionId: string): Promise<void>;
  decline(sessionId: string): Promise<void>;
  end(sessionId: string): Promise<void>;
  setMuted(sessionId: string, muted: boolean): Promise<void>;
  setHeld(sessionId: string, held: boolean, participantId?: string): Promise<void>;
  sendDigits(sessionId: string, digits: string): Promise<void>;
  transfer(sessionId: string, target: TransferTarget, mode: 'warm' | 'cold'): Promise<void>;
  completeTransfer(sessionId: string): Promise<void>;
  cancelTransfer(sessionId: string): Promise<void>;
  addParticipant(sessionId: string, target: TransferTarget): Promise<void>;
  removeParticipant(sessionId: string, participantId: string): Promise<void>;
  leave(sessionId: string): Promise<void>;
  setRecordingPaused(sessionId: string, paused: boolean): Promise<void>;
  submitWrapUp(sessionId: string, wrapUp: { notes: string; dispositions: readonly string[] }): Promise<void>;
  history?(options?: ListOptions): Promise<Page<SessionSummary>>;
  voicemails?(options?: ListOptions): Promise<Page<Voicemail>>;
  markVoicemail?(id: string, as: 'read' | 'closed'): Promise<void>;
  directory?(query: string, options?: ListOptions): Promise<Page<TransferTarget>>;
  statistics?(): Promise<Record<string, number>>;
  setDevices?(devices: { microphone?: string; speaker?: string; ringer?: string }): Promise<void>;
  /**
   * A15: a page of a chat's messages, oldest first. The first page has the newest messages; `next` goes back in time.
   * Finds the messages of an ended chat too.
   */
  listMessages?(sessionId: string, options?: ListOptions): Promise<Page<ChatMessage>>;
  /**
   * A15: sends a message of the agent. A second command with the same key sends no second message, even after a reload.
   * An event reports the message with its key.
   */
  sendMessage?(sessionId: string, message: OwnMessage): Promise<void>;
  /** A15: tells the customer whether the agent is typing. */
  setTyping?(sessionId: string, typing: boolean): Promise<void>;
  /** A15: the agent has seen the messages up to the one with this id. An event reports the unread ones. */
  markRead?(sessionId: string, upTo: string): Promise<void>;
}

/** A15: a message that the agent sends: a text, files, or both. */
export interface OwnMessage {
  key: string;
  text?: string;
  files?: readonly Attachment[];
}
