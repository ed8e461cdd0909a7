import { createActor, fromPromise, type ActorRefFrom } from 'xstate';
import type { CrmHost } from '../crm/crm-host.js';
import type { Page } from '../domain/contact.js';
import { toFailure, type Failure } from '../domain/failure.js';
import type { Session } from '../domain/session.js';
import type { Environment } from '../environment/environment.js';
import type { Recall } from '../keeper/record-facts.js';
import type { LeaderCommand } from '../machine/leader/leader-state.js';
import {
  listMachine,
  listView,
  type ListCommand,
  type ListName,
  type ListQuery,
  type ListView,
} from '../machine/list-machine.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { SessionSummary, Telephony, TransferTarget, Voicemail } from '../telephony/telephony.js';
import { xstateClock } from './xstate-clock.js';

const pageSize = 30;

/** The items of each list. An item of `statistics` is a name and a number. */
export interface ListItems {
  history: SessionSummary;
  voicemails: Voicemail;
  directory: TransferTarget;
  statistics: readonly [name: string, value: number];
}

/** The link of a ticket. Without `url` and `failure`, the CRM has no link for it. */
export interface TicketLink {
  ticketId: string;
  url?: string | undefined;
  failure?: Failure;
}

/** One of the platform's lists, in this tab. */
export interface PlatformList<Item> {
  readonly view: ListView<Item>;
  /** The names of the CRM's contacts in the items, by contact id, as far as they are known. */
  readonly names: ReadonlyMap<string, string>;
  send(command: ListCommand): void;
  /** Asks the CRM. Never rejects: a failure is part of the result. */
  ticketLink(ticketId: string): Promise<TicketLink>;
}

interface PlatformListsOptions {
  environment: Environment;
  /** Sends a command to the leader, which asks the platform. */
  ask: (command: LeaderCommand) => Promise<unknown>;
  host: Pick<CrmHost, 'getContact' | 'getTicket'>;
  recall: Pick<Recall, 'contact'>;
  changed: () => void;
}

/** The platform's lists in this tab. Each is opened when a screen first needs it. */
export class PlatformLists {
  readonly #options: PlatformListsOptions;
  readonly #names = new Map<string, string>();
  #lastNameLookUp: Promise<void> = Promise.resolve();
  readonly #actors = new Map<ListName, ActorRefFrom<typeof listMachine>>();

  constructor(options: PlatformListsOptions) {
    this.#options = options;
  }

  list<Name extends ListName>(name: Name): PlatformList<ListItems[Name]> {
    const actor = this.#actors.get(name) ?? this.#open(name);
    return {
      view: listView(actor.getSnapshot()) as ListView<ListItems[Name]>,
      names: this.#names,
      send: (command: ListCommand) => actor.send(command),
      ticketLink: (ticketId) => this.#ticketLink(ticketId),
    };
  }

  /** Reads open lists again, after a change on the platform or a log-in. Without names, reads all open lists. */
  refresh(...names: readonly ListName[]): void {
    for (const name of names.length > 0 ? names : this.#actors.keys())
      this.#actors.get(name)?.send({ type: 'refresh' });
  }

  stop(): void {
    for (const actor of this.#actors.values()) actor.stop();
  }

  async #ticketLink(ticketId: string): Promise<TicketLink> {
    try {
      const ticket = await this.#options.host.getTicket(ticketId, { priority: 'interactive' });
      return { ticketId, url: ticket?.url };
    } catch (error) {
      return { ticketId, failure: toFailure(error) };
    }
  }

  #open(list: ListName): ActorRefFrom<typeof listMachine> {
    const { environment, ask, changed } = this.#options;
    const machine = listMachine.provide({
      actors: {
        load: fromPromise(async ({ input }) => (await ask({ type: 'list', list, ...input })) as Page<unknown>),
        mark: fromPromise(async ({ input }) => void (await ask({ type: 'markVoicemail', ...input }))),
      },
    });
    const actor = createActor(machine, { clock: xstateClock(environment) });
    this.#actors.set(list, actor);
    actor.subscribe(({ context }) => {
      this.#learnNames(context.items);
      changed();
    });
    actor.start();
    return actor;
  }

  async #nameOf(contactId: string): Promise<string | undefined> {
    const { host, recall } = this.#options;
    return (recall.contact(contactId) ?? (await host.getContact(contactId, { priority: 'background' })))?.name;
  }

  /** Looks up the names of contacts, one after the other and each once, to spare the CRM's rate limits. */
  #learnNames(items: readonly unknown[]): void {
    const { changed } = this.#options;
    for (const item of items) {
      const id = (item as { session?: Session }).session?.record?.contactId;
      if (id === undefined || this.#names.has(id)) continue;
      this.#names.set(id, '');
      this.#lastNameLookUp = this.#lastNameLookUp.then(async () => {
        const name = await this.#nameOf(id).catch(() => undefined);
        if (name) {
          this.#names.set(id, name);
          changed();
        } else this.#names.delete(id);
      });
    }
  }
}

/** A question to the platform about a list, a voicemail or devices. */
export type PlatformQuestion = Extract<LeaderCommand, { type: 'list' | 'markVoicemail' | 'setDevices' }>;

const lists: Readonly<
  Record<ListName, (telephony: Telephony, query: ListQuery) => Promise<Page<unknown>> | undefined>
> = {
  history: (telephony, { page }) => telephony.history?.(pageOf(page)),
  voicemails: (telephony, { page }) => telephony.voicemails?.(pageOf(page)),
  directory: (telephony, { text, page }) => telephony.directory?.(text, pageOf(page)),
  statistics: (telephony) => telephony.statistics?.().then((numbers) => ({ items: Object.entries(numbers) })),
};

/** Asks the platform. Rejects with the platform's error, or with `unsupported` if it lacks the method. */
export async function askPlatform(telephony: Telephony, question: PlatformQuestion): Promise<unknown> {
  if (question.type === 'list') return (await lists[question.list](telephony, question)) ?? unsupported();
  if (question.type === 'markVoicemail') return telephony.markVoicemail?.(question.id, question.as) ?? unsupported();
  return telephony.setDevices?.(question.devices) ?? unsupported();
}

const pageOf = (page: string | undefined) => ({ limit: pageSize, page });
const unsupported = (): never => {
  throw new TelephonyError('unsupported', 'The phone platform does not support this.');
};
