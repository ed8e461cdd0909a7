import { own } from '../domain/own.js';
import type { LeaderState } from '../machine/leader/leader-state.js';
import type { Intent } from '../records/intent.js';
import type { OutboxEntry } from '../outbox/outbox.js';

/** The person whom a record is about, as far as known. */
export interface RecordPerson {
  name?: string;
  /** E.164. */
  number?: string;
}

const maxKept = 200;

/** The persons of recent sessions, also after a session has left the panel. Nothing is stored beyond this page. */
export class RecordPeople {
  readonly #known = new Map<string, RecordPerson>();

  learn({ calls, sessions }: Pick<LeaderState, 'calls' | 'sessions'>): void {
    for (const [id, call] of Object.entries(calls)) {
      const { links, caller } = own(sessions, id)?.context ?? {};
      const name = links?.contact?.name ?? caller?.name ?? call.name;
      const person = {
        ...this.#known.get(id),
        ...(name ? { name } : {}),
        ...(call.number ? { number: call.number } : {}),
      };
      this.#known.delete(id);
      if (!call.hidden) this.#known.set(id, person);
    }
    for (const id of [...this.#known.keys()].slice(0, Math.max(0, this.#known.size - maxKept))) this.#known.delete(id);
  }

  of(sessionId: string): RecordPerson | undefined {
    return this.#known.get(sessionId);
  }
}

/** The persons whom the outbox's intents name, by session id. The outbox has them after a reload too. */
export function peopleIn(entries: readonly OutboxEntry[]): ReadonlyMap<string, RecordPerson> {
  const people = new Map<string, RecordPerson>();
  for (const { intent, result } of entries) {
    const draft = draftOf(intent);
    const { name = result?.contact?.name ?? draft?.name, number = draft?.phoneNumber } =
      people.get(intent.sessionId) ?? {};
    if (name || number) people.set(intent.sessionId, { ...(name ? { name } : {}), ...(number ? { number } : {}) });
  }
  return people;
}

const draftOf = (intent: Intent) =>
  intent.kind === 'create-contact' ? intent.draft : intent.kind === 'create-ticket' ? intent.person : undefined;
