import type { Devices } from '../machine/leader/leader-state.js';
import type { ShortcutName } from './shortcut-names.js';

/** The person's choices for this browser. They contain no name or number of a person. */
export interface OwnChoices {
  locale?: string;
  devices?: Devices;
  shortcuts?: Partial<Record<ShortcutName, string>>;
}

const key = 'ccai-panel';

/** The choices of this page, if the browser denies storage, as it does in some frames. */
let unsaved: OwnChoices = {};

export function ownChoices(): OwnChoices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return unsaved;
  }
}

export function saveOwnChoices(choices: OwnChoices): void {
  const all = { ...ownChoices(), ...choices };
  try {
    localStorage.setItem(key, JSON.stringify(all));
  } catch {
    unsaved = all;
  }
}
