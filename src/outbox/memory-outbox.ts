import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../domain/environment.js';
import type { Ticket } from '../domain/ticket.js';
import type { Intent, Ref } from '../records/intent.js';
import type { Outbox, OutboxEntry } from './outbox.js';
import { verdict, type Verdict } from './retry-policy.js';
import { sendIntent, type Made, type WriteMemory } from './send-intent.js';

interface Item {
  entry: OutboxEntry;
  memory: WriteMemory;
  /** Not before this time, in ms. */
  due: number;
}

const keptSettled = 100;
const keptKeys = 1000;

export interface MemoryOutboxOptions {
  host: CrmHost;
  environment: Pick<Environment, 'clock' | 'timers'>;
  showTicket: (id: string, ticket: Ticket | undefined) => Promise<void>;
}

/**
 * An outbox that lives as long as its page. What one session wants, and what goes to one ticket, is sent in the order
 * in which it came; one thing at a time. What the CRM refuses holds up only what needs it.
 */
export class MemoryOutbox implements Outbox {
  readonly #options: MemoryOutboxOptions;
  #items: Item[] = [];
  /** Of settled ones too: a second delivery of an event writes nothing. */
  readonly #keys = new Set<string>();
  readonly #listeners = new Set<(entry: OutboxEntry) => void>();
  #timer: unknown;
  #sending = false;
  #stopped = false;

  constructor(options: MemoryOutboxOptions) {
    this.#options = options;
  }

  get entries(): readonly OutboxEntry[] {
    return this.#items.map(({ entry }) => entry);
  }

