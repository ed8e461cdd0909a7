import type { ActiveSession, Participant } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { EventQueue, NewSessionEvent } from './event-queue.js';
import type { KnownSession } from './known-session.js';
import type { PresenceState } from '../telephony/presence.js';
import type { SipStore } from './sip-store.js';

/** The sessions that this page knows. Every change is stored, so that the sessions survive a reload. */
export class SessionRegistry {
  #events: EventQueue;
  #store: SipStore;
  #sessions = new Map<string, KnownSession>();
  /** The signed-in agent, who owns the events of sessions without an agent. */
  agentId: string | undefined;

  constructor(events: EventQueue, store: SipStore) {
    this.#events = events;
    this.#store = store;
  }

  /**
   * Loads the sessions that an earlier page or another tab has stored. Returns the agent's stored status. A session for
   * which `isLive` is true keeps the state of this page.
   */
  async open(agentId: string, isLive: (known: KnownSession) => boolean): Promise<PresenceState | undefined> {
    const presence = await this.#store.open(agentId);
    if (this.agentId !== undefined && this.agentId !== agentId) this.#sessions.clear();
    this.agentId = agentId;
    const unfinished = [...this.#sessions.values()].filter(({ place }) => place !== 'over');
    const newer = unfinished.flatMap(({ session }) => this.#store.find(session.id) ?? []);
    for (const known of [...newer, ...this.#store.unfinished()]) {
      const here = this.#sessions.get(known.session.id);
      if (!here || !isLive(here)) this.#sessions.set(known.session.id, known);
    }
    return presence;
  }

  /** The sessions of this page, and the sessions that were not over when this page loaded. */
  recent(): KnownSession[] {
    return [...this.#sessions.values()];
  }

  /** All sessions of the last seven days. */
  everything(): KnownSession[] {
    const kept = this.#store.everything().filter(({ session }) => !this.#sessions.has(session.id));
    return [...kept, ...this.#sessions.values()];
  }

  find(id: string): KnownSession | undefined {
    const here = this.#sessions.get(id);
    if (here) return here;
    const kept = this.#store.find(id);
    if (kept) this.#sessions.set(id, kept);
    return kept;
  }

  byKey(key: string): KnownSession | undefined {
    return this.everything().find((known) => known.key === key);
  }

  get(id: string): KnownSession {
    const known = this.find(id);
    if (!known) throw new TelephonyError('invalid', `There is no session ${id}.`);
    return known;
  }

  add(known: KnownSession): KnownSession {
    this.#sessions.set(known.session.id, known);
    this.#store.keep(known);
    return known;
  }

  change(known: KnownSession, change: Partial<ActiveSession> = {}): void {
    known.session = { ...known.session, ...change };
    this.#store.keep(known);
  }

  participantJoined(known: KnownSession, participant: Participant): void {
    this.change(known, { participants: [...known.session.participants, participant] });
    this.emit(known, { type: 'session.participant-joined', participant });
  }

  participantLeft(known: KnownSession, participant: Participant): void {
    this.change(known, { participants: known.session.participants.filter(({ id }) => id !== participant.id) });
    this.emit(known, { type: 'session.participant-left', participant });
  }

  /** The event's owner is by default the session's agent. Without one, it is the signed-in agent. */
  emit(known: KnownSession, event: NewSessionEvent, owner = known.session.agentId ?? this.agentId): void {
    this.#events.emitForSession(known.session.id, event, owner);
  }
}
