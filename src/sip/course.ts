import { failReason } from './fail-reasons.js';
import type { KnownSession } from './known-session.js';
import type { LiveCall } from './live-call.js';
import type { Media } from './media.js';
import type { World } from './world.js';
import { durationsOf, plainSession, turn } from '../telephony/sessions.js';

/** How long notes can still be saved once the wrap-up is exceeded. */
const exceededFor = 60_000;

/** The way of a session through its connection, its end, its recording and its wrap-up. */
export class Course {
  #world: World;
  #media: Media;
  #wrapUpTimers = new Map<string, unknown>();
  /** The end of a call that is on, for whoever has begun something with it. */
  readonly atEnd = new Set<(call: LiveCall) => void>();

  constructor(world: World, media: Media) {
    this.#world = world;
    this.#media = media;
  }

  /** Follows the leg to the customer from now on. */
  follow(call: LiveCall): void {
    const { leg } = call;
    this.#world.live = call;
    const connected = (): void => void (call.leg === leg && !call.letGo && this.connected(call));
    const ended = (): void => void (call.leg === leg && !call.letGo && this.#ended(call));
    leg.on('confirmed', connected);
    leg.on('ended', ended);
    if (leg.confirmed) connected();
    if (leg.end) ended();
    this.#world.settle();
  }

  connected(call: LiveCall): void {
    const { book, clock, timers } = this.#world;
    const { one, leg } = call;
    timers.clearTimeout(call.ringTimer);
    one.dialog = leg.dialog;
    if (one.connectedAt === undefined) {
      one.connectedAt = clock.now();
      const since = new Date(one.connectedAt).toISOString();
      book.change(one, { phase: 'connected', since, connectedAt: since });
      book.say(one, { type: 'session.connected' });
    } else book.change(one);
    this.#media.begin(call);
  }

  /** The session is over here, and goes on with somebody else: `agentId`, where it is a colleague's. */
  handOver(call: LiveCall, agentId: string | undefined): void {
    const world = this.#world;
    const { book } = world;
    const { one } = call;
    call.letGo = true;
    const recording = this.#stop(call);
    one.place = 'elsewhere';
    one.endedAt = world.clock.now();
    if (agentId === undefined) {
      book.change(one, { phase: 'ended', muted: false, participants: [] });
      book.say(one, { type: 'session.ended', endedBy: 'agent', durations: durationsOf(one) });
    } else {
      book.change(one, { agentId, muted: false, held: false });
      book.say(one, { type: 'session.assigned', session: plainSession(one.session), agent: agentId });
    }
    world.settle();
    void recording.then(() => this.#close(one));
  }

  /** A consultation that has become another call. */
  endQuietly(call: LiveCall): void {
    call.letGo = true;
    const recording = this.#stop(call);
    this.#end(call.one, 'platform', undefined);
    void recording.then(() => this.#close(call.one));
  }

  /** Everything stays as it is for another page; what was recorded here is told. */
  letGo(call: LiveCall): Promise<void> {
    call.letGo = true;
    return this.#stop(call);
  }

  /** A session that cannot be gone on with. */
  endLost(one: KnownSession): void {
    this.#end(one, 'platform', 'voip_conn_signal');
    void this.#close(one);
  }

  /** Another page may go on with them. */
  haltWrapUps(): void {
    for (const timer of this.#wrapUpTimers.values()) this.#world.timers.clearTimeout(timer);
    this.#wrapUpTimers.clear();
  }

  endWrapUps(): void {
    for (const one of this.#world.book.recent()) if (one.place === 'wrap-up') this.#wrapUpOver(one);
  }

  /** The agent saves: what was noted is told once, and the session closes. */
  submitWrapUp(one: KnownSession, notes: string, codes: readonly string[]): void {
    const { book, agent } = this.#world;
    if (notes.trim() !== '' || codes.length)
      book.say(one, { type: 'disposition.submitted', agent: agent!.id, notes, codes }, agent!.id);
    if (one.place === 'wrap-up') this.#wrapUpOver(one);
  }

  /** A wrap-up goes on in this page. */
  armWrapUp(one: KnownSession): void {
    const { timers, clock, book } = this.#world;
    const { wrapUp } = one;
    if (!wrapUp) return;
    timers.clearTimeout(this.#wrapUpTimers.get(one.session.id));
    const wait = (until: number, run: () => void): void =>
      void this.#wrapUpTimers.set(one.session.id, timers.setTimeout(run, until - clock.now()));
    if (wrapUp.exceeded) return wait(wrapUp.until + exceededFor, () => this.#wrapUpOver(one));
    wait(wrapUp.until, () => {
      wrapUp.exceeded = true;
      book.change(one);
      book.say(one, { type: 'session.wrap-up-exceeded' });
      this.#world.settle();
      this.armWrapUp(one);
    });
  }

  #ended(call: LiveCall): void {
    const { one, leg, endedHere } = call;
    const { by, status, cause } = leg.end!;
    for (const run of [...this.atEnd]) run(call);
    const recording = this.#stop(call);
    const hungUp = one.connectedAt !== undefined && by === 'remote';
    const reason = endedHere
      ? (endedHere.failReason ?? (one.connectedAt === undefined ? 'ag_canceled' : undefined))
      : hungUp
        ? undefined
        : failReason(status, cause);
    const who = endedHere?.by ?? (hungUp || reason === 'eu_rejected' ? 'customer' : 'platform');
    this.#end(one, who, reason);
    this.#beginWrapUp(one);
    this.#world.settle();
    void recording.then(() => {
      if (one.place === 'over') void this.#close(one);
      else this.#recorded.add(one.session.id);
    });
  }

  /** Sessions whose recording has been told while their wrap-up goes on. */
  #recorded = new Set<string>();

  #end(one: KnownSession, endedBy: 'agent' | 'customer' | 'platform', reason: string | undefined): void {
    const { book, clock } = this.#world;
    one.endedAt = clock.now();
    one.held = turn(one.held, false, one.endedAt);
    if (reason !== undefined) one.failReason = reason;
    delete one.dialog;
    one.place = 'over';
    book.change(one, { phase: 'ended', since: new Date(one.endedAt).toISOString(), participants: [] });
    const durations = durationsOf(one);
    book.say(one, { type: 'session.ended', endedBy, ...(reason !== undefined && { failReason: reason }), durations });
  }

  #beginWrapUp(one: KnownSession): void {
    const { book, clock, rules } = this.#world;
    const { channel, direction } = one.session;
    const seconds = one.connectedAt === undefined || channel === 'internal-call' ? 0 : rules?.wrapUpSeconds[direction];
    if (!seconds) return;
    const until = clock.now() + seconds * 1000;
    one.place = 'wrap-up';
    one.wrapUp = { until, exceeded: false };
    book.change(one, { phase: 'wrap-up' });
    book.say(one, { type: 'session.wrap-up', until: new Date(until).toISOString() });
    this.armWrapUp(one);
  }

  #wrapUpOver(one: KnownSession): void {
    const { book, timers } = this.#world;
    const { id } = one.session;
    timers.clearTimeout(this.#wrapUpTimers.get(id));
    this.#wrapUpTimers.delete(id);
    delete one.wrapUp;
    one.place = 'over';
    book.change(one, { phase: 'ended' });
    this.#world.settle();
    // Else whoever waits for the recording closes it.
    if (this.#recorded.delete(id) || !this.#media.records(id)) this.#close(one);
  }

  /** Nothing of the call goes on in this page. Resolves when its recording has been told. */
  #stop(call: LiveCall): Promise<void> {
    if (this.#world.live === call) this.#world.live = undefined;
    this.#world.timers.clearTimeout(call.ringTimer);
    return this.#media.end(call);
  }

  /** The last event of a session. */
  #close(one: KnownSession): void {
    one.place = 'over';
    this.#world.book.change(one);
    this.#world.book.say(one, { type: 'session.closed' });
  }
}
