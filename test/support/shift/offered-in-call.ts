import type { CallView } from '../../../src/machine/session/call-view.js';
import type { SessionCommand } from '../../../src/machine/session/session-context.js';
import type { TransferTarget } from '../../../src/telephony/telephony.js';
import { actOffers } from './act-offers.js';
import { offer, type AtWork, type Offer } from './offer.js';

/** The controls of a current call (A4) or chat. */
export function offeredInCall(at: AtWork, view: CallView): readonly Offer[] {
  const { desktop } = at;
  const end = () => desktop.send({ type: 'endCall' });
  if (view.chat)
    return [
      offer('end chat', 0.6, end),
      offer('dial beside the chat', 0.3, () => desktop.dial({ from: 'adapter' })),
      ...offeredChoice(at, view),
    ];
  const { participants = [], transfer, session } = view;
  const others = participants.some(({ kind }) => kind !== 'customer');
  const act = actOffers(at, view);
  const beside = others
    ? [act('leave', 0.6, { do: 'leave' })]
    : session?.customerNumber
      ? [offer('hang up and call back', 0.1, () => desktop.callBack(session.id))]
      : [];
  return [
    act('mute', 0.4, { do: 'mute', on: !view.muted }),
    act('hold', 0.4, { do: 'hold', on: !view.held }),
    act('redact', 0.2, { do: 'redact', on: !view.recordingPaused }),
    act('digits', 0.3, { do: 'digits', digits: at.chance.pick(['1', '5#', '42']) }),
    ...(transfer ? [] : [...beside, offer('end call', 0.7, end), ...offeredTransfers(at, view)]),
    ...offeredParties(at, view),
    ...offeredChoice(at, view),
    ...(view.writesNothing ? [] : [offeredNote(at)]),
  ];
}

function offeredNote({ desktop, notes }: AtWork): Offer {
  const { context } = desktop.snapshot.session!;
  const sessionId = context.session.id;
  return offer('note', 1, () =>
    desktop.send({ type: 'session', sessionId, command: { type: 'draft', notes: notes.more(context) } }),
  );
}

/** The transfer sheet. Its list is read again whenever it is opened. */
function offeredTransfers(at: AtWork, view: CallView): readonly Offer[] {
  const directory = at.desktop.list('directory');
  const open = offer('transfer sheet', 0.5, () => directory?.send({ type: 'search', text: '' }));
  const items = directory?.view.items ?? [];
  if (items.length === 0) return [open];
  const target: TransferTarget = at.chance.pick(items);
  const act = actOffers(at, view);
  return [
    open,
    act('transfer at once', 0.25, { do: 'transfer', target, mode: 'cold' }),
    act('speak first', 0.5, { do: 'transfer', target, mode: 'warm' }),
    ...(target.kind === 'queue' ? [] : [act('add to call', 0.3, { do: 'add', target })]),
  ];
}

function offeredParties(at: AtWork, view: CallView): readonly Offer[] {
  const { transfer, participants = [], asked } = view;
  const act = actOffers(at, view);
  const others = participants.filter(({ kind }) => kind !== 'customer');
  const listed = !transfer || others.length > 1 ? others : [];
  const completes = transfer?.mode === 'warm' && transfer.joined && asked['complete-transfer'] !== 'sent';
  return [
    ...(transfer ? [act('cancel transfer', 0.7, { do: 'cancel-transfer' })] : []),
    ...(completes ? [act('complete transfer', 1.5, { do: 'complete-transfer' })] : []),
    ...listed.flatMap(({ id, held }) => [
      act('hold a participant', 0.4, { do: 'hold', on: !held, participantId: id }),
      act('remove', 0.4, { do: 'remove', participantId: id }),
    ]),
  ];
}

/** A10: the choice of the contact, if several have the number. */
function offeredChoice({ desktop, chance }: AtWork, { choice }: CallView): readonly Offer[] {
  if (!choice || choice.state === 'assigning') return [];
  const { sessionId, contacts, contact, asksTicket, ticket, state } = choice;
  const command = (name: string, weight: number, sent: SessionCommand) =>
    offer(name, weight, () => desktop.send({ type: 'session', sessionId, command: sent }));
  const value = chance.pick(['new', ...contacts.map(({ id }) => id)]);
  const isComplete = contact !== undefined && (!asksTicket || ticket !== undefined);
  return [
    command('choose the contact', contact ? 0.1 : 2, { type: 'chooseContact', value }),
    ...(state === 'not-found' ? [command('look again', 1, { type: 'retryTickets' })] : []),
    ...(isComplete && state === 'open' ? [command('assign', 2, { type: 'assign' })] : []),
  ];
}
