import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createDesktop, type AgentDesktop, type DesktopSnapshot } from '../desktop/agent-desktop.js';
import type { CrmHost } from '../crm/crm-host.js';
import type { SettingsInput } from '../domain/settings.js';
import type { Telephony } from '../telephony/telephony.js';
import { callOn } from '../machine/leader/leader-state.js';
import { tellPage } from './events.js';

/** What a page gives an element to work with. */
export interface Ports {
  host?: CrmHost;
  telephony?: Telephony;
  settings?: SettingsInput;
  /** Made by the page, so that calls outlive the element. */
  desktop?: AgentDesktop;
}

/**
 * Keeps one desktop for an element: made when both ports are there, let go of when the element is removed for good
 * (moving it within the document keeps it). Ports that come in mid-call wait until the call is over.
 */
export class DesktopController implements ReactiveController {
  readonly #element: ReactiveControllerHost & HTMLElement;
  #ports: Ports = {};
  #waiting: Ports | undefined;
  #desktop: AgentDesktop | undefined;
  #owned = false;
  #letGo: (() => void)[] = [];

  constructor(element: ReactiveControllerHost & HTMLElement) {
    this.#element = element;
    element.addController(this);
  }

  get desktop(): AgentDesktop | undefined {
    return this.#desktop;
  }

  get snapshot(): DesktopSnapshot | undefined {
    return this.#desktop?.snapshot;
  }

  /** Ports were given in mid-call, and wait. */
  get waits(): boolean {
    return this.#waiting !== undefined;
  }

  /** Takes what the page gives. */
  use(ports: Ports): void {
    const isSame = (other: Ports) =>
      ports.host === other.host && ports.telephony === other.telephony && ports.desktop === other.desktop;
    if (isSame(this.#ports) && (this.#desktop || !this.#element.isConnected)) {
      // Given back in mid-call, they need not wait any more.
      this.#waiting = undefined;
      if (this.#owned && ports.settings !== this.#ports.settings) this.#desktop?.setSettings(ports.settings);
      this.#ports = ports;
    } else if (this.#inCall) this.#waiting = ports;
    else this.#change(ports);
  }

  hostConnected(): void {
    if (!this.#desktop) this.#change(this.#ports);
  }

  hostDisconnected(): void {
    // Moved, not removed, if it is back by then.
    setTimeout(() => {
      if (!this.#element.isConnected) this.#release();
    });
  }

  get #inCall(): boolean {
    const context = this.snapshot?.agent.context;
    return context !== undefined && callOn(context.leader) !== undefined;
  }

  #change(ports: Ports): void {
    this.#release();
    this.#ports = ports;
    this.#waiting = undefined;
    const { host, telephony, settings, desktop } = ports;
    if (!this.#element.isConnected) return;
    if (desktop) this.#take(desktop, false);
    else if (host && telephony) this.#take(createDesktop({ host, telephony, ...(settings ? { settings } : {}) }), true);
  }

  #take(desktop: AgentDesktop, owned: boolean): void {
    this.#desktop = desktop;
    this.#owned = owned;
    this.#letGo = [
      desktop.subscribe(() => {
        const waiting = this.#waiting;
        if (waiting && !this.#inCall) this.#change(waiting);
        this.#element.requestUpdate();
      }),
      desktop.onEvent((event) => tellPage(this.#element, event)),
    ];
    desktop.start();
    this.#element.requestUpdate();
  }

  #release(): void {
    for (const letGo of this.#letGo.splice(0)) letGo();
    if (this.#owned) void this.#desktop?.stop();
    this.#desktop = undefined;
    this.#owned = false;
  }
}
