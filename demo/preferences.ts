/** The visitor's choices in the drawer. */
export interface Preferences {
  teams: readonly string[];
  administrator: boolean;
  locale: 'en' | 'fr';
  direction: 'ltr' | 'rtl';
  theme: 'auto' | 'light' | 'dark';
  width: '320' | '250';
  drawer: boolean;
  tab: string;
  hintSeen: boolean;
}

export const usualPreferences: Preferences = {
  teams: ['support'],
  administrator: true,
  locale: 'en',
  direction: 'ltr',
  theme: 'auto',
  width: '320',
  drawer: false,
  tab: 'settings',
  hintSeen: false,
};

const key = 'velora-desk';

export type Stored = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function readPreferences(storage: Stored | undefined): Preferences {
  return { ...usualPreferences, ...(readJson(storage, key) as Partial<Preferences> | undefined) };
}

export function storePreferences(storage: Stored | undefined, preferences: Preferences): void {
  storeJson(storage, key, preferences);
}

/** Reads a stored value. Undefined if there is none, or if it cannot be read. */
export function readJson(storage: Stored | undefined, name: string): unknown {
  try {
    return JSON.parse(storage?.getItem(name) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

export function storeJson(storage: Stored | undefined, name: string, value: unknown): void {
  try {
    storage?.setItem(name, JSON.stringify(value));
  } catch {
    // The storage is full or denied. A reload begins with the defaults then.
  }
}
