import { CrmError } from '../crm/crm-error.js';
import type { CrmHost, TicketWrite, WriteResult } from '../crm/crm-host.js';
import type { Clock, Environment } from '../environment/environment.js';
import { forwardClock } from '../environment/forward-clock.js';
import type { Settings } from '../domain/settings.js';
import type { Ticket } from '../domain/ticket.js';
import { reopensOnOutboundCall } from '../domain/reopening.js';
import type { Intent, IntentOf } from '../records/intent.js';
import { BatchWindow, isBatched, mostTickets } from './batching.js';
import { Claims } from './claims.js';
import { insteadOf } from './contact-gone.js';
import { creationAttempt, make } from './creation.js';
import { asOfItsTime, folded } from './fold.js';
import { followUpOf, goingOn, goneBefore, isFollowUpOf } from './follow-up.js';
import { dueGroups, isDue, isReady, nextDue, resolved, type Group } from './lanes.js';
import { Loop } from './loop.js';
import { OutboxRows } from './outbox-rows.js';
import {
  failedRows,
  forContact,
  isOpen,
  isWaiting,
  isWrite,
  onNewStamp,
  retargeted,
  rowAgain,
  sentAlone,
  sentInGroup,
  triedAgain,
  type OpenRow,
  type OutboxRow,
  type WriteRow,
} from './outbox-row.js';
import { Deposed, type OutboxStore } from './outbox-store.js';
import type { Outbox, OutboxEntry, OutboxResult } from './outbox.js';
import { failureOf, failureOfWrite, type WriteFailure } from './retry-policy.js';
import { lapses, solves } from './moved-line.js';
import { SignInWatch } from './sign-in-watch.js';
import { RowRemoval } from './row-removal.js';
import { TicketCache } from './ticket-cache.js';
import { written } from './written.js';

const longestChain = 20;

export interface DurableOutboxOptions {
  host: CrmHost;
  store: OutboxStore;
  environment: Pick<Environment, 'clock' | 'timers'>;
  batching: () => Settings['batching'];
  /** Is called when the outbox has stopped because another tab leads, or because the store rejected with `failure`. */
  onDeposed?: (failure: unknown) => void;
}

/**
 * The leader's outbox. Stores every intent, then sends it to the CRM exactly once, in as few requests as possible.
 * Sends creations one at a time, without waiting for the window (B4). Sends the due writes to all tickets together
 * (B2), and keeps the order of each ticket's writes (B3).
 */
export class DurableOutbox implements Outbox {
  readonly #options: DurableOutboxOptions;
  readonly #rows: OutboxRows;
  readonly #clock: Clock;
  readonly #window = new BatchWindow();
  readonly #tickets: TicketCache;
  readonly #signIn: SignInWatch;
  readonly #claims = new Claims();
  readonly #removal: RowRemoval;
  #timer: unknown;
  readonly #loops: readonly Loop[];
  #flushing = false;
  #stopped = false;

  private constructor(options: DurableOutboxOptions, rows: OutboxRows) {
    this.#options = options;
    this.#rows = rows;
    this.#removal = new RowRemoval(rows, this.#claims, () => rows.refresh(this.#due));
    this.#clock = forwardClock(options.environment.clock);
    this.#tickets = new TicketCache(options.host);
    this.#signIn = new SignInWatch(options.host, options.environment.timers, () => void this.#again(this.#parked()));
    const ended = (refused?: { cause: unknown }) => (refused ? this.#lost(refused.cause) : this.#sleep());
    this.#loops = [() => this.#create(), () => this.#write()].map((step) => new Loop(step, ended));
  }

  /** Becomes the leader and loads the stored rows. `held`: the rows at the end of this tab's last turn as leader. */
  static async open(options: DurableOutboxOptions, held: readonly OutboxRow[] = []): Promise<DurableOutbox> {
    const rows = await OutboxRows.open(options.store, options.environment.clock, held);
    const outbox = new DurableOutbox(options, rows);
    await outbox.refresh();
    // B5: sends the parked rows, because an agent often reloads the page after signing in to the CRM.
    void outbox.#again(outbox.#parked());
    return outbox;
  }

  get kept(): Pick<OutboxRows, 'all' | 'epoch' | 'last' | 'get'> {
    return this.#rows;
  }

  get entries(): readonly OutboxEntry[] {
    return this.#rows.entries;
  }

  knows(key: string): boolean {
    return this.#rows.get(key) !== undefined;
  }

  noteTickets(tickets: readonly (Ticket & { stamp?: string })[]): void {
    for (const { stamp, ...ticket } of tickets) if (stamp !== undefined) this.#tickets.note(ticket, stamp);
  }

  async enqueue(intents: readonly Intent[]): Promise<void> {
    await this.#rows.add(intents, this.#due);
    this.#pump();
  }

  /** Loads the rows that other tabs have added. */
  async refresh(): Promise<void> {
    await this.#rows.refresh(this.#due);
    this.#pump();
  }

  /** B2, B4: a batched write waits for the end of the window. All other intents are due at once. */
  #due = (intent: Intent): number => {
    const batching = this.#options.batching();
    const waits = intent.kind === 'write-ticket' && !intent.urgent && isBatched(intent, batching);
    return waits ? this.#window.join(this.#now, batching.windowSeconds) : 0;
  };

