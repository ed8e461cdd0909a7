import type { AgentDesktop } from '../desktop/agent-desktop.js';
import { isChat } from '../domain/session.js';
import { own } from '../domain/own.js';
import type { SessionContext } from '../machine/session/session-context.js';
import type { Localizer } from './localize.js';
import { ownChoices } from './own-choices.js';
import { startRinging, stopRinging, useSpeaker } from './ringer.js';
import { isInternal } from './unknown-person.js';

/** For each panel: the session that it rings for, and the caller's name. */
const rings = new WeakMap<HTMLElement, string>();
const devicesApplied = new WeakSet<AgentDesktop>();
const notifications = new WeakMap<HTMLElement, Notification>();

/**
 * A5, A9: alerts in the one tab that leads: a ring, unless the platform rings itself, and a notification while the page
 * is hidden.
 */
export function alertOf(
  element: HTMLElement,
  desktop: AgentDesktop,
  words: Localizer,
  who: (id: string) => string,
): void {
  const { leader, opened } = desktop.snapshot.agent.context;
  const { sessions, calls } = leader;
  useDevices(desktop);
  const ringing = Object.keys(sessions).find((id) => own(calls, id)?.work === 'offered');
  const session = desktop.leads ? ringing : undefined;
  const inCall = Object.values(calls).some(({ work, chat }) => work === 'on' && !chat);
  const platformRings = opened?.profile.capabilities.includes('ringer') === true;
  // A call in progress silences the ring.
  if (session && !platformRings && !inCall) startRinging();
  else if (rings.has(element) || !session) stopRinging();
  // If the caller's name arrives later, the notification is shown again with the name.
  const key = session && `${session} ${who(session)}`;
  if (key === rings.get(element)) return;
  if (key) rings.set(element, key);
  else rings.delete(element);
  notifications.get(element)?.close();
  notifications.delete(element);
  if (session && document.hidden) notify(element, words, own(sessions, session)!.context, who(session));
}

/** A8: applies the devices chosen in this browser. If a device is gone, the browser's default is used. */
function useDevices(desktop: AgentDesktop): void {
  const { opened } = desktop.snapshot.agent.context;
  const { devices } = ownChoices();
  if (!devices || devicesApplied.has(desktop) || !opened?.profile.capabilities.includes('devices')) return;
  devicesApplied.add(desktop);
  void useSpeaker(devices.ringer ?? '').catch(() => undefined);
  desktop.setDevices(devices).catch(() => undefined);
}

/** Shows a notification if the browser has granted the permission. */
function notify(element: HTMLElement, words: Localizer, { session }: SessionContext, who: string): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  const kind = isChat(session) ? 'live.incoming-chat' : isInternal(session) ? 'internal.incoming' : 'call.inbound';
  const notification = new Notification(words.text(kind), {
    body: who,
    tag: 'ccai-incoming',
    requireInteraction: true,
  });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
  notifications.set(element, notification);
}

/** Stops the ring and closes the notification of a panel that was removed or has no desktop. */
export function endAlerts(element: HTMLElement): void {
  if (rings.delete(element)) stopRinging();
  notifications.get(element)?.close();
  notifications.delete(element);
}
