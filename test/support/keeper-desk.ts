import type { Clock, SealedStore } from '../../src/environment/environment.js';
import type { Session, SessionRecord } from '../../src/domain/session.js';
import type { Settings, SettingsInput } from '../../src/domain/settings.js';
import { mergeSettings } from '../../src/domain/settings-check.js';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import { badEvent, keptWithout } from '../../src/keeper/event-roles.js';
import type { Journal, KeptSession } from '../../src/keeper/journal.js';
import type { KeeperProblem } from '../../src/keeper/problem.js';
import type { RecordKeeperOptions } from '../../src/keeper/options.js';
import { RecordKeeper } from '../../src/keeper/record-keeper.js';
import type { UnrecordedSession, RecordFact } from '../../src/domain/record-fact.js';
import { MemoryHost } from '../../src/memory/index.js';
import type { Outbox, OutboxEntry } from '../../src/outbox/outbox.js';
import { withDependents } from '../../src/outbox/lanes.js';
import type { Intent, Ref } from '../../src/records/intent.js';
import { readEvent } from '../../src/telephony/event-shape.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import type { ActiveSession, Telephony } from '../../src/telephony/telephony.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { crmData } from './crm-data.js';

type Body = SessionEvent extends infer Each
  ? Each extends SessionEvent
    ? Omit<Each, 'id' | 'at' | 'sessionId'> & { id?: string; at?: string }
    : never
  : never;

/** An outbox that sends its rows at once and in order. A failed row waits for `retry`. */
export class DirectOutbox implements Outbox {
  readonly entries: OutboxEntry[] = [];
  readonly #host: MemoryHost;
  readonly #listeners = new Set<(entry: OutboxEntry) => void>();
  #sending = Promise.resolve();
  fails = false;

  constructor(host: MemoryHost) {
    this.#host = host;
  }

  enqueue(intents: readonly Intent[]): Promise<void> {
    if (this.fails) return Promise.reject(new Error('storage is full'));
    for (const intent of intents)
      if (!this.entries.some((entry) => entry.intent.key === intent.key))
        this.entries.push({ intent, state: 'pending', tries: 0, since: 0 });
    this.retry();
    return Promise.resolve();
  }

  knows = (key: string): boolean => this.entries.some(({ intent }) => intent.key === key);
  noteTickets = (): void => undefined;
  settled = (prefix: string) =>
    this.entries.flatMap(({ intent: { key }, state, result }) =>
      state === 'settled' && key.startsWith(prefix)
        ? [{ key, ...(result?.ticket && { ticketId: result.ticket.id }) }]
        : [],
    );
  takeBack = async (isWanted: (intent: Intent) => boolean): Promise<'done' | 'waits'> => {
    await this.#sending;
    for (const { intent, state } of [...this.entries])
      if (state !== 'settled' && isWanted(intent)) await this.discard(intent.key);
    return 'done';
  };

  subscribe(listener: (entry: OutboxEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retry(): void {
    this.#sending = this.#sending.then(async () => {
      for (const entry of this.entries) if (entry.state !== 'settled') await this.#send(entry);
    });
  }

