import { failReason } from './fail-reasons.js';
import type { KnownSession } from './known-session.js';
import type { LiveCall } from './live-call.js';
import type { Media } from './media.js';
import type { SipContext } from './sip-context.js';
import { durationsOf, plainSession, startOrStop } from '../telephony/sessions.js';

/** Milliseconds for which notes can be saved after the wrap-up is exceeded. */
const exceededFor = 60_000;

/** Takes a session through its phases: connected, ended, recording, wrap-up, closed. */
export class SessionLifecycle {
  #context: SipContext;
  #media: Media;
  #wrapUpTimers = new Map<string, unknown>();
  /** Sessions in their wrap-up whose recording has been emitted. */
  #recorded = new Set<string>();
  /** Called when a call ends, for example to end its transfer. */
  readonly atEnd = new Set<(call: LiveCall) => void>();

  constructor(context: SipContext, media: Media) {
    this.#context = context;
    this.#media = media;
  }

  /** Makes this the agent's call, and reports when its leg is connected and when it ends. */
  follow(call: LiveCall): void {
    const { leg } = call;
    this.#context.live = call;
    const connected = (): void => void (call.leg === leg && !call.isReleased && this.connected(call));
    const ended = (): void => void (call.leg === leg && !call.isReleased && this.#ended(call));
    leg.on('confirmed', connected);
    leg.on('ended', ended);
    if (leg.confirmed) connected();
    if (leg.end) ended();
    this.#context.workChanged();
  }

  connected(call: LiveCall): void {
    const { sessions, clock, timers } = this.#context;
    const { known, leg } = call;
    timers.clearTimeout(call.ringTimer);
    known.dialog = leg.dialog;
    if (known.connectedAt === undefined) {
      known.connectedAt = clock.now();
      const since = new Date(known.connectedAt).toISOString();
      sessions.change(known, { phase: 'connected', since, connectedAt: since });
      sessions.emit(known, { type: 'session.connected' });
    } else sessions.change(known);
    this.#media.begin(call);
  }

  /** Ends the session here after a transfer. `agentId` is the colleague who has the session now, if it has one. */
  handOver(call: LiveCall, agentId: string | undefined): void {
    const context = this.#context;
    const { sessions } = context;
    const { known } = call;
    call.isReleased = true;
    const recording = this.#stop(call);
    known.place = 'elsewhere';
    known.endedAt = context.clock.now();
    if (agentId === undefined) {
      sessions.change(known, { phase: 'ended', muted: false, participants: [] });
      sessions.emit(known, { type: 'session.ended', endedBy: 'agent', durations: durationsOf(known) });
    } else {
      sessions.change(known, { agentId, muted: false, held: false });
      sessions.emit(known, { type: 'session.assigned', session: plainSession(known.session), agent: agentId });
    }
    context.workChanged();
    void recording.then(() => this.#close(known));
  }

  /** Ends the session of a consultation that has become the call with the customer. It has no wrap-up. */
  endConsultation(call: LiveCall): void {
    call.isReleased = true;
    const recording = this.#stop(call);
    this.#end(call.known, 'platform', undefined);
    void recording.then(() => this.#close(call.known));
  }

  /** Leaves the call to another page. Resolves when this page has emitted its recording. */
  release(call: LiveCall): Promise<void> {
    call.isReleased = true;
    return this.#stop(call);
  }

  /** Ends a session that cannot be continued after a reload. */
  endLost(known: KnownSession): void {
    this.#end(known, 'platform', 'voip_conn_signal');
    void this.#close(known);
  }

  /** Stops the timers of wrap-ups. Another page may continue them. */
  haltWrapUps(): void {
    for (const timer of this.#wrapUpTimers.values()) this.#context.timers.clearTimeout(timer);
    this.#wrapUpTimers.clear();
  }

  endWrapUps(): void {
    for (const known of this.#context.sessions.recent()) if (known.place === 'wrap-up') this.#finishWrapUp(known);
  }

  /** Emits the agent's notes, and closes a session that is in its wrap-up. */
  submitWrapUp(known: KnownSession, notes: string, codes: readonly string[]): void {
    const { sessions, agent } = this.#context;
    if (notes.trim() !== '' || codes.length)
      sessions.emit(known, { type: 'disposition.submitted', agent: agent!.id, notes, codes }, agent!.id);
    if (known.place === 'wrap-up') this.#finishWrapUp(known);
  }

  /** Sets the timer for the end of a session's wrap-up, or for the end of an exceeded one. */
  armWrapUp(known: KnownSession): void {
    const { timers, clock, sessions } = this.#context;
    const { wrapUp } = known;
    if (!wrapUp) return;
    timers.clearTimeout(this.#wrapUpTimers.get(known.session.id));
    const wait = (until: number, run: () => void): void =>
      void this.#wrapUpTimers.set(known.session.id, timers.setTimeout(run, until - clock.now()));
    if (wrapUp.exceeded) return wait(wrapUp.until + exceededFor, () => this.#finishWrapUp(known));
    wait(wrapUp.until, () => {
      wrapUp.exceeded = true;
      sessions.change(known);
      sessions.emit(known, { type: 'session.wrap-up-exceeded' });
      this.#context.workChanged();
      this.armWrapUp(known);
    });
  }

  #ended(call: LiveCall): void {
    const { known, leg, endedHere } = call;
    const { by, status, cause } = leg.end!;
    for (const run of [...this.atEnd]) run(call);
    const recording = this.#stop(call);
    const hungUp = known.connectedAt !== undefined && by === 'remote';
    const reason = endedHere
      ? (endedHere.failReason ?? (known.connectedAt === undefined ? 'ag_canceled' : undefined))
      : hungUp
        ? undefined
        : failReason(status, cause);
    const who = endedHere?.by ?? (hungUp || reason === 'eu_rejected' ? 'customer' : 'platform');
    this.#end(known, who, reason);
    this.#beginWrapUp(known);
    this.#context.workChanged();
    void recording.then(() => {
      if (known.place === 'over') void this.#close(known);
      else this.#recorded.add(known.session.id);
    });
  }

  #end(known: KnownSession, endedBy: 'agent' | 'customer' | 'platform', reason: string | undefined): void {
    const { sessions, clock } = this.#context;
    known.endedAt = clock.now();
    known.held = startOrStop(known.held, false, known.endedAt);
    if (reason !== undefined) known.failReason = reason;
    delete known.dialog;
    known.place = 'over';
    sessions.change(known, { phase: 'ended', since: new Date(known.endedAt).toISOString(), participants: [] });
    const durations = durationsOf(known);
    sessions.emit(known, {
      type: 'session.ended',
      endedBy,
      failReason: reason,
      durations,
    });
  }

  #beginWrapUp(known: KnownSession): void {
    const { sessions, clock, rules } = this.#context;
    const { channel, direction } = known.session;
    const seconds =
      known.connectedAt === undefined || channel === 'internal-call' ? 0 : rules?.wrapUpSeconds[direction];
    if (!seconds) return;
    const until = clock.now() + seconds * 1000;
    known.place = 'wrap-up';
    known.wrapUp = { until, exceeded: false };
    sessions.change(known, { phase: 'wrap-up' });
    sessions.emit(known, { type: 'session.wrap-up', until: new Date(until).toISOString() });
    this.armWrapUp(known);
  }

  #finishWrapUp(known: KnownSession): void {
    const { sessions, timers } = this.#context;
    const { id } = known.session;
    timers.clearTimeout(this.#wrapUpTimers.get(id));
    this.#wrapUpTimers.delete(id);
    delete known.wrapUp;
    known.place = 'over';
    sessions.change(known, { phase: 'ended' });
    this.#context.workChanged();
    // A session that is still recording is closed when its recording has been emitted.
    if (this.#recorded.delete(id) || !this.#media.isRecording(id)) this.#close(known);
  }

  /** Stops the call's timers and media. Resolves when its recording has been emitted. */
  #stop(call: LiveCall): Promise<void> {
    if (this.#context.live === call) this.#context.live = undefined;
    this.#context.timers.clearTimeout(call.ringTimer);
    return this.#media.end(call);
  }

  /** Emits `session.closed`, the last event of a session. */
  #close(known: KnownSession): void {
    known.place = 'over';
    this.#context.sessions.change(known);
    this.#context.sessions.emit(known, { type: 'session.closed' });
  }
}
