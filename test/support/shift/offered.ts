import { headerView, screenOf, type ScreenName } from '../../../src/machine/agent/screen-view.js';
import { offeredInForm } from './offered-in-form.js';
import { offeredInLists } from './offered-in-lists.js';
import { offeredInSession } from './offered-in-session.js';
import { isSignedOut, offer, type AtWork, type Offer } from './offer.js';

const screens: Readonly<Record<ScreenName, (at: AtWork) => readonly Offer[]>> = {
  starting: () => [],
  'not-started': ({ desktop }) => [offer('retry', 5, () => desktop.send({ type: 'retryStart' }))],
  'logged-out': ({ desktop }) => [offer('log in', 5, () => desktop.send({ type: 'logIn' }))],
  options: ({ desktop }) => [offer('back', 5, () => desktop.send({ type: 'showOptions' }))],
  main: ({ desktop }) => [offer('dial', 2, () => desktop.dial({ from: 'adapter' }))],
  loading: offeredInForm,
  'not-loaded': offeredInForm,
  refused: offeredInForm,
  'ticket-entry': offeredInForm,
  'number-entry': offeredInForm,
  details: offeredInForm,
  incoming: offeredInSession,
  call: offeredInSession,
  chat: offeredInSession,
  'wrap-up': offeredInSession,
  history: offeredInLists,
  voicemail: offeredInLists,
};
const withTabs: readonly ScreenName[] = ['main', 'call', 'chat', 'wrap-up', 'history', 'voicemail'];
const withoutHeader: readonly ScreenName[] = ['starting', 'not-started', 'logged-out'];

/** All controls of the panel: the screen, the header, the tabs, the bars and the messages. */
export function offered(at: AtWork): readonly Offer[] {
  const screen = screenOf(at.desktop.snapshot);
  return [
    ...screens[screen](at),
    ...(withoutHeader.includes(screen) ? [] : offeredInHeader(at)),
    ...(withTabs.includes(screen) ? offeredTabs(at, screen) : []),
    ...offeredInBars(at),
  ];
}

function offeredInHeader({ desktop }: AtWork): readonly Offer[] {
  const { agent } = desktop.snapshot;
  const { statuses, choosesNext, next } = headerView(agent);
  const options = () => desktop.send({ type: 'showOptions', page: 'today' });
  return [
    ...statuses.map(({ id }) =>
      offer(`status ${id}`, id === 'available' ? 2 : 0.2, () =>
        desktop.send(choosesNext ? { type: 'setNextStatus', status: id } : { type: 'setStatus', status: id }),
      ),
    ),
    ...(choosesNext && next
      ? [offer('no next status', 0.5, () => desktop.send({ type: 'setNextStatus', status: undefined }))]
      : []),
    offer('options', 0.1, options),
    offer('log out', 0.05, () => desktop.send({ type: 'logOut' })),
  ];
}

const offeredTabs = ({ desktop }: AtWork, screen: ScreenName): readonly Offer[] =>
  (['call', 'history', 'voicemail'] as const)
    .filter((tab) => tab !== desktop.snapshot.agent.context.tab && screen !== tab)
    .map((tab) => offer(`tab ${tab}`, tab === 'call' ? 2 : 0.2, () => desktop.send({ type: 'showTab', tab })));

function offeredInBars({ desktop, chance }: AtWork): readonly Offer[] {
  const { agent } = desktop.snapshot;
  const { leader, message, records } = agent.context;
  const { sessions, sessionId } = leader;
  const others = Object.keys(sessions).filter((id) => id !== sessionId);
  const asks = agent.matches({ ready: { outbound: { form: 'asking' } } });
  const leaves = agent.matches({ ready: { leaving: 'asking' } });
  return [
    ...others.map((id) => offer('show session', 0.7, () => desktop.send({ type: 'showSession', sessionId: id }))),
    ...(message ? [offer('close message', 1, () => desktop.send({ type: 'closeMessage' }))] : []),
    ...(records.failed > 0 ? [offer('retry records', 0.5, () => desktop.send({ type: 'retryRecords' }))] : []),
    ...(asks
      ? (['keepRequest', 'replaceRequest'] as const).map((type) => offer(type, 5, () => desktop.send({ type })))
      : []),
    // Waiting records are never discarded, because the end of the shift expects them in the CRM.
    ...(leaves ? [offer('stay', 10, () => desktop.send({ type: 'stay' }))] : []),
    ...(isSignedOut(desktop) && chance.hits(0.5) ? [offer('sign in', 2, () => desktop.send({ type: 'signIn' }))] : []),
  ];
}
