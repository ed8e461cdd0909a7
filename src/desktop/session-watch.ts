import type { Environment } from '../environment/environment.js';
import { isHandedOver, isLeft } from '../machine/session/session-context.js';
import type { PlatformEvent, SessionEvent } from '../telephony/platform-event.js';
import type { Telephony } from '../telephony/telephony.js';
import { inCommandTime } from '../keeper/command-time.js';
import {
  isBefore,
  isStateChange,
  lacksEnd,
  missedEvents,
  stateChangeOf,
  type Progress,
  type Shown,
} from './missed-events.js';
import { listedDurations } from './listed-durations.js';

/** Milliseconds. */
const firstCheck = 4_000;
const checkEvery = 10_000;
/** After this many answers that the session is unknown, its close is recorded without its end. */
const maxUnknownAnswers = 3;

interface Watched {
  key: string;
  owner: string;
  progress: Progress;
  /** The platform has said that the session was connected. */
  connected?: true;
  /** The platform has said that this agent has the session. */
  wasOurs?: true;
  /** How many events have changed mute, hold, the recording or the participants. */
  count: number;
  /** The ids of the events that were missing at the last check. */
  gap: string;
  /** The state of each participant and of the recording, as the last missed event reported it. */
  emitted: Map<string, string>;
  /** The `session.closed` event that waits for the session's end. */
  closed?: SessionEvent;
  /** How often the platform has answered that it does not know the session. */
  unknownAnswers: number;
  timer?: unknown;
}

export interface SessionWatchOptions {
  telephony: Telephony;
  environment: Pick<Environment, 'clock' | 'timers'>;
  agentId: string;
  /** The state of a session on screen. */
  shown: (sessionId: string) => Shown | undefined;
  emit: (event: PlatformEvent) => void;
}

