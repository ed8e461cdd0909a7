import type { Devices } from '../machine/leader/leader-state.js';
import type { ShortcutName } from './shortcut-names.js';

/** The person's choices for this browser. They contain no name or number of a person. */
export interface OwnChoices {
  locale?: string;
  devices?: Devices;
  shortcuts?: Partial<Record<ShortcutName, string>>;
}

const key = 'ccai-panel';

/** Holds the choices for the page's lifetime when the browser denies storage, as in some frames. */
let refused: OwnChoices = {};

export function ownChoices(): OwnChoices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return refused;
  }
}

export function saveOwnChoices(choices: OwnChoices): void {
  const all = { ...ownChoices(), ...choices };
  try {
    localStorage.setItem(key, JSON.stringify(all));
  } catch {
    refused = all;
  }
}
