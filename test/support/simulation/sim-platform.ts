import type { SessionRecord } from '../../../src/domain/session.js';
import type { RecordFact } from '../../../src/domain/record-fact.js';
import type { SessionEvent } from '../../../src/telephony/platform-event.js';
import type { ActiveSession, SessionPhase } from '../../../src/telephony/telephony.js';
import { agent, type SimTab, type TabPlatform } from './sim-tab.js';
import type { Script, Scripted } from './script.js';
import type { SimContext } from './sim-context.js';

const phaseAfter: Partial<Record<SessionEvent['type'], SessionPhase>> = {
  'session.created': 'connected',
  'session.assigned': 'connected',
  'session.abandoned': 'ended',
  'voicemail.received': 'ended',
  'session.ended': 'wrap-up',
  'session.closed': 'ended',
};

/**
 * The platform. It sends its events to the connected tab: late, twice or not at all. It sends an event again, to the
 * next tab too, until a tab has stored it.
 */
export class SimPlatform implements TabPlatform {
  readonly #context: SimContext;
  readonly #script: Script;
  readonly #everStored: ReadonlySet<string>;
  readonly #sessions = new Map<string, ActiveSession>();
  readonly #undelivered = new Map<string, Scripted>();
  readonly #asked = new Set<string>();
  readonly #forgotten = new Set<string>();
  /** The closes that wait for their session's end. */
  readonly #waited = new Set<Scripted>();
  /** The connected tabs. Events go to the last one. */
  #connections: SimTab[] = [];
  /** The number of scripted events that have not happened yet. */
  #left: number;
  hasFaults = true;

