import { screenOf } from '../../../src/machine/agent/screen-view.js';
import { isSignedOut, type AtWork, type Offer } from './offer.js';
import { offered } from './offered.js';

/** What somebody presses who wants to be free for the next call, the first that is there. */
const wishes: readonly string[] = [
  ...['stay', 'keepRequest', 'log in', 'retry start', 'not', 'cancel the call', 'cancel', 'back'],
  ...['decline', 'done', 'cancel transfer', 'end call', 'end chat', 'save', 'call anyway'],
];

/** The next thing to press on the way to the main screen and Available; nothing when the agent is there. */
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
  // What is missing before Save & Close.
  return snapshot.session!.context.draft.notes === '' ? named('note') : named('disposition');
}
