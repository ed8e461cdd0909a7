import type { Meta } from '@storybook/web-components-vite';
import type { Settings, SettingsInput } from '../src/domain/settings.js';
import { allCapabilities, type IncomingCall } from '../src/simulator/index.js';
import { recordFiles } from '../test/support/recorded-files.js';
import { emitUnknownEvent } from '../test/support/unknown-event.js';
import { numbers } from './support/people.js';
import type { Row, Step } from './support/stage.js';
import { choose, click, enter, enterNumber, phoneTrouble, press, row, until, wait } from './support/steps.js';
import { story } from './support/story.js';

/** The live panel: incoming calls, a call in progress, wrap-up, and the platform's lists. */
export default { title: 'Live' } satisfies Meta;

const telephony = { profile: { capabilities: allCapabilities } } as Row['telephony'];
const orders = { id: 'orders', path: ['Orders', 'Returns'] };
const e164 = (number: string) => number.replace(/^\(/, '+1').replace(/[^+\d]/g, '');
const dispositions: Settings['calls']['dispositions'] = [
  {
    code: 'sales',
    label: 'Sales',
    children: [
      { code: 'quote', label: 'Quote sent' },
      { code: 'lost', label: 'Lost', children: [{ code: 'price', label: 'Price too high' }] },
    ],
  },
  { code: 'help', label: 'Helped' },
];
const withCodes: SettingsInput = { calls: { dispositions } };
const required: SettingsInput = { calls: { dispositions, dispositionsRequired: true, notesRequired: true } };

const available: Step = ({ telephony: phone }) => phone.setStatus('available');
const ring =
  (number?: string, more: Partial<IncomingCall> = {}): Step =>
  ({ telephony: phone }) =>
    void phone.incoming({ ...(number ? { number: e164(number) } : {}), queue: orders, ...more });
const rings = (number?: string, more?: Partial<IncomingCall>): readonly Step[] => [
  available,
  ring(number, more),
  until('button', 'Answer'),
  wait(1000),
];
const inCall = (number: string = numbers.mia): readonly Step[] => [
  ring(number, { answered: true }),
  until('timer', 'Call time'),
  wait(42_000),
];
const hangUp: Step = ({ telephony: phone }) => {
  for (const { id, phase } of phone.sessions()) if (phase === 'connected') phone.hangUp(id);
};
const seen = (
  steps: readonly Step[],
  expects: Row['expects'],
  { settings, ...more }: Partial<Row> & { settings?: SettingsInput } = {},
) =>
  story({
    telephony: telephony!,
    ...more,
    // The outbox sends every write at once, so that the screen shows no waiting record.
    settings: { batching: { comments: false, updates: false }, ...settings },
    steps,
    expects,
  });
const button = (name: string, disabled = false) => ({ role: 'button', name, disabled });

export const MainWithTabs = seen([wait(500)], [{ role: 'tab', name: 'History' }]);

export const IncomingKnown = seen(rings(numbers.mia), [button('Answer'), button('Decline'), 'Mia Chen']);

export const IncomingShared = seen(rings(numbers.shared), ['3 contacts have this number', button('Answer')]);

export const IncomingUnknown = seen(rings(numbers.nobody), ['No contact in', button('Answer')]);

export const IncomingAnonymous = seen(rings(), ['Unknown caller', button('Answer')]);

export const IncomingSilent = seen(rings(numbers.mia), ['The browser mutes this page', button('Turn on ringing')], {
  silent: true,
});

export const IncomingInternal = seen(
  rings(undefined, { channel: 'internal-call', customer: { name: 'Jonas Weber', authenticated: true } }),
  ['Incoming internal call', 'A colleague is calling you.', button('Answer')],
);

export const IncomingInternalUnknown = seen(rings(undefined, { channel: 'internal-call' }), ['A colleague']);

export const IncomingLong = seen(
  rings(numbers.siobhan, {
    queue: { id: 'q', path: ['Customer care', 'Orders and deliveries', 'Returns and complaints'] },
  }),
  [button('Answer')],
);

export const AutoAnswer = seen(rings(numbers.mia), ['Answers automatically in'], {
  settings: { calls: { autoAnswer: true } },
});

export const Declining = seen(
  [...rings(numbers.mia), phoneTrouble({ decline: 'never' } as never), press('Decline'), wait(500)],
  [button('Declining…', true), button('Answer', true)],
);

export const Declined = seen([...rings(numbers.mia), press('Decline'), wait(500)], ['You declined.']);

export const NotAnswered = seen(
  [...rings(numbers.mia), phoneTrouble({ answer: 'microphone-denied' } as never), press('Answer'), wait(500)],
  ['The call wasn’t answered.', button('Answer')],
);

export const Missed = seen(
  [...rings(numbers.mia, { ringSeconds: 5 }), wait(6000)],
  ['You missed this call', button('Back to Available'), button('Call back')],
);

export const Withdrawn = seen(
  [...rings(numbers.mia, { patienceSeconds: 5 }), wait(5000)],
  ['The caller hung up', button('Done')],
);

export const InCall = seen(inCall(), [
  button('Mute'),
  button('Hold'),
  button('End call'),
  button('Hang up and call back'),
]);

/** A10: the question replaces the other content, and the controls of the call stay. */
export const WhichContact = seen(
  [ring(numbers.shared, { answered: true }), until('button', 'Assign'), wait(12_000)],
  ['Who is calling?', button('Assign', true), button('Mute'), button('End call')],
  { settings: { outbound: { promptForTicket: true } } },
);

/** F14: the question is asked before a transfer too. */
export const TransferToPremium = seen(
  [
    ...inCall(),
    press('Transfer/Add'),
    click('tab', 'Outside number'),
    enter('Phone number', '+1 900 234 5678'),
    press('Consult first'),
    wait(500),
  ],
  ['premium-rate number', button('Call anyway')],
  { settings: { outbound: { premiumNumbers: 'confirm' } } },
);

export const OutboundInCall = seen(
  [...enterNumber(numbers.mia), press('Call'), wait(30_000)],
  [button('Transfer/Add')],
);

export const MutedAndHeld = seen([...inCall(), press('Mute'), press('Hold'), press('Redact'), wait(2000)], ['On hold']);

export const NotMuted = seen(
  [...inCall(), phoneTrouble({ setMuted: 'offline' } as never), press('Mute'), wait(500)],
  ['Mute didn’t change.', button('Close')],
);

const quality =
  (word: string): Step =>
  ({ telephony: phone }) =>
    phone.quality(phone.sessions()[0]!.id, { word, loss: 0.1, jitter: 60 });
export const GoodLine = seen([...inCall(), quality('good'), wait(500)], ['good line']);
export const PoorLine = seen([...inCall(), quality('poor'), wait(500)], ['The line is poor: you may hear gaps']);

/** S14: calls are not recorded. */
export const NotRecorded = seen([...inCall()], [button('Mute')], { settings: { calls: { recording: false } } });

export const RecordingPaused = seen([...inCall(), press('Redact'), wait(500)], ['Recording paused']);

const losesDevice: Step = ({ telephony: phone }) => phone.loseDevice();
export const DeviceLost = seen(
  [...inCall(), losesDevice, wait(500)],
  ['Microphone or headset disconnected.', button('Sound and devices')],
);

export const InCallNotes = seen(
  [...inCall(), enter('Notes', 'Wants a refund.\nCharger was broken on arrival.'), wait(1000)],
  [{ role: 'textbox', name: 'Notes' }],
);

export const InCallKeypad = seen(
  [...inCall(), press('Keypad'), press('1'), press('2'), press('#'), wait(500)],
  ['Type, press or paste.'],
);

export const TransferToQueue = seen(
  [...inCall(), press('Transfer/Add'), wait(500)],
  ['Orders and returns', button('Consult first', true)],
);

export const TransferToAgent = seen(
  [...inCall(), press('Transfer/Add'), click('tab', 'Agent'), wait(500), press('Jonas Weber'), wait(300)],
  [button('Consult first'), button('Transfer now'), button('Add to call')],
);

export const TransferToOutside = seen(
  [
    ...inCall(),
    press('Transfer/Add'),
    click('tab', 'Outside number'),
    enter('Phone number', '415 555 0190'),
    wait(500),
  ],
  [button('Consult first')],
);

export const TransferNobody = seen(
  [...inCall(), press('Transfer/Add'), click('tab', 'Agent'), enter('Search', 'zzz', 'searchbox'), wait(1000)],
  ['No results.'],
);

export const DirectoryNotLoaded = seen(
  [...inCall(), phoneTrouble({ directory: 'offline' } as never), press('Transfer/Add'), wait(500)],
  ['The directory couldn’t be loaded.', button('Retry')],
);

const toJonas = (mode: string): readonly Step[] => [
  ...inCall(),
  press('Transfer/Add'),
  click('tab', 'Agent'),
  wait(500),
  press('Jonas Weber'),
  press(mode),
];

export const CallingAColleague = seen(
  [...toJonas('Consult first'), wait(500)],
  ['Calling Jonas Weber', 'The customer is on hold.', button('Cancel transfer'), button('Complete transfer', true)],
);

export const Consulting = seen(
  [...toJonas('Consult first'), wait(4000)],
  ['Speaking with Jonas Weber', button('Complete transfer'), { role: 'textbox', name: 'Notes' }],
);

export const HandedOver = seen(
  [...toJonas('Consult first'), wait(4000), press('Complete transfer'), wait(1000)],
  ['Transferred'],
);

const declines: Step = ({ telephony: phone }) => phone.scriptTarget('103', 'declines');
export const TransferRefused = seen(
  [declines, ...toJonas('Consult first'), wait(6000)],
  ['Jonas Weber didn’t answer.', button('Close')],
);

export const HandedOverWithNotes = seen(
  [
    ...inCall(),
    enter('Notes', 'Wants a refund.'),
    press('Transfer/Add'),
    click('tab', 'Agent'),
    wait(500),
    press('Jonas Weber'),
    press('Transfer now'),
    wait(6000),
  ],
  ['Transferred', button('Save & Close'), button('Discard notes')],
  { settings: withCodes },
);

export const Conference = seen([...toJonas('Add to call'), wait(4000)], ['Jonas Weber', button('Leave the call')]);

export const CallDetails = seen(
  [...toJonas('Consult first'), wait(4000), press('Cancel transfer'), wait(500), press('Details'), wait(300)],
  ['transfer to Jonas Weber cancelled', button('Open ticket #4712')],
);

/** A16: the customer has been verified, has entered data, and has shared files. */
const insight: Step = ({ telephony: phone }) => {
  const { id } = phone.sessions()[0]!;
  phone.customData(id, { 'Order number': 'A-20416', Tier: 'gold', Newsletter: false });
  phone.smartAction(id, {
    kind: 'photo',
    verified: true,
    attachments: [{ name: 'charger, front.jpg', type: 'image/jpeg', url: 'https://files.example/charger.jpg' }],
  });
};
export const CallDetailsOfTheCustomer = seen(
  [...inCall(), insight, wait(500), press('Details'), wait(300)],
  ['Customer verified', 'A-20416', { role: 'link', name: 'charger, front.jpg' }],
);

export const WrapUp = seen([...inCall(), hangUp, wait(3000)], [button('Save & Close'), 'Wrap-up ends in'], {
  settings: withCodes,
});

export const WrapUpRequired = seen(
  [...inCall(), hangUp, wait(3000)],
  ['Enter notes and choose a disposition.', button('Save & Close', true)],
  { settings: required },
);

export const WrapUpCodes = seen(
  [...inCall(), hangUp, wait(1000), click('combobox', 'Disposition'), wait(300)],
  ['Sales › Lost › Price too high'],
  { settings: withCodes },
);

export const WrapUpExceeded = seen(
  [...inCall(), hangUp, enter('Notes', 'Wants a refund.'), wait(32_000)],
  ['Wrap-up time is over.', button('Save & Close')],
);

export const WrapUpClosed = seen(
  [...inCall(), hangUp, enter('Notes', 'Wants a refund.'), wait(1000), choose('Status', 'Break'), wait(1500)],
  ['Your notes aren’t saved yet.', button('Save & Close'), button('Discard notes')],
);

export const NotSaved = seen(
  [
    ...inCall(),
    hangUp,
    enter('Notes', 'Wants a refund.'),
    wait(500),
    phoneTrouble({ submitWrapUp: 'offline' } as never),
    press('Save & Close'),
    wait(500),
  ],
  ['Your notes weren’t saved. They’re kept here.'],
);

export const TooShort = seen(
  [ring(numbers.mia, { answered: true }), until('timer', 'Call time'), wait(4000), hangUp, wait(3000)],
  ['Short call', button('Call back'), button('Back to Available')],
);

const past: readonly Step[] = [
  ...inCall(),
  hangUp,
  wait(1000),
  press('Save & Close'),
  wait(2000),
  ...enterNumber(numbers.nobody),
  press('Call'),
  wait(30_000),
  hangUp,
  wait(1000),
  press('Save & Close'),
  wait(2000),
  available,
  ring(numbers.grace, { ringSeconds: 5, patienceSeconds: 8 }),
  wait(10_000),
  press('Back to Available'),
  wait(500),
];

export const History = seen([...past, click('tab', 'History'), wait(500)], ['Missed', button('All')]);

export const HistoryDetails = seen(
  [...past, click('tab', 'History'), wait(500), row('Mia Chen'), wait(300)],
  [button('Call back'), 'Talk time'],
);

export const HistoryEmpty = seen([click('tab', 'History'), wait(500)], ['Past calls and chats appear here.']);

export const HistoryLoading = seen(
  [phoneTrouble({ history: 'never' } as never), click('tab', 'History'), wait(500)],
  [{ role: 'status', name: 'Loading…' }],
);

export const HistoryNotLoaded = seen(
  [phoneTrouble({ history: 'offline' } as never), click('tab', 'History'), wait(500)],
  ['The history couldn’t be loaded.', button('Retry')],
);

const voicemails: Step = ({ telephony: phone }) => {
  phone.voicemail({
    number: e164(numbers.mia),
    seconds: 24,
    transcript: 'Hello, my charger has arrived broken. Please call me back.',
  });
  phone.voicemail({ number: e164(numbers.nobody), seconds: 7 });
};

export const Voicemails = seen([voicemails, wait(500), click('tab', 'Voicemail (2)'), wait(500)], ['New']);

export const VoicemailDetails = seen(
  [voicemails, wait(500), click('tab', 'Voicemail (2)'), wait(500), row('charger'), wait(300)],
  [button('Call back'), button('Close message'), 'my charger has arrived broken'],
);

export const VoicemailsEmpty = seen([click('tab', 'Voicemail'), wait(500)], ['Messages from callers appear here.']);

/** Opens the screen of one of the options. */
const option = (name: string): readonly Step[] => [press('Options'), wait(100), press(name), wait(500)];

export const OptionsMenu = seen([press('Options'), wait(300)], [button('Keyboard shortcuts'), button('Log out')]);

export const OptionsToday = seen(
  [...inCall(), hangUp, wait(1000), press('Save & Close'), wait(1000), ...option('Today')],
  ['Talk time'],
);

export const OptionsNetwork = seen(option('Network and permissions'), ['Phone system', 'Connected']);

export const OptionsLanguage = seen(option('Language'), ['français']);

export const OptionsShortcuts = seen(option('Keyboard shortcuts'), ['Alt+Shift+A', button('Reset to default')]);

/** R11: the CRM does not accept files. */
const noUploads: Partial<Row> = {
  host: { capabilities: ['merge', 'agents'] },
  before: ({ telephony: phone }) => recordFiles(phone),
};

export const OptionsRecordings = seen(
  [...inCall(), hangUp, wait(5000), press('Save & Close'), wait(1000), ...option('Saved files')],
  ['+1 415 555 2671', button('Download'), button('Remove')],
  noUploads,
);

export const OptionsRecordingsRemove = seen(
  [...[...inCall(), hangUp, wait(5000), press('Save & Close'), wait(1000), ...option('Saved files')], press('Remove')],
  ['You can’t get this file back.', button('Keep'), { role: 'group', name: 'Remove' }],
  noUploads,
);

/** R5, R14: the ticket has a voicemail's recording, and files that the customer has shared. */
const shares: Step = ({ telephony: phone }) => {
  const file = new Blob([new Uint8Array(2_310_000)], { type: 'image/jpeg' });
  const name = 'receipt for the broken charger, front and back.jpg';
  const id = phone.sessions().find(({ phase }) => phase === 'connected')!.id;
  phone.smartAction(id, { kind: 'photo', attachments: [{ name, type: 'image/jpeg', file }] });
};

export const OptionsFilesOfEachKind = seen(
  [voicemails, ...inCall(), shares, hangUp, wait(5000), press('Save & Close'), wait(1000), ...option('Saved files')],
  ['Call recording', 'Voicemail', 'Shared file', button('Download')],
  noUploads,
);

export const OptionsRecordingsNone = seen(option('Saved files'), ['No files.'], noUploads);

export const OptionsAbout = seen(option('About and log'), ['Version', button('Download log')]);

export const OptionsProblems = seen(
  [
    ({ telephony: phone }) => emitUnknownEvent(phone, 'session.teleported'),
    ({ telephony: phone }) => emitUnknownEvent(phone, 'session.teleported'),
    ({ telephony: phone }) => emitUnknownEvent(phone, 'agent.hologram'),
    wait(200_000),
    ...option('About and log'),
  ],
  ['Problems', 'session.teleported'],
);

/** R16: the settings name fields that the CRM does not have. */
export const OptionsProblemsOfFields = seen(
  [
    ...inCall(),
    ({ telephony: phone }) => {
      const { id } = phone.sessions().find(({ phase }) => phase === 'connected')!;
      phone.customData(id, { order: 'A-1' });
    },
    wait(3000),
    hangUp,
    wait(3000),
    press('Save & Close'),
    wait(1000),
    ...option('About and log'),
  ],
  ['Problems', 'Ticket field 998', 'Ticket field 999'],
  {
    settings: {
      tickets: { customDataFields: { order: '301' }, sessionFields: { session_id: '998', queue_name: '999' } },
    },
  },
);

const devices: readonly Partial<MediaDeviceInfo>[] = [
  { kind: 'audioinput', deviceId: 'a', label: 'Headset microphone' },
  { kind: 'audiooutput', deviceId: 'b', label: 'Headset' },
  { kind: 'audiooutput', deviceId: 'c', label: 'Loudspeaker of the monitor' },
];
/** Replaces the browser's devices, or makes the browser refuse them. */
const withDevices =
  (refused?: 'NotAllowedError' | 'NotFoundError'): Row['before'] =>
  () =>
    Object.defineProperty(navigator, 'mediaDevices', {
      configurable: true,
      value: {
        addEventListener: () => {},
        removeEventListener: () => {},
        enumerateDevices: async () => (refused ? [] : devices),
        getUserMedia: async () => {
          if (refused) throw new DOMException('', refused);
          return { getTracks: () => [] };
        },
      },
    });

export const OptionsSound = seen(option('Sound and devices'), [button('Test ringer')], { before: withDevices()! });

export const OptionsSoundRefused = seen(option('Sound and devices'), ['The browser blocks the microphone'], {
  before: withDevices('NotAllowedError')!,
});

export const OptionsSoundNone = seen(option('Sound and devices'), ['No microphone found.'], {
  before: withDevices('NotFoundError')!,
});