  /** `everStored`: the keys and ids of all rows and events that the browser has ever stored. */
  constructor(context: SimContext, script: Script, everStored: ReadonlySet<string>) {
    this.#context = context;
    this.#script = script;
    this.#everStored = everStored;
    this.#left = script.events.length;
    for (const session of script.earlier)
      this.#sessions.set(session.id, { ...session, ...initialState(context.iso), phase: 'ended' });
    for (const scripted of script.events) context.after(scripted.after, () => this.#emit(scripted));
  }

  /** Whether all scripted events have happened and are delivered. */
  get isIdle(): boolean {
    return this.#left === 0 && this.#undelivered.size === 0;
  }

  /** The events that no tab has stored yet. */
  get undelivered(): readonly SessionEvent[] {
    return [...this.#undelivered.values()].map(({ event }) => event);
  }

  async connect(tab: SimTab): Promise<readonly ActiveSession[]> {
    this.disconnect(tab);
    this.#connections.push(tab);
    await this.#context.wait(this.#context.below(300));
    this.redeliver();
    const active = [...this.#sessions.values()].filter(
      ({ phase, agentId }) => phase !== 'ended' && agentId === agent.id,
    );
    for (const { id } of active) this.#introduce(id);
    return active.map((one) => structuredClone(one));
  }

  disconnect(tab: SimTab): void {
    this.#connections = this.#connections.filter((one) => one !== tab);
  }

  /** Sends all undelivered events again. */
  redeliver(): void {
    for (const scripted of [...this.#undelivered.values()]) this.#deliver(scripted);
  }

  /** After more than a week, the platform sends no more events of sessions with undelivered events. */
  forgetUndelivered(): void {
    for (const { event } of this.#undelivered.values()) this.#forget(event.sessionId);
  }

  /** The connected tab has reported that it cannot record a session, because the platform does not know it. */
  unknown(sessionId: string): void {
    this.#forget(sessionId);
  }

  #forget(sessionId: string): void {
    this.#forgotten.add(sessionId);
    for (const { event, expected } of this.#script.events) {
      if (event.sessionId !== sessionId) continue;
      for (const one of expected) one.mayMiss = true;
      this.#undelivered.delete(event.id);
    }
  }

  delivered(event: SessionEvent): void {
    const scripted = this.#undelivered.get(event.id);
    // A tab stores an event of an unknown session only when the platform has described the session. Until then the
    // platform sends the event again.
    if (!scripted || !this.#isStored(scripted)) return;
    this.#undelivered.delete(event.id);
    for (const one of scripted.expected) one.accepted ??= this.#context.tick();
    for (const one of this.#undelivered.values())
      if (event.type === 'session.ended' && one.event.sessionId === event.sessionId && this.#waited.delete(one))
        this.#deliver(one);
  }

  async getSession(id: string): Promise<ActiveSession | undefined> {
    await this.#context.wait(this.#context.below(200));
    if (this.hasFaults && this.#context.chance(0.15)) {
      this.#context.count('fault platform out of order');
      throw new Error('The platform does not answer');
    }
    this.#introduce(id);
    return structuredClone(this.#sessions.get(id));
  }

  async associate(id: string, record: SessionRecord): Promise<void> {
    await this.#context.wait(this.#context.below(100));
    const session = this.#sessions.get(id);
    if (session) session.record = { ...session.record, ...record };
  }

  /** The record that the platform has now. */
  recordOf(id: string): SessionRecord | undefined {
    return this.#sessions.get(id)?.record;
  }

  /** A10: the tab asks the agent for a choice. The agent answers after a while, or never. */
  recordChanged(tab: SimTab, sessionId: string, fact: RecordFact): void {
    const choice = this.#script.choices.get(sessionId);
    if (fact.type !== 'record.choice-needed' || choice === undefined) return;
    this.#context.count(this.#asked.has(sessionId) ? 'choice asked again' : 'choice asked');
    this.#asked.add(sessionId);
    this.#context.after(500 + this.#context.below(9000), () => tab.choose(sessionId, choice));
  }

  /** From now on a tab knows the session, so that it may record the session's start. */
  #introduce(sessionId: string): void {
    const start = this.#script.events.find(({ event }) => event.sessionId === sessionId);
    for (const one of start?.expected ?? []) one.issued ??= this.#context.tick();
  }

  #isStored({ storedAs }: Scripted): boolean {
    return storedAs === 'nothing' || storedAs.some((one) => corrected(one).some((key) => this.#everStored.has(key)));
  }

  #emit(scripted: Scripted): void {
    this.#left--;
    const { event } = scripted;
    const phase = phaseAfter[event.type];
    const session = 'session' in event ? event.session : this.#sessions.get(event.sessionId);
    const before = this.#sessions.get(event.sessionId);
    if (session && phase)
      this.#sessions.set(event.sessionId, { ...initialState(event.at), ...before, ...session, phase });
    if (event.type === 'transfer.finished') this.#sessions.get(event.sessionId)!.agentId = event.target.id;
    if (this.#forgotten.has(event.sessionId)) return;
    this.#undelivered.set(event.id, scripted);
    const { chance, below, count, after } = this.#context;
    if (this.hasFaults && chance(0.08)) return count('fault event lost');
    const late = this.hasFaults && chance(0.25);
    if (late) count('fault event late');
    if (this.hasFaults && chance(0.12)) {
      count('fault event twice');
      after(below(6000), () => this.#deliver(scripted));
    }
    after(below(late ? 8000 : 100), () => this.#deliver(scripted));
  }

  /** R27: as the desktop's watch does, holds a close back until the end is taken. */
  #waitsForEnd(scripted: Scripted): boolean {
    const { type, sessionId } = scripted.event;
    const waits =
      type === 'session.closed' &&
      [...this.#undelivered.values()].some(
        ({ event }) => event.type === 'session.ended' && event.sessionId === sessionId,
      );
    if (waits) this.#waited.add(scripted);
    return waits;
  }

  #deliver(scripted: Scripted): void {
    const tab = this.#connections.at(-1);
    if (!tab || this.#waitsForEnd(scripted)) return;
    for (const one of scripted.expected) one.issued ??= this.#context.tick();
    const { event } = scripted;
    const record = this.#sessions.get(event.sessionId)?.record;
    tab.deliver('session' in event && record ? { ...event, session: { ...event.session, record } } : event);
  }
}

/** R35: the keys of a write, also after corrections. */
const corrected = (key: string): readonly string[] => [
  key,
  ...(key.includes('/') ? Array.from({ length: 9 }, (_, at) => key.replace('/', `/c${at + 1}/`)) : []),
];

const initialState = (since: string) => ({
  ...{ since, muted: false, held: false, recordingPaused: false },
  participants: [],
});
