import { createActor, fromPromise, type ActorRefFrom } from 'xstate';
import type { Environment } from '../environment/environment.js';
import type { Page } from '../domain/contact.js';
import type { Session } from '../domain/session.js';
import type { LeaderCommand } from '../machine/leader/leader-state.js';
import { listMachine, listView, type ListCommand, type ListName, type ListView } from '../machine/list-machine.js';
import type { ListItems, PlatformList } from './platform-list.js';
import { xstateClock } from './xstate-clock.js';

interface PlatformListsOptions {
  environment: Environment;
  /** The tab that leads asks the platform. */
  ask: (command: LeaderCommand) => Promise<unknown>;
  /** The name of a contact of the CRM. */
  nameOf: (contactId: string) => Promise<string | undefined>;
  changed: () => void;
}

/** The platform's lists in this tab, each opened when it is first looked at. */
export class PlatformLists {
  readonly #options: PlatformListsOptions;
  readonly #names = new Map<string, string>();
  #naming: Promise<void> = Promise.resolve();
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
    };
  }

  /** Something has happened that the platform lists, or somebody has logged in: what was looked at is read again. */
  refresh(...names: readonly ListName[]): void {
    for (const name of names.length > 0 ? names : this.#actors.keys())
      this.#actors.get(name)?.send({ type: 'refresh' });
  }

  stop(): void {
    for (const actor of this.#actors.values()) actor.stop();
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

  /** One after the other, each once: a list is not worth more of the CRM's limits. */
  #learnNames(items: readonly unknown[]): void {
    const { nameOf, changed } = this.#options;
    for (const item of items) {
      const id = (item as { session?: Session }).session?.record?.contactId;
      if (id === undefined || this.#names.has(id)) continue;
      this.#names.set(id, '');
      this.#naming = this.#naming.then(async () => {
        const name = await nameOf(id).catch(() => undefined);
        if (name) {
          this.#names.set(id, name);
          changed();
        } else this.#names.delete(id);
      });
    }
  }
}
