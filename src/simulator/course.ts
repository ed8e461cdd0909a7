import { isChat, recordingOf, type SimulatedSession } from './simulated-session.js';
import type { AnyStep } from './steps.js';
import type { World } from './world.js';
import { durationsOf } from '../telephony/sessions.js';

const recordingAfter = 2000;
const partAfter = 200;
const closeAfter = 50;
/** How long notes can still be saved once the wrap-up is exceeded. */
const exceededFor = 60_000;

/** The way of a session through its connection, its end, its recording and its wrap-up. */
export class Course {
  #world: World;
  #wrapUp: boolean;

  constructor(world: World, wrapUp: boolean) {
    this.#world = world;
    this.#wrapUp = wrapUp;
    const { desk } = world;
    desk.react({
      connecting: (one, at) => {
        desk.change(one, { phase: 'connecting' });
        desk.say(one, { type: 'session.connecting' }, at);
      },
      connected: (one, at) => this.#connected(one, at),
      end: (one, at, { by, failReason }) => this.#end(one, at, by, failReason),
      recording: (one, at) => this.#recording(one, at, 1, 1),
      'recording-part': (one, at, { part }) => this.#recording(one, at, part, one.conduct.recordingParts ?? 1),
      close: (one, at) => {
        desk.say(one, { type: 'session.closed' }, at);
        desk.forgetOldest();
      },
      'wrap-up-exceeded': (one, at) => {
        one.exceeded = true;
        desk.say(one, { type: 'session.wrap-up-exceeded' }, at);
        world.settle();
      },
      'wrap-up-over': (one, at) => this.#wrapUpOver(one, at),
    });
  }

  /** The agent saves: what was noted is told once, and the session closes. After the wrap-up it is told still. */
  submitWrapUp(one: SimulatedSession, notes: string, codes: readonly string[]): void {
    const { desk, agent } = this.#world;
    if (notes.trim() !== '' || codes.length)
      desk.say(one, { type: 'disposition.submitted', agent: agent!.id, notes, codes }, undefined, agent!.id);
    if (one.place === 'wrap-up') this.#wrapUpOver(one, this.#world.clock.now());
  }

  /** A status that the agent chooses ends every wrap-up. */
  endWrapUps(): void {
    const { desk, clock } = this.#world;
    for (const one of desk.all()) if (one.place === 'wrap-up') this.#wrapUpOver(one, clock.now());
  }

  /** The last event comes after everything else that is still to come. */
  close(one: SimulatedSession, at: number): void {
    const last = Math.max(at, ...one.due.filter(({ lane }) => lane === 'after').map((due) => due.at));
    this.#world.desk.play(one, 'close', [{ after: closeAfter, do: 'close' }], last);
  }

  #connected(one: SimulatedSession, at: number): void {
    if (one.connectedAt !== undefined) return;
    const since = new Date(at).toISOString();
    one.connectedAt = at;
    this.#world.desk.change(one, { phase: 'connected', since, connectedAt: since });
    this.#world.desk.say(one, { type: 'session.connected' }, at);
  }

  #end(one: SimulatedSession, at: number, by: 'agent' | 'customer' | 'platform', failReason?: string): void {
    const { desk } = this.#world;
    desk.cancelAll(one);
    this.#giveTransferUp(one, at);
    one.endedAt = at;
    if (failReason !== undefined) one.failReason = failReason;
    const wrapUpFor = this.#wrapUpFor(one);
    one.place = wrapUpFor ? 'wrap-up' : 'over';
    desk.change(one, { phase: 'ended', since: new Date(at).toISOString(), participants: [] });
    const durations = durationsOf(one);
    desk.say(one, { type: 'session.ended', endedBy: by, ...(failReason && { failReason }), durations }, at);
    if (one.record && one.connectedAt !== undefined)
      desk.play(one, 'after', recordingSteps(one.conduct.recordingParts ?? 1), at);
    if (wrapUpFor) this.#beginWrapUp(one, at, wrapUpFor);
    else this.close(one, at);
    this.#world.settle();
  }

  /** Milliseconds; 0: none. */
  #wrapUpFor(one: SimulatedSession): number {
    const { channel, direction } = one.session;
    const has = this.#wrapUp && one.place === 'agent' && one.connectedAt !== undefined;
    if (!has || isChat(one) || channel === 'internal-call') return 0;
    return (this.#world.rules?.wrapUpSeconds[direction] ?? 0) * 1000;
  }

  #beginWrapUp(one: SimulatedSession, at: number, milliseconds: number): void {
    const { desk } = this.#world;
    desk.change(one, { phase: 'wrap-up' });
    desk.say(one, { type: 'session.wrap-up', until: new Date(at + milliseconds).toISOString() }, at);
    const steps: readonly AnyStep[] = [
      { after: milliseconds, do: 'wrap-up-exceeded' },
      { after: exceededFor, do: 'wrap-up-over' },
    ];
    desk.play(one, 'wrap-up', steps, at);
  }

  #wrapUpOver(one: SimulatedSession, at: number): void {
    const { desk } = this.#world;
    desk.cancel(one, 'wrap-up');
    one.place = 'over';
    desk.change(one, { phase: 'ended' });
    this.close(one, at);
    this.#world.settle();
  }

  #giveTransferUp(one: SimulatedSession, at: number): void {
    if (!one.transfer) return;
    const { target, mode } = one.transfer;
    delete one.transfer;
    this.#world.desk.say(one, { type: 'transfer.failed', target, mode }, at);
  }

  #recording(one: SimulatedSession, at: number, part: number, parts: number): void {
    this.#world.desk.say(one, { type: 'recording.ready', recording: recordingOf(one, part, parts) }, at);
  }
}

const recordingSteps = (parts: number): readonly AnyStep[] =>
  Array.from({ length: parts }, (_, at) => ({
    after: at === 0 ? recordingAfter : partAfter,
    do: 'recording-part',
    part: at + 1,
  }));
