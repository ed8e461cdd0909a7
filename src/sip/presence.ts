import type { AgentStatus } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';

export const statuses: readonly AgentStatus[] = [
  { id: 'available', label: 'Available', selectable: true, color: 'green' },
  { id: 'unavailable', label: 'Unavailable', selectable: true, color: 'red' },
  { id: 'break', label: 'Break', selectable: true, color: 'yellow' },
  { id: 'meal', label: 'Meal', selectable: true, color: 'yellow' },
  { id: 'in-call', label: 'In-call', selectable: false, color: 'red' },
  { id: 'wrap-up', label: 'Wrap-up', selectable: false, color: 'yellow' },
  { id: 'wrap-up-exceeded', label: 'Wrap-up exceeded', selectable: false, color: 'red' },
  { id: 'missed-call', label: 'Missed call', selectable: false, color: 'red' },
];

/** What the line sets while the agent is at work. */
export type Work = 'in-call' | 'wrap-up' | 'wrap-up-exceeded';

export interface PresenceState {
  status: string;
  /** Takes force when the work ends. */
  next?: string;
  /** What it was before the work. */
  before?: string;
}

/** A SIP server knows no status: it is kept here, chosen by the agent between calls and set during one (A2). */
export class Presence {
  state: PresenceState = { status: 'unavailable' };
  #changed: (state: PresenceState) => void;

  constructor(changed: (state: PresenceState) => void) {
    this.#changed = changed;
  }

  get available(): boolean {
    return this.state.status === 'available';
  }

  choose(status: string): void {
    mustBeSelectable(status);
    if (this.state.status === 'in-call')
      throw new TelephonyError('invalid', 'During a call only the next status can be chosen.');
    this.#set({ status });
  }

  chooseNext(next: string | undefined): void {
    if (next !== undefined) mustBeSelectable(next);
    const { status, before } = this.state;
    if (before === undefined) throw new TelephonyError('invalid', 'A next status is chosen during a call.');
    this.#set({ status, before, ...(next !== undefined && { next }) });
  }

  /** What the agent is at; nothing: what was chosen takes force. */
  follow(work: Work | undefined): void {
    const { next, before, status } = this.state;
    if (work === undefined) {
      if (before !== undefined) this.#set({ status: next ?? before });
    } else if (before === undefined) this.#set({ status: work, before: status });
    else if (status !== work) this.#set({ ...this.state, status: work });
  }

  missedCall(): void {
    this.#set({ status: 'missed-call' });
  }

  #set(state: PresenceState): void {
    this.state = state;
    this.#changed(state);
  }
}

function mustBeSelectable(id: string): void {
  if (!statuses.some((status) => status.id === id && status.selectable))
    throw new TelephonyError('invalid', `"${id}" is no status that an agent can choose.`);
}