  enqueue(intents: readonly Intent[]): Promise<void> {
    for (const intent of intents) {
      if (this.#keys.has(intent.key)) continue;
      this.#keys.add(intent.key);
      const item: Item = { entry: { intent, state: 'pending', tries: 0 }, memory: {}, due: 0 };
      this.#items.push(item);
      this.#tell(item);
    }
    void this.#pump();
    return Promise.resolve();
  }

  subscribe(listener: (entry: OutboxEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retry(key?: string): void {
    for (const item of this.#items) {
      const { state, intent } = item.entry;
      if (state === 'settled' || state === 'sending' || (key !== undefined && key !== intent.key)) continue;
      item.due = 0;
      // A parked or dead write may have been applied by an earlier try.
      if (state === 'parked' || state === 'dead') this.#set(item, { state: 'ambiguous' });
    }
    void this.#pump();
  }

  stop(): void {
    this.#stopped = true;
    this.#options.environment.timers.clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  async #pump(): Promise<void> {
    if (this.#sending || this.#stopped) return;
    this.#sending = true;
    try {
      for (let item = this.#next(); item && !this.#stopped; item = this.#next()) await this.#send(item);
    } finally {
      this.#sending = false;
    }
    this.#sleep();
  }

  async #send(item: Item): Promise<void> {
    const { host, showTicket } = this.#options;
    const { entry } = item;
    const attempt = entry.state === 'ambiguous' ? 'maybe-applied' : 'first';
    this.#set(item, { state: 'sending', tries: entry.tries + 1 });
    try {
      const result = await sendIntent(host, entry.intent, attempt, (key) => this.#made(key), item.memory, showTicket);
      this.#set(item, { state: 'settled', result, failure: undefined });
      this.#forgetSettled();
    } catch (error) {
      const {
        code = 'unavailable',
        outcome = 'unknown',
        retryAfter,
        message,
      } = error as Partial<Parameters<typeof verdict>[0]> & { message: string };
      // A screen pop that comes late is worse than none: the ticket is a link in the panel.
      const next: Verdict =
        entry.intent.kind === 'open-ticket'
          ? { state: 'dead' }
          : verdict({ code, outcome, ...(retryAfter ? { retryAfter } : {}) }, item.entry.tries);
      // A try that may have been applied stays ambiguous, whatever the one after it says.
      const state = next.state === 'pending' && attempt === 'maybe-applied' ? 'ambiguous' : next.state;
      item.due = 'delay' in next ? this.#options.environment.clock.now() + next.delay : Infinity;
      this.#set(item, { state, failure: { code, message } });
    }
  }

  /** The first that is due, and that nothing before it holds up. */
  #next(): Item | undefined {
    const now = this.#options.environment.clock.now();
    const busy = new Set<string>();
    for (const item of this.#items) {
      const { entry } = item;
      if (entry.state === 'settled') continue;
      const lanes = this.#lanes(entry.intent);
      const free = !lanes.some((lane) => busy.has(lane));
      if (free && item.due <= now && this.#isReady(entry)) return item;
      // What needs a person holds up only what refers to it.
      if (entry.state !== 'dead') for (const lane of lanes) busy.add(lane);
    }
    return undefined;
  }

  #isReady({ state, intent }: OutboxEntry): boolean {
    return (
      (state === 'pending' || state === 'ambiguous') &&
      refsOf(intent).every((ref) => 'id' in ref || this.#isMade(ref.madeBy))
    );
  }

  #lanes(intent: Intent): readonly string[] {
    // B4: a screen pop waits for nothing but its ticket, and holds up nothing.
    if (intent.kind === 'open-ticket') return [];
    const tickets = intent.kind === 'write-ticket' ? [intent.ticket] : [];
    return [
      `session ${intent.sessionId}`,
      ...tickets.map((ref) => `ticket ${'id' in ref ? ref.id : (this.#made(ref.madeBy).ticketId ?? ref.madeBy)}`),
    ];
  }

  #isMade(key: string): boolean {
    return this.#items.some(({ entry }) => entry.intent.key === key && entry.state === 'settled');
  }

  #made(key: string): Made {
    const result = this.#items.find(({ entry }) => entry.intent.key === key)?.entry.result;
    return {
      ...(result?.contact ? { contactId: result.contact.id } : {}),
      ...(result?.ticket ? { ticketId: result.ticket.id } : {}),
    };
  }

  /** Settled ones are remembered as long as others may refer to them: the last hundred, and the keys of more. */
  #forgetSettled(): void {
    const isSettled = ({ entry }: Item) => entry.state === 'settled';
    const wanted = new Set(
      this.#items
        .filter((item) => !isSettled(item))
        .flatMap(({ entry }) => refsOf(entry.intent))
        .map((ref) => ('id' in ref ? '' : ref.madeBy)),
    );
    let surplus = this.#items.filter(isSettled).length - keptSettled;
    this.#items = this.#items.filter((item) => {
      if (surplus <= 0 || !isSettled(item) || wanted.has(item.entry.intent.key)) return true;
      surplus--;
      return false;
    });
    for (const key of this.#keys) {
      if (this.#keys.size <= keptKeys) break;
      this.#keys.delete(key);
    }
  }

  #sleep(): void {
    const { clock, timers } = this.#options.environment;
    timers.clearTimeout(this.#timer);
    const now = clock.now();
    // What is due already waits for something else: that wakes it up.
    const later = this.#items.filter(
      ({ entry: { state }, due }) => (state === 'pending' || state === 'ambiguous') && due > now,
    );
    const due = Math.min(...later.map((item) => item.due));
    if (due === Infinity || this.#stopped) return;
    this.#timer = timers.setTimeout(() => void this.#pump(), due - now);
  }

  #set(item: Item, change: Partial<OutboxEntry>): void {
    item.entry = { ...item.entry, ...change };
    this.#tell(item);
  }

  #tell({ entry }: Item): void {
    for (const listener of this.#listeners) listener(entry);
  }
}

const refsOf = (intent: Intent): readonly Ref[] =>
  intent.kind === 'create-contact' ? [] : intent.kind === 'create-ticket' ? [intent.contact] : [intent.ticket];
