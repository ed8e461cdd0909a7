import { screenOf } from '../../../src/machine/agent/screen-view.js';
import { isSignedOut, type AtWork, type Offer } from './offer.js';
import { offered } from './offered.js';

/** The controls that an agent presses to be free for the next call, in order of preference. */
const wishes: readonly string[] = [
  ...['stay', 'keepRequest', 'log in', 'retry start', 'not', 'cancel the call', 'cancel', 'back'],
  ...['decline', 'done', 'cancel transfer', 'end call', 'end chat', 'save', 'call anyway'],
];

/** The next press on the way to the main screen and Available. Undefined when the agent is there. */
export function sensible(at: AtWork): Offer | undefined {
  const { snapshot } = at.desktop;
  const offers = offered(at).filter(({ weight }) => weight > 0);
  const named = (name: string) => offers.find((one) => one.name === name);
  if (isSignedOut(at.desktop)) at.desktop.send({ type: 'signIn' });
  const screen = screenOf(snapshot);
  if (screen === 'history' || screen === 'voicemail') return named('tab call');
  if (screen === 'main')
    return snapshot.agent.context.leader.status === 'available' ? undefined : named('status available');
  const wish = wishes.map(named).find((one) => one !== undefined);
  if (wish || screen !== 'wrap-up') return wish;
  // Save & Close needs notes or a code, so the agent enters them first.
  return snapshot.session!.context.draft.notes === '' ? named('note') : named('disposition');
}
