import type { FieldValue, Iso } from '../../domain/contact.js';
import type { Choice, Durations, Session } from '../../domain/session.js';
import type { TicketChoice } from '../../domain/ticket-choice.js';
import type { TicketStatus } from '../../domain/ticket.js';
import type { SessionEvent, Transfer } from '../../telephony/platform-event.js';
import type { ActiveSession, Participant, TransferTarget } from '../../telephony/telephony.js';
import type { Failure } from '../../domain/failure.js';
import type { RecordChoice, RecordLinks } from '../../domain/record-fact.js';

/** A5: the CRM's data about a caller. */
export interface CallerFacts {
  /** How many contacts match the caller. */
  contacts: number;
  name?: string;
  ticket?: { id: string; subject: string; status: TicketStatus; updatedAt: Iso };
}

/** A4–A6: an act that the agent asks of the platform. `back` sets the next status, or Available. */
export type SessionAct =
  | { do: 'answer' | 'decline' | 'end' | 'leave' | 'complete-transfer' | 'cancel-transfer' | 'save' | 'back' }
  | { do: 'mute' | 'redact'; on: boolean }
  | { do: 'hold'; on: boolean; participantId?: string }
  | { do: 'digits'; digits: string }
  | { do: 'transfer'; target: TransferTarget; mode: 'warm' | 'cold' }
  | { do: 'add'; target: TransferTarget }
  | { do: 'remove'; participantId: string };

/** A6: the agent's notes and codes, during the session and after it. */
export interface Draft {
  notes: string;
  dispositions: readonly string[];
}

/** A8: a change of the microphone or the speaker. */
export type DeviceFact = { type: 'device.lost' | 'device.chosen' };

/** The platform's connection works again. */
export type ConnectionRestored = { type: 'connection.restored' };

/**
 * Facts from a session to the leader's statechart. An event type must not contain the session's id, because XState
 * never forgets an event type (Q4).
 */
export type SessionFact =
  { type: 'session.dismissed'; sessionId: string } | { type: 'session.work'; sessionId: string; work: SessionWork };

/**
 * What the agent has to do with a session. `unsaved`: the session is over, but its notes are not saved (A6). `over`:
 * nothing.
 */
export type SessionWork = 'offered' | 'on' | 'wrap-up' | 'unsaved' | 'over';

export type SessionCommand =
  | { type: 'act'; act: SessionAct }
  | { type: 'dismiss' | 'assign' | 'retryTickets' | 'closeFailure' }
  | ({ type: 'draft' } & Partial<Draft>)
  /** A16: the agent looks at the session's details, so its ticket is read again. */
  | { type: 'readTicket' }
  /** A15: the conversation has a new revision. `unread`: messages that the agent has not seen, if it is known. */
  | { type: 'chatChanged'; revision: number; unread?: number }
  /** A10: the value is an id, or `new`. */
  | { type: 'chooseContact' | 'chooseTicket'; value: string };

export interface SessionInput extends Partial<Omit<ActiveSession, keyof Session | 'since'>> {
  session: Session;
  /** The time of the session's first event, or the platform's `since` for a resumed session. */
  since: Iso;
  /** The session's context in the tab or page that led before. */
  kept?: Partial<SessionContext>;
}

