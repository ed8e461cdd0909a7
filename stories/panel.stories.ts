import type { Meta } from '@storybook/web-components-vite';
import { sampleAgents } from '../src/memory/index.js';
import { numbers } from './support/people.js';
import { choose, crmTrouble, dial, enterNumber, open, phoneTrouble, press, until, wait } from './support/steps.js';
import { story } from './support/story.js';

/** The frame of the panel, and messages about the whole panel. */
export default { title: 'Panel' } satisfies Meta;

const callMia = [...enterNumber(numbers.mia), press('Call')];

export const WithoutHost = story({ ports: 'none', expects: ['This panel has no CRM yet.'] });

export const WithoutTelephony = story({ ports: 'host', expects: ['This panel has no phone yet.'] });

export const Starting = story({
  before: ({ host }) => (host.trouble = { fail: { getAgent: 'never' } }),
  expects: ['Connecting to Embedded CRM and the phone…'],
});

export const NotStarted = story({
  before: ({ host }) => (host.trouble = { fail: { getAgent: 'unavailable' } }),
  expects: ['The panel couldn’t start.', { role: 'button', name: 'Retry' }],
});

export const NotStartedLoggedOut = story({
  before: ({ host }) => host.signOut(),
  expects: ['You’re signed out of Embedded CRM.', { role: 'button', name: 'Retry' }],
});

export const StartedAfterRetry = story({
  before: ({ host }) => host.failNext('getAgent', 'timeout'),
  steps: [press('Retry')],
  expects: [{ role: 'button', name: 'Dial a number' }],
});

export const Offline = story({ offline: true, expects: ['You’re offline.'] });

export const PhoneConnectionLost = story({
  steps: [({ telephony }) => telephony.drop()],
  expects: ['Phone connection lost.'],
});

/** While the browser is offline, only one of the two messages is shown. */
export const OfflineAndPhoneConnectionLost = story({
  steps: [({ telephony }) => telephony.drop(), (stage) => void (stage.online = false)],
  expects: ['You’re offline.'],
});

export const PhoneConnectionLostInCall = story({
  steps: [...callMia, until('timer', 'Call time'), ({ telephony }) => telephony.drop()],
  expects: ['Phone connection lost.', { role: 'button', name: 'End call' }],
});

const badSettings = { outbound: { allowNewTicket: true }, batching: { windowSeconds: 61 } };
const notApplied = 'Some settings can’t be used, so calls aren’t recorded until an administrator corrects them';

export const SettingsNotApplied = story({ settings: badSettings, expects: [notApplied] });

/** The message names the settings that do not apply. The agent can work. */
export const SettingsNotAppliedForAnAgent = story({
  host: { agent: sampleAgents[1]! },
  settings: badSettings,
  expects: [notApplied, { role: 'button', name: 'Dial a number' }],
});

/** The last valid settings stay in force. Only an administrator sees the message. */
export const SettingsRefused = story({
  steps: [({ desktop }) => desktop!.setSettings(badSettings), wait(100)],
  expects: ['Some settings aren’t valid'],
});

/** A screen has thrown an error. The message in its place keeps the controls of the call. */
export const ScreenNotShown = story({
  steps: [
    ...callMia,
    until('timer', 'Call time'),
    async (stage) => {
      const screen = ((await stage.find('timer', 'Call time')).getRootNode() as ShadowRoot).host;
      Object.defineProperty(screen, 'render', {
        value: () => {
          throw new Error('broken');
        },
      });
      (screen as unknown as { requestUpdate(): void }).requestUpdate();
    },
    wait(300),
  ],
  expects: ['This screen couldn’t be shown.', { role: 'button', name: 'End call' }],
});

export const RecordsFailed = story({
  steps: [
    crmTrouble({ createTicket: 'invalid', writeTickets: 'invalid' }),
    ...callMia,
    until('timer', 'Call time'),
    press('End call'),
    wait(15_000),
    press('Done'),
  ],
  expects: ['couldn’t be saved to Embedded CRM.', { role: 'button', name: 'Retry' }],
});

/** Two notes wait for the CRM, and the agent opens the list. */
export const RecordsOnTheirWay = story({
  steps: [
    ...callMia,
    until('timer', 'Call time'),
    crmTrouble({ writeTickets: 'offline' }),
    press('End call'),
    wait(15_000),
    press('Done'),
    wait(15_000),
    press('Saving'),
  ],
  expects: ['Updates being saved', { role: 'button', name: 'Hide' }],
});

export const RecordDiscarded = story({
  steps: [
    ...callMia,
    until('timer', 'Call time'),
    crmTrouble({ writeTickets: 'invalid' }),
    press('End call'),
    wait(15_000),
    press('Done'),
    wait(15_000),
    press('Show'),
    press('Discard'),
  ],
  expects: ['This won’t be saved to Embedded CRM.', { role: 'button', name: 'Keep' }],
});

export const SignedOutAfterCall = story({
  steps: [
    ...callMia,
    until('timer', 'Call time'),
    ({ host }) => host.signOut(),
    press('End call'),
    wait(15_000),
    press('Done'),
  ],
  expects: ['You’re signed out of Embedded CRM.', { role: 'button', name: 'Sign in' }],
});

export const StatusList = story({ steps: [open('Status')], expects: [{ role: 'option', name: 'Break' }] });

export const StatusAvailable = story({ steps: [choose('Status', 'Available')], expects: ['Available'] });

export const StatusChanging = story({
  steps: [phoneTrouble({ status: 'never' }), choose('Status', 'Available')],
  expects: ['Changing to Available…'],
});

export const StatusNotChanged = story({
  steps: [phoneTrouble({ status: 'timeout' }), choose('Status', 'Available')],
  expects: ['Your status didn’t change.', { role: 'button', name: 'Close' }],
});

export const NextStatusChosen = story({
  steps: [...callMia, until('timer', 'Call time'), choose('Status', 'Break')],
  expects: ['Next: Break'],
});

export const NextStatusList = story({
  steps: [...callMia, until('timer', 'Call time'), choose('Status', 'Break'), open('Status')],
  expects: [{ role: 'option', name: 'Keep current status' }],
});

export const Minimized = story({
  steps: [press('Minimize')],
  expects: [{ role: 'button', name: 'Unavailable Open the call panel' }],
});

export const MinimizedInCall = story({
  steps: [...callMia, until('timer', 'Call time'), press('Minimize')],
  expects: ['Mia Chen', 'Connected'],
});

export const RequestInCallRefused = story({
  steps: [
    ...callMia,
    until('timer', 'Call time'),
    dial({ from: 'contact', contactId: '2005', number: '+44 20 7946 0958' }),
  ],
  expects: ['You’re in a call.', { role: 'button', name: 'Close' }],
});
