import type { Environment, SealedStore, TabChannel } from '../environment/environment.js';
import { TabRequests } from '../environment/tab-requests.js';
import type { Intent, IntentOf } from '../records/intent.js';
import { DurableOutbox, type DurableOutboxOptions } from './durable-outbox.js';
import { newRows, unsettled, type NewRow, type OutboxRow } from './outbox-row.js';
import { OutboxStore } from './outbox-store.js';
import type { Outbox, OutboxEntry } from './outbox.js';
import { ScreenPops } from './screen-pops.js';
import { LeaderEntries } from './leader-entries.js';

/** How often a tab that does not lead asks for what it may have missed while it slept. */
const askEvery = 5000;
/** How often, in rounds, the leader looks whether a tab has kept something and could not say so any more. */
const lookEvery = 6;

export interface SharedOutboxOptions extends Pick<DurableOutboxOptions, 'host' | 'batching'> {
  storage: SealedStore;
  channel: TabChannel;
  environment: Pick<Environment, 'clock' | 'timers' | 'random'>;
  showTicket: (ticketId: string, sessionId: string) => Promise<void>;
  /** The store says that another tab leads, or refuses with this: nothing is sent until `lead` is called again. */
  deposed?: (failure: unknown) => void;
  /** Something that was kept cannot be read any more. */
  unreadable?: () => void;
  /** Another tab leads whose store is lost with it, and this one has the store that is not. */
  takeLead?: () => void;
}

type Command = { type: 'retry'; key?: string } | { type: 'discard'; key: string; since?: number } | { type: 'flush' };
/** `own`: of a leader whose store only it has. */
type Message =
  | { type: 'added' | 'ask' }
  | { type: 'entry'; entry: OutboxEntry; own?: string }
  /** `last`: the order of the last row that the leader knows of. */
  | { type: 'entries'; entries: readonly OutboxEntry[]; last?: number; began?: true; own?: string }
  /** Of a tab whose store is lost with it, to the leader that has the store of all. */
  | { type: 'keep'; rows: readonly NewRow[] }
  | { type: 'kept'; keys: readonly string[] };

/**
 * One outbox for all tabs of an agent. Every tab accepts, into the store that they share; the one that leads sends, and
 * tells the others what becomes of it. A leader that is replaced does no harm when it wakes up: its epoch is over.
 */
export class SharedOutbox implements Outbox {
  readonly #options: SharedOutboxOptions;
  readonly #store: OutboxStore;
  readonly #pops: ScreenPops;
  readonly #listeners = new Set<(entry: OutboxEntry) => void>();
  /** What the leader has told, while another tab leads. */
  readonly #leaderEntries = new LeaderEntries();
  /** What a person wants, until the leader has done it: one that goes before leaves it to the next. */
  readonly #commands: TabRequests<Command, 'done'>;
  #leader: DurableOutbox | undefined;
  /** Whose store the tab that leads has: that of all tabs, or its own. */
  #leaderStore: 'shared' | 'own' | undefined;
  /** What this tab knew at the end of its turn, until it hears of another that leads. */
  #held: readonly OutboxRow[] = [];
  /** Which store they are in. */
  #heldIn: string | undefined;
  /** What this tab has accepted into a store of its own, until the leader has kept it. */
  readonly #unsharedRows = new Map<string, NewRow>();
  /** Counts the turns of leading: what gets ready after its turn is over leads nothing. */
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

  /** Of this tab's turn at leading, for whatever else must not be written by a tab whose turn is over. */
  get epoch(): number | undefined {
    return this.#leader?.kept.epoch;
  }

