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

/** The stored text that was read last, and its choices. Every rendering of the panel asks for them. */
let last: { text: string; choices: OwnChoices } = { text: '{}', choices: {} };

export function ownChoices(): OwnChoices {
  try {
    const text = localStorage.getItem(key) ?? '{}';
    if (text === last.text) return last.choices;
    const kept: unknown = JSON.parse(text);
    last = { text, choices: typeof kept === 'object' && kept !== null ? kept : {} };
    return last.choices;
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
