import type { Meta } from '@storybook/web-components-vite';
import type { SettingsInput } from '../src/domain/settings.js';
import { everything, long, numbers } from './support/people.js';
import type { Row, Step } from './support/stage.js';
import {
  choose,
  click,
  crmTrouble,
  dial,
  enter,
  enterNumber,
  key,
  open,
  phoneTrouble,
  press,
  wait,
} from './support/steps.js';
import { story } from './support/story.js';

/** F1–F14: the details screen, with all decisions before the press on Call. */
export default { title: 'Outbound call details' } satisfies Meta;

const call = (disabled: boolean) => ({ role: 'button', name: 'Call', disabled }) as const;
const ready = ['Ready to call.', call(false)] as const;
/** The details screen after number entry (F11). */
const dialled = (number: string, steps: readonly Step[], expects: Row['expects'], settings: SettingsInput = {}) =>
  story({ settings, steps: [...enterNumber(number), ...steps], expects });
const search = (text: string) => [open('Contact ID'), enter('Contact ID', text, 'combobox'), wait(400)];
const fromMia = dial({ from: 'contact', contactId: '2001', number: '(415) 555 2671' });

export const Loading = story({
  before: ({ host }) => (host.trouble = { fail: { getContact: 'never' } }),
  steps: [fromMia],
  expects: ['Finding contacts…', { role: 'button', name: 'Cancel' }],
});

export const NotLoaded = story({
  steps: [crmTrouble({ getContact: 'timeout' }), fromMia],
  expects: ['What you clicked couldn’t be looked up.', { role: 'button', name: 'Retry' }],
});

export const LookingForContacts = story({
  steps: [crmTrouble({ findContacts: 'never' }), ...enterNumber(numbers.mia)],
  expects: ['One moment…', 'Finding contacts…', call(true)],
});

export const LookingForContactsList = story({
  steps: [crmTrouble({ findContacts: 'never' }), ...enterNumber(numbers.mia), open('Contact ID')],
  expects: ['Finding contacts…'],
});

export const LookingForTickets = story({
  steps: [crmTrouble({ findTickets: 'never' }), ...enterNumber(numbers.mia)],
  expects: ['Finding tickets…', 'Mia Chen', call(true)],
});

export const NobodyFound = dialled(
  numbers.nobody,
  [],
  ['No contact in Embedded CRM has this number.', 'Create a new contact', ...ready],
);

export const OneContact = dialled(numbers.mia, [], ['Mia Chen', 'Broken charger', ...ready]);

export const OneContactWithoutTicket = dialled(numbers.grace, [], ['A new ticket will be created', ...ready]);

export const SeveralContacts = dialled(
  numbers.shared,
  [],
  ['3 contacts have this number. Choose one.', 'Choose a contact first', call(true)],
);

export const SeveralContactsList = dialled(
  numbers.shared,
  [open('Contact ID')],
  [
    { role: 'option', name: 'Marcus Hollis' },
    { role: 'option', name: 'Create a new contact' },
  ],
);

export const SeveralContactsOneChosen = dialled(
  numbers.shared,
  [choose('Contact ID', 'Marcus Hollis')],
  ['Brake lever rattles', ...ready],
);

export const SeveralContactsNewChosen = dialled(
  numbers.shared,
  [choose('Contact ID', 'Create a new contact')],
  ['A new ticket will be created', ...ready],
);

export const SearchResults = dialled(numbers.mia, search('owusu'), [{ role: 'option', name: 'Kwame Owusu-Ansah' }]);

export const SearchFindsNobody = dialled(numbers.mia, search('zzzz'), ['No contacts found.']);

export const SearchLooking = dialled(
  numbers.mia,
  [crmTrouble({ findContacts: 'never' }), ...search('kwame')],
  ['Finding contacts…'],
);

export const SearchFailed = dialled(
  numbers.mia,
  [crmTrouble({ findContacts: 'rate-limited' }), ...search('kwame')],
  ['The search failed.', { role: 'button', name: 'Retry' }],
);

export const SearchContactWithoutNumber = dialled(numbers.mia, search('tom b'), ['No phone number']);

export const SearchMany = dialled(numbers.mia, search('e'), [{ role: 'option', name: 'Siobhán Ní Bhriain' }]);

export const NumberOfSomebodyElse = dialled(
  numbers.mia,
  [...search('courier'), click('option', 'Courier Co-op Dispatch')],
  ['This isn’t one of Courier Co-op Dispatch’s numbers. Choose one of theirs.', call(true)],
);

export const NumberOfSomebodyElseMayBeEntered = dialled(
  numbers.mia,
  [...search('courier'), click('option', 'Courier Co-op Dispatch')],
  ['tick “Use entered number to make call”', call(true)],
  { outbound: { allowEnteredNumber: true } },
);

export const NumberOfSomebodyElseEntered = dialled(
  numbers.mia,
  [
    ...search('courier'),
    click('option', 'Courier Co-op Dispatch'),
    click('checkbox', 'Use entered number to make call'),
  ],
  ['It won’t be saved to the contact.', { role: 'checkbox', checked: true }, ...ready],
  { outbound: { allowEnteredNumber: true } },
);

