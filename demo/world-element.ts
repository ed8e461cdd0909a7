import { LitElement } from 'lit';
import type { World } from './world.js';

/** A part of the page: shows the world, again after each change of it. */
export abstract class WorldElement extends LitElement {
  static override properties: Record<string, object> = { world: { attribute: false } };
  declare world: World;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.world.subscribe(() => this.requestUpdate());
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }
}
