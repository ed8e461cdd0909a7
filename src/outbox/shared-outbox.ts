import type { Environment, SealedStore, TabChannel } from '../environment/environment.js';
import { TabRequests } from '../environment/tab-requests.js';
import type { Ticket } from '../domain/ticket.js';
import type { Intent, IntentOf } from '../records/intent.js';
import { DurableOutbox, type DurableOutboxOptions } from './durable-outbox.js';
import { newRows, unsettled, type NewRow, type OutboxRow } from './outbox-row.js';
import { Deposed, OutboxStore } from './outbox-store.js';
import type { Outbox, OutboxEntry } from './outbox.js';
import { ScreenPops } from './screen-pops.js';
import { LeaderEntries } from './leader-entries.js';

/** Milliseconds. A follower asks the leader for missed changes at this interval. */
const askEvery = 5000;
/** After this many rounds, the leader loads the rows that followers added, in case a follower's message got lost. */
const lookEvery = 6;

export interface SharedOutboxOptions extends Pick<DurableOutboxOptions, 'host' | 'batching'> {
  storage: SealedStore;
  channel: TabChannel;
  environment: Pick<Environment, 'clock' | 'timers' | 'random'>;
  showTicket: (ticketId: string, sessionId: string) => Promise<void>;
  /** Is called when another tab leads, or the store rejects with `failure`. The outbox sends nothing until `lead`. */
  deposed?: (failure: unknown) => void;
  /** Is called when the outbox can no longer read a stored row. */
  unreadable?: () => void;
  /** Is called when this tab should lead: it has the shared store, and the leader has only a store of its own. */
  takeLead?: () => void;
}

type Command = { type: 'retry'; key?: string } | { type: 'discard'; key: string; since?: number } | { type: 'flush' };
/** `own` names the leader's store if only the leader has it. */
type Message =
  | { type: 'added' | 'ask' }
  | { type: 'entry'; entry: OutboxEntry; own?: string }
  /** `last`: the order of the last row that the leader knows. */
  | { type: 'entries'; entries: readonly OutboxEntry[]; last?: number; began?: true; own?: string }
  /** From a follower whose store is lost with its page, to a leader with the shared store. */
  | { type: 'keep'; rows: readonly NewRow[] }
  | { type: 'kept'; keys: readonly string[] };

/**
 * One outbox for all tabs of an agent. Every tab adds to the shared store. Only the leader sends, and reports each
 * change to the followers. A replaced leader that resumes can change nothing, because its epoch is over.
 */
export class SharedOutbox implements Outbox {
  readonly #options: SharedOutboxOptions;
  readonly #store: OutboxStore;
  readonly #pops: ScreenPops;
  readonly #listeners = new Set<(entry: OutboxEntry) => void>();
  /** The entries that the leader has reported, while another tab leads. */
  readonly #leaderEntries = new LeaderEntries();
  /** A person's commands. Each new leader gets them again until one has carried them out. */
  readonly #commands: TabRequests<Command, 'done'>;
  #leader: DurableOutbox | undefined;
  /** Which store the leader uses: the one that all tabs share, or its own. */
  #leaderStore: 'shared' | 'own' | undefined;
  /** The rows at the end of this tab's last turn, until another leader with the shared store reports. */
  #held: readonly OutboxRow[] = [];
  /** The store of `#held`. */
  #heldIn: string | undefined;
  /** Rows in a store that only this tab has, until the leader has stored them. */
  readonly #unsharedRows = new Map<string, NewRow>();
  /** Counts this tab's turns as leader. If the turn ends while `lead` runs, `lead` starts nothing. */
  #turn = 0;
  #round: unknown;
  #rounds = 0;
  #stopped = false;

  constructor(options: SharedOutboxOptions) {
    const { storage, channel, showTicket } = options;
    this.#options = options;
    this.#store = new OutboxStore(storage, options.unreadable);
    this.#pops = new ScreenPops(showTicket);
    this.#commands = new TabRequests({
      channel,
      random: options.environment.random,
      answer: (command) => (this.#leader ? this.#carryOut(command) : undefined),
    });
    channel.subscribe((message) => void this.#receive(message as Message));
    channel.post({ type: 'ask' } satisfies Message);
    this.#startRound();
  }