  subscribe(listener: (entry: OutboxEntry) => void): () => void {
    return this.#rows.subscribe(listener);
  }

  retry(key?: string): void {
    const group = key === undefined ? undefined : this.#rows.get(key)?.group;
    // The outbox always sends the rows of one group together.
    const isWanted = (row: OutboxRow) => key === undefined || row.key === key || (group && row.group === group);
    const can = (row: OutboxRow) => isOpen(row) && row.state !== 'sending' && row.state !== 'expired';
    void this.#again(this.#rows.all.filter((row) => can(row) && isWanted(row)));
  }

  async discard(key: string): Promise<void> {
    if (this.#isStillLeading(await this.#removal.discard(key))) this.#pump();
  }

  settled(prefix: string): ReturnType<Outbox['settled']> {
    return this.#rows.settled(prefix);
  }

  async takeBack(isWanted: (intent: Intent) => boolean): Promise<'done' | 'waits'> {
    const outcome = await this.#removal.takeBack(isWanted);
    if (!this.#isStillLeading(outcome !== undefined)) throw new Deposed('Another tab leads, or the store refuses.');
    this.#pump();
    return outcome!;
  }

  async flush(): Promise<void> {
    this.#flushing = true;
    // Loads the rows that other tabs added if their message got lost. If the store rejects, these rows keep waiting.
    await this.#rows.refresh(this.#due).catch(() => undefined);
    // Waits for rows that a person has just retried, so that the flush sends them too.
    for (let claimed = this.#claims.pending; claimed; claimed = this.#claims.pending) await claimed;
    this.#pump();
    while (this.#loops.some(({ running }) => running)) await Promise.all(this.#loops.map(({ running }) => running));
    this.#flushing = false;
  }

  stop(): void {
    const { timers } = this.#options.environment;
    this.#stopped = true;
    for (const loop of this.#loops) loop.stop();
    timers.clearTimeout(this.#timer);
    this.#signIn.stop();
    this.#rows.stop();
  }

  readonly #parked = () => this.#rows.all.filter(({ state }) => state === 'parked');

  get #now(): number {
    return this.#clock.now();
  }

  /** The system clock's time. Unlike `#now`, it may go back. */
  get #date(): number {
    return this.#options.environment.clock.now();
  }

  #pump(): void {
    if (!this.#stopped) for (const loop of this.#loops) loop.start();
  }

  #sleep(): void {
    const { timers } = this.#options.environment;
    timers.clearTimeout(this.#timer);
    if (this.#stopped) return;
    const ends = (ticketId: string) => this.#window.notBefore(ticketId, this.#now);
    const at = nextDue(this.#rows.all, this.#now, this.#ticketOf, ends);
    if (at < Infinity) this.#timer = timers.setTimeout(() => this.#pump(), Math.max(0, at - this.#now));
  }

  #ticketOf = (row: WriteRow): string | undefined =>
    resolved(row.intent.ticket, 'ticketId', (key) => this.#rows.get(key));

  /** Runs `send`. If `send` throws, leaves no row in the state `sending`, and retries the unsent rows after a delay. */
  #sending(owner: 'creating' | 'writing', keys: readonly string[], send: () => Promise<boolean>): Promise<boolean> {
    return this.#claims.during(owner, keys, async () => {
      let thrown: { error?: unknown } | undefined;
      const goesOn = await send().catch((error: unknown) => {
        thrown = { error };
        return true;
      });
      if (this.#stopped) return goesOn;
      const rows = keys.flatMap((key) => this.#rows.get(key) ?? []);
      const left = rows.filter(({ state }) => state === 'sending');
      const unsent = rows.filter((row) => thrown && isOpen(row) && isWaiting(row) && isDue(row, this.#now));
      const failure = failureOf(thrown?.error);
      if (left.length > 0) await this.#failed(left, failure);
      if (unsent.length > 0) await this.#failed(unsent.map(triedAgain), { ...failure, outcome: 'not-applied' });
      return goesOn;
    });
  }

  // Creations: one at a time, in order, as soon as the records that they refer to exist.

  async #create(): Promise<boolean> {
    const row = this.#rows.all.find(
      (one): one is OpenRow =>
        isOpen(one) &&
        !isWrite(one) &&
        isWaiting(one) &&
        !this.#claims.has(one.key) &&
        isDue(one, this.#now) &&
        isReady(one.intent, (key) => this.#rows.get(key)),
    );
    return row ? this.#sending('creating', [row.key], () => this.#createOne(row)) : false;
  }

  async #createOne(row: OpenRow): Promise<boolean> {
    const attempt = creationAttempt(row, this.#date);
    const intent = row.maybeApplied ? row.intent : asOfItsTime(row, this.#date);
    if (!(await this.#save([sentAlone(row, intent)]))) return false;
    try {
      const { result, stamp } = await make(this.#options.host, intent, attempt, (made) => this.#rows.get(made));
      if (result.ticket && stamp !== undefined) this.#tickets.keep(result.ticket, stamp);
      await this.#settle([this.#rows.get(row.key)!], result, stamp);
    } catch (error) {
      await this.#creationFailed(row.key, intent, failureOf(error));
    }
    return true;
  }

  async #creationFailed(key: string, intent: Intent, failure: WriteFailure): Promise<void> {
    const row = this.#rows.get(key)!;
    const instead = await insteadOf(this.#options.host, intent, failure).catch(() => undefined);
    if (!instead) return this.#failed([row], failure);
    if (instead.made && !this.#isStillLeading(await this.#rows.addLeading(instead.made))) return;
    await this.#save([forContact(row, intent as IntentOf<'create-ticket'>, instead.contact)]);
  }

  // Writes to tickets: all due writes in one call.

  async #write(): Promise<boolean> {
    if (this.#dueGroups().length === 0) return false;
    // B3: another tab may have added earlier rows to these tickets, and its message may be late. Those rows go first.
    await this.#rows.refresh(this.#due);
    const groups = this.#dueGroups();
    const keys = groups.flatMap(({ rows }) => rows.map(({ key }) => key));
    return this.#sending('writing', keys, () => this.#writeGroups(groups));
  }

  async #writeGroups(groups: readonly Group[]): Promise<boolean> {
    // Reads the tickets in parallel. If a read fails, `#prepare` reads the ticket again and handles the failure.
    if (groups.length > 1) await Promise.allSettled(groups.map(({ ticketId }) => this.#tickets.read(ticketId)));
    const ready: { group: Group; ticket: Ticket; write: TicketWrite }[] = [];
    for (const group of groups) {
      const next = await this.#prepare(group);
      if (next) ready.push({ group, ...next });
    }
    if (ready.length === 0 || this.#stopped) return !this.#stopped;
    const writes = ready.map(({ write }) => write);
    const results = await written(this.#options.host, writes);
    for (const [at, { group, ticket, write }] of ready.entries()) await this.#apply(group, ticket, write, results[at]);
    return true;
  }

  #dueGroups(): readonly Group[] {
    const groups = dueGroups(this.#rows.all, {
      now: this.#now,
      ticketOf: this.#ticketOf,
      isBusy: ({ key }) => this.#claims.has(key),
      isBatched: ({ intent }) => isBatched(intent, this.#options.batching()),
      notBefore: (ticketId) => this.#window.notBefore(ticketId, this.#now),
      flushing: this.#flushing,
    });
    return groups.slice(0, mostTickets);
  }

  /** Stores the group's key, stamp and status before the first try, so that every try sends the same write. */
  async #prepare(group: Group): Promise<{ ticket: Ticket; write: TicketWrite } | undefined> {
    const { ticketId, rows } = group;
    const first = rows[0]!;
    try {
      // The stored stamp says nothing about whether an earlier try was applied.
      if (first.maybeApplied) this.#tickets.forget(ticketId);
      const ticket = await this.#tickets.read(ticketId);
      if (!ticket) throw new CrmError('not-found', `There is no ticket ${ticketId}.`);
      if (ticket.status === 'closed' && !first.maybeApplied)
        return void (await this.#moveOn(group, ticket, ticket.mergedInto));
      const { reopen, ...write } = folded(rows, this.#date);
      const opens = reopen && reopensOnOutboundCall(ticket) ? ('open' as const) : undefined;
      const solved = solves(first, ticket, this.#rows.all, this.#ticketOf) ? ('solved' as const) : undefined;
      const status = first.status ?? solved ?? opens;
      const key = first.group ?? (rows.length === 1 ? first.key : `${first.key}#${rows.length - 1}`);
      const stamp = first.stamp ?? ticket.stamp;
      if (!(await this.#save(rows.map((row) => sentInGroup(row, { group: key, stamp, status }))))) return undefined;
      const attempt = first.maybeApplied ? 'maybe-applied' : 'first';
      return { ticket, write: { key, ticketId, attempt, ifStamp: stamp, ...write, ...(status && { status }) } };
    } catch (error) {
      // The outbox has sent nothing. It counts the try all the same, so that the next delay is longer.
      await this.#failed(rows.map(triedAgain), { ...failureOf(error), outcome: 'not-applied' });
      return undefined;
    }
  }

  async #apply({ rows }: Group, ticket: Ticket, write: TicketWrite, result: WriteResult | undefined): Promise<void> {
    const now = rows.map(({ key }) => this.#rows.get(key) as WriteRow);
    if (result?.ok) {
      this.#window.updated(ticket.id, this.#now);
      const written = this.#tickets.wrote(ticket, result.stamp, write.status);
      return this.#settle(now, { ticket: written }, result.stamp);
    }
    // The cached ticket stays valid only if the CRM applied nothing and reported no conflict.
    if (result?.outcome !== 'not-applied' || result.reason === 'conflict') this.#tickets.forget(ticket.id);
    if (result?.reason === 'merged' || result?.reason === 'closed')
      return this.#moveOn({ ticketId: ticket.id, rows: now }, ticket, result.mergedInto);
    const failure = failureOfWrite(result);
    return this.#failed(failure.code === 'conflict' ? now.map(onNewStamp) : now, failure);
  }

  /**
   * R12: the remaining writes of a merged ticket go to its target. Those of a closed ticket go to a follow-up ticket.
   */
  async #moveOn({ ticketId, rows: all }: Group, ticket: Ticket, mergedInto: string | undefined): Promise<void> {
    const known = this.#rows.all.find(({ key }) => isFollowUpOf(key, ticketId))?.key;
    const gone = mergedInto === undefined ? all.filter((row) => lapses(row, known)) : [];
    if (gone.length > 0) await this.#settle(gone, {});
    const rows = all.filter((row) => !gone.includes(row));
    if (rows.length === 0) return;
    const moves = Math.max(...rows.map((row) => row.moves ?? 0));
    if (moves >= longestChain)
      return this.#failed(rows, { code: 'closed', outcome: 'refused', message: `Ticket ${ticketId} is closed.` });
    const intents = rows.map(({ intent }) => intent);
    const followUp = mergedInto === undefined && known === undefined ? followUpOf(intents, ticket) : undefined;
    if (followUp && !this.#isStillLeading(await this.#rows.addLeading(followUp))) return;
    const before = mergedInto === undefined ? undefined : goneBefore(this.#rows.all, ticketId);
    const target = before ?? (mergedInto !== undefined ? { id: mergedInto } : { madeBy: known ?? followUp!.key });
    const isOfTicket = (row: OutboxRow): row is WriteRow => isWrite(row) && this.#ticketOf(row) === ticketId;
    const isBusy = ({ key }: OutboxRow) => this.#claims.hasForOther(key, 'writing');
    const goesOn = (row: WriteRow) => mergedInto !== undefined || !lapses(row, known ?? followUp!.key);
    const moving = goingOn(this.#rows.all.filter(isOfTicket), rows, isBusy).filter(goesOn);
    await this.#save(moving.map((row) => retargeted(row, ticketId, target, moves + 1)));
    this.#pump();
  }

  async #settle(rows: readonly OutboxRow[], result: OutboxResult, stamp?: string): Promise<void> {
    const made = {
      ...(result.contact && { contactId: result.contact.id }),
      ...(result.ticket && { ticketId: result.ticket.id }),
      ...(stamp !== undefined && { stamp }),
    };
    if (this.#isStillLeading(await this.#rows.settle(rows, made, result))) this.#pump();
  }

  async #failed(rows: readonly OutboxRow[], failure: WriteFailure): Promise<void> {
    await this.#save(failedRows(rows, failure, this.#now));
    if (failure.code === 'unauthorized') this.#signIn.wait();
  }

  async #again(rows: readonly OutboxRow[]): Promise<void> {
    const free = rows.filter(({ key }) => !this.#claims.has(key));
    const keys = free.map(({ key }) => key);
    await this.#claims.during('person', keys, () => this.#save(free.map(rowAgain)));
    this.#pump();
  }

  /** Saves the rows. Resolves with false if another tab leads or the store rejects: the outbox has then stopped. */
  async #save(rows: readonly OutboxRow[]): Promise<boolean> {
    return this.#isStillLeading(await this.#rows.save(rows));
  }

  #isStillLeading(saved: boolean): boolean {
    if (!saved) this.#lost(this.#rows.failure);
    return saved;
  }

  #lost(failure: unknown): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.onDeposed?.(failure);
  }
}
