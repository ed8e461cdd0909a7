import { own } from '../domain/own.js';
import type { ActorRefFrom, AnyActorRef, SnapshotFrom } from 'xstate';
import type { agentMachine } from '../machine/agent/agent-machine.js';
import type { outboundMachine } from '../machine/outbound/outbound-machine.js';
import type { RecordsView } from './records-view.js';
import type { SessionState } from '../machine/leader/leader-state.js';

/** How many microtasks pass before the listeners are notified. */
const turnsBeforeDrawing = 40;

/** The states of the statecharts, and the records. Every change makes a new object. */
export interface DesktopSnapshot {
  agent: SnapshotFrom<typeof agentMachine>;
  outbound?: SnapshotFrom<typeof outboundMachine>;
  /** The session on screen. */
  session?: SessionState;
  /** The records that are not in the CRM yet. */
  records: RecordsView;
}

/**
 * Notifies listeners about changes of the agent's statechart, the open form and the session on screen. Many transitions
 * make one notification.
 */
export class SnapshotFeed {
  readonly #actor: ActorRefFrom<typeof agentMachine>;
  readonly #records: () => RecordsView;
  readonly #listeners = new Set<(snapshot: DesktopSnapshot) => void>();
  #watched: { form: AnyActorRef; unsubscribe(): void } | undefined;
  #snapshot: DesktopSnapshot | undefined;
  #notifying = false;

  constructor(actor: ActorRefFrom<typeof agentMachine>, records: () => RecordsView) {
    this.#actor = actor;
    this.#records = records;
    actor.subscribe(() => this.#watchForm());
  }

  get snapshot(): DesktopSnapshot {
    this.#snapshot ??= this.#read();
    return this.#snapshot;
  }

  subscribe(listener: (snapshot: DesktopSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#watched?.unsubscribe();
    this.#listeners.clear();
  }

  #read(): DesktopSnapshot {
    const agent = this.#actor.getSnapshot();
    const { outbound } = agent.children;
    const session = own(agent.context.leader.sessions, agent.context.leader.sessionId);
    return {
      agent,
      outbound: outbound?.getSnapshot(),
      session,
      records: this.#records(),
    };
  }

  /** The form changes without a transition of the agent's statechart. */
  #watchForm(): void {
    this.#changed();
    const form: AnyActorRef | undefined = this.#actor.getSnapshot().children.outbound;
    if (form === this.#watched?.form) return;
    this.#watched?.unsubscribe();
    this.#watched = undefined;
    if (!form) return;
    const { unsubscribe } = form.subscribe(() => this.#changed());
    this.#watched = { form, unsubscribe };
  }

  /** Call this after a change of the records, which no statechart reports. */
  changed(): void {
    this.#changed();
  }

  /**
   * Combines many transitions into one notification. Also waits for answers that come at once, so that the first paint
   * shows them (Q2).
   */
  #changed(): void {
    this.#snapshot = undefined;
    if (this.#notifying) return;
    this.#notifying = true;
    void this.#notify();
  }

  async #notify(): Promise<void> {
    for (let turn = 0; turn < turnsBeforeDrawing; turn++) await undefined;
    this.#notifying = false;
    const snapshot = this.snapshot;
    for (const listener of this.#listeners) listener(snapshot);
  }
}