  discard = (key: string) => {
    const given = withDependents(
      this.entries.map(({ intent, state }) => ({ key: intent.key, intent, state })),
      key,
    );
    for (const one of given) {
      const at = this.entries.findIndex(({ intent }) => intent.key === one);
      const [entry] = at < 0 ? [] : this.entries.splice(at, 1);
      for (const listener of entry ? this.#listeners : []) listener({ ...entry!, state: 'discarded' });
    }
    return Promise.resolve();
  };
  flush = () => this.#sending;
  stop = () => undefined;

  async #send(entry: OutboxEntry): Promise<void> {
    try {
      entry.result = await this.#apply(entry.intent);
      entry.state = 'settled';
    } catch (error) {
      const { code = 'broken', message } = error as { code?: string; message: string };
      Object.assign(entry, { state: 'dead', failure: { code, message } });
    }
    for (const listener of this.#listeners) listener(entry);
  }

  async #apply(intent: Intent): Promise<NonNullable<OutboxEntry['result']>> {
    const write = { key: intent.key, attempt: 'first' as const };
    if (intent.kind === 'create-contact') return { contact: await this.#host.createContact(intent.draft, write) };
    if (intent.kind === 'create-ticket') {
      const contactId = this.#made(intent.contact).contact;
      return { ticket: await this.#host.createTicket({ ...intent.draft, contactId }, write) };
    }
    let ticketId = this.#made(intent.ticket).ticket;
    if (intent.kind === 'open-ticket') return this.#host.openTicket(ticketId).then(() => ({}));
    ticketId = this.#host.ticket(ticketId).mergedInto ?? ticketId;
    const { comment, assigneeId, fields } = intent;
    const change = { ...(comment && { comment }), ...(assigneeId && { assigneeId }), ...(fields && { fields }) };
    const [result] = await this.#host.writeTickets([{ ...write, ticketId, ...change }]);
    if (!result!.ok) throw Object.assign(new Error(result!.message), { code: result!.reason });
    return { ticket: this.#host.ticket(ticketId) };
  }

  #made(ref: Ref): { contact: string; ticket: string } {
    if ('id' in ref) return { contact: ref.id, ticket: ref.id };
    const made = this.entries.find(({ intent }) => intent.key === ref.madeBy)?.result;
    if (!made) throw new Error(`${ref.madeBy} is not made yet`);
    return { contact: made.contact?.id ?? '', ticket: made.ticket?.id ?? '' };
  }
}

/** A journal that survives its page, and logs when it was written. */
export class SpyJournal implements Journal {
  readonly kept = new Map<string, string>();
  readonly log: string[];
  refuses = false;

  constructor(log: string[] = []) {
    this.log = log;
  }
  load = () => Promise.resolve([...this.kept.values()].map((text) => JSON.parse(text) as KeptSession));
  save = (session: KeptSession) => {
    if (this.refuses) return Promise.reject(new Error('storage is refused'));
    this.log.push(`saved ${session.sessionId}`);
    this.kept.set(session.sessionId, JSON.stringify(session));
    return Promise.resolve();
  };
  remove = (sessionId: string) => Promise.resolve(void this.kept.delete(sessionId));

  /** The ids of the sessions that a later page has to take up. The others are only remembered. */
  get open(): readonly string[] {
    return [...this.kept].flatMap(([id, text]) =>
      (JSON.parse(text) as KeptSession).overSince === undefined ? [id] : [],
    );
  }
}

/** The part of the platform that keepers use. */
export class FakePlatform {
  readonly sessions = new Map<string, ActiveSession>();
  asked = 0;
  fails = false;
  /** A15: lists the messages of a chat, if the platform can. */
  listMessages?: NonNullable<Telephony['listMessages']>;

  getSession = (id: string): Promise<ActiveSession | undefined> => {
    this.asked++;
    return this.fails ? Promise.reject(new Error('offline')) : Promise.resolve(structuredClone(this.sessions.get(id)));
  };

  set(session: Session, phase: ActiveSession['phase'] = 'connected'): void {
    const moment = { phase, since: '2026-03-02T09:00:00.000Z', muted: false, held: false, recordingPaused: false };
    this.sessions.set(session.id, { ...session, ...moment, participants: [] });
  }

  associate(id: string, record: SessionRecord): void {
    const session = this.sessions.get(id);
    if (session) session.record = { ...session.record, ...record };
  }
}

interface Given {
  settings?: SettingsInput;
  host?: MemoryHost;
  platform?: FakePlatform | null;
  journal?: Journal;
  storage?: SealedStore;
  time?: SimulatedTime;
  /** The machine's clock, if it is wrong. */
  clock?: Clock;
  /** The outbox of an earlier page, with its rows. */
  outbox?: DirectOutbox;
  /** The agent's id. `null`: the keeper serves an account. */
  agent?: string | null;
  options?: Pick<RecordKeeperOptions, 'opensTickets' | 'remembers'>;
  log?: string[];
}

/** A keeper with the embedded CRM, and with an outbox that sends at once. */
export class KeeperDesk {
  readonly time: SimulatedTime;
  readonly host: MemoryHost;
  readonly outbox: DirectOutbox;
  readonly platform: FakePlatform;
  readonly keeper: RecordKeeper;
  readonly facts: { sessionId: string; fact: RecordFact }[] = [];
  readonly problems: KeeperProblem[] = [];
  held: readonly UnrecordedSession[] = [];
  settings: Settings;
  #events = 0;

  private constructor(given: Given) {
    const { settings = {}, host, platform, journal, storage, time = new SimulatedTime(), agent, log = [] } = given;
    this.time = time;
    this.settings = mergeSettings(settings) as Settings;
    this.host = host ?? new MemoryHost({ data: crmData, clock: time, timers: time });
    this.platform = platform ?? new FakePlatform();
    this.outbox = given.outbox ?? new DirectOutbox(this.host);
    this.keeper = new RecordKeeper({
      host: this.host,
      outbox: this.outbox,
      ...(agent === null ? {} : { agent: this.host.agents.find(({ id }) => id === (agent ?? '101'))! }),
      ...given.options,
      settings: () => this.settings,
      recall: { contact: () => undefined, ticket: () => undefined },
      tell: (sessionId, fact) => {
        log.push(`told ${fact.type}`);
        this.facts.push({ sessionId, fact });
        if (fact.type === 'record.associated')
          this.platform.associate(sessionId, this.keeper.recordOf(sessionId) ?? {});
      },
      tellUnrecorded: (held) => (this.held = held),
      report: (problem) => this.problems.push(problem),
      clock: given.clock ?? time,
      timers: time,
      ...(platform === null ? {} : { telephony: this.platform }),
      ...(journal ? { journal } : {}),
      ...(storage ? { storage } : {}),
    });
  }

  static async start(given: Given = {}): Promise<KeeperDesk> {
    await loadPhoneNumbers();
    return new KeeperDesk(given);
  }

  /** Gives the keeper an event of a session, and waits until it is handled. */
  async hear(session: Pick<Session, 'id'>, body: Body): Promise<void> {
    const id = body.id ?? `e${++this.#events}`;
    const at = body.at ?? new Date(this.time.now()).toISOString();
    const taken = this.take({ ...body, id, at, sessionId: session.id } as SessionEvent);
    await this.wait();
    await taken;
    await this.wait();
  }

  /** Takes an event as the leader does: reads it once, and reports its malformed parts. */
  async take(given: SessionEvent): Promise<void> {
    const read = readEvent(given);
    if ('wrong' in read) return void this.problems.push(badEvent(given, read.wrong));
    for (const part of read.dropped) this.problems.push(keptWithout(given, part));
    await this.keeper.take(read.event as SessionEvent);
  }

  assigned(session: Session, agent = '101'): Promise<void> {
    return this.hear(session, { type: 'session.assigned', session, agent });
  }

  async wait(milliseconds = 0): Promise<void> {
    await this.time.advance(milliseconds);
  }

  /** The words of the comments' feet, in order. */
  written(ticketId: string): string[] {
    return this.host.comments(ticketId).map(({ body }) => body.split('\n').at(-1)!.split(' · ')[0]!);
  }

  madeBy(sessionId: string) {
    return this.host.tickets().filter(({ origin }) => origin?.sessionId === sessionId);
  }

  of<Type extends RecordFact['type']>(type: Type) {
    return this.facts.flatMap(({ fact }) => (fact.type === type ? [fact as Extract<RecordFact, { type: Type }>] : []));
  }
}
