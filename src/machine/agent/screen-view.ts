import { perObject } from '../../domain/cached.js';
import type { SnapshotFrom } from 'xstate';
import type { AgentStatus, Capability } from '../../telephony/telephony.js';
import type { PanelTab } from './agent-context.js';
import type { agentMachine } from './agent-machine.js';
import type { outboundMachine } from '../outbound/outbound-machine.js';
import { callOn, type SessionState } from '../leader/leader-state.js';

type AgentSnapshot = SnapshotFrom<typeof agentMachine>;
export type OutboundSnapshot = SnapshotFrom<typeof outboundMachine>;

/** The screen that the panel shows. */
export type ScreenName =
  | 'starting'
  | 'not-started'
  | 'main'
  | 'loading'
  | 'not-loaded'
  | 'refused'
  | 'ticket-entry'
  | 'number-entry'
  | 'details'
  | 'incoming'
  | 'call'
  | 'chat'
  | 'wrap-up'
  | 'options'
  | 'history'
  | 'voicemail'
  | 'logged-out';

export interface Snapshots {
  agent: AgentSnapshot;
  outbound?: OutboundSnapshot;
  session?: SessionState;
}

/** Whether the session rings. The panel then shows the session, not the form that the agent fills in. */
export const isRinging = (session: Snapshots['session']): boolean =>
  (session?.value as { phase?: string } | undefined)?.phase === 'offered';

/** Whether the agent is in the call on screen: an answered incoming one, or one that an earlier form has dialled. */
const isSpokenTo = ({ context }: AgentSnapshot, session: Snapshots['session']): boolean =>
  session !== undefined &&
  callOn(context.leader) === context.leader.sessionId &&
  (session.context.session.direction === 'inbound' || context.spokenTo === context.leader.sessionId);

/**
 * Chooses the screen. A ringing or connected call comes first, then an open form, an ended call, the main screen. Many
 * parts of the panel ask for it.
 */
export const screenOf = perObject(({ agent, outbound, session }: Snapshots): ScreenName => {
  if (agent.matches('starting')) return 'starting';
  if (agent.matches('failed')) return 'not-started';
  if (agent.context.leader.loggedOut) return 'logged-out';
  if (isRinging(session)) return 'incoming';
  if (agent.context.options) return 'options';
  if (agent.matches({ ready: { outbound: 'opening' } })) return 'loading';
  const isOpen = outbound && outbound.status === 'active';
  if (isOpen && !isSpokenTo(agent, session)) return outboundScreen(outbound);
  if (agent.context.tab !== 'call') return agent.context.tab;
  return session?.screen ?? 'main';
});

/** The screens with tabs. An incoming call and a form have the whole panel. */
const screensWithTabs: readonly ScreenName[] = ['main', 'call', 'chat', 'wrap-up', 'history', 'voicemail'];
const listTabs: readonly (PanelTab & Capability)[] = ['history', 'voicemail'];

/** A3: the tabs of the screen, for the lists that the platform has. Empty if there is nothing to choose. */
export function tabsOf(snapshots: Snapshots): readonly PanelTab[] {
  if (!screensWithTabs.includes(screenOf(snapshots))) return [];
  const capabilities = snapshots.agent.context.opened?.profile.capabilities ?? [];
  const lists = listTabs.filter((tab) => capabilities.includes(tab));
  return lists.length > 0 ? ['call', ...lists] : [];
}

function outboundScreen(outbound: OutboundSnapshot): ScreenName {
  if (outbound.matches('notPrepared')) return 'not-loaded';
  if (outbound.matches('refused')) return 'refused';
  if (outbound.matches('ticketEntry')) return 'ticket-entry';
  if (outbound.matches('numberEntry') || outbound.matches({ filling: { screen: 'keypad' } })) return 'number-entry';
  if (outbound.matches({ filling: { screen: 'dialling' } })) return 'call';
  return outbound.matches('filling') ? 'details' : 'loading';
}

/** The data of the header: the status and the connection. */
export interface HeaderView {
  statuses: readonly AgentStatus[];
  status: AgentStatus | undefined;
  /** The status that the agent has chosen, until the platform confirms it. */
  wanted: string | undefined;
  next: AgentStatus | undefined;
  /** A2: during a call the agent chooses the next status. */
  choosesNext: boolean;
  online: boolean;
  isConnected: boolean;
}

export function headerView({ context }: AgentSnapshot): HeaderView {
  const { leader, opened, wantedStatus, online } = context;
  const { status, nextStatus, connection } = leader;
  const statuses = opened?.profile.statuses ?? [];
  const statusOf = (id: string | undefined) => statuses.find((known) => known.id === id);
  return {
    statuses: statuses.filter(({ selectable }) => selectable),
    status: statusOf(status),
    wanted: wantedStatus,
    next: statusOf(nextStatus),
    // The platform may change the status before it sends the call's event.
    choosesNext: callOn(leader) !== undefined || status === 'in-call',
    online,
    isConnected: connection === 'up',
  };
}
