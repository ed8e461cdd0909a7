import type { Iso } from '../../domain/contact.js';
import type { Choice, Durations, Session } from '../../domain/session.js';
import type { TicketChoice } from '../../domain/ticket-choice.js';
import type { TicketStatus } from '../../domain/ticket.js';
import type { SessionEvent, Transfer } from '../../telephony/platform-event.js';
import type { ActiveSession, Participant, TransferTarget } from '../../telephony/telephony.js';
import type { Failure } from '../../domain/failure.js';
import type { RecordChoice, RecordLinks } from '../../domain/record-fact.js';

/** A5: what the CRM knows of somebody who calls. */
export interface CallerFacts {
  /** How many contacts have the number. */
  contacts: number;
  name?: string;
  ticket?: { id: string; subject: string; status: TicketStatus; updatedAt: Iso };
}

/** What an agent asks of the platform for one session (A4–A6). `back`: the next status, or Available. */
export type SessionAct =
  | { do: 'answer' | 'decline' | 'end' | 'leave' | 'complete-transfer' | 'cancel-transfer' | 'save' | 'back' }
  | { do: 'mute' | 'redact'; on: boolean }
  | { do: 'hold'; on: boolean; participantId?: string }
  | { do: 'digits'; digits: string }
  | { do: 'transfer'; target: TransferTarget; mode: 'warm' | 'cold' }
  | { do: 'add'; target: TransferTarget }
  | { do: 'remove'; participantId: string };

/** A6: what the agent notes of a session, during it and after it. */
export interface Draft {
  notes: string;
  dispositions: readonly string[];
}

/** A8: what the call is heard and spoken with. */
export type DeviceFact = { type: 'device.lost' | 'device.chosen' };

/** The platform can be reached again. */
export type ConnectionRestored = { type: 'connection.restored' };

/**
 * What the line is told by its sessions. An event for all: xstate remembers each type of event that it has seen, for good,
 * and those that it makes of a child's id are as many as there are calls (Q4).
 */
export type SessionFact =
  { type: 'session.dismissed'; sessionId: string } | { type: 'session.over'; sessionId: string; notes: boolean };

export type SessionCommand =
  | { type: 'act'; act: SessionAct }
  | { type: 'dismiss' | 'assign' | 'retryTickets' | 'closeFailure' }
  | ({ type: 'draft' } & Partial<Draft>)
  /** A10: an id, or `new`. */
  | { type: 'chooseContact' | 'chooseTicket'; value: string };

export interface SessionInput extends Partial<Omit<ActiveSession, keyof Session | 'since'>> {
  session: Session;
  /** When the call was placed, or when it was found again. */
  since: Iso;
  /** What another tab, or the page before, knew. */
  kept?: Partial<SessionContext>;
}

export interface SessionContext {
  session: Session;
  since: Iso;
  phase: ActiveSession['phase'] | undefined;
  connectedAt?: Iso;
  /** A5: until when it rings, and when it is answered by itself. */
  expiresAt?: Iso;
  autoAnswerAt?: Iso;
  caller?: CallerFacts;
  muted: boolean;
  held: boolean;
  recordingPaused: boolean;
  participants: readonly Participant[];
  /** One that is under way. `joined`: the other side has answered, and is being consulted. */
  transfer?: Transfer & { joined: boolean };
  /** Who has just not taken the call, until the agent has seen it or tries again. */
  refusedTransfer?: TransferTarget;
  /** Those that are over, in their order. */
  transfers: readonly (Transfer & { at: Iso; outcome: 'finished' | 'failed' | 'cancelled' })[];
  /** The platform's word. */
  quality?: string;
  /** A8: the microphone or the speaker is gone, and no other was chosen since. */
  deviceLost?: boolean;
  /** Of a chat. */
  unread?: number;
  endedBy?: 'agent' | 'customer' | 'platform';
  failReason?: string;
  durations?: Durations;
  wrapUpUntil?: Iso;
  /** When a call that was too short is left by itself. */
  backAt?: Iso;
  draft: Draft;
  /** The platform has the notes. */
  saved?: boolean;
  /** The notes that it was asked to save. */
  sent?: Draft;
  /** What the platform has been asked for: on its way, or taken, with the event still to come. */
  asked: Readonly<Partial<Record<SessionAct['do'], 'sent' | 'taken'>>>;
  /** What is asked next. */
  toAsk?: SessionAct;
  /** Pressed while others are on their way: they go after them, in order. */
  digits?: string;
  actFailure?: { act: SessionAct; failure: Failure };
  links: RecordLinks;
  choice?: RecordChoice;
  /** What the agent has chosen of it, as ids or `new`, until Assign is pressed. */
  chosen: { contact?: string; ticket?: string };
  /** The tickets of the chosen contact; R8's is preselected. */
  tickets?: TicketChoice;
  choiceFailure?: Failure;
  recordFailure?: Failure;
  /** R13: somebody else has it now. */
  handedOver?: boolean;
}

const noDraft: Draft = { notes: '', dispositions: [] };

/** What is not true any more once another tab has the session, or is told anew. */
type OfTheMoment = 'session' | 'since' | 'phase' | 'asked' | 'choice' | 'chosen' | 'tickets' | 'choiceFailure';

export const sessionContext = ({ session, since, kept = {}, ...active }: SessionInput): SessionContext => {
  const known: Partial<Omit<SessionContext, OfTheMoment>> = { ...kept };
  for (const gone of ['asked', 'sent', 'digits', 'choice', 'chosen', 'tickets', 'choiceFailure', 'actFailure'])
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

/** R13: a transfer that is finished has taken the session away from whoever had it, unless it went to them. */
export const isHandedOver = ({ target }: Pick<Transfer, 'target'>, { agentId }: Pick<Session, 'agentId'>): boolean =>
  target.kind !== 'agent' || target.id !== agentId;

/** The call goes on without this agent: they have left it, or a colleague has it now. */
export const isLeft = (event: SessionEvent, agentId: string | undefined): boolean =>
  agentId !== undefined &&
  ((event.type === 'session.assigned' && event.agent !== agentId) ||
    (event.type === 'session.participant-left' &&
      event.participant.kind === 'agent' &&
      event.participant.id.endsWith(agentId)));

/** A6. Seconds. */
export const shortCall = 10;
/** How long what was too short stays on screen by itself. Milliseconds. */
export const backAfter = 15_000;

/** How long it was connected, in seconds: on hold too. */
export function connectedFor({ durations, connectedAt }: SessionContext, now: Iso): number {
  if (durations) return durations.talk + durations.hold;
  return connectedAt ? Math.max(0, (Date.parse(now) - Date.parse(connectedAt)) / 1000) : 0;
}

export const hasNotes = ({ draft, saved }: SessionContext): boolean =>
  saved !== true && (draft.notes.trim() !== '' || draft.dispositions.length > 0);

const refOf = (value: string): { id: string } | 'new' => (value === 'new' ? 'new' : { id: value });

/** A10, as the keeper takes it. */
export const choiceOf = ({ contact, ticket }: SessionContext['chosen']): Choice => ({
  contact: refOf(contact!),
  ...(ticket === undefined ? {} : { ticket: refOf(ticket) }),
});
