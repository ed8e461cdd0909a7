import type { SimulatorOptions } from '../../../src/simulator/index.js';
import { SimulatedTelephony } from '../../../src/simulator/index.js';
import type { PlatformEvent } from '../../../src/telephony/platform-event.js';
import type { Chance } from './chance.js';

type Type = PlatformEvent['type'];

/** What nobody misses for long: the platform is asked now and then, the next of its kind says it again, or a way out is on screen. */
const missable: readonly Type[] = [
  'session.created',
  'session.assigned',
  'session.connecting',
  'session.connected',
  'session.muted',
  'session.held',
  'session.participant-joined',
  'session.participant-left',
  'session.recording-paused',
  'session.queue-changed',
  'session.missed',
  'session.withdrawn',
  'session.quality',
  'session.message',
  'session.ended',
  'session.wrap-up',
  'session.closed',
  'recording.ready',
  'rating.received',
];

/** The embedded platform with an agent's shift on it: some events never come, and what it knows can be looked at. */
export class ShiftPlatform extends SimulatedTelephony {
  /** Probability with which an event that may be missed is. */
  lost = 0;
  /** How many listen to its events. */
  listeners = 0;
  readonly #chance: Chance;
  /** Whom the agent wants on hold. */
  readonly #wanted = new Set<string>();

  constructor(options: SimulatorOptions, chance: Chance) {
    super(options);
    this.#chance = chance;
  }

  override subscribe(listener: (event: PlatformEvent) => void): () => void {
    this.listeners++;
    const letGo = super.subscribe((event) => {
      if (!this.#loses(event)) listener(event);
    });
    return () => {
      this.listeners--;
      letGo();
    };
  }

  override async setHeld(sessionId: string, held: boolean, participantId?: string): Promise<void> {
    if (participantId === undefined && held) this.#wanted.add(sessionId);
    await super.setHeld(sessionId, held, participantId);
    if (participantId === undefined && !held) this.#wanted.delete(sessionId);
  }

  get status(): string {
    return this.platform.context.presence.state.status;
  }

  /** Customers who are on hold though neither the agent nor a transfer that is under way wants it. */
  leftOnHold(): readonly string[] {
    const held = this.platform.context.scheduler
      .all()
      .filter(({ session, endedAt }) => session.held && endedAt === undefined);
    return held
      .filter(({ transfer, session: { id } }) => !transfer && !this.#wanted.has(id))
      .map((simulated) => simulated.session.id);
  }

  /** Calls that the agent is at, and chats, by where they are. */
  at(place: 'queue' | 'agent' | 'wrap-up'): readonly string[] {
    return this.platform.context.scheduler
      .all()
      .flatMap((simulated) => (simulated.place === place ? [simulated.session.id] : []));
  }

  /** Nothing of it is still to happen. */
  get isQuiet(): boolean {
    return this.platform.context.scheduler.all().every(({ due }) => due.length === 0);
  }

  #loses(event: PlatformEvent): boolean {
    return this.lost > 0 && missable.includes(event.type) && this.#chance.hits(this.lost);
  }
}
