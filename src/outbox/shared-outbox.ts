import type { Environment, Shared } from '../domain/environment.js';
import type { Intent, IntentOf } from '../records/intent.js';
import { DurableOutbox, type DurableOutboxOptions } from './durable-outbox.js';
import { newRows } from './outbox-rows.js';
import { OutboxStore } from './outbox-store.js';
import type { Outbox, OutboxEntry } from './outbox.js';
import { ScreenPops } from './screen-pops.js';

/** How often the leader is asked whether it is there, and after which silence it is replaced. */
const pingEvery = 5000;
const silentFor = 15_000;
/** How often, in pings, the leader looks whether a tab has kept something and could not say so any more. */
const lookEvery = 6;

export interface SharedOutboxOptions extends Pick<DurableOutboxOptions, 'host' | 'batching'> {
  shared: Shared;
  environment: Pick<Environment, 'clock' | 'timers'>;
  showTicket: (ticketId: string) => Promise<void>;
}

type Command = { type: 'retry'; key?: string } | { type: 'discard'; key: string } | { type: 'flush' };
type Message =
  | { type: 'added' | 'ask' | 'ping' | 'pong' }
  | { type: 'entry'; entry: OutboxEntry }
  | { type: 'entries'; entries: readonly OutboxEntry[] }
  | { type: 'command'; id: number; command: Command }
  | { type: 'done'; id: number };

/**
 * One outbox for all tabs of an agent. Every tab accepts, into the store that they share; the one that holds the lock
 * sends, and tells the others what becomes of it. A leader that is gone is replaced at once, one that hangs after 15 s:
 * its epoch is over, so that it can do no harm when it wakes up.
 */
export class SharedOutbox implements Outbox {
  readonly #options: SharedOutboxOptions;
  readonly #store: OutboxStore;
  readonly #pops: ScreenPops;
  readonly #listeners = new Set<(entry: OutboxEntry) => void>();
  /** What the leader has told, while another tab leads. */
  readonly #told = new Map<string, OutboxEntry>();
  readonly #commands = new Map<number, () => void>();
  readonly #stopping = new AbortController();
  #leader: DurableOutbox | undefined;
  #stepDown: () => void = () => {};
  #heard: number;
  #ping: unknown;
  #count = 0;
  #pings = 0;

