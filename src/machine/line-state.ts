import type { SnapshotFrom } from 'xstate';
import type { Iso } from '../domain/contact.js';
import type { DialPlan } from '../domain/dial.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { ActiveSession, TelephonyProfile } from '../telephony/telephony.js';
import type { RecordFact, RecordLinks, SessionCommand, sessionMachine } from './session-machine.js';

/** What the panel remembers of a session. `hidden`: no ticket, so nothing of it is kept (S4). */
export interface Call {
  on: boolean;
  name?: string;
  hidden: boolean;
  chat?: boolean;
}

/** A session's statechart as it stands. JSON. */
export type SessionState = Pick<SnapshotFrom<typeof sessionMachine>, 'value' | 'context'>;

/** What the leading tab knows of the platform, and every tab shows. JSON. */
export interface LineState {
  status: string;
  nextStatus?: string;
  line: 'up' | 'lost';
  /** The session on screen. */
  sessionId?: string;
  calls: Readonly<Record<string, Call>>;
  sessions: Readonly<Record<string, SessionState>>;
  lastCall?: { name: string; at: Iso };
  callsToday: number;
  /** The agent has logged out of the platform; the tab still leads. */
  loggedOut?: boolean;
}

/** What a person does about status and sessions, in whichever tab: the leading one carries it out. */
export type LineCommand =
  | { type: 'setStatus'; status: string }
  | { type: 'setNextStatus'; status: string | undefined }
  | { type: 'cancelDial'; key: string }
  /** B5: sends what waits first, and is refused with `records-wait` where some of it could not be; `discard` gives that up. */
  | { type: 'logOut'; discard: boolean }
  | { type: 'logIn' }
  | { type: 'endCall' | 'dismissCall' }
  | { type: 'showSession'; sessionId: string }
  /** Of one session: A10's choice, in whichever tab it is made. */
  | { type: 'session'; sessionId: string; command: SessionCommand };

/** A call that the platform has taken on, as the form settled it. */
export interface Placed {
  sessionId: string;
  plan: DialPlan;
  at: Iso;
  contactName: string | undefined;
}

export type LineFact =
  /** It was on before this tab led. */
  | { type: 'resumed'; session: ActiveSession; links?: RecordLinks; name?: string }
  | { type: 'platform'; event: PlatformEvent; now: Iso }
  /** Of a tab, or a page, before this one. */
  | { type: 'day'; callsToday: number; lastCall?: { name: string; at: Iso } }
  | { type: 'record'; sessionId: string; fact: RecordFact }
  | ({ type: 'placed' } & Placed);

/** The line as the platform tells it at sign-in; its sessions come with the leading tab's statechart. */
export const lineAtSignIn = ({ status }: Pick<TelephonyProfile, 'status'>): LineState => ({
  status,
  line: 'up',
  calls: {},
  sessions: {},
  callsToday: 0,
});

/** The call that is on, if there is one; chats go on beside it. */
export const callOn = ({ calls }: Pick<LineState, 'calls'>): string | undefined =>
  Object.keys(calls).find((id) => calls[id]!.on && !calls[id]!.chat);
