/** Something that is read from elsewhere: neither value nor problem while it is on its way. */
export interface Loaded<T> {
  value?: T;
  problem?: Error;
}

interface Load extends Loaded<unknown> {
  run(): Promise<void>;
}

/** What the views show, read when it is first shown, and again when it changed. */
export class Loads {
  readonly #loads = new Map<string, Load>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** `again`: what was there before, of a read that is not the first. */
  get<T>(key: string, read: (again?: T) => Promise<T>): Loaded<T> {
    let load = this.#loads.get(key);
    if (!load) {
      const started: Load = {
        run: async () => {
          try {
            started.value = await read(started.value as T | undefined);
            started.problem = undefined;
          } catch (error) {
            started.problem = error as Error;
          }
          this.#changed();
        },
      };
      this.#loads.set(key, (load = started));
      void started.run();
    }
    return load as Loaded<T>;
  }

  /** Reads again, with what is there in sight until then. */
  refresh(key: string) {
    return this.#loads.get(key)?.run();
  }

  /** Reads anew when it is next shown. */
  drop(prefix: string) {
    for (const key of this.#loads.keys()) if (key.startsWith(prefix)) this.#loads.delete(key);
    this.#changed();
  }
}
