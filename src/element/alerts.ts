import type { AgentDesktop } from '../desktop/agent-desktop.js';
import { isChat } from '../domain/session.js';
import { own } from '../domain/own.js';
import type { SessionContext } from '../machine/session/session-context.js';
import type { Localizer } from './localize.js';
import { ownChoices } from './own-choices.js';
import { startRinging, stopRinging, useSpeaker } from './ringer.js';
import { isInternal } from './unknown-person.js';

/** Whose ring each panel has begun, with the name that was known. */
const rings = new WeakMap<HTMLElement, string>();
const withDevices = new WeakSet<AgentDesktop>();
const shown = new WeakMap<HTMLElement, Notification>();

/**
 * A5, A9: in the one tab that has the line: a ring, unless the platform rings, and a notification where the person does not
 * see the panel.
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
  const ringing = Object.keys(sessions).find((id) => own(calls, id)?.open === 'offered');
  const heard = desktop.leads ? ringing : undefined;
  const inCall = Object.values(calls).some(({ on, chat }) => on && !chat);
  const platformRings = opened?.profile.capabilities.includes('ringer') === true;
  // Into a conversation nothing rings.
  if (heard && !platformRings && !inCall) startRinging();
  else if (rings.has(element) || !heard) stopRinging();
  // The name may come a moment later: the notification is another then.
  const told = heard && `${heard} ${who(heard)}`;
  if (told === rings.get(element)) return;
  if (told) rings.set(element, told);
  else rings.delete(element);
  shown.get(element)?.close();
  shown.delete(element);
  if (heard && document.hidden) notify(element, words, own(sessions, heard)!.context, who(heard));
}

/** A8: what was chosen in this browser holds from the start; where a device is gone, the browser's own is used. */
function useDevices(desktop: AgentDesktop): void {
  const { opened } = desktop.snapshot.agent.context;
  const { devices } = ownChoices();
  if (!devices || withDevices.has(desktop) || !opened?.profile.capabilities.includes('devices')) return;
  withDevices.add(desktop);
  void useSpeaker(devices.ringer ?? '').catch(() => undefined);
  desktop.setDevices(devices).catch(() => undefined);
}

/** A person has asked for it, and the browser allows it. */
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
  shown.set(element, notification);
}

/** The panel is gone, or has nobody to ring for. */
export function endAlerts(element: HTMLElement): void {
  if (rings.delete(element)) stopRinging();
  shown.get(element)?.close();
  shown.delete(element);
}
