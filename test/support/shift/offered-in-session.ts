import { callView, wrapUpRules, type CallView } from '../../../src/machine/session/call-view.js';
import type { SessionCommand } from '../../../src/machine/session/session-context.js';
import { offer, type AtWork, type Offer } from './offer.js';
import { offeredInCall } from './offered-in-call.js';
import { actOffers } from './act-offers.js';

type Phase = CallView['phase'];
type Offers = (at: AtWork, view: CallView) => readonly Offer[];

const done =
  (name: string): Offers =>
  ({ desktop }) => [offer(name, 3, () => desktop.send({ type: 'dismissCall' }))];

const callBack: Offers = ({ desktop }, { session }) =>
  session?.customerNumber ? [offer('call back', 0.3, () => desktop.callBack(session.id))] : [];

/** Back to Available. After a short call this happens by itself after 15 s. */
const goBack: Offers = (at, view) =>
  view.asked.back === 'sent' ? [] : [actOffers(at, view)('back', 3, { do: 'back' })];

const incoming: Offers = (at, view) => {
  const act = actOffers(at, view);
  return (view.asked.decline ?? view.asked.answer)
    ? []
    : [act('answer', 8, { do: 'answer' }), act('decline', 0.7, { do: 'decline' })];
};

const calling: Offers = ({ desktop }) => [offer('end call', 0.3, () => desktop.send({ type: 'endCall' }))];

const wrapUp: Offers = (at, view) => {
  const { desktop, chance, notes } = at;
  const { notesMissing, dispositionMissing, dispositions } = wrapUpRules(desktop.snapshot);
  const { context } = desktop.snapshot.session!;
  const command = (sent: SessionCommand) =>
    desktop.send({ type: 'session', sessionId: context.session.id, command: sent });
  const type = () => command({ type: 'draft', notes: notes.more(context) });
  const throwAway = () => {
    notes.thrownAway(context);
    desktop.send({ type: 'dismissCall' });
  };
  const code = dispositions.length > 0 ? chance.pick(dispositions).code : undefined;
  if (view.handedOver && (view.writesNothing || !view.can('wrap-up'))) return done('done')(at, view);
  const mayBeSaved = view.asked.save === undefined && !notesMissing && !dispositionMissing;
  return [
    offer('note', notesMissing ? 6 : 1, type),
    ...(code
      ? [offer('disposition', dispositionMissing ? 6 : 0.5, () => command({ type: 'draft', dispositions: [code] }))]
      : []),
    ...(mayBeSaved ? [actOffers(at, view)('save', 2, { do: 'save' })] : []),
    ...(view.phase === 'closed' ? [offer('throw away', 0.3, throwAway)] : callBack(at, view)),
  ];
};

/** The controls of a session's screens, by phase. */
const phases: Readonly<Record<Phase, Offers>> = {
  dialling: ({ desktop }) => [
    offer('cancel the call', 1, () => desktop.send({ type: 'outbound', command: { type: 'cancel' } })),
  ],
  incoming,
  missed: (at, view) => [...callBack(at, view), ...goBack(at, view)],
  declined: done('done'),
  withdrawn: done('done'),
  calling,
  connected: offeredInCall,
  ended: done('done'),
  'too-short': (at, view) => [...callBack(at, view), ...goBack(at, view)],
  'wrap-up': wrapUp,
  exceeded: wrapUp,
  closed: wrapUp,
};

export function offeredInSession(at: AtWork): readonly Offer[] {
  const { desktop } = at;
  const view = callView(desktop.snapshot);
  if (!view) return [];
  const { session, actFailure, recordFailure } = view;
  const close = () => desktop.send({ type: 'session', sessionId: session!.id, command: { type: 'closeFailure' } });
  return [
    ...phases[view.phase](at, view),
    ...(session && actFailure ? [offer('close failure', 2, close)] : []),
    // The reason of a failed record stays on screen until the record is written.
    ...(recordFailure
      ? [
          offer(
            'retry',
            1,
            () => desktop.send({ type: 'retryRecords' }),
            () => true,
          ),
        ]
      : []),
  ];
}
