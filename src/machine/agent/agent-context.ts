import type { Agent } from '../../domain/agent.js';
import type { Iso } from '../../domain/contact.js';
import type { DialRequest } from '../../domain/dial.js';
import type { SettingsProblem } from '../../domain/settings-check.js';
import type { Settings } from '../../domain/settings.js';
import type { TelephonyProfile } from '../../telephony/telephony.js';
import type { Failure } from '../../domain/failure.js';
import type { LeaderState } from '../leader/leader-state.js';
import type { OutboundCommand } from '../outbound/outbound-setup.js';

/** The settings in force, and the problems of refused ones. */
export interface CheckedSettings {
  settings: Settings;
  settingsProblems: readonly SettingsProblem[];
  /**
   * Whether the settings have been valid once. If so, the last valid settings stay in force. If not, the default
   * replaces each invalid value.
   */
  lastGood: boolean;
}

/** The data that the host and the platform give at the start. */
export interface Opened extends CheckedSettings {
  agent: Agent;
  profile: TelephonyProfile;
  leader: LeaderState;
}

/** A3: the tabs of the main screen. */
export type PanelTab = 'call' | 'history' | 'voicemail';

/** A12: the pages of the options. */
export type OptionsPage = 'today' | 'sound' | 'network' | 'language' | 'shortcuts' | 'recordings' | 'about';

/** B5: counts of the records that are not in the CRM yet. */
export interface RecordsCount {
  waiting: number;
  failed: number;
}

export type AgentCommand =
  | { type: 'retryStart' }
  /** `pressed`: a person pressed a control of the panel. `flowId` makes the call's key. */
  | { type: 'dial'; request: DialRequest; flowId: string; pressed?: boolean }
  | { type: 'replaceRequest' | 'keepRequest' | 'closeMessage' }
  | { type: 'showTab'; tab: PanelTab }
  /** Without a page, closes the options. */
  | { type: 'showOptions'; page?: OptionsPage }
  | { type: 'logOut' | 'logIn' | 'stay' | 'discard' }
  | { type: 'setStatus'; status: string }
  | { type: 'setNextStatus'; status: string | undefined }
  | { type: 'outbound'; command: OutboundCommand };

/** Facts from the ports and from the leader. */
export type AgentFact =
  | { type: 'leader.changed'; state: LeaderState }
  /** The platform has created or connected a call that this tab's form has dialled. */
  | { type: 'call.created' | 'call.connected'; key: string; sessionId: string; at: Iso }
  | { type: 'profile.changed'; profile: TelephonyProfile }
  /** Another tab of this browser has a newer version of the app. */
  | { type: 'outdated' }
  | { type: 'records.counted'; count: RecordsCount }
  | ({ type: 'settings.changed' } & CheckedSettings)
  | { type: 'connectivity.changed'; online: boolean };

/** A message to the agent. Most messages say why a dial request was not opened. */
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

/** The tab's own state, and the leader's state as the tab knows it. */
export interface AgentContext {
  leader: LeaderState;
  opened?: Opened;
  failure?: Failure;
  /** The status that the agent has chosen, until the platform confirms it. */
  wantedStatus?: string;
  /** The next status that the agent chose last. */
  wantedNext?: string | undefined;
  online: boolean;
  tab: PanelTab;
  options?: OptionsPage;
  /** A dial request that came while another form was open. The agent is asked before the request replaces the form. */
  pending?: OpenRequest;
  /** A17: whether the agent has chosen or entered anything in the open form. */
  touched?: boolean;
  /** The session id of a connected call that an earlier form has dialled. The panel shows the call, not the form. */
  spokenTo?: string;
  /** The request whose form is being opened. */
  opening?: OpenRequest;
  message?: Message;
  records: RecordsCount;
}
