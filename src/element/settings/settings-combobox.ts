import type { PropertyValues } from 'lit';
import { Combobox } from '../combobox.js';

/** A combobox with a description that lies outside it: the help beside a setting. */
export class SettingsCombobox extends Combobox {
  static override properties = { ...Combobox.properties, description: {} };
  declare description: string;

  constructor() {
    super();
    this.description = '';
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const control = this.renderRoot.querySelector('[role=combobox]');
    if (this.description) control?.setAttribute('aria-description', this.description);
    else control?.removeAttribute('aria-description');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-settings-combobox': SettingsCombobox;
  }
}