export const OtherNumberOfTheContact = dialled(
  numbers.mia,
  [
    ...search('courier'),
    click('option', 'Courier Co-op Dispatch'),
    choose('Courier Co-op Dispatch’s numbers', '+1 206 555 0182'),
  ],
  [{ role: 'textbox', name: 'Phone number', value: '+1 206 555 0182' }, ...ready],
);

/** F12 with S5 off: the box is ticked and cannot be unticked. */
export const EnterNewNumber = story({
  steps: [dial({ from: 'ticket-new-number', ticketId: '4711' })],
  expects: [
    { role: 'textbox', name: 'Phone number' },
    { role: 'button', name: 'Next', disabled: true },
  ],
});

export const EnterNewNumberEntered = story({
  steps: [dial({ from: 'ticket-new-number', ticketId: '4711' }), enter('Phone number', numbers.nobody), press('Next')],
  expects: ['Broken charger', { role: 'checkbox', checked: true, disabled: true }, ...ready],
});

export const TicketList = dialled(
  numbers.mia,
  [open('Ticket ID')],
  [
    { role: 'option', name: '#4710' },
    { role: 'option', name: 'Create a new ticket' },
    { role: 'option', name: 'Do not create a ticket' },
  ],
  everything,
);

export const TicketListLongSubject = dialled(
  numbers.siobhan,
  [open('Ticket ID'), key('ArrowDown')],
  ['Since the last firmware the motor cuts out'],
  everything,
);

export const TicketToChoose = dialled(numbers.mia, [], ['Choose a ticket.', call(true)], everything);

export const TicketChosen = dialled(
  numbers.mia,
  [choose('Ticket ID', '#4710')],
  ['Invoice for the second battery', ...ready],
  everything,
);

export const TicketNone = dialled(
  numbers.mia,
  [choose('Ticket ID', 'Do not create a ticket')],
  ['Do not create a ticket', 'This call isn’t saved or recorded.', call(false)],
  everything,
);

/** Only S4 is on: the agent can choose the newest ticket or “Do not create a ticket”. */
export const TicketOrNone = dialled(
  numbers.mia,
  [open('Ticket ID')],
  [{ role: 'option', name: 'Do not create a ticket' }],
  {
    outbound: { allowNoTicket: true },
  },
);

export const TicketNewOrNone = dialled(
  numbers.grace,
  [open('Ticket ID')],
  [{ role: 'option', name: 'Do not create a ticket' }],
  {
    outbound: { allowNoTicket: true },
  },
);

export const TicketStartedFrom = story({
  settings: everything,
  steps: [dial({ from: 'ticket', ticketId: '4709', number: '(415) 555 2671' })],
  expects: ['Waiting for a replacement display', ...ready],
});

export const ContactsFailed = story({
  steps: [crmTrouble({ findContacts: 'unavailable' }), ...enterNumber(numbers.mia)],
  expects: ['The contacts with this number couldn’t be loaded.', { role: 'button', name: 'Retry' }, call(true)],
});

export const TicketsFailed = story({
  steps: [crmTrouble({ findTickets: 'timeout' }), ...enterNumber(numbers.mia)],
  expects: ['Mia Chen’s tickets couldn’t be loaded.', { role: 'button', name: 'Retry' }, call(true)],
});

/** With S4 the call can be placed although the tickets could not be loaded. */
export const TicketsFailedOrNone = story({
  settings: { outbound: { allowNoTicket: true } },
  steps: [
    crmTrouble({ findTickets: 'timeout' }),
    ...enterNumber(numbers.mia),
    choose('Ticket ID', 'Do not create a ticket'),
  ],
  expects: ['Mia Chen’s tickets couldn’t be loaded.', 'This call isn’t saved or recorded.', call(false)],
});

export const DoubtfulNumber = dialled('+1 415 055 0132', [], ['This number may not exist (United States).']);

export const NoticeTicketNotLive = story({
  steps: [dial({ from: 'ticket', ticketId: '4700', number: '+49 30 23125 044' })],
  expects: ['Ticket 4700 is Solved, so this call won’t be added to it.', ...ready],
});

export const NoticeTicketNotFound = story({
  steps: [dial({ from: 'ticket', ticketId: '99999', number: '(415) 555 2671', contactId: '2001' })],
  expects: ['Embedded CRM has no ticket 99999.'],
});

export const NoticeContactNotFound = story({
  steps: [dial({ from: 'contact', contactId: '99999', number: '(415) 555 2671' })],
  expects: ['The contact is no longer in Embedded CRM.'],
});

export const NoticeNumberNotReadable = story({
  steps: [dial({ from: 'adapter', number: 'ask for Tom' })],
  expects: ['You can’t dial letters.'],
});

export const NoticeOfferedNumberNotReadable = story({
  steps: [dial({ from: 'contact', contactId: '2014', number: 'ask for Tom' })],
  expects: ['You can’t call this number.', call(true)],
});

