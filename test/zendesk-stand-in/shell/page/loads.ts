/** Data that is read from elsewhere. It has neither value nor problem while it loads. */
export interface Loaded<T> {
  value?: T;
  problem?: Error;
}

interface Load extends Loaded<unknown> {
  run(): Promise<void>;
}

/** The data of the views, loaded when first shown and again after a change. */
export class Loads {
  readonly #loads = new Map<string, Load>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** `again`: the previous value, if this is not the first load. */
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

  /** Loads again, and shows the previous value meanwhile. */
  refresh(key: string) {
    return this.#loads.get(key)?.run();
  }

  /** Loads again when next shown. */
  drop(prefix: string) {
    for (const key of this.#loads.keys()) if (key.startsWith(prefix)) this.#loads.delete(key);
    this.#changed();
  }
}
