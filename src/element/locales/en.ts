import type { enCall } from './en-call.js';
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
  'panel.not-started': 'The panel could not start.',
  'panel.form-not-loaded': 'The call form could not be loaded. Check the network.',
  'panel.minimize': 'Minimize',
  'panel.restore': 'Open the call panel',
  'panel.offline': 'You are offline. Look-ups and calls wait until the network is back.',
  'panel.connection-down': 'The phone has lost its connection. It is trying again.',
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
  'loading.request': 'Looking it up in {crm}…',
  'not-loaded.phone-numbers': 'The phone-number rules could not be loaded.',
  'failure.offline': 'There is no connection. Check the network.',
  'failure.rate-limited': '{crm} is busy and asks to wait a moment.',
  'failure.unauthorized': 'You are signed out of {crm}. Sign in there, then retry.',
  'failure.forbidden': '{crm} does not let you do this.',
  'failure.unavailable': '{crm} cannot be used right now.',
  'failure.timeout': '{crm} did not answer in time.',
  'failure.not-available': 'The phone platform cannot take the call right now.',
  'failure.platform-offline': 'The phone is not connected. Check the network.',
  'failure.platform-timeout': 'The phone platform did not answer. Try again.',
};

export type Messages = Record<
  keyof typeof en | keyof typeof enCall | keyof typeof enLive | keyof typeof enOptions,
  string
>;

/** All English words. Those of later chunks are added when they load. */
export const englishMessages: Messages = en as Messages;

export const addEnglish = (more: Partial<Messages>): void => void Object.assign(englishMessages, more);
