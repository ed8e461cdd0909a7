import type { ActiveSession, Participant } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { EventQueue, NewSessionEvent } from './event-queue.js';
import type { KnownSession } from './known-session.js';
import type { PresenceState } from '../telephony/presence.js';
import type { SipStore } from './sip-store.js';

/** All sessions that are known here, kept over a reload. */
export class SessionBook {
  #queue: EventQueue;
  #store: SipStore;
  #sessions = new Map<string, KnownSession>();
  /** The signed-in agent: the owner of what happens to their sessions. */
  agentId: string | undefined;

  constructor(queue: EventQueue, store: SipStore) {
    this.#queue = queue;
    this.#store = store;
  }

  /**
   * Takes over what a page before this one, or another tab meanwhile, has left; gives the status that it left. `isLive`:
   * of such a session this page knows best.
   */
  async open(agentId: string, isLive: (one: KnownSession) => boolean): Promise<PresenceState | undefined> {
    const presence = await this.#store.open(agentId);
    if (this.agentId !== undefined && this.agentId !== agentId) this.#sessions.clear();
    this.agentId = agentId;
    const own = [...this.#sessions.values()].filter(({ place }) => place !== 'over');
    const newer = own.flatMap(({ session }) => this.#store.find(session.id) ?? []);
    for (const one of [...newer, ...this.#store.unfinished()]) {
      const here = this.#sessions.get(one.session.id);
      if (!here || !isLive(here)) this.#sessions.set(one.session.id, one);
    }
    return presence;
  }

  /** Those of this page, and those that were not over when it began. */
  recent(): KnownSession[] {
    return [...this.#sessions.values()];
  }

  /** Those of the last seven days too. */
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
    return this.everything().find((one) => one.key === key);
  }

  get(id: string): KnownSession {
    const one = this.find(id);
    if (!one) throw new TelephonyError('invalid', `There is no session ${id}.`);
    return one;
  }

  add(one: KnownSession): KnownSession {
    this.#sessions.set(one.session.id, one);
    this.#store.keep(one);
    return one;
  }

  change(one: KnownSession, change: Partial<ActiveSession> = {}): void {
    one.session = { ...one.session, ...change };
    this.#store.keep(one);
  }

  joins(one: KnownSession, participant: Participant): void {
    this.change(one, { participants: [...one.session.participants, participant] });
    this.say(one, { type: 'session.participant-joined', participant });
  }

  leaves(one: KnownSession, participant: Participant): void {
    this.change(one, { participants: one.session.participants.filter(({ id }) => id !== participant.id) });
    this.say(one, { type: 'session.participant-left', participant });
  }

  /** `owner`: whoever has the session, where nothing is said. */
  say(one: KnownSession, event: NewSessionEvent, owner = one.session.agentId ?? this.agentId): void {
    this.#queue.saySession(one.session.id, event, owner);
  }
}