  /** This tab sends from now on. Resolves when what was left has been taken up; rejects where the store does. */
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
    // What was accepted while this turn began. Where the store refuses, the next round looks again.
    await leader.refresh().catch(() => undefined);
  }

  /** A9: the journal was told that this turn is over. An outbox that has nothing to write would never hear of it. */
  lost(): void {
    if (!this.#leader) return;
    this.follow();
    this.#options.deposed?.(undefined);
  }

  /** Another tab sends from now on. */
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
    // What it was just keeping.
    void this.#gather().then(() => this.#handOver());
  }

  /** The store that all tabs share could be opened after all: what waits is taken there, at the next turn or by the leader. */
  reopened(): void {
    if (this.#leader) {
      for (const row of unsettled(this.#leader.kept.all)) this.#unsharedRows.set(row.key, row);
      return this.lost();
    }
    this.#store.add([...this.#unsharedRows.values()]).then(
      () => this.#post({ type: 'added' }),
      // They are kept at this tab's next turn.
      () => undefined,
    );
  }

  /** The leader has the store that all share, and this tab has not. */
  get lacksSharedStore(): boolean {
    return this.#store.own !== undefined && this.#leaderStore === 'shared';
  }

  /** False: what waits is lost with the page. */
  get durable(): boolean {
    return this.#store.durable;
  }

  get entries(): readonly OutboxEntry[] {
    return this.#leader?.entries ?? this.#leaderEntries.entries;
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
    await leader?.enqueue(intents);
    // A turn that ended meanwhile: what it has kept may be known to no leader.
    if (leader && leader === this.#leader) return;
    const rows = newRows(intents, this.#options.environment.clock.now());
    let added: readonly OutboxRow[];
    let own: string | undefined;
    do {
      own = this.#store.own;
      added = await this.#store.add(rows);
      // It may have been opened anew meanwhile.
    } while (own !== this.#store.own);
    for (const { intent, state, since, tries, order } of added)
      this.#report({ intent: intent!, state, since, tries }, own, order);
    await this.#gather();
    this.#handOver();
    this.#post({ type: 'added' });
    // It may have begun to lead meanwhile, after what was there was read.
    await (this.#leader as DurableOutbox | undefined)?.refresh();
  }

  async #ask(command: Command): Promise<void> {
    if (this.#leader) return this.#run(command);
    await this.#commands.ask(command);
  }

  /** A command that fails is not answered: the next leader carries it out. */
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

  /** What is wanted again since a person gave it up is not given up: a command may come late. */
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

  /** Another tab leads. Whatever waits is to be in the store that outlives the tabs: its rows, or the lead, change hands. */
  #noteLeader(own: string | undefined): void {
    this.#leaderStore = own === undefined ? 'shared' : 'own';
    if (own !== undefined) return;
    this.#held = [];
    this.#handOver();
  }

  /** What waits in a store of this tab's own, as that store has it. */
  async #gather(): Promise<void> {
    if (this.#store.own === undefined || this.#leader) return;
    const { rows } = await this.#store.load();
    if (!this.#leader) for (const row of unsettled(rows)) this.#unsharedRows.set(row.key, row);
  }

  #handOver(): void {
    if (this.#unsharedRows.size > 0) this.#post({ type: 'keep', rows: [...this.#unsharedRows.values()] });
  }

  /** They are the leader's from now on, whatever store this tab has at its next turn. */
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
      // Who hears it asks what has become of them, of a leader that knows them.
      if (leader === this.#leader) this.#post({ type: 'kept', keys: message.rows.map(({ key }) => key) });
    }
  }

  #startRound(): void {
    this.#round = this.#options.environment.timers.setTimeout(() => {
      if (this.#leader) {
        // What the store refuses now it may give at the next round.
        if (++this.#rounds % lookEvery === 0) this.#leader.refresh().catch(() => undefined);
      } else if (this.#hasUnsettled || this.#isLeaderVolatile) this.#post({ type: 'ask' });
      this.#startRound();
    }, askEvery);
  }

  get #hasUnsettled(): boolean {
    return this.entries.some(({ state }) => state !== 'settled');
  }

  /** By a tab whose store is lost with it, while this one has that of all. */
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

  /** All that the leader has: of its store, what it knew and does not have any more is done. */
  #catchUp(entries: readonly OutboxEntry[], own: string | undefined, last = Infinity): void {
    const known = new Set(entries.map(({ intent }) => intent.key));
    const before = this.#leaderEntries.of(own, last);
    for (const { intent } of before) this.#leaderEntries.delete(intent.key);
    for (const entry of entries) if (this.#leaderEntries.mayReplace(entry, own)) this.#report(entry, own);
    this.#reportDone(before.filter(({ intent, state }) => state !== 'settled' && !known.has(intent.key)));
  }

  /** What a leader has removed that was gone before it could say so: the next one never knew of it. */
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
