import type { Meta } from '@storybook/web-components-vite';
import { numbers } from './support/people.js';
import { enterNumber, press, until, wait } from './support/steps.js';
import { story } from './support/story.js';

/** The idle panel. */
export default { title: 'Main' } satisfies Meta;

const call = (number: string) => [
  ...enterNumber(number),
  press('Call'),
  until('timer', 'Call time'),
  wait(65_000),
  press('End call'),
  wait(2000),
  press('Done'),
];

export const FirstUse = story({ expects: ['No call', { role: 'button', name: 'Dial a number' }] });

export const AfterOneCall = story({ steps: call(numbers.mia), expects: ['1 call today', 'Last: Mia Chen'] });

export const AfterSeveralCalls = story({
  steps: [...call(numbers.mia), ...call(numbers.grace)],
  expects: ['2 calls today', 'Last: Grace O’Malley'],
});
