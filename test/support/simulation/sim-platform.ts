import type { SessionRecord } from '../../../src/domain/session.js';
import type { RecordFact } from '../../../src/domain/record-fact.js';
import type { SessionEvent } from '../../../src/telephony/platform-event.js';
import type { ActiveSession, SessionPhase } from '../../../src/telephony/telephony.js';
import { agent, type SimTab, type TabPlatform } from './sim-tab.js';
import type { Script, Scripted } from './script.js';
import type { World } from './world.js';

const phaseAfter: Partial<Record<SessionEvent['type'], SessionPhase>> = {
  'session.created': 'connected',
  'session.assigned': 'connected',
  'session.abandoned': 'ended',
  'voicemail.received': 'ended',
  'session.ended': 'wrap-up',
  'session.closed': 'ended',
};

/**
 * The platform. It emits events to the connected tab, late, twice or not at all, and again to the next tab until one of
 * them has received them.
 */
export class SimPlatform implements TabPlatform {
  readonly #world: World;
  readonly #script: Script;
  readonly #kept: ReadonlySet<string>;
  readonly #sessions = new Map<string, ActiveSession>();
  readonly #unheard = new Map<string, Scripted>();
  readonly #asked = new Set<string>();
  readonly #forgotten = new Set<string>();
  /** The connected tabs. The last one gets the events. */
  #connections: SimTab[] = [];
  /** Future events. */
  #left: number;
  stormy = true;

  /** `kept`: keys and ids of everything that a browser has stored. */
  constructor(world: World, script: Script, kept: ReadonlySet<string>) {
    this.#world = world;
    this.#script = script;
    this.#kept = kept;
    this.#left = script.events.length;
    for (const session of script.earlier)
      this.#sessions.set(session.id, { ...session, ...moment(world.iso), phase: 'ended' });
    for (const scripted of script.events) world.after(scripted.after, () => this.#happens(scripted));
  }

  /** All events were emitted and received. */
  get isIdle(): boolean {
    return this.#left === 0 && this.#unheard.size === 0;
  }

  /** The events that no tab has received yet. */
  get unheard(): readonly SessionEvent[] {
    return [...this.#unheard.values()].map(({ event }) => event);
  }

  async connect(tab: SimTab): Promise<readonly ActiveSession[]> {
    this.disconnect(tab);
    this.#connections.push(tab);
    await this.#world.wait(this.#world.below(300));
    this.tellAgain();
    const active = [...this.#sessions.values()].filter(
      ({ phase, agentId }) => phase !== 'ended' && agentId === agent.id,
    );
    for (const { id } of active) this.#introduce(id);
    return active.map((one) => structuredClone(one));
  }

  disconnect(tab: SimTab): void {
    this.#connections = this.#connections.filter((one) => one !== tab);
  }

  /** The events that no tab has received. */
  tellAgain(): void {
    for (const scripted of [...this.#unheard.values()]) this.#tell(scripted);
  }

  /** Forgets the sessions with unreceived events: after more than a week the platform does not repeat them. */
  giveUp(): void {
    for (const { event } of this.#unheard.values()) this.#forget(event.sessionId);
  }

  /** The connected tab has shown the agent that it cannot record a session. */
  unknown(sessionId: string): void {
    this.#forget(sessionId);
  }

  #forget(sessionId: string): void {
    this.#forgotten.add(sessionId);
    for (const { event, expected } of this.#script.events) {
      if (event.sessionId !== sessionId) continue;
      for (const one of expected) one.mayMiss = true;
      this.#unheard.delete(event.id);
    }
  }

  heard(event: SessionEvent): void {
    const scripted = this.#unheard.get(event.id);
    // A tab stores nothing of an unknown session before the platform has described it. The event is repeated.
    if (!scripted || !this.#isKept(scripted)) return;
    this.#unheard.delete(event.id);
    for (const one of scripted.expected) one.accepted ??= this.#world.tick();
  }

  async getSession(id: string): Promise<ActiveSession | undefined> {
    await this.#world.wait(this.#world.below(200));
    if (this.stormy && this.#world.chance(0.15)) {
      this.#world.count('fault platform out of order');
      throw new Error('The platform does not answer');
    }
    this.#introduce(id);
    return structuredClone(this.#sessions.get(id));
  }

  async associate(id: string, record: SessionRecord): Promise<void> {
    await this.#world.wait(this.#world.below(100));
    const session = this.#sessions.get(id);
    if (session) session.record = { ...session.record, ...record };
  }

  /** A10: the agent must choose, and does so after a while, or never. */
  told(tab: SimTab, sessionId: string, fact: RecordFact): void {
    const choice = this.#script.choices.get(sessionId);
    if (fact.type !== 'record.choice-needed' || choice === undefined) return;
    this.#world.count(this.#asked.has(sessionId) ? 'choice asked again' : 'choice asked');
    this.#asked.add(sessionId);
    this.#world.after(500 + this.#world.below(9000), () => tab.choose(sessionId, choice));
  }

  /** A tab that is shown a session may record its start. */
  #introduce(sessionId: string): void {
    const start = this.#script.events.find(({ event }) => event.sessionId === sessionId);
    for (const one of start?.expected ?? []) one.issued ??= this.#world.tick();
  }

  #isKept({ kept }: Scripted): boolean {
    return kept === 'nothing' || kept.some((one) => this.#kept.has(one));
  }

  #happens(scripted: Scripted): void {
    this.#left--;
    const { event } = scripted;
    const phase = phaseAfter[event.type];
    const session = 'session' in event ? event.session : this.#sessions.get(event.sessionId);
    const before = this.#sessions.get(event.sessionId);
    if (session && phase) this.#sessions.set(event.sessionId, { ...moment(event.at), ...before, ...session, phase });
    if (event.type === 'transfer.finished') this.#sessions.get(event.sessionId)!.agentId = event.target.id;
    if (this.#forgotten.has(event.sessionId)) return;
    this.#unheard.set(event.id, scripted);
    const { chance, below, count, after } = this.#world;
    if (this.stormy && chance(0.08)) return count('fault event lost');
    const late = this.stormy && chance(0.25);
    if (late) count('fault event late');
    if (this.stormy && chance(0.12)) {
      count('fault event twice');
      after(below(6000), () => this.#tell(scripted));
    }
    after(below(late ? 8000 : 100), () => this.#tell(scripted));
  }

  #tell(scripted: Scripted): void {
    const tab = this.#connections.at(-1);
    if (!tab) return;
    for (const one of scripted.expected) one.issued ??= this.#world.tick();
    const { event } = scripted;
    const record = this.#sessions.get(event.sessionId)?.record;
    tab.hear('session' in event && record ? { ...event, session: { ...event.session, record } } : event);
  }
}

const moment = (since: string) => ({
  ...{ since, muted: false, held: false, recordingPaused: false },
  participants: [],
});
