import type { enCall } from './en-call.js';
import type { enChat } from './en-chat.js';
import type { enCorrection } from './en-correction.js';
import type { enLive } from './en-live.js';
import type { enOptions } from './en-options.js';

/**
 * The words of the panel. `{name}` is a placeholder; `#one` and `#other` are the plural forms of a message with a
 * `count`. The words of a call's screens load with those screens: `en-call.ts`.
 */
export const en = {
  'panel.label': 'Call panel',
  'panel.no-host': 'This panel has no CRM yet.',
  'panel.no-host.how': 'Set the element’s “host” property to a CrmHost.',
  'panel.no-telephony': 'This panel has no phone yet.',
  'panel.no-telephony.how': 'Set the element’s “telephony” property to a Telephony.',
  'panel.starting': 'Connecting to {crm} and the phone…',
  'panel.not-started': 'The panel couldn’t start.',
  'panel.form-not-loaded': 'The call form couldn’t load. Check the network.',
  'panel.minimize': 'Minimize',
  'panel.restore': 'Open the call panel',
  'panel.offline': 'You’re offline. Calls and look-ups wait for the network.',
  'panel.connection-down': 'Phone connection lost. Reconnecting…',
  'status.label': 'Status',
  'status.next': 'Next: {status}',
  'status.changing': 'Changing to {status}…',
  'status.available': 'Available',
  'status.unavailable': 'Unavailable',
  'main.dial': 'Dial a number',
  'main.idle': 'No call',
  'main.hint': 'Click a number in {crm}, or dial one here.',
  'action.cancel': 'Cancel',
  'action.retry': 'Retry',
  'action.close': 'Close',
  'loading.phone-numbers': 'Getting ready…',
  'loading.request': 'Searching {crm}…',
  'not-loaded.phone-numbers': 'The phone number check couldn’t load.',
  'failure.offline': 'No connection. Check the network.',
  'failure.rate-limited': '{crm} is busy. Wait a moment.',
  'failure.unauthorized': 'You’re signed out of {crm}. Sign in, then retry.',
  'failure.forbidden': 'You don’t have permission in {crm}.',
  'failure.unavailable': '{crm} isn’t available right now.',
  'failure.timeout': '{crm} didn’t respond in time.',
  'failure.not-available': 'The phone system isn’t available right now.',
  'failure.platform-offline': 'The phone isn’t connected. Check the network.',
  'failure.platform-timeout': 'The phone system didn’t respond. Try again.',
};

export type Messages = Record<
  | keyof typeof en
  | keyof typeof enCall
  | keyof typeof enChat
  | keyof typeof enCorrection
  | keyof typeof enLive
  | keyof typeof enOptions,
  string
>;

/** All English words. Those of later chunks are added when they load. */
export const englishMessages: Messages = en as Messages;

export const addEnglish = (more: Partial<Messages>): void => void Object.assign(englishMessages, more);
