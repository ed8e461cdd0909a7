import type { SnapshotFrom } from 'xstate';
import type { RecordFact } from '../../domain/record-fact.js';
import type { Iso } from '../../domain/contact.js';
import type { DialPlan } from '../../domain/dial.js';
import { own } from '../../domain/own.js';
import type { PlatformEvent } from '../../telephony/platform-event.js';
import type { ActiveSession, Telephony, TelephonyProfile } from '../../telephony/telephony.js';
import type { UnrecordedSession } from '../../domain/record-fact.js';
import type { sessionMachine } from '../session/session-machine.js';
import type { ListName, ListQuery } from '../list-machine.js';
import type { CallerFacts, SessionCommand, SessionContext } from '../session/session-context.js';

/** Ids of the browser's devices. */
export type Devices = Parameters<NonNullable<Telephony['setDevices']>>[0];

/** The call that ended last, of this day. Whoever it was with may become known after it. */
export interface LastCall {
  /** Absent in what an earlier version has kept. */
  sessionId?: string;
  name?: string;
  /** E.164, where it is known. */
  number?: string;
  at: Iso;
}

/** What the panel remembers of a session. `hidden`: no ticket, so nothing of it is kept (S4). */
export interface Call {
  on: boolean;
  name?: string;
  number?: string;
  hidden: boolean;
  chat?: boolean;
  internal?: boolean;
  /** The agent has something to do with it, before it is on or after it. `unsaved`: only notes are left of it. */
  open?: 'offered' | 'wrap-up' | 'unsaved';
  /** The platform has said its last word of it. */
  closed?: true;
}

/** A session's statechart as it stands. JSON. */
export interface SessionState extends Pick<SnapshotFrom<typeof sessionMachine>, 'value' | 'context'> {
  /** Which screen shows it. */
  screen: 'incoming' | 'call' | 'wrap-up';
}

/** What the leading tab knows of the platform, and every tab shows. JSON. */
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
  /** How often something has happened that the platform lists. */
  listed: { history: number; voicemails: number };
  /** B5: what is held back before it can be written. */
  unrecorded?: readonly UnrecordedSession[];
  /** The agent has logged out of the platform; the tab still leads. */
  loggedOut?: boolean;
}

/** What a person does about status and sessions, in whichever tab: the leading one carries it out. */
export type LeaderCommand =
  | { type: 'setStatus'; status: string }
  | { type: 'setNextStatus'; status: string | undefined }
  /** One wish, one call. Answered with `Dialled`. */
  | ({ type: 'dial' } & DialWish)
  /** Cancels all plans but one of which nobody knows yet whether they become a call; answered with `TakenBack`. */
  | { type: 'takeBack'; except?: string }
  /** B5: sends what waits first, and is refused with `records-wait` where some of it could not be; `discard` gives that up. */
  | { type: 'logOut'; discard: boolean }
  | { type: 'logIn' }
  | { type: 'endCall' | 'dismissCall' }
  | { type: 'showSession'; sessionId: string }
  /** Answered with a page of items. */
  | ({ type: 'list'; list: ListName } & ListQuery)
  | { type: 'markVoicemail'; id: string; as: 'read' | 'closed' }
  | { type: 'setDevices'; devices: Devices }
  /** B5: of what is held back; without a session, all of it. */
  | { type: 'retryUnrecorded' }
  | { type: 'discardUnrecorded'; sessionId: string }
  /** Of one session: A10's choice, in whichever tab it is made. */
  | { type: 'session'; sessionId: string; command: SessionCommand };

/** What a person wants to dial. `contactName`: for the screen, before the CRM is asked who it is. */
export interface DialWish {
  plan: DialPlan;
  contactName?: string;
}

export type LeaderFact =
  /** It was on before this tab led. */
  | { type: 'resumed'; session: ActiveSession; kept?: Partial<SessionContext>; name?: string }
  | { type: 'platform'; event: PlatformEvent; now: Iso }
  /** Of a tab, or a page, before this one. */
  | { type: 'day'; callsToday: number; lastCall?: LastCall }
  | { type: 'record'; sessionId: string; fact: RecordFact }
  | { type: 'unrecorded'; unrecorded: readonly UnrecordedSession[] }
  | { type: 'voicemail.recorded' }
  | { type: 'caller'; sessionId: string; facts: CallerFacts }
  /** The platform has taken a call on. */
  | ({ type: 'placed'; sessionId: string; at: Iso } & DialWish);

/** The line as the platform tells it at sign-in; its sessions come with the leading tab's statechart. */
export const stateAtSignIn = ({ status }: Pick<TelephonyProfile, 'status'>): LeaderState => ({
  status,
  connection: 'up',
  calls: {},
  sessions: {},
  callsToday: 0,
  listed: { history: 0, voicemails: 0 },
});

/** The call that is on, if there is one; chats go on beside it. */
export const callOn = ({ calls }: Pick<LeaderState, 'calls'>): string | undefined =>
  Object.keys(calls).find((id) => own(calls, id)!.on && !own(calls, id)!.chat);
