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
 * The platform: tells the tab that is connected what happens, late, twice or not at all, and tells it again to the next
 * one, until a tab that lives has heard it.
 */
export class SimPlatform implements TabPlatform {
  readonly #world: World;
  readonly #script: Script;
  readonly #kept: ReadonlySet<string>;
  readonly #sessions = new Map<string, ActiveSession>();
  readonly #unheard = new Map<string, Scripted>();
  readonly #asked = new Set<string>();
  readonly #forgotten = new Set<string>();
  /** The last one is told what happens. */
  #connections: SimTab[] = [];
  /** What is still to happen. */
  #left: number;
  stormy = true;

  /** `kept`: keys and ids of all that a browser has kept. */
  constructor(world: World, script: Script, kept: ReadonlySet<string>) {
    this.#world = world;
    this.#script = script;
    this.#kept = kept;
    this.#left = script.events.length;
    for (const session of script.earlier)
      this.#sessions.set(session.id, { ...session, ...moment(world.iso), phase: 'ended' });
    for (const scripted of script.events) world.after(scripted.after, () => this.#happens(scripted));
  }

  /** Everything has happened, and has been heard. */
  get isIdle(): boolean {
    return this.#left === 0 && this.#unheard.size === 0;
  }

  /** What no tab has heard yet. */
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

  /** What no tab has heard. */
  tellAgain(): void {
    for (const scripted of [...this.#unheard.values()]) this.#tell(scripted);
  }

  /** After more than a week the platform tells no more of the sessions of which something was not heard. */
  giveUp(): void {
    for (const { event } of this.#unheard.values()) this.#forget(event.sessionId);
  }

  /** The tab that is connected has said, for the agent to see, that it cannot record a session. */
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
    // Of a session that a tab has never met nothing is kept before the platform has said what it is: it is told again.
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

  /** A10: the agent is asked, and answers after a while, or never. */
  told(tab: SimTab, sessionId: string, fact: RecordFact): void {
    const choice = this.#script.choices.get(sessionId);
    if (fact.type !== 'record.choice-needed' || choice === undefined) return;
    this.#world.count(this.#asked.has(sessionId) ? 'choice asked again' : 'choice asked');
    this.#asked.add(sessionId);
    this.#world.after(500 + this.#world.below(9000), () => tab.choose(sessionId, choice));
  }

  /** Who is shown a session may record its beginning. */
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
