import type { Meta } from '@storybook/web-components-vite';
import { ticketEntry } from './support/people.js';
import type { Row, Step } from './support/stage.js';
import { crmTrouble, dial, enter, press } from './support/steps.js';
import { story } from './support/story.js';

/** T1–T7: the agent enters a ticket before the call. */
export default { title: 'Ticket entry' } satisfies Meta;

const mandatory = ticketEntry('mandatory');
const asked = (steps: readonly Step[], expects: Row['expects'], settings = mandatory): ReturnType<typeof story> =>
  story({ settings, steps: [press('Dial a number'), ...steps], expects });
const given = (ticket: string) => [enter('Ticket ID', ticket), press('Next')];

export const Mandatory = asked(
  [],
  ['Which ticket is this call for?', { role: 'textbox', name: 'Ticket ID', value: '' }],
);

export const Optional = asked([], [{ role: 'button', name: 'Skip' }], ticketEntry('optional'));

export const Typed = asked([enter('Ticket ID', '4711')], [{ role: 'textbox', name: 'Ticket ID', value: '4711' }]);

export const Empty = asked([press('Next')], ['Enter a ticket ID.']);

export const Checking = asked(
  [crmTrouble({ getTicket: 'never' }), ...given('4711')],
  ['Finding the ticket…', { role: 'button', name: 'Next', disabled: true }],
);

export const Unknown = asked(given('99999'), ['Embedded CRM has no ticket 99999.']);

export const Solved = asked(given('4700'), ['Ticket 4700 is Solved.']);

export const SolvedOptional = asked(given('4700'), ['or skip.'], ticketEntry('optional'));

export const Closed = asked(given('4681'), ['Ticket 4681 is Closed.']);

export const CrmFailed = asked(
  [crmTrouble({ getTicket: 'unavailable' }), ...given('4711')],
  ['The ticket couldn’t be loaded. Embedded CRM isn’t available right now.'],
);

export const LoggedOut = asked(
  [({ host }) => host.signOut(), ...given('4711')],
  ['You’re signed out of Embedded CRM.'],
);

/** T2 to T5: an entered ticket fills fields in. */
export const Entered = asked(given('#4711'), ['Outbound call details', { role: 'button', name: 'Change' }]);

export const EnteredByLink = asked(given('https://crm.example/agent/tickets/4711'), [
  { role: 'button', name: 'Change' },
]);

export const EnteredRequesterWithSeveralNumbers = asked(given('4687'), [
  { role: 'combobox', name: 'Courier Co-op Dispatch’s numbers' },
]);

export const EnteredThenChange = asked(
  [...given('4711'), press('Change')],
  ['Which ticket is this call for?', { role: 'textbox', name: 'Ticket ID', value: '4711' }],
);

export const EnteredPhoneField = asked(
  given('4711'),
  [{ role: 'textbox', name: 'Phone number', value: '+1 415 555 0198' }],
  {
    ...mandatory,
    ticketEntry: { ...mandatory.ticketEntry, phoneField: '301' },
  },
);

export const EnteredPhoneFieldIsEmpty = asked(given('4710'), ['“Call-back number” is empty'], {
  ...mandatory,
  ticketEntry: { ...mandatory.ticketEntry, phoneField: '301' },
});

export const EnteredPhoneFieldIsNoNumber = asked(given('4709'), ['“Error report” isn’t a phone number'], {
  ...mandatory,
  ticketEntry: { ...mandatory.ticketEntry, phoneField: '305' },
});

export const FromTicketWithNumber = story({
  settings: mandatory,
  steps: [dial({ from: 'ticket', ticketId: '4711', number: '(415) 555 2671' })],
  expects: [{ role: 'button', name: 'Change' }],
});

export const FromTicketThatIsSolved = story({
  settings: ticketEntry('optional'),
  steps: [dial({ from: 'ticket', ticketId: '4700', number: '+49 30 23125 044' })],
  expects: ['Ticket 4700 is Solved.', { role: 'button', name: 'Skip' }],
});

/** T6. */
export const RefusedFromContact = story({
  settings: mandatory,
  steps: [dial({ from: 'contact', contactId: '2001', number: '(415) 555 2671' })],
  expects: [
    'This call needs a ticket first',
    'you can’t call from a contact',
    { role: 'button', name: 'Dial a number' },
  ],
});

export const RefusedEnterNewNumber = story({
  settings: mandatory,
  steps: [dial({ from: 'ticket-new-number', ticketId: '4711' })],
  expects: ['you can’t use “Enter new number”'],
});
