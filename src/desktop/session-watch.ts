import { isHandedOver } from '../machine/session-context.js';
import type { Environment } from '../domain/environment.js';
import type { Durations } from '../domain/session.js';
import type { PlatformEvent, SessionEvent } from '../telephony/platform-event.js';
import type { ActiveSession, SessionPhase, Telephony } from '../telephony/telephony.js';
import { plainSession } from '../telephony/sessions.js';

const firstLook = 4_000;
const everyLook = 10_000;
const order: readonly SessionPhase[] = ['offered', 'assigned', 'connecting', 'connected', 'wrap-up', 'ended'];

/** What has been heard of a session so far. */
const heardOrder = ['nothing', 'created', 'connecting', 'connected', 'ended', 'wrap-up', 'closed'] as const;
export type Heard = (typeof heardOrder)[number];

/**
 * Events may never come: while a call is on, the platform is asked now and then, and what was missed is told as
 * events of the same types, once it is sure that they are not only late. Their ids are derived, so that telling them twice does nothing.
 */
export class SessionWatch {
  readonly #telephony: Telephony;
  readonly #environment: Pick<Environment, 'clock' | 'timers'>;
  readonly #agentId: string;
  readonly #tell: (event: PlatformEvent) => void;
  readonly #watched = new Map<
    string,
    { key: string; owner: string; heard: Heard; gap: string; closed?: boolean; timer?: unknown }
  >();

  constructor(
    telephony: Telephony,
    environment: Pick<Environment, 'clock' | 'timers'>,
    agentId: string,
    tell: (event: PlatformEvent) => void,
  ) {
    this.#telephony = telephony;
    this.#environment = environment;
    this.#agentId = agentId;
    this.#tell = tell;
  }

  /** A call that the platform has taken on, or that was on already and is resumed. */
  watch(sessionId: string, key: string, owner: string, heard: Heard = 'nothing'): void {
    const before = this.#watched.get(sessionId);
    if (before) return;
    this.#watched.set(sessionId, { key, owner, heard, gap: '' });
    this.#wait(sessionId, firstLook);
  }

  hear(event: PlatformEvent): void {
    if (!('sessionId' in event)) return;
    if (event.type === 'session.created') this.watch(event.sessionId, event.key, event.owner ?? '');
    if (event.type === 'session.assigned' && event.agent === this.#agentId)
      this.watch(event.sessionId, '', event.owner ?? '', 'created');
    // Somebody else has it now: its end is not this agent's.
    if (event.type === 'transfer.finished' && isHandedOver(event, { agentId: this.#agentId }))
      this.#forget(event.sessionId);
    const watched = this.#watched.get(event.sessionId);
    if (!watched) return;
    const heard = heardIn(event);
    // How it ended is still wanted: it comes late, or the platform is asked.
    if (heard === 'closed' && heardOrder.indexOf(watched.heard) < heardOrder.indexOf('ended')) {
      watched.closed = true;
      return;
    }
    if (heard && heardOrder.indexOf(heard) > heardOrder.indexOf(watched.heard)) watched.heard = heard;
    if (heard === 'closed' || (heard === 'ended' && watched.closed)) this.#forget(event.sessionId);
  }

  stop(): void {
    for (const sessionId of [...this.#watched.keys()]) this.#forget(sessionId);
  }

  #wait(sessionId: string, milliseconds: number): void {
    const watched = this.#watched.get(sessionId);
    if (watched) watched.timer = this.#environment.timers.setTimeout(() => void this.#look(sessionId), milliseconds);
  }

  #forget(sessionId: string): void {
    this.#environment.timers.clearTimeout(this.#watched.get(sessionId)?.timer);
    this.#watched.delete(sessionId);
  }

  async #look(sessionId: string): Promise<void> {
    let next = everyLook;
    try {
      const session = await this.#telephony.getSession(sessionId);
      const missed = session ? this.#missed(session) : [];
      const watched = this.#watched.get(sessionId);
      const gap = missed.map(({ type }) => type).join();
      // What is only late still comes by itself: the same gap is seen twice before it is filled.
      if (gap !== '' && watched?.gap === gap) for (const event of missed) this.#tell(event);
      else if (gap !== '') next = firstLook;
      if (watched) watched.gap = gap;
    } catch {
      // The next look may be answered; the screen shows what is known.
    }
    this.#wait(sessionId, next);
  }

  #missed(session: ActiveSession): SessionEvent[] {
    const watched = this.#watched.get(session.id);
    if (!watched) return [];
    const { heard, key, owner } = watched;
    const at = new Date(this.#environment.clock.now()).toISOString();
    const event = <T>(type: string, more: T) => ({
      id: `missed:${session.id}:${type}`,
      at,
      owner,
      sessionId: session.id,
      ...more,
    });
    const reached = (phase: SessionPhase) => order.indexOf(session.phase) >= order.indexOf(phase);
    const lacks = (what: Heard) => heardOrder.indexOf(heard) < heardOrder.indexOf(what);
    const missed: SessionEvent[] = [];
    if (lacks('created'))
      missed.push(event('created', { type: 'session.created' as const, session: plainSession(session), key }));
    if (lacks('connected') && session.connectedAt !== undefined)
      missed.push({ ...event('connected', { type: 'session.connected' as const }), at: session.connectedAt });
    if (reached('wrap-up') && lacks('ended')) {
      const durations = durationsOf(session, at);
      missed.push(event('ended', { type: 'session.ended' as const, endedBy: 'platform' as const, durations }));
    }
    if (session.phase === 'wrap-up' && lacks('wrap-up'))
      missed.push(event('wrap-up', { type: 'session.wrap-up' as const }));
    if (session.phase === 'ended') missed.push(event('closed', { type: 'session.closed' as const }));
    return missed;
  }
}

const heardIn = ({ type }: SessionEvent): Heard | undefined =>
  (
    ({
      'session.created': 'created',
      'session.connecting': 'connecting',
      'session.connected': 'connected',
      'session.ended': 'ended',
      'session.wrap-up': 'wrap-up',
      'session.closed': 'closed',
    }) as Partial<Record<string, Heard>>
  )[type];

/** What can be told of a call whose end was missed: `since` is when it reached the phase that it is in. */
function durationsOf({ since, connectedAt }: ActiveSession, now: string): Durations {
  const end = Date.parse(since) || Date.parse(now);
  const talk = connectedAt ? Math.max(0, Math.round((end - Date.parse(connectedAt)) / 1000)) : 0;
  return { total: talk, talk, hold: 0, wait: 0 };
}
