import type { Devices } from '../machine/leader/leader-state.js';
import type { ShortcutName } from './shortcuts.js';

/** What a person has chosen for this browser. No name and no number of anybody is in it. */
export interface OwnChoices {
  locale?: string;
  devices?: Devices;
  shortcuts?: Partial<Record<ShortcutName, string>>;
}

const key = 'ccai-panel';

/** A browser may refuse its storage in a frame: then a choice lasts as long as the page. */
let refused: OwnChoices = {};

export function ownChoices(): OwnChoices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return refused;
  }
}

export function choose(choices: OwnChoices): void {
  const all = { ...ownChoices(), ...choices };
  try {
    localStorage.setItem(key, JSON.stringify(all));
  } catch {
    refused = all;
  }
}
