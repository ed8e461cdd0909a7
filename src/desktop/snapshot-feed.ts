import type { ActorRefFrom, AnyActorRef, SnapshotFrom } from 'xstate';
import type { agentMachine } from '../machine/agent-machine.js';
import type { outboundMachine } from '../machine/outbound-machine.js';
import type { sessionMachine } from '../machine/session-machine.js';

const turnsBeforeDrawing = 40;

/** The statecharts as they stand. A new object after every change. */
export interface DesktopSnapshot {
  agent: SnapshotFrom<typeof agentMachine>;
  outbound?: SnapshotFrom<typeof outboundMachine>;
  session?: SnapshotFrom<typeof sessionMachine>;
}

/** Tells what the agent's statechart, the open form and the call on screen have become, once for many transitions. */
export class SnapshotFeed {
  readonly #actor: ActorRefFrom<typeof agentMachine>;
  readonly #listeners = new Set<(snapshot: DesktopSnapshot) => void>();
  readonly #watched = new Map<AnyActorRef, { unsubscribe(): void }>();
  #snapshot: DesktopSnapshot | undefined;
  #notifying = false;

  constructor(actor: ActorRefFrom<typeof agentMachine>) {
    this.#actor = actor;
    actor.subscribe(() => this.#watchChildren());
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
    for (const { unsubscribe } of this.#watched.values()) unsubscribe();
    this.#watched.clear();
    this.#listeners.clear();
  }

  #read(): DesktopSnapshot {
    const agent = this.#actor.getSnapshot();
    const { outbound } = agent.children;
    const session = agent.context.sessionId ? agent.children[`session:${agent.context.sessionId}`] : undefined;
    return {
      agent,
      ...(outbound ? { outbound: outbound.getSnapshot() } : {}),
      ...(session ? { session: session.getSnapshot() } : {}),
    };
  }

  /** The form and the call on screen change without the agent's own statechart. */
  #watchChildren(): void {
    this.#changed();
    const { children, context } = this.#actor.getSnapshot();
    const shown = [children.outbound, context.sessionId ? children[`session:${context.sessionId}`] : undefined];
    for (const [child, { unsubscribe }] of this.#watched)
      if (!shown.includes(child as never)) {
        unsubscribe();
        this.#watched.delete(child);
      }
    for (const child of shown)
      if (child && !this.#watched.has(child))
        this.#watched.set(
          child,
          (child as AnyActorRef).subscribe(() => this.#changed()),
        );
  }

  /** Many transitions are one change; answers that are there at once come before the screen is drawn (Q2). */
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