  get leads(): boolean {
    return this.#leader !== undefined;
  }

  /** The epoch of this tab's turn. Other stores use it to refuse writes of a former leader. */
  get epoch(): number | undefined {
    return this.#leader?.kept.epoch;
  }

  /** Makes this tab the leader. Resolves when the stored rows are loaded. Rejects if the store rejects. */
  async lead(): Promise<void> {
    const turn = ++this.#turn;
    const { host, batching, environment, deposed } = this.#options;
    const onDeposed = (failure: unknown) => {
      if (turn !== this.#turn) return;
      this.follow();
      deposed?.(failure);
    };
    await this.#store.add([
      ...(this.#heldIn === this.#store.own ? [] : unsettled(this.#held)),
      ...this.#unsharedRows.values(),
    ]);
    const leader = await DurableOutbox.open({ host, batching, environment, store: this.#store, onDeposed }, this.#held);
    if (turn !== this.#turn || this.#stopped) return leader.stop();
    this.#leader = leader;
    this.#leaderStore = undefined;
    this.#held = [];
    this.#unsharedRows.clear();
    leader.subscribe((entry) => {
      this.#post({ type: 'entry', entry, ...this.#ownStore });
      this.#report(entry, this.#store.own);
    });
    this.#leaderEntries.clear();
    this.#post({ type: 'entries', ...this.#snapshot(leader), began: true });
    for (const entry of leader.entries) this.#report(entry, this.#store.own);
    this.#commands.answerHere((command) => this.#carryOut(command));
    // Loads the rows that tabs have added during this call. If the store rejects, a later round loads those rows.
    await leader.refresh().catch(() => undefined);
  }

  /** A9: ends this tab's turn when the journal finds another leader. An idle outbox would not notice by itself. */
  lost(): void {
    if (!this.#leader) return;
    this.follow();
    this.#options.deposed?.(undefined);
  }

  /** Makes this tab a follower. */
  follow(): void {
    this.#turn++;
    const leader = this.#leader;
    if (!leader) return;
    this.#leader = undefined;
    leader.stop();
    this.#held = leader.kept.all;
    this.#heldIn = this.#store.own;
    if (this.#store.own !== undefined) for (const row of unsettled(this.#held)) this.#unsharedRows.set(row.key, row);
    for (const entry of leader.entries) this.#leaderEntries.set(entry, this.#store.own);
    this.#post({ type: 'ask' });
    // Includes rows that were being stored when the turn ended.
    void this.#gather().then(() => this.#handOver());
  }

  /** Moves this tab's waiting rows to the shared store, which the browser has opened at a later try. */
  reopened(): void {
    if (this.#leader) {
      for (const row of unsettled(this.#leader.kept.all)) this.#unsharedRows.set(row.key, row);
      return this.lost();
    }
    this.#store.add([...this.#unsharedRows.values()]).then(
      () => this.#post({ type: 'added' }),
      // If the store rejects, `lead` adds the rows at this tab's next turn.
      () => undefined,
    );
  }

  /** The leader has the shared store, and this tab does not. */
  get lacksSharedStore(): boolean {
    return this.#store.own !== undefined && this.#leaderStore === 'shared';
  }

  /** Whether waiting rows survive the end of the page. */
  get durable(): boolean {
    return this.#store.durable;
  }

  get entries(): readonly OutboxEntry[] {
    return this.#leader?.entries ?? this.#leaderEntries.entries;
  }

  knows(key: string): boolean {
    return this.#leader?.kept.get(key) !== undefined;
  }

  settled(prefix: string): ReturnType<Outbox['settled']> {
    return this.#leader?.settled(prefix) ?? [];
  }

  async takeBack(isWanted: (intent: Intent) => boolean): Promise<'done' | 'waits'> {
    if (!this.#leader) throw new Deposed('Another tab leads.');
    return this.#leader.takeBack(isWanted);
  }

  noteTickets(tickets: readonly (Ticket & { stamp?: string })[]): void {
    this.#leader?.noteTickets(tickets);
  }

  async enqueue(intents: readonly Intent[]): Promise<void> {
    const writes = intents.filter(({ kind }) => kind !== 'open-ticket');
    if (writes.length > 0) await this.#accept(writes);
    for (const intent of intents)
      if (intent.kind === 'open-ticket') this.#pops.open(intent as IntentOf<'open-ticket'>, this.entries);
  }

  subscribe(listener: (entry: OutboxEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retry(key?: string): void {
    void this.#ask({ type: 'retry', ...(key !== undefined && { key }) });
  }

  discard(key: string): Promise<void> {
    const since = this.entries.find(({ intent }) => intent.key === key)?.since;
    return this.#ask({ type: 'discard', key, ...(since !== undefined && { since }) });
  }

  flush(): Promise<void> {
    return this.#ask({ type: 'flush' });
  }

  stop(): void {
    this.#stopped = true;
    this.#options.environment.timers.clearTimeout(this.#round);
    this.#turn++;
    this.#leader?.stop();
    this.#leader = undefined;
    this.#listeners.clear();
  }

  async #accept(intents: readonly Intent[]): Promise<void> {
    const leader = this.#leader;
    const store = this.#store.own;
    await leader?.enqueue(intents);
    if (leader && leader === this.#leader) return;
    // If the turn ended meanwhile, the rows are in the store already. Added again, a row that a person has discarded
    // since
    // would come back. Only a storage that was reopened does not have them.
    if (!leader || store !== this.#store.own) await this.#add(intents);
    await this.#gather();
    this.#handOver();
    this.#post({ type: 'added' });
    // This tab may have become the leader after the rows were loaded.
    await (this.#leader as DurableOutbox | undefined)?.refresh();
  }

  async #add(intents: readonly Intent[]): Promise<void> {
    const rows = newRows(intents, this.#options.environment.clock.now());
    let added: readonly OutboxRow[];
    let own: string | undefined;
    do {
      own = this.#store.own;
      added = await this.#store.add(rows);
      // The storage may have been reopened meanwhile.
    } while (own !== this.#store.own);
    for (const { intent, state, since, tries, order } of added)
      this.#report({ intent: intent!, state, since, tries }, own, order);
  }

  async #ask(command: Command): Promise<void> {
    if (this.#leader) return this.#run(command);
    await this.#commands.ask(command);
  }

  /** Runs the command. If it fails, does not answer, so that the next leader carries the command out. */
  #carryOut(command: Command): Promise<'done' | undefined> {
    return this.#run(command).then(
      () => 'done',
      () => undefined,
    );
  }

  async #run(command: Command): Promise<void> {
    if (command.type === 'retry') this.#leader?.retry(command.key);
    else if (command.type === 'discard') await this.#discard(command);
    else await this.#leader?.flush();
  }

  /** Discards the entry. Ignores a late command for an entry that the outbox has accepted again since. */
  async #discard({ key, since }: Extract<Command, { type: 'discard' }>): Promise<void> {
    const entry = this.#leader?.entries.find(({ intent }) => intent.key === key);
    if (since === undefined || !entry || entry.since === since) await this.#leader?.discard(key);
  }

  async #receive(message: Message): Promise<void> {
    if (this.#leader) return this.#receiveAsLeader(message, this.#leader);
    if (message.type === 'entry' || message.type === 'entries') this.#noteLeader(message.own);
    switch (message.type) {
      case 'entry':
        if (this.#leaderEntries.mayReplace(message.entry, message.own)) this.#report(message.entry, message.own);
        break;
      case 'kept':
        await this.#handedOver(message.keys);
        break;
      case 'entries':
        this.#catchUp(message.entries, message.own, message.last);
        if (message.own === undefined) await this.#forgetGone(message.last).catch(() => undefined);
        if (this.#isLeaderVolatile) this.#options.takeLead?.();
        if (message.began) this.#commands.repeat();
    }
  }

  /** Notes which store the leader uses. Hands over this tab's waiting rows if the leader has the shared store. */
  #noteLeader(own: string | undefined): void {
    this.#leaderStore = own === undefined ? 'shared' : 'own';
    if (own !== undefined) return;
    this.#held = [];
    this.#handOver();
  }

  /** Collects the unsettled rows of this tab's own store. */
  async #gather(): Promise<void> {
    if (this.#store.own === undefined || this.#leader) return;
    const { rows } = await this.#store.load();
    if (!this.#leader) for (const row of unsettled(rows)) this.#unsharedRows.set(row.key, row);
  }

  #handOver(): void {
    if (this.#unsharedRows.size > 0) this.#post({ type: 'keep', rows: [...this.#unsharedRows.values()] });
  }

  /** Forgets rows that the leader has stored, so that this tab does not add them to any store again. */
  async #handedOver(keys: readonly string[]): Promise<void> {
    const mine = keys.filter((key) => this.#unsharedRows.delete(key));
    this.#leaderEntries.handOver(keys);
    if (this.#store.own !== undefined) await this.#store.forget(mine);
    if (mine.length > 0) this.#post({ type: 'ask' });
  }

  async #receiveAsLeader(message: Message, leader: DurableOutbox): Promise<void> {
    if (message.type === 'ask') this.#post({ type: 'entries', ...this.#snapshot(leader) });
    if (message.type === 'added') await leader.refresh();
    if (message.type === 'keep' && this.#store.own === undefined) {
      await this.#store.add(message.rows);
      await leader.refresh();
      // The follower then asks for the state of the rows, which this leader knows now.
      if (leader === this.#leader) this.#post({ type: 'kept', keys: message.rows.map(({ key }) => key) });
    }
  }

  #startRound(): void {
    this.#round = this.#options.environment.timers.setTimeout(() => {
      if (this.#leader) {
        // If the store rejects, a later round tries again.
        if (++this.#rounds % lookEvery === 0) this.#leader.refresh().catch(() => undefined);
      } else if (this.#hasUnsettled || this.#isLeaderVolatile) this.#post({ type: 'ask' });
      this.#startRound();
    }, askEvery);
  }

  get #hasUnsettled(): boolean {
    return this.entries.some(({ state }) => state !== 'settled');
  }

  /** Whether the leader has only a store that ends with its page, while this tab has the shared store. */
  get #isLeaderVolatile(): boolean {
    return this.#leaderStore === 'own' && this.#store.own === undefined;
  }

  get #ownStore(): { own?: string } {
    const { own } = this.#store;
    return own === undefined ? {} : { own };
  }

  #snapshot({ entries, kept: { last } }: DurableOutbox): Omit<Extract<Message, { type: 'entries' }>, 'type'> {
    return { entries, last, ...this.#ownStore };
  }

  /** Replaces the known entries with the leader's. Reports entries that the leader's store no longer has as settled. */
  #catchUp(entries: readonly OutboxEntry[], own: string | undefined, last = Infinity): void {
    const known = new Set(entries.map(({ intent }) => intent.key));
    const before = this.#leaderEntries.of(own, last);
    for (const { intent } of before) this.#leaderEntries.delete(intent.key);
    for (const entry of entries) if (this.#leaderEntries.mayReplace(entry, own)) this.#report(entry, own);
    this.#reportDone(before.filter(({ intent, state }) => state !== 'settled' && !known.has(intent.key)));
  }

  /** Removes entries whose rows a former leader removed without a report. The present leader does not know them. */
  async #forgetGone(last = Infinity): Promise<void> {
    const newer = this.#leaderEntries.after(last);
    if (newer.length === 0 || this.#store.own !== undefined) return;
    const there = await this.#store.orders();
    const gone = newer.filter(({ entry, order }) => !there.has(order) && this.#leaderEntries.entries.includes(entry));
    for (const { entry } of gone) this.#leaderEntries.delete(entry.intent.key);
    this.#reportDone(gone.map(({ entry }) => entry));
  }

  #reportDone(entries: readonly OutboxEntry[]): void {
    for (const one of entries) for (const listener of [...this.#listeners]) listener({ ...one, state: 'settled' });
  }

  #report(entry: OutboxEntry, own: string | undefined, order?: number): void {
    if (entry.state === 'discarded') this.#leaderEntries.delete(entry.intent.key);
    else if (!this.#leader) this.#leaderEntries.set(entry, own, order);
    this.#pops.update(entry);
    for (const listener of [...this.#listeners]) listener(entry);
  }

  #post(message: Message): void {
    this.#options.channel.post(message);
  }
}
