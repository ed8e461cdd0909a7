import type { Meta } from '@storybook/web-components-vite';
import { numbers } from './support/people.js';
import { crmTrouble, enterNumber, phoneTrouble, press, until, wait } from './support/steps.js';
import { story } from './support/story.js';

/** Logging out. The panel sends waiting records first. */
export default { title: 'Logging out' } satisfies Meta;

const batching = { comments: true, updates: true, windowSeconds: 60 };
const called = [...enterNumber(numbers.mia), press('Call'), until('timer', 'Call time')];
const afterCall = [...called, press('End call'), wait(2000), press('Done')];
const logOut = [press('Options'), press('Log out')];

export const OptionsOpen = story({ steps: [press('Options')], expects: [{ role: 'button', name: 'Log out' }] });

export const Sending = story({
  settings: { batching },
  steps: [...afterCall, crmTrouble({ writeTickets: 'never' }), ...logOut, wait(1000)],
  expects: ['before you log out'],
});

export const StayOrDiscard = story({
  settings: { batching },
  steps: [...afterCall, crmTrouble({ writeTickets: 'offline' }), ...logOut, wait(12_000)],
  expects: [
    { role: 'button', name: 'Stay' },
    { role: 'button', name: 'Discard' },
  ],
});

export const InACall = story({
  steps: [...called, ...logOut],
  expects: ['End your calls and chats and save your notes, then log out.', { role: 'button', name: 'End call' }],
});

export const LoggedOut = story({
  steps: [...logOut, wait(2000)],
  expects: ['You’re logged out', { role: 'button', name: 'Log in' }],
});

export const NotBack = story({
  steps: [...logOut, wait(2000), phoneTrouble({ connect: 'offline' }), press('Log in'), wait(1000)],
  expects: ['That didn’t work.', { role: 'button', name: 'Log in' }],
});
