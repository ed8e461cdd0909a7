import type { Meta } from '@storybook/web-components-vite';
import type { SettingsInput } from '../src/domain/settings.js';
import { allCapabilities, type OutcomeName } from '../src/simulator/index.js';
import { everything, long, numbers } from './support/people.js';
import type { Row, Step } from './support/stage.js';
import { choose, crmTrouble, dial, enterNumber, phoneTrouble, press, until, wait } from './support/steps.js';
import { story } from './support/story.js';

/** An outbound call, from the press on Call to its outcome. */
export default { title: 'Call' } satisfies Meta;

const called = (steps: readonly Step[], expects: Row['expects'], settings: SettingsInput = {}) =>
  story({ settings, steps: [...enterNumber(numbers.mia), press('Call'), ...steps], expects });
const answered = until('timer', 'Call time');
const talked = [answered, wait(125_000)];
const done = { role: 'button', name: 'Done' } as const;
const outcome = (name: OutcomeName, words: string) =>
  story({
    steps: [
      ({ telephony }) => void (telephony.next = name),
      ...enterNumber(numbers.mia),
      press('Call'),
      until('button', 'Done'),
    ],
    expects: [words, done],
  });

export const Placing = story({
  steps: [...enterNumber(numbers.mia), phoneTrouble({ dial: 'never' }), press('Call')],
  expects: ['Starting the call…', { role: 'button', name: 'Cancel' }],
});

export const Calling = story({
  steps: [
    ({ telephony }) => void (telephony.next = 'never-answers'),
    ...enterNumber(numbers.mia),
    press('Call'),
    wait(1000),
  ],
  expects: ['Calling…', 'Mia Chen', { role: 'button', name: 'End call' }],
});

export const CallingSaving = story({
  steps: [
    crmTrouble({ writeTickets: 'never', getTicket: 'never', getContact: 'never' }),
    ({ telephony }) => void (telephony.next = 'never-answers'),
    ...enterNumber(numbers.mia),
    press('Call'),
    wait(1000),
  ],
  expects: ['Calling…'],
});

export const InCall = called(talked, [
  'Connected',
  'Contact: Mia Chen',
  'Ticket #4711, Open: Broken charger',
  { role: 'button', name: 'End call' },
]);

export const InCallNewContact = story({
  steps: [...enterNumber(numbers.nobody), press('Call'), ...talked],
  expects: ['Connected', 'Contact:'],
});

export const InCallLongNames = story({
  host: { data: { contacts: long.contacts, tickets: long.tickets } },
  steps: [
    dial({ from: 'contact', contactId: 'c-long', number: '+4930901820 ext. 12345678901' }),
    press('Call'),
    answered,
    wait(36_000_000),
  ],
  expects: ['Connected', 'Maximiliane'],
});

export const Ending = called(
  [...talked, phoneTrouble({ end: 'never' }), press('End call')],
  ['Ending…', { role: 'button', name: 'End call' }],
);

export const NotEnded = called(
  [...talked, phoneTrouble({ end: 'timeout' }), press('End call')],
  ['The call didn’t end.'],
);

export const EndedByAgent = called(
  [...talked, press('End call'), wait(4000)],
  ['Call completed', 'You ended it.', done],
);

export const EndedByCustomer = called(
  [...talked, ({ telephony }) => telephony.hangUp(telephony.sessions().at(-1)!.id), wait(4000)],
  ['Call completed', 'The customer hung up.', done],
);

export const EndedBusy = outcome('busy', 'The line was busy');

export const EndedNoAnswer = outcome('no-answer', 'Nobody answered');

export const EndedRejected = outcome('rejected', 'The call was declined');

export const EndedWrongNumber = outcome('wrong-number', 'This number doesn’t exist');

export const EndedConnectionLost = outcome('dropped', 'The connection was lost');

export const EndedCancelled = story({
  steps: [
    ({ telephony }) => void (telephony.next = 'never-answers'),
    ...enterNumber(numbers.mia),
    press('Call'),
    wait(1000),
    press('End call'),
    wait(1000),
  ],
  expects: ['Cancelled before it was answered', done],
});

const withoutTicket = [...enterNumber(numbers.mia), choose('Ticket ID', 'Do not create a ticket'), press('Call')];

export const WithoutTicket = story({
  settings: everything,
  steps: [...withoutTicket, ...talked],
  expects: ['This call isn’t saved or recorded.', { role: 'button', name: 'End call' }],
});

export const WithoutTicketEnded = story({
  settings: everything,
  steps: [...withoutTicket, ...talked, press('End call'), wait(1000)],
  expects: ['This call isn’t saved or recorded.', done],
});

export const RecordFailed = story({
  steps: [
    crmTrouble({ createTicket: 'invalid', writeTickets: 'invalid' }),
    ...enterNumber(numbers.grace),
    press('Call'),
    ...talked,
  ],
  expects: ['1 update couldn’t be saved to Embedded CRM.', { role: 'button', name: 'Retry' }],
});

export const RecordFailedLoggedOut = story({
  steps: [...enterNumber(numbers.grace), ({ host }) => host.signOut(), press('Call'), ...talked],
  expects: ['You’re signed out of Embedded CRM.', { role: 'button', name: 'Sign in' }],
});

export const RecordFailedEnded = story({
  steps: [
    crmTrouble({ createTicket: 'invalid', writeTickets: 'invalid' }),
    ...enterNumber(numbers.grace),
    press('Call'),
    ...talked,
    press('End call'),
    wait(4000),
  ],
  expects: ['1 update couldn’t be saved to Embedded CRM.', done],
});

const listBeside = [
  crmTrouble({ createTicket: 'invalid', writeTickets: 'invalid' }),
  ...enterNumber(numbers.grace),
  press('Call'),
  ...talked,
  wait(15_000),
  press('Show'),
];

/** The list of waiting records beside a call. */
export const RecordsInCall = story({
  telephony: { profile: { capabilities: allCapabilities } },
  steps: listBeside,
  expects: [
    { role: 'button', name: 'Hide' },
    { role: 'timer', name: 'Call time' },
    { role: 'button', name: 'End call' },
  ],
});

const inCallOf =
  (number: string): Step =>
  ({ telephony }) =>
    void telephony.incoming({ number, answered: true });
const offline = crmTrouble({ '*': 'offline' });

/** A write has failed once, so the count of waiting records is shown in a call too. One session waits. */
export const RecordsHeldInCall = story({
  telephony: { profile: { capabilities: allCapabilities } },
  steps: [offline, inCallOf('+14155552671'), answered, wait(15_000), press('Saving')],
  expects: ['Updates being saved', { role: 'button', name: 'Hide' }, { role: 'button', name: 'End call' }],
});

export const RecordsInChat = story({
  telephony: { profile: { capabilities: allCapabilities } },
  steps: [
    offline,
    ({ telephony }) =>
      void telephony.chat({
        channel: 'web-chat',
        customer: { name: 'Mia Chen', phone: '+14155552671', authenticated: true },
        answered: true,
      }),
    until('timer', 'Chat time'),
    wait(15_000),
    press('Saving'),
  ],
  expects: ['Updates being saved', { role: 'button', name: 'End chat' }],
});