export const NoticeTicketDropped = story({
  settings: everything,
  steps: [
    dial({ from: 'ticket', ticketId: '4711', number: '(415) 555 2671' }),
    ...search('kwame'),
    click('option', 'Kwame'),
  ],
  expects: ['Ticket 4711 is for another contact'],
});

/** T7. */
export const NoDefaultOutboundNumber = story({
  telephony: {
    profile: {
      outboundNumbers: [
        { number: '+18005550100', label: 'Support (US)', languages: ['en'] },
        { number: '+442079460100', label: 'Support (UK)', languages: ['en'] },
      ],
    },
  },
  steps: enterNumber(numbers.mia),
  expects: ['Your team’s queue has no default outbound number.', 'Choose an outbound number.', call(true)],
});

export const NoOutboundNumberForLanguage = story({
  telephony: {
    profile: { outboundNumbers: [{ number: '+18005550100', label: 'Support (US)', languages: ['en'], default: true }] },
  },
  steps: [...enterNumber(numbers.mia), choose('Language', 'French')],
  expects: ['No outbound number for this language.', call(true)],
});

export const LanguageClearedTheNumber = dialled(
  numbers.mia,
  [choose('Language', 'French')],
  ['“Support (US)” can’t be used for this language.', call(true)],
);

export const LanguageList = dialled(numbers.mia, [open('Language')], [{ role: 'option', name: 'German' }]);

export const OutboundNumberList = dialled(
  numbers.mia,
  [open('Outbound number')],
  [{ role: 'option', name: 'Head office' }],
);

const longData = { data: { contacts: long.contacts, tickets: long.tickets } };

export const LongNames = story({
  host: longData,
  settings: everything,
  telephony: {
    profile: {
      outboundNumbers: [
        {
          number: '+493023125100',
          label: 'Kundendienst und Ersatzteilversand Berlin-Brandenburg, Abend und Wochenende',
          languages: ['en'],
          default: true,
        },
      ],
    },
  },
  steps: [dial({ from: 'contact', contactId: 'c-long', number: '+4930901820 ext. 12345678901' })],
  expects: ['Maximiliane', ...ready],
});

export const LongNamesList = story({
  host: longData,
  settings: everything,
  steps: [...enterNumber('+49 30 23125871'), open('Contact ID')],
  expects: [{ role: 'option', name: 'Maximiliane' }],
});

export const ConfirmPremium = dialled(
  numbers.premium,
  [press('Call')],
  ['The call may be expensive.', { role: 'button', name: 'Call anyway' }],
);

export const ConfirmEmergency = dialled(
  '911',
  [press('Call')],
  ['911 is an emergency number. Call it only in an emergency.', { role: 'button', name: 'Call anyway' }],
  { outbound: { emergencyNumbers: 'confirm' } },
);

/** Another dial request comes while a form is open. */
export const Replace = dialled(
  numbers.mia,
  [dial({ from: 'contact', contactId: '2005', number: '+44 20 7946 0958' })],
  ['You’re already preparing a call', { role: 'button', name: 'Keep it' }],
);

export const ReplaceByNewNumber = dialled(
  numbers.mia,
  [dial({ from: 'ticket-new-number', ticketId: '4710' })],
  ['a new number', { role: 'button', name: 'Replace' }],
);

const notPlaced = (trouble: Parameters<typeof phoneTrouble>[0], why: string) =>
  dialled(numbers.mia, [phoneTrouble(trouble), press('Call'), wait(60_000)], ['The call didn’t start.', why]);

/** The platform does not answer a dial. The agent then makes a second call with another ticket. */
const calledAgain = (more: readonly Step[], expects: Row['expects']) =>
  story({
    settings: { outbound: { promptForTicket: true, allowNewTicket: true } },
    steps: [
      phoneTrouble({ dial: 'timeout', cancelDial: 'never' }),
      fromMia,
      choose('Ticket ID', '#4711'),
      press('Call'),
      wait(300),
      choose('Ticket ID', 'Create a new ticket'),
      press('Call'),
      ...more,
    ],
    expects,
  });

export const EarlierCallIsStopped = calledAgain(
  [wait(300)],
  ['Cancelling your previous call…', { role: 'button', name: 'Cancel' }],
);

export const EarlierCallUnanswered = calledAgain(
  [wait(16_000)],
  ['We don’t know yet whether your previous call was cancelled.', { role: 'button', name: 'Retry' }],
);

export const EarlierCallAnyway = calledAgain([wait(31_000)], [{ role: 'button', name: 'Call anyway' }]);

export const DialRestricted = notPlaced({ dial: 'restricted' }, 'The phone system doesn’t allow calls to this number.');

export const DialMicrophoneDenied = notPlaced({ dial: 'microphone-denied' }, 'The browser blocks the microphone.');

export const DialNoDevice = notPlaced({ dial: 'no-device' }, 'No microphone found.');

export const DialTimeout = notPlaced({ dial: 'timeout' }, 'The phone system didn’t respond.');

export const DialOffline = notPlaced({ dial: 'offline' }, 'The phone isn’t connected.');

export const DialBusyElsewhere = notPlaced({ dial: 'busy-elsewhere' }, 'You’re in a call somewhere else.');
