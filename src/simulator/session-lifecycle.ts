import { isChatSession, recordingOf, type SimulatedSession } from './simulated-session.js';
import type { AnyStep } from './steps.js';
import type { PlatformContext } from './platform-context.js';
import { durationsOf } from '../telephony/sessions.js';

// Milliseconds: from the end to the first recording, between its parts, and from the last recording to `session.closed`.
const recordingAfter = 2000;
const partAfter = 200;
const closeAfter = 50;
/** Milliseconds for which notes can be saved after the wrap-up is exceeded. */
const exceededFor = 60_000;

/** Takes a session through its phases: connecting, connected, ended, recording, wrap-up, closed. */
export class SessionLifecycle {
  #context: PlatformContext;
  #hasWrapUp: boolean;

  constructor(context: PlatformContext, wrapUp: boolean) {
    this.#context = context;
    this.#hasWrapUp = wrapUp;
    const { scheduler } = context;
    scheduler.handle({
      connecting: (simulated, at) => {
        scheduler.change(simulated, { phase: 'connecting' });
        scheduler.emit(simulated, { type: 'session.connecting' }, at);
      },
      connected: (simulated, at) => this.#connected(simulated, at),
      end: (simulated, at, { by, failReason }) => this.#end(simulated, at, by, failReason),
      recording: (simulated, at) => this.#recording(simulated, at, 1, 1),
      'recording-part': (simulated, at, { part }) =>
        this.#recording(simulated, at, part, simulated.conduct.recordingParts ?? 1),
      close: (simulated, at) => {
        scheduler.emit(simulated, { type: 'session.closed' }, at);
        scheduler.forgetOldest();
      },
      'wrap-up-exceeded': (simulated, at) => {
        simulated.exceeded = true;
        scheduler.emit(simulated, { type: 'session.wrap-up-exceeded' }, at);
        context.workChanged();
      },
      'wrap-up-over': (simulated, at) => this.#finishWrapUp(simulated, at),
    });
  }

  /** Emits the agent's notes, also after the wrap-up. Ends the wrap-up if the session is in it. */
  submitWrapUp(simulated: SimulatedSession, notes: string, codes: readonly string[]): void {
    const { scheduler, agent } = this.#context;
    if (notes.trim() !== '' || codes.length)
      scheduler.emit(
        simulated,
        { type: 'disposition.submitted', agent: agent!.id, notes, codes },
        undefined,
        agent!.id,
      );
    if (simulated.place === 'wrap-up') this.#finishWrapUp(simulated, this.#context.clock.now());
  }

  /** Ends the wrap-ups of calls. Called when the agent chooses a status. */
  endWrapUps(): void {
    const { scheduler, clock } = this.#context;
    for (const simulated of scheduler.all())
      if (simulated.place === 'wrap-up' && !isChatSession(simulated)) this.#finishWrapUp(simulated, clock.now());
  }

  /** Schedules `session.closed`, the last event, after the session's last recording. */
  close(simulated: SimulatedSession, at: number): void {
    const last = Math.max(at, ...simulated.due.filter(({ lane }) => lane === 'after').map((due) => due.at));
    this.#context.scheduler.schedule(simulated, 'close', [{ after: closeAfter, do: 'close' }], last);
  }

  #connected(simulated: SimulatedSession, at: number): void {
    if (simulated.connectedAt !== undefined) return;
    const since = new Date(at).toISOString();
    simulated.connectedAt = at;
    this.#context.scheduler.change(simulated, { phase: 'connected', since, connectedAt: since });
    this.#context.scheduler.emit(simulated, { type: 'session.connected' }, at);
  }

  #end(simulated: SimulatedSession, at: number, by: 'agent' | 'customer' | 'platform', failReason?: string): void {
    const { scheduler } = this.#context;
    scheduler.cancelAll(simulated);
    this.#failTransfer(simulated, at);
    simulated.endedAt = at;
    if (failReason !== undefined) simulated.failReason = failReason;
    const wrapUpFor = this.#wrapUpMilliseconds(simulated);
    simulated.place = wrapUpFor ? 'wrap-up' : 'over';
    scheduler.change(simulated, { phase: 'ended', since: new Date(at).toISOString(), participants: [] });
    const durations = durationsOf(simulated);
    scheduler.emit(simulated, { type: 'session.ended', endedBy: by, failReason, durations }, at);
    if (simulated.record && simulated.connectedAt !== undefined)
      scheduler.schedule(simulated, 'after', recordingSteps(simulated.conduct.recordingParts ?? 1), at);
    if (wrapUpFor) this.#beginWrapUp(simulated, at, wrapUpFor);
    else this.close(simulated, at);
    this.#context.workChanged();
  }

  /** The duration of the session's wrap-up. 0: the session has no wrap-up. */
  #wrapUpMilliseconds(simulated: SimulatedSession): number {
    const { channel, direction } = simulated.session;
    const wasInCall = simulated.place === 'agent' && simulated.connectedAt !== undefined;
    if (!this.#hasWrapUp || !wasInCall || channel === 'internal-call') return 0;
    return (this.#context.rules?.wrapUpSeconds[direction] ?? 0) * 1000;
  }

  #beginWrapUp(simulated: SimulatedSession, at: number, milliseconds: number): void {
    const { scheduler } = this.#context;
    scheduler.change(simulated, { phase: 'wrap-up' });
    scheduler.emit(simulated, { type: 'session.wrap-up', until: new Date(at + milliseconds).toISOString() }, at);
    const steps: readonly AnyStep[] = [
      { after: milliseconds, do: 'wrap-up-exceeded' },
      { after: exceededFor, do: 'wrap-up-over' },
    ];
    scheduler.schedule(simulated, 'wrap-up', steps, at);
  }

  #finishWrapUp(simulated: SimulatedSession, at: number): void {
    const { scheduler } = this.#context;
    scheduler.cancel(simulated, 'wrap-up');
    simulated.place = 'over';
    scheduler.change(simulated, { phase: 'ended' });
    this.close(simulated, at);
    this.#context.workChanged();
  }

  #failTransfer(simulated: SimulatedSession, at: number): void {
    if (!simulated.transfer) return;
    const { target, mode } = simulated.transfer;
    delete simulated.transfer;
    this.#context.scheduler.emit(simulated, { type: 'transfer.failed', target, mode }, at);
  }

  #recording(simulated: SimulatedSession, at: number, part: number, parts: number): void {
    this.#context.scheduler.emit(
      simulated,
      { type: 'recording.ready', recording: recordingOf(simulated, part, parts) },
      at,
    );
  }
}

const recordingSteps = (parts: number): readonly AnyStep[] =>
  Array.from({ length: parts }, (_, at) => ({
    after: at === 0 ? recordingAfter : partAfter,
    do: 'recording-part',
    part: at + 1,
  }));
