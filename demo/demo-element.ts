import { LitElement } from 'lit';
import type { DemoState } from './demo-state.js';

/** A part of the page. It is rendered again after each change of the demo's state. */
export abstract class DemoElement extends LitElement {
  static override properties: Record<string, object> = { demo: { attribute: false } };
  declare demo: DemoState;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.demo.subscribe(() => this.requestUpdate());
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }
}
