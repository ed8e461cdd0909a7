import { own } from '../domain/own.js';
import type { AgentDesktop } from '../desktop/agent-desktop.js';
import { callOn } from '../machine/leader/leader-state.js';
import type { SessionAct } from '../machine/session/session-context.js';
import { ownChoices } from './own-choices.js';
import { shortcutNames, type ShortcutName } from './shortcut-names.js';

/** The default shortcuts, by `event.code`, so that each has the same position on every keyboard layout. */
const defaultShortcuts: Readonly<Record<ShortcutName, string>> = {
  answer: 'Alt+Shift+KeyA',
  mute: 'Alt+Shift+KeyM',
  hold: 'Alt+Shift+KeyH',
  end: 'Alt+Shift+KeyE',
  dial: 'Alt+Shift+KeyD',
  next: 'Alt+Shift+KeyN',
};

export const shortcuts = (): Readonly<Record<ShortcutName, string>> => ({
  ...defaultShortcuts,
  ...ownChoices().shortcuts,
});

/**
 * A key with its modifiers. Undefined without Alt, Ctrl or Meta, because single keys are for text fields and the page.
 */
export function combinationOf({ altKey, ctrlKey, metaKey, shiftKey, code }: KeyboardEvent): string | undefined {
  const held = [ctrlKey && 'Ctrl', metaKey && 'Meta', altKey && 'Alt', shiftKey && 'Shift'].filter(Boolean);
  if (!(altKey || ctrlKey || metaKey) || /^(Alt|Control|Meta|Shift)/.test(code) || code === '') return undefined;
  return [...held, code].join('+');
}

/** A shortcut in readable form. */
export const combinationText = (combination: string): string =>
  combination.replace(/Key(\w)$/, '$1').replace(/Digit(\d)$/, '$1');

/** A11: runs a shortcut while the focus is in the panel. Returns false for all other keys, which the CRM handles. */
export function runShortcut(event: KeyboardEvent, desktop: AgentDesktop): boolean {
  const combination = combinationOf(event);
  if (!combination || event.repeat) return false;
  const chosen = shortcuts();
  const name = shortcutNames.find((one) => chosen[one] === combination);
  if (!name) return false;
  event.preventDefault();
  event.stopPropagation();
  run(name, desktop);
  return true;
}

function run(name: ShortcutName, desktop: AgentDesktop): void {
  const { leader, opened } = desktop.snapshot.agent.context;
  const { calls, sessions } = leader;
  const can = (capability: 'mute' | 'hold') => opened?.profile.capabilities.includes(capability) === true;
  const act = (sessionId: string, one: SessionAct) =>
    desktop.send({ type: 'session', sessionId, command: { type: 'act', act: one } });
  if (name === 'dial') return desktop.dial({ from: 'adapter' }, { pressed: true });
  if (name === 'answer') {
    const ringing = Object.keys(calls).find((id) => own(calls, id)!.work === 'offered');
    if (ringing) act(ringing, { do: 'answer' });
    return;
  }
  // A7: the focus stays where it is, for example in the field of a chat.
  if (name === 'next') {
    const ids = Object.keys(sessions);
    const next = ids[(ids.indexOf(leader.sessionId ?? '') + 1) % ids.length];
    if (next !== undefined) desktop.send({ type: 'showSession', sessionId: next });
    return;
  }
  const on = callOn({ calls });
  if (!on) return;
  const { value, context } = own(sessions, on)!;
  // The same as the button on screen: during a consultation, it ends only the consultation.
  if (name === 'end') return act(on, { do: context.transfer ? 'cancel-transfer' : 'end' });
  const { muted, held } = context;
  const isConnected = (value as { phase: string }).phase === 'connected';
  if (isConnected && can(name)) act(on, name === 'mute' ? { do: 'mute', on: !muted } : { do: 'hold', on: !held });
}
