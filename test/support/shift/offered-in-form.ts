import { optionValue } from '../../../src/domain/ticket-choice.js';
import { detailsView, numberEntryView } from '../../../src/machine/outbound/form-view.js';
import type { OutboundCommand } from '../../../src/machine/outbound/outbound-setup.js';
import { screenOf } from '../../../src/machine/agent/screen-view.js';
import { numbers } from './people.js';
import { offer, type AtWork, type Offer } from './offer.js';

/** The controls of the outbound form's screens. */
export function offeredInForm(at: AtWork): readonly Offer[] {
  const { desktop, chance } = at;
  const { snapshot } = desktop;
  const form = (name: string, weight: number, command: OutboundCommand) =>
    offer(name, weight, () => desktop.send({ type: 'outbound', command }));
  const cancel = form('cancel', 0.4, { type: 'cancel' });
  const screen = screenOf(snapshot);
  const { outbound } = snapshot;
  if (!outbound || screen === 'loading') return [cancel];
  if (screen === 'not-loaded') return [form('retry', 2, { type: 'retry' }), cancel];
  if (screen === 'refused') return [form('back', 2, { type: 'back' })];
  if (screen === 'ticket-entry') return [form('skip', 2, { type: 'skip' }), cancel];
  if (screen === 'number-entry') {
    const typed = form('type a number', 3, { type: 'typeNumber', text: chance.pick(numbers) });
    return numberEntryView(outbound).goesOn ? [form('next', 5, { type: 'next' }), typed, cancel] : [typed, cancel];
  }
  return offeredInDetails(at, form, cancel);
}

function offeredInDetails(
  { desktop, chance }: AtWork,
  form: (name: string, weight: number, command: OutboundCommand) => Offer,
  cancel: Offer,
): readonly Offer[] {
  const { form: shown, confirming, lookUps } = detailsView(desktop.snapshot.outbound!);
  if (confirming) return [form('call anyway', 4, { type: 'confirm' }), form('not', 1, { type: 'decline' })];
  const contacts = shown.contact.readOnly ? [] : shown.contact.options;
  const tickets = shown.ticket.kind === 'list' ? shown.ticket.options : [];
  const value = contacts.length > 0 ? chance.pick(contacts) : undefined;
  const failed = lookUps.contacts === 'failed' || lookUps.tickets === 'failed';
  return [
    cancel,
    ...(shown.plan && lookUps.contacts !== 'looking' && lookUps.tickets !== 'looking'
      ? [form('call', 8, { type: 'call' })]
      : []),
    ...(value
      ? [form('contact', 2, { type: 'chooseContact', value: value === 'new' ? 'new' : value.contact.id })]
      : []),
    ...(tickets.length > 0
      ? [form('ticket', 2, { type: 'chooseTicket', value: optionValue(chance.pick(tickets)) })]
      : []),
    ...(failed ? [form('retry', 4, { type: 'retry' })] : []),
  ];
}
