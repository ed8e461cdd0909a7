import type { SnapshotFrom } from 'xstate';
import type { RecordFact } from '../../domain/record-fact.js';
import type { CorrectionQuestion } from '../../domain/correction.js';
import type { Iso } from '../../domain/contact.js';
import type { DialPlan } from '../../domain/dial.js';
import { own } from '../../domain/own.js';
import type { PlatformEvent } from '../../telephony/platform-event.js';
import type { ActiveSession, Telephony, TelephonyProfile } from '../../telephony/telephony.js';
import type { UnrecordedSession } from '../../domain/record-fact.js';
import type { sessionMachine } from '../session/session-machine.js';
import type { ChatQuestion } from '../chat/chat-question.js';
import type { ListName, ListQuery } from '../list-machine.js';
import type { CallerFacts, SessionCommand, SessionContext, SessionWork } from '../session/session-context.js';

/** Device ids of the browser. */
export type Devices = Parameters<NonNullable<Telephony['setDevices']>>[0];

/** The last ended call of the day. The CRM may name the customer later. */
export interface LastCall {
  /** Absent in rows that an earlier version has stored. */
  sessionId?: string;
  name?: string;
  /** E.164. Absent if the number is unknown. */
  number?: string;
  at: Iso;
}

/** A session in the leader's `calls`. `hidden`: the session gets no ticket, so no store keeps its data (S4). */
export interface Call {
  /** As the session's own statechart has last reported it. */
  work: SessionWork;
  name?: string;
  number?: string;
  hidden: boolean;
  chat?: boolean;
  internal?: boolean;
}

/** The state of a session's statechart. JSON. */
export interface SessionState extends Pick<SnapshotFrom<typeof sessionMachine>, 'value' | 'context'> {
  /** The screen for the session. */
  screen: 'incoming' | 'call' | 'chat' | 'wrap-up';
}

/** The leader's state, which every tab shows. JSON. */
export interface LeaderState {
  status: string;
  nextStatus?: string;
  connection: 'up' | 'down';
  /** The session on screen. */
  sessionId?: string;
  calls: Readonly<Record<string, Call>>;
  sessions: Readonly<Record<string, SessionState>>;
  lastCall?: LastCall;
  callsToday: number;
  /** A13: whether the agent has missed a call or chat since History was last opened. */
  missed?: true | undefined;
  /** How many events have changed the platform's lists. */
  listed: { history: number; voicemails: number };
  /** B5: sessions whose records wait for an answer of the CRM or the platform. */
  unrecorded?: readonly UnrecordedSession[];
  /** R31, B5: how many end cards wait for the end of wrap-up. */
  endCards?: number;
  /** Whether the agent has logged out of the platform. The tab keeps the lead. */
  loggedOut?: boolean;
}

/** A person's command about status or sessions, from any tab. The leader carries it out. */
export type LeaderCommand =
  | { type: 'setStatus'; status: string }
  | { type: 'setNextStatus'; status: string | undefined }
  /** Dials once for each wish. The answer is `Dialled`. */
  | ({ type: 'dial' } & DialWish)
  /** Takes back all unresolved plans but one. The answer is `TakenBack`. */
  | { type: 'takeBack'; except?: string }
  /**
   * B5: sends the waiting records, then logs out. Rejects with `records-wait` if some records still wait. With
   * `discard`, discards the waiting records instead.
   */
  | { type: 'logOut'; discard: boolean }
  | { type: 'logIn' }
  /** A13: `missedSeen`: the agent has opened History. */
  | { type: 'endCall' | 'dismissCall' | 'missedSeen' }
  /** A13: answers or declines what rings. */
  | { type: 'actOnRing'; act: 'answer' | 'decline' }
  | { type: 'showSession'; sessionId: string }
  /** The answer is a page of items. */
  | ({ type: 'list'; list: ListName } & ListQuery)
  | { type: 'markVoicemail'; id: string; as: 'read' | 'closed' }
  | { type: 'setDevices'; devices: Devices }
  | CorrectionQuestion
  /** B5: retries all unrecorded sessions, or discards one. */
  | { type: 'retryUnrecorded' }
  | { type: 'discardUnrecorded'; sessionId: string }
  /** A15: the answer to `read` is a `ChatChange`. */
  | { type: 'chat'; sessionId: string; question: ChatQuestion }
  /** A command for one session, for example A10's choice. */
  | { type: 'session'; sessionId: string; command: SessionCommand };

/** A plan that a person wants to dial. The screen shows `contactName` until the CRM names the contact. */
export interface DialWish {
  plan: DialPlan;
  contactName?: string;
}

export type LeaderFact =
  /** A session that was active before this tab led. */
  | { type: 'resumed'; session: ActiveSession; kept?: Partial<SessionContext>; name?: string }
  /** `records`: whether calls are recorded now (S14). */
  | { type: 'platform'; event: PlatformEvent; now: Iso; records: boolean }
  /** From an earlier tab or page. */
  | { type: 'day'; callsToday: number; lastCall?: LastCall; missed?: true }
  | { type: 'record'; sessionId: string; fact: RecordFact }
  | { type: 'unrecorded'; unrecorded: readonly UnrecordedSession[]; endCards: number }
  /** The platform has stored the ticket of a session that is in a list. */
  | { type: 'recorded' }
  | { type: 'caller'; sessionId: string; facts: CallerFacts }
  /** The platform has created a call. */
  | ({ type: 'placed'; sessionId: string; at: Iso } & DialWish);

/** The state at sign-in, without sessions. The leader's statechart adds them. */
export const stateAtSignIn = ({ status }: Pick<TelephonyProfile, 'status'>): LeaderState => ({
  status,
  connection: 'up',
  calls: {},
  sessions: {},
  callsToday: 0,
  listed: { history: 0, voicemails: 0 },
});

/** The id of the current call. A chat is no call. */
export const callOn = ({ calls }: Pick<LeaderState, 'calls'>): string | undefined =>
  Object.keys(calls).find((id) => own(calls, id)!.work === 'on' && !own(calls, id)!.chat);

/** A13: the id of the session that rings: the call before the chat, else the older one. */
export function ringingOf({ calls, sessions }: Pick<LeaderState, 'calls' | 'sessions'>): string | undefined {
  const rank = (id: string): string => `${own(calls, id)!.chat ? 1 : 0} ${own(sessions, id)!.context.since}`;
  const ringing = Object.keys(sessions).filter((id) => own(calls, id)?.work === 'offered');
  return ringing.sort((one, other) => (rank(one) < rank(other) ? -1 : 1))[0];
}
