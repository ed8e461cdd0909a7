import type { Clock } from '../environment/environment.js';

/** Milliseconds for which a ticket is remembered: longer than the observed lag of Zendesk's lists. */
const remembered = 10 * 60_000;
const mostTickets = 100;

/** A storage that all pages of a browser share: `localStorage`. */
export type SharedStorage = Pick<Storage, 'getItem' | 'setItem'>;

interface Made {
  id: string;
  contactId: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * The tickets that this browser has just created, until Zendesk's list of the requester's tickets has them. With a
 * shared storage, other tabs and the page after a reload know them too. Only ids are stored, and no personal data.
 */
export class MadeTickets {
  readonly #clock: Clock;
  readonly #storage: SharedStorage | undefined;
  readonly #name: string;
  #own: readonly Made[] = [];

  constructor(clock: Clock, storage: SharedStorage | undefined, account: string) {
    this.#clock = clock;
    this.#storage = storage;
    this.#name = `ccai-zendesk-made ${account}`;
  }

  add({ id, contactId }: { id: string; contactId: string }): void {
    this.#own = [{ id, contactId, at: this.#clock.now() }, ...this.#all().filter((one) => one.id !== id)].slice(
      0,
      mostTickets,
    );
    try {
      this.#storage?.setItem(this.#name, JSON.stringify(this.#own));
    } catch {
      // The storage is full or refuses the write. Only this page knows the ticket then.
    }
  }

  /** The newest first. */
  ofContact(contactId: string): readonly string[] {
    return this.#all().flatMap((one) => (one.contactId === contactId ? [one.id] : []));
  }

  #all(): readonly Made[] {
    const now = this.#clock.now();
    const known = new Map([...this.#own, ...this.#stored()].map((one) => [one.id, one]));
    // `Math.abs`: if the clock has been set back, a time in the future would otherwise stay for ever.
    return [...known.values()].filter(({ at }) => Math.abs(now - at) < remembered).sort((a, b) => b.at - a.at);
  }

  #stored(): readonly Made[] {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(this.#name) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isMade) : [];
    } catch {
      return [];
    }
  }
}

function isMade(one: unknown): one is Made {
  const { id, contactId, at } = (one ?? {}) as Partial<Record<keyof Made, unknown>>;
  return typeof id === 'string' && typeof contactId === 'string' && typeof at === 'number';
}
