import type { Meta } from '@storybook/web-components-vite';
import { allCapabilities, type IncomingChat } from '../src/simulator/index.js';
import type { Row, Step } from './support/stage.js';
import { enter, phoneTrouble, press, until, wait } from './support/steps.js';
import { story } from './support/story.js';

/** A15: a chat from the first message to its wrap-up. */
export default { title: 'Chat' } satisfies Meta;

const telephony = { profile: { capabilities: allCapabilities } } as Row['telephony'];
const dispositions = [
  { code: 'order', label: 'Order', children: [{ code: 'late', label: 'Late' }] },
  { code: 'return', label: 'Return' },
];
const giulia = { name: 'Giulia Rossi', email: 'giulia@example.com', authenticated: true };

const id = (stage: Parameters<Step>[0]): string => stage.telephony.sessions()[0]!.id;
const chat =
  (more: Partial<IncomingChat> = {}): Step =>
  ({ telephony: phone }) =>
    void phone.chat({
      channel: 'web-chat',
      queue: { id: 'orders', path: ['Orders', 'Returns'] },
      customer: giulia,
      answered: true,
      ...more,
    });
const writes =
  (...texts: readonly string[]): Step =>
  (stage) => {
    for (const text of texts) stage.telephony.write(id(stage), text);
  };
const types: Step = (stage) => stage.telephony.types(id(stage));
const answers =
  (key: string, text: string): Step =>
  (stage) =>
    stage.telephony.sendMessage(id(stage), { key, text });
const begun = [chat(), until('textbox', 'Message'), wait(1500)];
const talk: readonly Step[] = [
  ...begun,
  writes('Hello! Where is my order?', 'It is number 8812.'),
  wait(40_000),
  answers('a', 'Hello Giulia, let me look.'),
  wait(30_000),
];
const seen = (steps: readonly Step[], expects: Row['expects'], more: Partial<Row> = {}) =>
  story({ telephony, settings: { calls: { dispositions } }, ...more, steps, expects });
const end = { role: 'button', name: 'End chat' } as const;

export const Begun = seen(begun, ['No messages yet.', { role: 'textbox', name: 'Message' }, end]);

export const Conversation = seen(
  [...talk, types, wait(500)],
  ['Where is my order?', 'let me look', 'is typing…', { role: 'button', name: 'Send', disabled: true }, end],
);

export const FilesAndLinks = seen(
  [
    ...begun,
    (stage) => {
      const photo = { name: 'the-box-as-it-came-on-monday-morning.jpg', type: 'image/jpeg', size: 1_240_000 };
      const bad = { name: 'script.txt', type: 'text/plain', size: 900, url: 'javascript:alert(1)' };
      stage.telephony.write(id(stage), { text: 'It came like this:', attachments: [photo, bad] });
      stage.telephony.write(id(stage), 'See https://shop.example/orders/8812?from=chat. Not javascript:alert(1).');
    },
    wait(2000),
    answers('a', '<b>Thank you</b>, that helps.'),
    wait(1000),
  ],
  ['the-box-as-it-came', 'script.txt', { role: 'link', name: 'https://shop.example/orders/8812?from=chat' }],
);

export const MessageNotSent = seen(
  [
    ...talk,
    phoneTrouble({ sendMessage: 'offline' }),
    enter('Message', 'It left our house this morning.'),
    press('Send'),
    wait(500),
  ],
  ['Not sent.', { role: 'button', name: 'Retry: It left our house this morning.' }],
);

export const Sending = seen(
  [
    ...talk,
    phoneTrouble({ sendMessage: 'never' }),
    enter('Message', 'It left our house this morning.'),
    press('Send'),
    wait(500),
  ],
  ['Sending…'],
);

export const NotLoaded = seen(
  [phoneTrouble({ listMessages: 'not-available' }), chat(), until('textbox', 'Message'), writes('Hello?'), wait(1500)],
  ['couldn’t be loaded', 'Hello?', { role: 'button', name: 'Retry' }],
);

export const LongTexts = seen(
  [
    ...begun,
    writes(
      'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
      `${'I have written to you three times about this. '.repeat(60)}`,
    ),
    wait(2000),
  ],
  ['Show the whole message'],
);

export const TransferredBefore = seen(
  [
    ...talk,
    (stage) => stage.telephony.setAway(id(stage), true),
    wait(60_000),
    (stage) => stage.telephony.setAway(id(stage), false),
    writes('I am back.'),
    wait(1000),
  ],
  ['The customer is back', 'I am back.'],
);

export const Transferring = seen(
  [
    ...talk,
    ({ telephony: phone }) => phone.scriptTarget('102', 'never-answers'),
    (stage) => stage.telephony.transfer(id(stage), { kind: 'agent', id: '102', label: 'Noémie Laurent' }, 'cold'),
    wait(500),
  ],
  ['Transferring to Noémie Laurent…', { role: 'button', name: 'Cancel transfer' }],
);

export const TransferSheet = seen(
  [...talk, press('Transfer'), wait(1000)],
  [
    { role: 'tab', name: 'Agent' },
    { role: 'button', name: 'Transfer now', disabled: true },
  ],
);

export const Notes = seen(
  [...talk, press('Notes'), wait(300)],
  [
    { role: 'textbox', name: 'Notes' },
    { role: 'combobox', name: 'Disposition' },
  ],
);

export const Elsewhere = seen(
  [chat({ conversationUrl: 'https://chat.example/conversations/7' }), until('button', 'End chat'), wait(2000)],
  [
    'The conversation is on the chat platform.',
    { role: 'link', name: 'Open the conversation' },
    { role: 'textbox', name: 'Notes' },
  ],
  { telephony: { profile: { capabilities: allCapabilities.filter((one) => one !== 'chat-messages') } } },
);

export const WrapUp = seen(
  [...talk, press('End chat'), wait(1500)],
  [
    { role: 'textbox', name: 'Notes' },
    { role: 'button', name: 'Save & Close' },
  ],
);

export const CallAndChats = seen(
  [
    ...talk,
    chat({ customer: { name: 'Ben Okafor', authenticated: false } }),
    wait(1000),
    press('Chat: Giulia Rossi'),
    wait(500),
    ({ telephony: phone }) => void phone.write(phone.sessions()[1]!.id, 'Are you there?'),
    ({ telephony: phone }) => void phone.incoming({ number: '+14155552671', answered: true }),
    until('timer', 'Call time'),
    wait(1000),
    press('Chat: Giulia Rossi'),
    wait(500),
  ],
  [
    { role: 'button', name: 'Chat: Ben Okafor, 1 unread message' },
    { role: 'button', name: 'Call: Mia Chen' },
    'let me look',
  ],
);
