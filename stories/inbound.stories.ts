import type { Meta } from '@storybook/web-components-vite';
import type { SettingsInput } from '../src/domain/settings.js';
import { allCapabilities } from '../src/simulator/index.js';
import { numbers } from './support/people.js';
import type { Row, Step } from './support/stage.js';
import { click, crmTrouble, dial, press, until, wait } from './support/steps.js';
import { story } from './support/story.js';

/** Inbound calls and chats: who the customer is, and several sessions at once. */
export default { title: 'Inbound' } satisfies Meta;

const e164 = (number: string) => number.replace(/^\(/, '+1').replace(/[^+\d]/g, '');
const promptForTicket: SettingsInput = { outbound: { promptForTicket: true } };
const orders = { id: 'orders', path: ['Orders', 'Returns'] };

/** Answers a call from a number. */
const call =
  (number?: string): Step =>
  ({ telephony }) =>
    void telephony.incoming({ ...(number ? { number: e164(number) } : {}), queue: orders, answered: true });
const chat =
  (name: string, answered = true): Step =>
  ({ telephony }) =>
    void telephony.chat({
      channel: 'web-chat',
      customer: { name, email: `${name.split(' ')[0]!.toLowerCase()}@example.com`, authenticated: true },
      answered,
    });
const shared = [call(numbers.shared), until('button', 'Assign'), wait(12_000)];
const seen = (steps: readonly Step[], expects: Row['expects'], more: Partial<Row> = {}) =>
  story({ ...more, steps, expects });
const assign = { role: 'button', name: 'Assign', disabled: true } as const;

export const KnownCaller = seen(
  [call(numbers.mia), until('timer', 'Call time'), wait(12_000)],
  ['Incoming call', 'Contact: Mia Chen', { role: 'button', name: 'End call' }],
);

export const UnknownCaller = seen([call(numbers.nobody), until('timer', 'Call time'), wait(12_000)], ['Incoming call']);

export const AnonymousCaller = seen(
  [call(), until('timer', 'Call time'), wait(12_000)],
  ['Unknown caller', 'Incoming call'],
);

export const WhichContact = seen(shared, ['Who is calling?', assign]);

/** A18: more than four contacts scroll inside the list. */
const family = ['Mara', 'Jon', 'Ellen', 'Priska', 'Benedikt Maximilian Alexander', 'Zoë'].map((first, at) => ({
  id: `c-${first}`,
  name: `${first} Hohenberg`,
  phoneNumbers: [e164(numbers.shared)],
  createdAt: `202${at}-04-01T09:00:00.000Z`,
  ...(at % 2 === 0 ? { email: `${first.split(' ')[0]!.toLowerCase()}@hohenberg.example` } : {}),
}));
export const WhichOfMany = seen(
  [...shared, click('option', 'Ellen')],
  ['Who is calling?', { ...assign, disabled: false }],
  {
    host: { data: { contacts: family, tickets: [] } },
    telephony: { profile: { capabilities: allCapabilities } },
  },
);

const hangUp: Step = ({ telephony }) => telephony.hangUp(telephony.sessions()[0]!.id);

export const WhichContactInWrapUp = seen(
  [...shared, hangUp, wait(3000)],
  ['Who is calling?', assign, { role: 'textbox', name: 'Notes' }, { role: 'button', name: 'Save & Close' }],
  {
    settings: { calls: { wrapUpSeconds: { inbound: 60, outbound: 60 } } },
    telephony: { profile: { capabilities: allCapabilities } },
  },
);

export const WhichContactHandedOver = seen(
  [
    ...shared,
    ({ telephony }) =>
      telephony.transfer(telephony.sessions()[0]!.id, { kind: 'agent', id: '103', label: 'Jonas Weber' }, 'cold'),
    wait(4000),
  ],
  ['Your colleague is choosing the contact.'],
  { telephony: { profile: { capabilities: allCapabilities } } },
);

export const WhichContactAndTicket = seen(
  shared,
  ['Who is calling?', { role: 'combobox', name: 'Ticket ID', disabled: true }, assign],
  { settings: promptForTicket },
);

export const TicketsOfTheContact = seen(
  [...shared, click('option', 'Marcus Hollis'), wait(500)],
  [{ role: 'combobox', name: 'Ticket ID' }],
  { settings: promptForTicket },
);

export const TicketsAreLookedUp = seen(
  [...shared, crmTrouble({ findTickets: 'never' }), click('option', 'Marcus Hollis'), wait(500)],
  [assign],
  { settings: promptForTicket },
);

export const TicketsNotFound = seen(
  [...shared, crmTrouble({ findTickets: 'unavailable' }), click('option', 'Marcus Hollis'), wait(500)],
  ['couldn’t be loaded', { role: 'button', name: 'Retry' }],
  { settings: promptForTicket },
);

export const Assigned = seen(
  [...shared, click('option', 'Marcus Hollis'), press('Assign'), wait(2000)],
  ['Contact: Marcus Hollis', { role: 'button', name: 'End call' }],
);

const change = [press('Change contact or ticket'), until('listbox', 'Contact ID')];

export const Correction = seen(
  [...shared, click('option', 'Marcus Hollis'), press('Assign'), wait(2000), ...change, wait(500)],
  ['Change contact or ticket', { role: 'button', name: 'Assign', disabled: true }],
);

export const CorrectionChosen = seen(
  [
    ...shared,
    click('option', 'Marcus Hollis'),
    press('Assign'),
    wait(2000),
    ...change,
    click('option', 'Ruth Hollis'),
    wait(500),
  ],
  [{ role: 'button', name: 'Assign' }],
);

export const Corrected = seen(
  [
    ...[...shared, click('option', 'Marcus Hollis'), press('Assign'), wait(2000), ...change],
    ...[click('option', 'Create a new contact'), wait(500), press('Assign'), wait(15_000)],
  ],
  [{ role: 'button', name: 'Change contact or ticket' }],
);

export const Chat = seen(
  [chat('Nora Lind'), until('button', 'End chat'), wait(2000)],
  ['Chat', 'The conversation is on the chat platform.'],
);

export const CallAndChats = seen(
  [call(numbers.mia), until('timer', 'Call time'), chat('Nora Lind'), chat('Ben Okafor'), wait(2000)],
  [{ role: 'button', name: 'Chat: Nora Lind' }, { role: 'button', name: 'Call: Mia Chen' }, 'Incoming call'],
);

/** The offered chat appears in the list of sessions, and the screen stays with the call. */
export const ChatComesInACall = seen(
  [
    ({ telephony }) => telephony.setStatus('available'),
    call(numbers.mia),
    until('timer', 'Call time'),
    chat('Nora Lind'),
    chat('Benedikt von Hohenberg-Weißenfels', false),
    wait(2000),
  ],
  [
    { role: 'button', name: 'Incoming chat: Benedikt von Hohenberg-Weißenfels' },
    { role: 'button', name: 'End call' },
  ],
);

const available: Step = ({ telephony }) => telephony.setStatus('available');
/** The customer writes on the website, and is not in the CRM. */
const newCustomer =
  (conduct: { ringSeconds?: number; patienceSeconds?: number } = {}): Step =>
  ({ telephony }) =>
    void telephony.chat({
      channel: 'web-chat',
      customer: { email: 'kim@example.com', authenticated: false },
      ...conduct,
    });

export const ChatOfANewCustomer = seen(
  [available, newCustomer(), wait(2000)],
  ['Incoming chat', 'Unknown customer', 'matches.', { role: 'button', name: 'Answer' }],
);

export const ChatMissed = seen(
  [available, newCustomer({ ringSeconds: 5 }), wait(6000)],
  ['Missed chat', 'You missed this chat.', { role: 'button', name: 'Done' }],
);

export const ChatMissedInACall = seen(
  [
    available,
    call(numbers.mia),
    until('timer', 'Call time'),
    newCustomer({ ringSeconds: 5 }),
    wait(6000),
    press('Ended chat: Unknown customer'),
  ],
  ['Missed chat', { role: 'button', name: 'Done' }, { role: 'button', name: 'Call: Mia Chen' }],
);

export const ChatHasGone = seen(
  [available, newCustomer({ patienceSeconds: 5 }), wait(5000)],
  ['The chat is gone', 'The customer left', { role: 'button', name: 'Done' }],
);

export const TicketGivenUp = seen(
  [
    crmTrouble({ createTicket: 'invalid' }),
    call(numbers.nobody),
    until('button', 'Show'),
    wait(3000),
    press('Show'),
    press('Discard'),
    press('Discard'),
    wait(1000),
  ],
  ['You discarded this update', { role: 'button', name: 'End call' }],
);

export const CallBesideAChat = seen(
  [
    chat('Nora Lind'),
    until('button', 'End chat'),
    dial({ from: 'contact', contactId: '2001', number: numbers.mia }),
    until('button', 'Call'),
    press('Call'),
    wait(4000),
  ],
  [
    { role: 'button', name: 'Chat: Nora Lind' },
    { role: 'button', name: 'End call' },
  ],
);
