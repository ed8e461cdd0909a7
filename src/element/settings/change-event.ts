import type { Settings } from '../../domain/settings.js';

/** An administrator changed a setting, and the form is valid. `settings` is complete and checked. */
export class SettingsChangeEvent extends CustomEvent<{ settings: Settings }> {
  constructor(settings: Settings) {
    super('ccai-settings-change', { detail: { settings }, bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'ccai-settings-change': SettingsChangeEvent;
  }
}
