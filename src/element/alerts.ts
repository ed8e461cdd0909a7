import type { AgentDesktop } from '../desktop/agent-desktop.js';
import { isChat } from '../domain/session.js';
import { own } from '../domain/own.js';
import { callOn, ringingOf } from '../machine/leader/leader-state.js';
import type { Localizer } from './localize.js';
import { ownChoices } from './own-choices.js';
import { startRinging, stopRinging, useSpeaker } from './ringer.js';
import { isInternal } from './unknown-person.js';

interface Ring {
  sessionId: string;
  /** Whether this panel plays the ring. */
  sounds: boolean;
  /** The caller's name, which may come later. */
  who: string;
  notification?: Notification | undefined;
}

/** The sessions for which panels ring. */
const rings = new WeakMap<HTMLElement, Ring>();
const devicesApplied = new WeakSet<AgentDesktop>();

/** The CRM's frame around each panel, as far as it is known. */
const frames = new WeakMap<
  HTMLElement,
  { desktop: AgentDesktop; isVisible: boolean; stop?: (() => void) | undefined }
>();

export interface RingingPanel extends HTMLElement {
  minimized: boolean;
  show(): void;
}

/** A13: whether the agent sees the panel. A hidden frame has no height. */
const isShown = (element: RingingPanel): boolean =>
  element.checkVisibility() &&
  !element.minimized &&
  !document.hidden &&
  globalThis.innerHeight > 0 &&
  frames.get(element)?.isVisible !== false;

function watchFrame(element: RingingPanel, desktop: AgentDesktop): void {
  const before = frames.get(element);
  if (before?.desktop === desktop) return;
  before?.stop?.();
  const frame = { desktop, isVisible: true };
  const stop = desktop.host.panel?.onVisible((visible) => (frame.isVisible = visible));
  frames.set(element, Object.assign(frame, { stop }));
  desktop.isShown = () => isShown(element);
}

/**
 * A5, A13: what happens while a session rings. The tab that leads rings, unless the platform rings itself, and shows a
 * notification if the agent sees no panel. Every visible tab shows its panel (S18).
 */
export function alertOf(
  element: RingingPanel,
  desktop: AgentDesktop,
  words: Localizer,
  who: (id: string) => string,
): void {
  const { leader, opened } = desktop.snapshot.agent.context;
  useDevices(desktop);
  watchFrame(element, desktop);
  const sessionId = ringingOf(leader);
  const inCall = callOn(leader) !== undefined;
  const platformRings = opened?.profile.capabilities.includes('ringer') === true;
  if (sessionId === undefined) return endRing(element);
  const before = rings.get(element);
  // A call in progress silences the ring.
  const sounds = desktop.leads && !platformRings && !inCall;
  if (sounds) startRinging();
  else if (before?.sounds) stopRinging();
  const ring: Ring = { sessionId, sounds, who: who(sessionId), notification: before?.notification };
  rings.set(element, ring);
  const isNew = sessionId !== before?.sessionId;
  if (isNew && opened?.settings.calls.showOnRing && !document.hidden) element.show();
  if (isNew || ring.who !== before.who) {
    ring.notification?.close();
    ring.notification = undefined;
    if (desktop.leads) void notify(element, desktop, words, ring);
  }
}

/** A8: applies the devices chosen in this browser. If a device is gone, the browser's default is used. */
function useDevices(desktop: AgentDesktop): void {
  const { opened } = desktop.snapshot.agent.context;
  if (devicesApplied.has(desktop) || !opened?.profile.capabilities.includes('devices')) return;
  devicesApplied.add(desktop);
  const { devices } = ownChoices();
  if (!devices) return;
  void useSpeaker(devices.ringer ?? '').catch(() => undefined);
  desktop.setDevices(devices).catch(() => undefined);
}

/**
 * Shows one notification if the agent sees no panel. Where the browser denies it, as in a frame of another origin, the
 * CRM shows it.
 */
async function notify(element: RingingPanel, desktop: AgentDesktop, words: Localizer, ring: Ring): Promise<void> {
  const isCurrent = () => rings.get(element)?.sessionId === ring.sessionId && rings.get(element)?.who === ring.who;
  // Whether the panel is visible is known without another layout once the screen is drawn (Q2).
  await new Promise((drawn) => setTimeout(drawn));
  if (isShown(element) || (await desktop.isShownElsewhere()) || !isCurrent()) return;
  const { session } = own(desktop.snapshot.agent.context.leader.sessions, ring.sessionId)?.context ?? {};
  if (!session) return;
  const kind = isChat(session) ? 'live.incoming-chat' : isInternal(session) ? 'internal.incoming' : 'call.inbound';
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') {
    desktop.host.notify?.(`${words.text(kind)}: ${ring.who}`, 'info');
    return;
  }
  const notification = new Notification(words.text(kind), {
    body: ring.who,
    tag: 'ccai-incoming',
    requireInteraction: true,
  });
  notification.onclick = () => {
    window.focus();
    element.show();
    notification.close();
  };
  rings.get(element)!.notification = notification;
}

function endRing(element: HTMLElement): void {
  const ring = rings.get(element);
  if (!ring) return;
  rings.delete(element);
  if (ring.sounds) stopRinging();
  ring.notification?.close();
}

/** Ends the alerts of a panel that was removed or has no desktop. */
export function endAlerts(element: HTMLElement): void {
  endRing(element);
  frames.get(element)?.stop?.();
  frames.delete(element);
}
