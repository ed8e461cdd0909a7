import { TelephonyError } from './telephony-error.js';
import type { AgentStatus } from './telephony.js';

/** The statuses of a platform that does not define its own. */
export const usualStatuses: readonly AgentStatus[] = [
  { id: 'available', label: 'Available', selectable: true, color: 'green' },
  { id: 'unavailable', label: 'Unavailable', selectable: true, color: 'red' },
  { id: 'break', label: 'Break', selectable: true, color: 'yellow' },
  { id: 'meal', label: 'Meal', selectable: true, color: 'yellow' },
  { id: 'in-call', label: 'In-call', selectable: false, color: 'red' },
  { id: 'wrap-up', label: 'Wrap-up', selectable: false, color: 'yellow' },
  { id: 'wrap-up-exceeded', label: 'Wrap-up exceeded', selectable: false, color: 'red' },
  { id: 'missed-call', label: 'Missed call', selectable: false, color: 'red' },
];

/** The statuses that the platform sets while the agent works on a session. */
export type WorkStatus = 'in-call' | 'wrap-up' | 'wrap-up-exceeded';

export interface PresenceState {
  status: string;
  /** The status that the agent chose for the time after the session. */
  next?: string;
  /** The status before the session. Undefined while the agent has no session. */
  before?: string;
}

/** The agent's status. The agent chooses it between calls. During a call and its wrap-up the platform sets it. */
export class Presence {
  state: PresenceState;
  #statuses: readonly AgentStatus[];
  #changed: (state: PresenceState) => void;

  constructor(statuses: readonly AgentStatus[], state: PresenceState, changed: (state: PresenceState) => void) {
    this.#statuses = statuses;
    this.state = state;
    this.#changed = changed;
  }

  /** Whether the agent is in a call or in its wrap-up. */
  get atWork(): boolean {
    return this.state.before !== undefined;
  }

  get inCall(): boolean {
    return this.atWork && this.state.status === 'in-call';
  }

  /** Whether the platform offers calls to the agent. */
  get available(): boolean {
    return this.state.status === 'available';
  }

  /** Whether the platform offers chats to the agent, also during a call. */
  get availableForChats(): boolean {
    return this.available || (this.inCall && this.state.before === 'available');
  }

  choose(status: string): void {
    this.#mustBeSelectable(status);
    if (this.inCall) throw new TelephonyError('invalid', 'During a call only the next status can be chosen.');
    this.#set({ status });
  }

  chooseNext(next: string | undefined): void {
    if (next !== undefined) this.#mustBeSelectable(next);
    if (!this.atWork) throw new TelephonyError('invalid', 'The next status can be chosen only during a call.');
    const { status, before } = this.state;
    this.#set({ status, next, before });
  }

  /** Sets the status of the agent's work. After the work, sets the chosen next status or the status before the work. */
  follow(work: WorkStatus | undefined): void {
    const { next, before, status } = this.state;
    if (work === undefined) {
      if (this.atWork) this.#set({ status: next ?? before ?? status });
    } else if (!this.atWork) this.#set({ status: work, before: status });
    else if (status !== work) this.#set({ ...this.state, status: work });
  }

  missedCall(): void {
    this.#set({ status: 'missed-call' });
  }

  #set(state: PresenceState): void {
    this.state = state;
    this.#changed(state);
  }

  #mustBeSelectable(id: string): void {
    if (!this.#statuses.some((status) => status.id === id && status.selectable))
      throw new TelephonyError('invalid', `An agent cannot choose the status "${id}".`);
  }
}
