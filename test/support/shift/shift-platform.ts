import type { SimulatorOptions } from '../../../src/simulator/index.js';
import { SimulatedTelephony } from '../../../src/simulator/index.js';
import type { PlatformEvent } from '../../../src/telephony/platform-event.js';
import type { Chance } from './chance.js';

type Type = PlatformEvent['type'];

/**
 * The events that may be lost. Their loss does not matter for long: the desktop asks the platform at intervals, the next
 * event of the type has the same data, or the screen offers a way out.
 */
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

/** The embedded platform for an agent's shift. It loses some events, and shows its state to the test. */
export class ShiftPlatform extends SimulatedTelephony {
  /** The probability, 0 to 1, that an event is lost that may be lost. */
  lost = 0;
  /** The number of listeners for the platform's events. */
  listeners = 0;
  readonly #chance: Chance;
  /** The sessions that the agent has put on hold. */
  readonly #heldByAgent = new Set<string>();

  constructor(options: SimulatorOptions, chance: Chance) {
    super(options);
    this.#chance = chance;
  }

  override subscribe(listener: (event: PlatformEvent) => void): () => void {
    this.listeners++;
    const unsubscribe = super.subscribe((event) => {
      if (!this.#loses(event)) listener(event);
    });
    return () => {
      this.listeners--;
      unsubscribe();
    };
  }

  override async setHeld(sessionId: string, held: boolean, participantId?: string): Promise<void> {
    if (participantId === undefined && held) this.#heldByAgent.add(sessionId);
    await super.setHeld(sessionId, held, participantId);
    if (participantId === undefined && !held) this.#heldByAgent.delete(sessionId);
  }

  /** Sessions that are on hold although neither the agent nor a current transfer has put them there. */
  leftOnHold(): readonly string[] {
    const held = this.platform.context.scheduler
      .all()
      .filter(({ session, endedAt }) => session.held && endedAt === undefined);
    return held
      .filter(({ transfer, session: { id } }) => !transfer && !this.#heldByAgent.has(id))
      .map((simulated) => simulated.session.id);
  }

  /** The calls and chats in a place. */
  at(place: 'queue' | 'agent' | 'wrap-up'): readonly string[] {
    return this.platform.context.scheduler
      .all()
      .flatMap((simulated) => (simulated.place === place ? [simulated.session.id] : []));
  }

  /** Whether no act is scheduled for any session. */
  get isQuiet(): boolean {
    return this.platform.context.scheduler.all().every(({ due }) => due.length === 0);
  }

  #loses(event: PlatformEvent): boolean {
    return this.lost > 0 && missable.includes(event.type) && this.#chance.hits(this.lost);
  }
}
