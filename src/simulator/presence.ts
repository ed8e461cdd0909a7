import type { AgentStatus } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';

export interface PresenceState {
  status: string;
  /** Takes force when the call ends. */
  next?: string;
  /** What it was before the call. */
  before?: string;
}

/** The agent's status: chosen by the agent between calls, by the platform during one. */
export class Presence {
  state: PresenceState;
  #statuses: readonly AgentStatus[];
  #changed: (state: PresenceState) => void;

  constructor(statuses: readonly AgentStatus[], state: PresenceState, changed: (state: PresenceState) => void) {
    this.#statuses = statuses;
    this.state = state;
    this.#changed = changed;
  }

  get inCall(): boolean {
    return this.state.before !== undefined;
  }

  choose(status: string): void {
    this.#mustBeSelectable(status);
    if (this.inCall) throw new TelephonyError('invalid', 'During a call only the next status can be chosen.');
    this.#set({ status });
  }

  chooseNext(next: string | undefined): void {
    if (next !== undefined) this.#mustBeSelectable(next);
    if (!this.inCall) throw new TelephonyError('invalid', 'A next status is chosen during a call.');
    const { status, before } = this.state;
    this.#set({ status, ...(next !== undefined && { next }), ...(before !== undefined && { before }) });
  }

  callBegins(): void {
    if (!this.inCall) this.#set({ status: 'in-call', before: this.state.status });
  }

  callEnds(): void {
    const { next, before, status } = this.state;
    if (this.inCall) this.#set({ status: next ?? before ?? status });
  }

  #set(state: PresenceState): void {
    this.state = state;
    this.#changed(state);
  }

  #mustBeSelectable(id: string): void {
    if (!this.#statuses.some((status) => status.id === id && status.selectable))
      throw new TelephonyError('invalid', `"${id}" is no status that an agent can choose.`);
  }
}