  constructor(options: SharedOutboxOptions) {
    const { shared, environment, showTicket } = options;
    this.#options = options;
    this.#store = new OutboxStore(shared.store, shared.crypto);
    this.#pops = new ScreenPops(showTicket);
    this.#heard = environment.clock.now();
    shared.channel.subscribe((message) => void this.#hear(message as Message));
    shared.channel.post({ type: 'ask' } satisfies Message);
    void this.#lead(false);
    this.#watch();
  }

  get leads(): boolean {
    return this.#leader !== undefined;
  }

  /** False: what waits is lost with the page. */
  get durable(): boolean {
    return this.#store.durable;
  }

  get entries(): readonly OutboxEntry[] {
    return this.#leader?.entries ?? [...this.#told.values()];
  }

  async enqueue(intents: readonly Intent[]): Promise<void> {
    const writes = intents.filter(({ kind }) => kind !== 'open-ticket');
    if (writes.length > 0) await this.#accept(writes);
    for (const intent of intents)
      if (intent.kind === 'open-ticket') this.#pops.want(intent as IntentOf<'open-ticket'>, this.entries);
  }

  subscribe(listener: (entry: OutboxEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retry(key?: string): void {
    void this.#command({ type: 'retry', ...(key !== undefined && { key }) });
  }

  discard(key: string): Promise<void> {
    return this.#command({ type: 'discard', key });
  }

  flush(): Promise<void> {
    return this.#command({ type: 'flush' });
  }

  stop(): void {
    this.#stopping.abort();
    this.#options.environment.timers.clearTimeout(this.#ping);
    this.#stepDown();
    this.#listeners.clear();
    this.#options.shared.channel.close();
  }

  async #accept(intents: readonly Intent[]): Promise<void> {
    if (this.#leader) return this.#leader.enqueue(intents);
    const added = await this.#store.add(newRows(intents, this.#options.environment.clock.now()));
    for (const { intent, state, since, tries } of added) this.#tell({ intent: intent!, state, since, tries });
    this.#post({ type: 'added' });
    // The lock may have come meanwhile, after what was there was read.
    await (this.#leader as DurableOutbox | undefined)?.refresh();
  }

  async #command(command: Command): Promise<void> {
    if (this.#leader) return this.#obey(command);
    const id = ++this.#count;
    const done = new Promise<void>((resolve) => this.#commands.set(id, resolve));
    this.#post({ type: 'command', id, command });
    return done;
  }

  async #obey(command: Command): Promise<void> {
    if (command.type === 'retry') this.#leader?.retry(command.key);
    else if (command.type === 'discard') await this.#leader?.discard(command.key);
    else await this.#leader?.flush();
    if (command.type === 'discard') this.#post({ type: 'entries', entries: this.entries });
  }

  async #lead(steal: boolean): Promise<void> {
    const { locks } = this.#options.shared;
    const { signal } = this.#stopping;
    // The lock may be taken away while this tab is still getting ready: what it gets ready then leads nothing.
    const turn = { over: false };
    const end = await locks.request('outbox', steal ? { steal } : { signal }, () => this.#leading(turn));
    turn.over = true;
    this.#leader?.stop();
    this.#leader = undefined;
    this.#heard = this.#options.environment.clock.now();
    if (end !== 'aborted' && !signal.aborted) void this.#lead(false);
  }

  /** Resolves when this tab no longer leads. */
  async #leading(turn: { readonly over: boolean }): Promise<void> {
    let stepDown = (): void => {};
    const over = new Promise<void>((resolve) => (stepDown = resolve));
    const { host, batching, environment } = this.#options;
    const leader = await DurableOutbox.open({ host, batching, environment, store: this.#store, onDeposed: stepDown });
    if (turn.over || this.#stopping.signal.aborted) return leader.stop();
    this.#leader = leader;
    this.#stepDown = stepDown;
    leader.subscribe((entry) => {
      this.#post({ type: 'entry', entry });
      this.#tell(entry);
    });
    this.#told.clear();
    this.#post({ type: 'entries', entries: leader.entries });
    for (const entry of leader.entries) this.#tell(entry);
    await over;
    leader.stop();
  }

  async #hear(message: Message): Promise<void> {
    if (this.#leader) return this.#hearAsLeader(message);
    switch (message.type) {
      case 'entry':
        this.#tell(message.entry);
        break;
      case 'entries':
        this.#catchUp(message.entries);
        break;
      case 'done':
        this.#commands.get(message.id)?.();
        this.#commands.delete(message.id);
    }
    this.#heard = this.#options.environment.clock.now();
  }

  async #hearAsLeader(message: Message): Promise<void> {
    if (message.type === 'ping') this.#post({ type: 'pong' });
    if (message.type === 'ask') this.#post({ type: 'entries', entries: this.entries });
    if (message.type === 'added') await this.#leader?.refresh();
    if (message.type !== 'command') return;
    await this.#obey(message.command);
    this.#post({ type: 'done', id: message.id });
  }

  /** A follower asks whether the leader is there, and takes its place if it does not answer. */
  #watch(): void {
    const { timers, clock } = this.#options.environment;
    this.#ping = timers.setTimeout(() => {
      if (this.#leader) {
        if (++this.#pings % lookEvery === 0) void this.#leader.refresh();
      } else {
        if (clock.now() - this.#heard > silentFor) void this.#lead(true);
        // What was told while this tab slept is asked for again.
        else this.#post({ type: this.#waits ? 'ask' : 'ping' });
      }
      this.#watch();
    }, pingEvery);
  }

  get #waits(): boolean {
    return [...this.#told.values()].some(({ state }) => state !== 'settled');
  }

  /** All that the leader has: what it does not have any more is done. */
  #catchUp(entries: readonly OutboxEntry[]): void {
    const known = new Set(entries.map(({ intent }) => intent.key));
    const done = [...this.#told.values()].filter(({ intent, state }) => state !== 'settled' && !known.has(intent.key));
    this.#told.clear();
    for (const entry of entries) this.#tell(entry);
    for (const one of done) for (const listener of [...this.#listeners]) listener({ ...one, state: 'settled' });
  }

  #tell(entry: OutboxEntry): void {
    if (!this.#leader) this.#told.set(entry.intent.key, entry);
    this.#pops.hear(entry);
    for (const listener of [...this.#listeners]) listener(entry);
  }

  #post(message: Message): void {
    this.#options.shared.channel.post(message);
  }
}
