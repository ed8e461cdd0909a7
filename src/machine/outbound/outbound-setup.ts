import { and, fromPromise, not, setup, stateIn } from 'xstate';
import type { Contact, Iso, Page } from '../../domain/contact.js';
import { loadedPhoneNumbers } from '../../domain/phone-loader.js';
import type { Ticket } from '../../domain/ticket.js';
import type { DialWish } from '../leader/leader-state.js';
import type { OutboundContext, OutboundInput } from './outbound-context.js';
import { typedTicketId, type EntryFound, type EntryQuery } from './entry.js';
import { idleLookUps, isReadable, keepsContact, outboundForm, readDraft } from './form.js';
import { needsTickets, ticketQuery, type LookUpQuery } from './look-up-queries.js';

/** A person's command in the form. */
export type OutboundCommand =
  | {
      type:
        'cancel' | 'back' | 'next' | 'skip' | 'retry' | 'openKeypad' | 'changeTicket' | 'call' | 'confirm' | 'decline';
    }
  | { type: 'typeNumber' | 'typeTicket' | 'searchContacts'; text: string }
  | { type: 'chooseCountry'; country: string }
  | { type: 'chooseNumber' | 'chooseOutboundNumber'; number: string }
  | { type: 'useEnteredNumber'; on: boolean }
  | { type: 'chooseContact' | 'chooseTicket'; value: string }
  | { type: 'moreContacts' | 'moreTickets' }
  | { type: 'chooseLanguage'; language: string }
  | { type: 'callAnyway' }
  | { type: 'closeNotice'; index: number };

export type OutboundEvent =
  | OutboundCommand
  | { type: 'contact.decided' }
  /** The records that the request names are known. */
  | { type: 'entry.loaded' }
  | { type: 'number.changed' }
  /** The platform has created or connected the call. The event may come before the answer to the command. */
  | { type: 'call.created' | 'call.connected'; key: string; sessionId: string; at: Iso };

/** The platform has created the call. */
export interface Dialled {
  sessionId: string;
  at: Iso;
}

/** The result of cancelling earlier plans. `isConnected`: one of them has become a connected call, which goes on. */
export interface TakenBack {
  isConnected: boolean;
}

export type OutboundOutput =
  | { outcome: 'placed' }
  /** An earlier plan has become a connected call, which is shown. Nothing else is dialled. */
  | { outcome: 'superseded' }
  /** `dialled`: the form has dialled plans, which must be cancelled. */
  | { outcome: 'cancelled'; dialled?: true };

const notProvided = () => Promise.reject(new Error('This actor is not provided.'));

/** Types, actors and guards of the outbound statechart. The desktop provides the actors. */
export const outboundSetup = setup({
  types: {
    context: {} as OutboundContext,
    events: {} as OutboundEvent,
    input: {} as OutboundInput,
    output: {} as OutboundOutput,
  },
  actors: {
    preparePhoneNumbers: fromPromise<void>(notProvided),
    loadEntry: fromPromise<EntryFound, EntryQuery>(notProvided),
    findContacts: fromPromise<Page<Contact>, LookUpQuery>(notProvided),
    findTickets: fromPromise<Page<Ticket>, LookUpQuery>(notProvided),
    dial: fromPromise<Dialled, DialWish>(notProvided),
    takeBack: fromPromise<TakenBack, { except: string }>(notProvided),
  },
  delays: { searchPause: 250, beforeCallAnyway: 30_000 },
  guards: {
    isComplete: ({ context }) => outboundForm(context, idleLookUps).plan !== undefined,
    needsConfirmation: ({ context }) => outboundForm(context, idleLookUps).number.confirm !== undefined,
    knowsPhoneNumbers: () => loadedPhoneNumbers() !== undefined,
    wantsEntry: ({ context }) => context.entryWanted === true,
    hasEntry: ({ context }) => context.entryWanted !== true,
    entersNumber: ({ context }) => context.request.from === 'ticket-new-number' && !context.enteredNumber,
    hasOtherTickets: ({ context }) => ticketQuery(context).contactId !== context.ticketsOf,
    isReadable: ({ context }) => isReadable(context),
    isDecided: ({ context }) => context.contact !== undefined,
    needsTickets: ({ context }) => needsTickets(context),
    draftGoesOn: ({ context }) => readDraft(context).goesOn,
    keepsContact: ({ context }) => keepsContact(context),
    canUntick: ({ context, event }) =>
      context.settings.outbound.allowEnteredNumber || (event.type === 'useEnteredNumber' && event.on),
    ticketIsFixed: ({ context }) => context.entered !== undefined,
    maySkip: ({ context }) => context.entryMode === 'optional',
    hasTicketText: ({ context }) => typedTicketId(context.ticketText) !== '',
    isRefusedByTicketEntry: ({ context: { entryMode, request } }) =>
      entryMode !== 'off' && (request.from === 'contact' || request.from === 'ticket-new-number'),
    fillsTicketIn: ({ context: { entryMode, request } }) => entryMode !== 'off' && request.from === 'ticket',
    asksForTicket: ({ context: { entryMode, request } }) => entryMode !== 'off' && request.from === 'adapter',
    isFromAdapter: ({ context: { request } }) => request.from === 'adapter',
    mayCallAnyway: ({ context }) => context.mayCallAnyway,
    hasDialled: ({ context }) => context.attempts > 0,
    dialsAtOnce: ({ context }) =>
      context.request.from === 'call-back' && context.pressed === true && context.attempts === 0,
    isSettled: and([
      stateIn({ filling: { entry: 'idle' } }),
      not(stateIn({ filling: { contacts: 'deciding' } })),
      not(stateIn({ filling: { contacts: 'looking' } })),
      not(stateIn({ filling: { tickets: 'deciding' } })),
      not(stateIn({ filling: { tickets: 'looking' } })),
    ]),
  },
});
