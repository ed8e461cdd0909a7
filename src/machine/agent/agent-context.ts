import type { Agent } from '../../domain/agent.js';
import type { Iso } from '../../domain/contact.js';
import type { DialRequest } from '../../domain/dial.js';
import type { SettingsProblem } from '../../domain/settings-check.js';
import type { Settings } from '../../domain/settings.js';
import type { TelephonyProfile } from '../../telephony/telephony.js';
import type { Failure } from '../../domain/failure.js';
import type { LeaderState } from '../leader/leader-state.js';
import type { OutboundCommand } from '../outbound/outbound-setup.js';

/** What is in force, and what was refused. */
export interface CheckedSettings {
  settings: Settings;
  settingsProblems: readonly SettingsProblem[];
  /** The settings were good once, so that nothing refused later is in force; else bad values count as their defaults. */
  lastGood: boolean;
}

/** What is known once host and platform have answered. */
export interface Opened extends CheckedSettings {
  agent: Agent;
  profile: TelephonyProfile;
  leader: LeaderState;
}

/** A3: what the panel shows when nothing is going on. */
export type PanelTab = 'call' | 'history' | 'voicemail';

/** A12. */
export type OptionsPage = 'today' | 'sound' | 'network' | 'language' | 'shortcuts' | 'recordings' | 'about';

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
  | { type: 'showTab'; tab: PanelTab }
  /** Without a page: back to what was shown. */
  | { type: 'showOptions'; page?: OptionsPage }
  | { type: 'logOut' | 'logIn' | 'stay' | 'discard' }
  | { type: 'setStatus'; status: string }
  | { type: 'setNextStatus'; status: string | undefined }
  | { type: 'outbound'; command: OutboundCommand };

/** Facts from the ports and from the line. */
export type AgentFact =
  | { type: 'leader.changed'; state: LeaderState }
  /** The platform has taken a call on, of this tab's form. */
  | { type: 'call.created' | 'call.connected'; key: string; sessionId: string; at: Iso }
  | { type: 'profile.changed'; profile: TelephonyProfile }
  /** A newer version of the app is in use in this browser. */
  | { type: 'outdated' }
  | { type: 'records.counted'; count: RecordsCount }
  | ({ type: 'settings.changed' } & CheckedSettings)
  | { type: 'connectivity.changed'; online: boolean };

/** Why a dial request was not opened. */
export type Message =
  | { code: 'in-call'; request: DialRequest }
  | ({ code: 'not-opened'; failure: Failure } & OpenRequest)
  | { code: 'status-failed'; failure: Failure }
  | { code: 'not-done'; failure: Failure }
  | { code: 'outdated' | 'in-session' | 'logged-out' };

/** A dial request that is being opened. */
export interface OpenRequest {
  request: DialRequest;
  flowId: string;
  pressed?: boolean;
}

/** The tab's own state, and the state of the leader as the tab knows it. */
export interface AgentContext {
  leader: LeaderState;
  opened?: Opened;
  failure?: Failure;
  /** What the person asked for, until the platform says it. */
  wantedStatus?: string;
  /** The next status that was asked for last. */
  wantedNext?: string | undefined;
  online: boolean;
  tab: PanelTab;
  options?: OptionsPage;
  /** A dial request that came while another form is open: asked, never silently replaced. */
  pending?: OpenRequest;
  /** A call that is connected, which came of what an earlier form has dialled: shown before the form that is open. */
  spokenTo?: string;
  /** The one that is being opened. */
  opening?: OpenRequest;
  message?: Message;
  records: RecordsCount;
}
