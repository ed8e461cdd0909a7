import type { Meta } from '@storybook/web-components-vite';
import { allCapabilities, type IncomingChat } from '../src/simulator/index.js';
import { elements } from '../test/support/roles.js';
import { numbers } from './support/people.js';
import type { Row, Step } from './support/stage.js';
import { click, press, row, until, wait } from './support/steps.js';
import { story } from './support/story.js';

/** The lists of history and voicemails: chats among the calls, a ticket's link, a voicemail without sound. */
export default { title: 'Lists' } satisfies Meta;

const seen = (steps: readonly Step[], expects: Row['expects'], host: Row['host'] = {}) =>
  story({
    telephony: { profile: { capabilities: allCapabilities } } as NonNullable<Row['telephony']>,
    host,
    settings: { batching: { comments: false, updates: false } },
    steps,
    expects,
  });
const button = (name: string) => ({ role: 'button', name });
const available: Step = ({ telephony: phone }) => phone.setStatus('available');
const hangUp: Step = ({ telephony: phone }) => {
  for (const { id, phase } of phone.sessions()) if (phase === 'connected') phone.hangUp(id);
};
const e164 = (number: string) => number.replace(/^\(/, '+1').replace(/[^+\d]/g, '');
const history: readonly Step[] = [click('tab', 'History'), wait(500)];
const pastCall: readonly Step[] = [
  ({ telephony: phone }) => void phone.incoming({ number: e164(numbers.mia), answered: true }),
  until('timer', 'Call time'),
  wait(42_000),
  hangUp,
  wait(1000),
  press('Save & Close'),
  wait(500),
];
const writes =
  (name: string, more: Partial<IncomingChat>): Step =>
  ({ telephony: phone }) =>
    void phone.chat({
      channel: 'web-chat',
      customer: { name, authenticated: true },
      ...more,
    });

export const HistoryDetailsWithLink = seen(
  [...pastCall, ...history, row('Mia Chen'), wait(300)],
  [button('Copy ticket link')],
  { baseUrl: 'https://crm.example/' },
);

const changing: readonly Step[] = [press('Change contact or ticket'), until('button', 'Cancel'), wait(500)];

export const HistoryCorrection = seen(
  [...pastCall, ...history, row('Mia Chen'), wait(300), ...changing],
  ['Change contact or ticket', button('Cancel')],
);

/** A chat that the agent had, and a missed chat. */
const pastChats: readonly Step[] = [
  available,
  writes('Nora Lind', { answered: true }),
  until('button', 'End chat'),
  wait(95_000),
  hangUp,
  wait(1000),
  press('Save & Close'),
  wait(500),
  writes('Kim Park', { ringSeconds: 5, patienceSeconds: 8 }),
  wait(10_000),
  press('Done'),
  wait(500),
];

export const HistoryWithChats = seen(
  [...pastChats, ...pastCall, ...history],
  ['Missed chat', 'Chat ended', 'Call completed'],
);

export const HistoryDetailsOfAChat = seen(
  [...pastChats, ...history, row('Nora Lind'), wait(300)],
  ['Chat ID', 'Chat time'],
);

/** The second voicemail makes the panel reload the list, so that the first one is shown with its ticket. */
const voicemails: readonly Step[] = [
  ({ telephony: phone }) =>
    void phone.voicemail({ number: e164(numbers.mia), transcript: 'Hello, my charger has arrived broken.' }),
  wait(2000),
  ({ telephony: phone }) => void phone.voicemail({ number: e164(numbers.nobody), seconds: 7 }),
  wait(500),
];

const isUnplayed: Step = ({ panel }) => {
  for (const element of elements(panel.shadowRoot!))
    if (element.matches('audio')) element.dispatchEvent(new Event('error'));
};

export const VoicemailNotPlayed = seen(
  [...voicemails, click('tab', 'Voicemail (2)'), wait(500), row('charger'), wait(300), isUnplayed, wait(100)],
  ['The message couldn’t be played.', 'Try ticket #', button('Retry')],
);
