import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createDesktop, nothingRings, type AgentDesktop, type DesktopSnapshot } from '../desktop/agent-desktop.js';
import type { CrmHost } from '../crm/crm-host.js';
import type { SettingsInput } from '../domain/settings.js';
import type { Telephony } from '../telephony/telephony.js';
import { dispatchDesktopEvent } from './events.js';

/** Milliseconds from the end of a call until waiting ports are used, unless wrap-up begins. */
const settlingTime = 1000;

/** The ports and settings that a page gives to the element. */
export interface Ports {
  host?: CrmHost;
  telephony?: Telephony;
  settings?: SettingsInput;
  /** A desktop that the page made itself, so that calls outlive the element. */
  desktop?: AgentDesktop;
}

/**
 * Keeps one desktop for an element. Creates it when both ports are given. Stops it when the element is removed for
 * good, but not when the element is moved within the document. Ports that arrive during a call wait for its end.
 */
export class DesktopController implements ReactiveController {
  readonly #element: ReactiveControllerHost & HTMLElement;
  #ports: Ports = {};
  #waiting: Ports | undefined;
  #desktop: AgentDesktop | undefined;
  #owned = false;
  #unsubscribers: (() => void)[] = [];
  #settling: ReturnType<typeof setTimeout> | undefined;

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

  /** Whether ports arrived during a call and wait for its end. */
  get waits(): boolean {
    return this.#waiting !== undefined;
  }

  /** A13: answers or declines what rings. Rejects with a `TelephonyError` if nothing rings. */
  async actOnRing(act: 'answer' | 'decline'): Promise<void> {
    if (!this.#desktop) throw nothingRings();
    await this.#desktop.actOnRing(act);
  }

  /** Takes the page's ports. */
  use(ports: Ports): void {
    const isSame = (other: Ports) =>
      ports.host === other.host && ports.telephony === other.telephony && ports.desktop === other.desktop;
    if (isSame(this.#ports) && (this.#desktop || !this.#element.isConnected)) {
      // The page has set the current ports again, so the waiting ones are dropped.
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
    // An element that is connected again by then was moved, not removed.
    setTimeout(() => {
      if (!this.#element.isConnected) this.#release();
    });
  }

  /** Whether a call goes on or its wrap-up does, whose notes belong to the current host. A chat is no call. */
  get #inCall(): boolean {
    const calls = Object.values(this.snapshot?.agent.context?.leader.calls ?? {});
    return calls.some(({ work, chat }) => work !== 'offered' && work !== 'over' && !chat);
  }

  #change(ports: Ports): void {
    this.#release();
    this.#ports = ports;
    this.#waiting = undefined;
    const { host, telephony, settings, desktop } = ports;
    if (!this.#element.isConnected) return;
    if (desktop) this.#take(desktop, false);
    else if (host && telephony) this.#take(createDesktop({ host, telephony, settings }), true);
  }

  #take(desktop: AgentDesktop, owned: boolean): void {
    this.#desktop = desktop;
    this.#owned = owned;
    this.#unsubscribers = [
      desktop.subscribe(() => {
        if (this.#waiting) this.#changeAfterCall();
        this.#element.requestUpdate();
      }),
      desktop.onEvent((event) => dispatchDesktopEvent(this.#element, event)),
    ];
    desktop.start();
    this.#element.requestUpdate();
  }

  /** Changes to the ports that wait, when no call has gone on for a moment: wrap-up begins after the end. */
  #changeAfterCall(): void {
    if (this.#inCall) return this.#stopSettling();
    this.#settling ??= setTimeout(() => {
      if (this.#waiting) this.#change(this.#waiting);
    }, settlingTime);
  }

  #stopSettling(): void {
    clearTimeout(this.#settling);
    this.#settling = undefined;
  }

  #release(): void {
    this.#stopSettling();
    for (const unsubscribe of this.#unsubscribers.splice(0)) unsubscribe();
    if (this.#owned) void this.#desktop?.stop();
    this.#desktop = undefined;
    this.#owned = false;
  }
}
