import type { Agent } from '../domain/agent.js';
import type { Iso } from '../domain/contact.js';
import type { DialRequest } from '../domain/dial.js';
import type { SettingsProblem } from '../domain/settings-check.js';
import type { Settings } from '../domain/settings.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { TelephonyProfile } from '../telephony/telephony.js';
import type { Failure } from './failure.js';
import type { OutboundCommand } from './outbound-setup.js';
import type { RecordFact } from './session-machine.js';

/** What is known once host and platform have answered. */
export interface Opened {
  agent: Agent;
  settings: Settings;
  settingsProblems: readonly SettingsProblem[];
  profile: TelephonyProfile;
}

/** What waits to be written to the CRM, as counts (B5). */
export interface RecordsCount {
  waiting: number;
  failed: number;
}

export type AgentCommand =
  | { type: 'retryStart' }
  /** `pressed`: in our own panel, by a person. `flowId` makes the call's key. */
  | { type: 'dial'; request: DialRequest; flowId: string; pressed?: boolean }
  | { type: 'replaceRequest' | 'keepRequest' | 'closeMessage' }
  | { type: 'setStatus'; status: string }
  | { type: 'setNextStatus'; status: string | undefined }
  | { type: 'outbound'; command: OutboundCommand }
  | { type: 'endCall' | 'dismissCall' };

/** Facts from the ports and from the record keeper. */
export type AgentFact =
  | { type: 'platform'; event: PlatformEvent; now: Iso }
  | { type: 'record'; sessionId: string; fact: RecordFact }
  | { type: 'records.counted'; count: RecordsCount }
  | { type: 'settings.changed'; settings: Settings; problems: readonly SettingsProblem[] }
  | { type: 'connectivity.changed'; online: boolean };

/** Why a dial request was not opened. */
export type Message =
  | { code: 'in-call'; request: DialRequest }
  | ({ code: 'not-opened'; failure: Failure } & OpenRequest)
  | { code: 'status-failed'; failure: Failure };

/** A dial request that is being opened. */
export interface OpenRequest {
  request: DialRequest;
  flowId: string;
  pressed?: boolean;
}

export interface AgentContext {
  opened?: Opened;
  failure?: Failure;
  status: string;
  nextStatus?: string;
  /** What the person asked for, until the platform says it. */
  wantedStatus?: string;
  line: 'up' | 'lost';
  online: boolean;
  /** A dial request that came while another form is open: asked, never silently replaced. */
  pending?: OpenRequest;
  /** The one that is being opened. */
  opening?: OpenRequest;
  message?: Message;
  /** The session on screen. */
  sessionId?: string;
  calls: Readonly<Record<string, Call>>;
  lastCall?: { name: string; at: Iso };
  callsToday: number;
  records: RecordsCount;
}

/** What the panel remembers of a call. `hidden`: no ticket, so nothing of it is kept (S4). */
export interface Call {
  on: boolean;
  name?: string;
  hidden: boolean;
}
