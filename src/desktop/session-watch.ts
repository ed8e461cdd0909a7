import type { Environment } from '../environment/environment.js';
import { isHandedOver, isLeft } from '../machine/session/session-context.js';
import type { PlatformEvent, SessionEvent } from '../telephony/platform-event.js';
import type { Telephony } from '../telephony/telephony.js';
import { inCommandTime } from '../keeper/command-time.js';
import { isBefore, isMoment, lacksEnd, missedEvents, momentOf, type Heard, type Shown } from './missed-events.js';
import { toldDurations } from './told-durations.js';

const firstLook = 4_000;
const everyLook = 10_000;
/** How often the platform may say that it does not know a session, before its close is recorded without its end. */
const mostVain = 3;

interface Watched {
  key: string;
  owner: string;
  heard: Heard;
  /** Somebody said so. */
  connected?: true;
  /** How often something was switched, or somebody came or went. */
  count: number;
  /** What was missed at the last look. */
  gap: string;
  /** Told as missed: what each participant, or the recording, has become. */
  told: Map<string, string>;
  /** It was closed, and nobody has heard how it ended. */
  closed?: SessionEvent;
  /** How often the platform did not know it. */
  vain: number;
  timer?: unknown;
}

export interface SessionWatchOptions {
  telephony: Telephony;
  environment: Pick<Environment, 'clock' | 'timers'>;
  agentId: string;
  /** What the screen shows of a session. */
  shown: (sessionId: string) => Shown | undefined;
  tell: (event: PlatformEvent) => void;
}

/**
 * Events may never come: while a call rings or is on, the platform is asked now and then, and what was missed is told as
 * events of the same types, once it is sure that they are not only late.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #watched = new Map<string, Watched>();

  constructor(options: SessionWatchOptions) {
    this.#options = options;
  }

  /** A call that the platform has taken on, or that was on already and is resumed. */
  watch(sessionId: string, key: string, owner: string, heard: Heard = 'nothing'): void {
    if (this.#watched.has(sessionId)) return;
    this.#watched.set(sessionId, { key, owner, heard, count: 0, gap: '', told: new Map(), vain: 0 });
    this.#wait(sessionId, firstLook);
  }

  /** It was only late: it has been told as missed, and what came of it stands. */
  repeats(event: PlatformEvent): boolean {
    const watched = 'sessionId' in event ? this.#watched.get(event.sessionId) : undefined;
    const moment = watched && momentOf(event as SessionEvent);
    if (!moment || isMissed(event)) return false;
    const told = watched.told.get(moment.of);
    watched.told.delete(moment.of);
    return told === moment.is;
  }

  /** What is to be recorded now. R27: a close waits for how it ended, so that a page that goes meanwhile leaves that to the next. */
  hear(event: SessionEvent): readonly SessionEvent[] {
    const { agentId } = this.#options;
    const owner = event.owner ?? '';
    if (event.type === 'session.offered') this.watch(event.sessionId, '', owner, 'offered');
    if (event.type === 'session.created') this.watch(event.sessionId, event.key, owner);
    if (event.type === 'session.assigned' && event.agent === agentId) this.watch(event.sessionId, '', owner, 'created');
    const watched = this.#watched.get(event.sessionId);
    if (!watched) return [event];
    if (isMoment(event)) watched.count += 1;
    if (isGone(event, watched, agentId)) {
      this.#forget(event.sessionId);
      return [event];
    }
    const heard = heardIn(event);
    if (heard === 'connected') watched.connected = true;
    // R27: in whole seconds nobody may have spoken.
    const told = event.type === 'session.ended' && watched.connected ? { connected: true, ...event } : event;
    // How it ended is still wanted: it comes late, or the platform is asked.
    if (heard === 'closed' && isBefore(watched.heard, 'ended')) {
      watched.closed = event;
      return [];
    }
    if (heard && isBefore(watched.heard, heard)) watched.heard = heard;
    // One that is told as missed is followed by its close.
    const closed = heard === 'ended' && !isMissed(event) ? watched.closed : undefined;
    if (heard === 'closed' || closed) this.#forget(event.sessionId);
    return closed ? [told, closed] : [told];
  }

  stop(): void {
    for (const sessionId of [...this.#watched.keys()]) this.#forget(sessionId);
  }

  #wait(sessionId: string, milliseconds: number): void {
    const watched = this.#watched.get(sessionId);
    const { timers } = this.#options.environment;
    if (watched) watched.timer = timers.setTimeout(() => void this.#look(sessionId), milliseconds);
  }

  #forget(sessionId: string): void {
    this.#options.environment.timers.clearTimeout(this.#watched.get(sessionId)?.timer);
    this.#watched.delete(sessionId);
  }

  async #look(sessionId: string): Promise<void> {
    let next = everyLook;
    try {
      const missed = await this.#missed(sessionId);
      const watched = this.#watched.get(sessionId);
      const gap = missed.map(({ id }) => id).join();
      // What is only late still comes by itself: the same gap is seen twice before it is filled.
      if (gap !== '' && watched?.gap === gap) this.#fill(watched, missed);
      else if (gap !== '') next = firstLook;
      if (watched) watched.gap = gap;
    } catch {
      // The next look may be answered; the screen shows what is known.
    }
    this.#wait(sessionId, next);
  }

  async #missed(sessionId: string): Promise<SessionEvent[]> {
    const { telephony, environment, agentId, shown } = this.#options;
    // A question that nobody answers is asked again.
    const session = await inCommandTime(environment, 'say what it knows of a call', () =>
      telephony.getSession(sessionId),
    );
    const heard = this.#watched.get(sessionId)?.heard;
    const durations =
      session && heard && lacksEnd({ session, heard }) && (await toldDurations(session, telephony, environment));
    const watched = this.#watched.get(sessionId);
    if (!watched) return [];
    if (!session) return this.#isUnknown(watched);
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

  /** R2: an end that nobody knows of holds up nothing. */
  #isUnknown(watched: Watched): SessionEvent[] {
    const { closed } = watched;
    if (!closed || ++watched.vain < mostVain) return [];
    watched.heard = 'ended';
    this.#options.tell({ ...closed, id: `missed:${closed.id}` });
    return [];
  }

  #fill({ told }: Watched, missed: readonly SessionEvent[]): void {
    for (const event of missed) {
      const moment = momentOf(event);
      if (moment && told.get(moment.of) === moment.is) continue;
      if (moment) told.set(moment.of, moment.is);
      this.#options.tell(event);
    }
  }
}

const isMissed = ({ id }: PlatformEvent): boolean => id.startsWith('missed:');

/** It is not this agent's any more, or never was: its end is not either. */
function isGone(event: SessionEvent, { heard }: Watched, agentId: string): boolean {
  switch (event.type) {
    case 'transfer.finished':
      return isHandedOver(event, { agentId });
    case 'session.missed':
    case 'session.withdrawn':
    case 'session.abandoned':
      return heard === 'offered';
    default:
      return isLeft(event, agentId);
  }
}

const heardIn = ({ type }: SessionEvent): Heard | undefined =>
  (
    ({
      'session.created': 'created',
      // Somebody else's is gone by now.
      'session.assigned': 'created',
      'session.connecting': 'connecting',
      'session.connected': 'connected',
      'session.ended': 'ended',
      'session.wrap-up': 'wrap-up',
      'session.closed': 'closed',
    }) as Partial<Record<string, Heard>>
  )[type];