/**
 * Finds lost events. While a call rings or is on, this class compares it with the platform's description at intervals.
 * If two checks in a row find the same difference, it emits the missed events.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #watched = new Map<string, Watched>();

  constructor(options: SessionWatchOptions) {
    this.#options = options;
  }

  /** Watches a call that the platform has created or that this tab resumes. */
  watch(sessionId: string, key: string, owner: string, progress: Progress = 'nothing'): void {
    if (this.#watched.has(sessionId)) return;
    this.#watched.set(sessionId, { key, owner, progress, count: 0, gap: '', emitted: new Map(), unknownAnswers: 0 });
    this.#wait(sessionId, firstCheck);
  }

  /** Whether the event repeats one that was emitted as missed: it was only late. */
  repeats(event: PlatformEvent): boolean {
    const watched = 'sessionId' in event ? this.#watched.get(event.sessionId) : undefined;
    const change = watched && stateChangeOf(event as SessionEvent);
    if (!change || isMissed(event)) return false;
    const lastEmitted = watched.emitted.get(change.of);
    watched.emitted.delete(change.of);
    return lastEmitted === change.is;
  }

  /**
   * Returns the events to record now. R27: a close waits for the session's end. If the page closes meanwhile, the next
   * page records both.
   */
  follow(event: SessionEvent): readonly SessionEvent[] {
    const { agentId } = this.#options;
    const owner = event.owner ?? '';
    if (event.type === 'session.offered') this.watch(event.sessionId, '', owner, 'offered');
    if (event.type === 'session.created') this.watch(event.sessionId, event.key, owner);
    if (event.type === 'session.assigned' && event.agent === agentId) this.watch(event.sessionId, '', owner, 'created');
    const watched = this.#watched.get(event.sessionId);
    if (!watched) return [event];
    if (isStateChange(event)) watched.count += 1;
    if (isGone(event, watched, agentId)) {
      this.#forget(event.sessionId);
      return [event];
    }
    const step = progressAfter(event);
    if (step === 'connected') watched.connected = true;
    // R27: durations count whole seconds, so a call can be connected and have no talk time.
    const ended = event.type === 'session.ended' && watched.connected ? { connected: true, ...event } : event;
    // The end may still come, or the next check derives it from the platform's description.
    if (step === 'closed' && isBefore(watched.progress, 'ended')) {
      watched.closed = event;
      return [];
    }
    if (step && isBefore(watched.progress, step)) watched.progress = step;
    // If the end was emitted as missed, a missed close follows it, so the waiting close is not needed.
    const closed = step === 'ended' && !isMissed(event) ? watched.closed : undefined;
    if (step === 'closed' || closed) this.#forget(event.sessionId);
    return closed ? [ended, closed] : [ended];
  }

  stop(): void {
    for (const sessionId of [...this.#watched.keys()]) this.#forget(sessionId);
  }

  #wait(sessionId: string, milliseconds: number): void {
    const watched = this.#watched.get(sessionId);
    const { timers } = this.#options.environment;
    if (watched) watched.timer = timers.setTimeout(() => void this.#check(sessionId), milliseconds);
  }

  #forget(sessionId: string): void {
    this.#options.environment.timers.clearTimeout(this.#watched.get(sessionId)?.timer);
    this.#watched.delete(sessionId);
  }

  async #check(sessionId: string): Promise<void> {
    let next = checkEvery;
    try {
      const missed = await this.#findMissed(sessionId);
      const watched = this.#watched.get(sessionId);
      const gap = missed.map(({ id }) => id).join();
      // An event may only be late. So its difference must be found twice before it is emitted.
      if (gap !== '' && watched?.gap === gap) this.#emitMissed(watched, missed);
      else if (gap !== '') next = firstCheck;
      if (watched) watched.gap = gap;
    } catch {
      // The platform has not answered. The next check asks again.
    }
    this.#wait(sessionId, next);
  }

  async #findMissed(sessionId: string): Promise<SessionEvent[]> {
    const { telephony, environment, agentId, shown } = this.#options;
    const session = await inCommandTime(environment, 'describe a session', () => telephony.getSession(sessionId));
    const progress = this.#watched.get(sessionId)?.progress;
    const durations =
      session &&
      progress &&
      lacksEnd({ session, progress }) &&
      (await listedDurations(session, telephony, environment));
    const watched = this.#watched.get(sessionId);
    if (!watched) return [];
    if (!session) return this.#answeredUnknown(watched);
    if (session.agentId === agentId) watched.wasOurs = true;
    const now = new Date(environment.clock.now()).toISOString();
    return missedEvents({
      ...watched,
      session,
      shown: shown(sessionId),
      agentId,
      now,
      ...(durations && { durations }),
    });
  }

  /** R2: if the platform no longer knows the session, its close is recorded without its end. */
  #answeredUnknown(watched: Watched): SessionEvent[] {
    const { closed } = watched;
    if (!closed || ++watched.unknownAnswers < maxUnknownAnswers) return [];
    watched.progress = 'ended';
    this.#options.emit({ ...closed, id: `missed:${closed.id}` });
    return [];
  }

  #emitMissed({ emitted }: Watched, missed: readonly SessionEvent[]): void {
    for (const event of missed) {
      const change = stateChangeOf(event);
      if (change && emitted.get(change.of) === change.is) continue;
      if (change) emitted.set(change.of, change.is);
      this.#options.emit(event);
    }
  }
}

const isMissed = ({ id }: PlatformEvent): boolean => id.startsWith('missed:');

/** Whether the session has left this agent or never was the agent's. This desktop then does not record its end. */
function isGone(event: SessionEvent, { progress }: Watched, agentId: string): boolean {
  switch (event.type) {
    case 'transfer.finished':
      return isHandedOver(event, { agentId });
    case 'session.missed':
    case 'session.withdrawn':
    case 'session.abandoned':
      return progress === 'offered';
    default:
      return isLeft(event, agentId);
  }
}

const progressAfter = ({ type }: SessionEvent): Progress | undefined =>
  (
    ({
      'session.created': 'created',
      // The session is assigned to this agent: an assignment to another agent has ended the watch.
      'session.assigned': 'created',
      'session.connecting': 'connecting',
      'session.connected': 'connected',
      'session.ended': 'ended',
      'session.wrap-up': 'wrap-up',
      'session.closed': 'closed',
    }) as Partial<Record<string, Progress>>
  )[type];