export interface SessionContext {
  session: Session;
  since: Iso;
  phase: ActiveSession['phase'] | undefined;
  connectedAt?: Iso;
  /** A5: when the ring ends. */
  expiresAt?: Iso;
  /** A5: when the platform answers the call for the agent. */
  autoAnswerAt?: Iso;
  caller?: CallerFacts;
  muted: boolean;
  held: boolean;
  recordingPaused: boolean;
  participants: readonly Participant[];
  /** The current transfer. `joined`: the other side has answered, and the agent consults it. */
  transfer?: Transfer & { joined: boolean };
  /** The target that has refused the call, until the agent closes the message or tries again. */
  refusedTransfer?: TransferTarget;
  /** The transfers that are over, in order. */
  transfers: readonly (Transfer & { at: Iso; outcome: 'finished' | 'failed' | 'cancelled' })[];
  /** A16: whether the platform was told to record the session (S14), when it began. */
  recorded?: boolean;
  /** A16: whether a smart action has verified the customer. */
  verified?: boolean;
  /** A16: what events have added to the session's custom data. */
  customData?: Readonly<Record<string, FieldValue>>;
  /** A16: the links of the files that the customer has shared. */
  files?: readonly { name: string; url: string }[];
  /** The quality of the call, in the platform's own word. */
  quality?: string;
  /** A8: the microphone or the speaker is gone, and the agent has chosen no other. */
  deviceLost?: boolean;
  /** The number of unread messages of a chat. */
  unread?: number;
  /** A15: the revision of the chat's conversation, which the tabs read by themselves. */
  chatRevision?: number;
  /** A14: whether the call has been over for so long that no wrap-up is expected. */
  settled?: boolean;
  endedBy?: 'agent' | 'customer' | 'platform';
  failReason?: string;
  durations?: Durations;
  wrapUpUntil?: Iso;
  /** When a too short call leaves the screen. */
  backAt?: Iso;
  draft: Draft;
  /** The platform has stored the notes. */
  saved?: boolean;
  /** The notes that the desktop last sent to the platform. */
  sent?: Draft;
  /** The acts that wait: `sent` for the platform's answer, `taken` for the event that follows the answer. */
  asked: Readonly<Partial<Record<SessionAct['do'], 'sent' | 'taken'>>>;
  /** The next act to send. */
  toAsk?: SessionAct;
  /** Digits to send after the platform has answered for the digits before. */
  digits?: string;
  actFailure?: { act: SessionAct; failure: Failure };
  links: RecordLinks;
  choice?: RecordChoice;
  /** The agent's choice as ids or `new`, until Assign is pressed. */
  chosen: { contact?: string; ticket?: string };
  /** The tickets of the chosen contact. R8 preselects one. */
  tickets?: TicketChoice;
  choiceFailure?: Failure;
  recordFailure?: Failure;
  /** R13: another agent has the session now. */
  handedOver?: boolean;
}

const noDraft: Draft = { notes: '', dispositions: [] };

/** State that another tab must not take over: it is out of date there, or the platform or the keeper gives it again. */
type OfTheMoment = 'session' | 'since' | 'phase' | 'asked' | 'choice' | 'chosen' | 'tickets' | 'choiceFailure';

export const sessionContext = ({ session, since, kept = {}, ...active }: SessionInput): SessionContext => {
  const known: Partial<Omit<SessionContext, OfTheMoment>> = { ...kept };
  for (const gone of [
    'asked',
    'sent',
    'digits',
    'chatRevision',
    'choice',
    'chosen',
    'tickets',
    'choiceFailure',
    'actFailure',
  ])
    delete (known as Record<string, unknown>)[gone];
  return {
    muted: false,
    held: false,
    recordingPaused: false,
    participants: [],
    transfers: [],
    links: {},
    ...known,
    draft: { ...noDraft, ...known.draft },
    phase: undefined,
    ...active,
    session,
    since,
    asked: {},
    chosen: {},
  };
};

/** R13: whether a finished transfer takes the session from the agent. False if the agent was the transfer's target. */
export const isHandedOver = ({ target }: Pick<Transfer, 'target'>, { agentId }: Pick<Session, 'agentId'>): boolean =>
  target.kind !== 'agent' || target.id !== agentId;

/** Whether the event shows that this agent has left the session or that another agent has it. */
export const isLeft = (event: SessionEvent, agentId: string | undefined): boolean =>
  agentId !== undefined &&
  ((event.type === 'session.assigned' && event.agent !== agentId) ||
    (event.type === 'session.participant-left' &&
      event.participant.kind === 'agent' &&
      event.participant.id.endsWith(agentId)));

/** A6: a call of at most so many seconds counts as too short. */
export const shortCall = 10;
/** How long a too short call stays on screen, in milliseconds. */
export const backAfter = 15_000;

/** How long the session was connected, including hold. Seconds. */
export function connectedFor({ durations, connectedAt }: SessionContext, now: Iso): number {
  if (durations) return durations.talk + durations.hold;
  return connectedAt ? Math.max(0, (Date.parse(now) - Date.parse(connectedAt)) / 1000) : 0;
}

export const hasNotes = ({ draft, saved }: SessionContext): boolean =>
  saved !== true && (draft.notes.trim() !== '' || draft.dispositions.length > 0);

const refOf = (value: string): { id: string } | 'new' => (value === 'new' ? 'new' : { id: value });

/** A10: the choice as the keeper takes it. */
export const choiceOf = ({ contact, ticket }: SessionContext['chosen']): Choice => ({
  contact: refOf(contact!),
  ...(ticket === undefined ? {} : { ticket: refOf(ticket) }),
});

/** A14: whether the outcome of an ended session is settled: the platform has closed it, or no wrap-up is expected. */
export const isSettled = ({ settled, phase }: SessionContext): boolean => settled === true || phase === 'ended';
