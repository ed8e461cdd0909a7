import type { CrmHost } from '../crm/crm-host.js';
import { isTimeZone } from '../domain/record-language.js';
import type { Settings } from '../domain/settings.js';
import type { Clock, Timers } from '../environment/environment.js';
import { inTime } from '../environment/in-time.js';
import { loadWords } from '../records/words/words.js';
import { loadPhoneFormat, type Writing } from '../records/writing.js';

/** Milliseconds. A record never waits longer for a name or for the account's time zone. */
const longestWait = 5_000;
/** Milliseconds. What the CRM did not give is asked again after this time. */
const askAgainAfter = 10 * 60_000;
/** Milliseconds. An account hardly ever changes its time zone. */
const zoneFresh = 24 * 3_600_000;

export interface RecordWritingOptions {
  host: Pick<CrmHost, 'capabilities' | 'getAccount' | 'findAgents'>;
  clock: Clock;
  timers: Timers;
}

/**
 * S17, R33: gives the rules the words, the time zone and the names that records are written with. What the CRM does not
 * give in time is left out: records come first.
 */
export class RecordWriting {
  readonly #options: RecordWritingOptions;
  readonly #names = new Map<string, string>();
  readonly #asked = new Map<string, number>();
  #zone: { at: number; fresh: number; name: string | undefined } | undefined;

  /** Loads what the first record will need. */
  constructor(options: RecordWritingOptions, { tickets }: Settings) {
    this.#options = options;
    void loadPhoneFormat();
    void loadWords(tickets.language);
  }

  /** `agents`: the ids of the colleagues whose names an event may need. */
  async for({ tickets }: Settings, agents: readonly string[]): Promise<Writing> {
    const [words, timeZone, phone] = await Promise.all([
      loadWords(tickets.language),
      tickets.timeZone ?? this.#accountZone(),
      loadPhoneFormat(),
      this.#readNames(agents),
    ]);
    return {
      words,
      timeZone: timeZone ?? 'UTC',
      phone,
      names: Object.fromEntries(this.#names),
      authors: this.#options.host.capabilities.includes('authors'),
    };
  }

  async #accountZone(): Promise<string | undefined> {
    const { host, clock } = this.#options;
    const now = clock.now();
    if (!host.getAccount || (this.#zone && Math.abs(now - this.#zone.at) < this.#zone.fresh)) return this.#zone?.name;
    const account = await this.#ask(() => host.getAccount!());
    const zone = account?.timeZone;
    const name = typeof zone === 'string' && isTimeZone(zone) ? zone : undefined;
    this.#zone = { at: now, fresh: account ? zoneFresh : askAgainAfter, name: name ?? this.#zone?.name };
    return this.#zone.name;
  }

  async #readNames(agents: readonly string[]): Promise<void> {
    const { host, clock } = this.#options;
    const now = clock.now();
    const isWanted = (id: string) =>
      !this.#names.has(id) && Math.abs(now - (this.#asked.get(id) ?? -Infinity)) >= askAgainAfter;
    const ids = [...new Set(agents)].filter(isWanted);
    if (!host.findAgents || ids.length === 0) return;
    for (const id of ids) this.#asked.set(id, now);
    const found = await this.#ask(() => host.findAgents!({ ids }));
    for (const { id, name } of found ?? []) if (ids.includes(id) && typeof name === 'string') this.#names.set(id, name);
  }

  /** Resolves with undefined if the CRM fails or does not answer in time. */
  async #ask<T>(ask: () => Promise<T>): Promise<T | undefined> {
    const tooLate = () => new Error('The CRM did not answer in time.');
    return inTime(ask, { timers: this.#options.timers, milliseconds: longestWait, tooLate }).catch(() => undefined);
  }
}
