import { assign, raise } from 'xstate';
import { isLive } from '../../domain/ticket.js';
import { entryQuery, fromLookUp, fromRequest, fromTicket, moreContacts, refuseTicket } from './entry.js';
import type { OutboundContext } from './outbound-context.js';
import { phoneQuery, ticketQuery } from './look-up-queries.js';
import { outboundSetup } from './outbound-setup.js';
import { toFailure } from '../../domain/failure.js';

/** F9, F10, F12, R10: the look-up of the records that the request names. */
export const entryLookUp = outboundSetup.createStateConfig({
  initial: 'deciding',
  states: {
    deciding: { always: [{ guard: 'wantsEntry', target: 'looking' }, { target: 'idle' }] },
    idle: {},
    looking: {
      invoke: {
        src: 'loadEntry',
        input: ({ context }) => entryQuery(context.request),
        onDone: [
          {
            // T4 takes precedence over F10: the agent is asked for another ticket, with the reason.
            guard: ({ context, event }) =>
              entersTicket(context) && refuseTicket(context.ticketText, event.output) !== undefined,
            target: '#outbound.ticketEntry',
            actions: assign(({ context, event }) => ({
              entryWanted: false,
              ticketRefusal: refuseTicket(context.ticketText, event.output),
            })),
          },
          {
            target: 'idle',
            actions: [
              assign(({ context, event }) => ({
                ...(entersTicket(context) ? fromTicket(context, event.output) : fromRequest(context, event.output)),
                entryWanted: false,
              })),
              raise({ type: 'entry.loaded' }),
            ],
          },
        ],
        onError: { target: 'failed', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    failed: { on: { retry: { target: 'looking', actions: assign({ failure: undefined }) } } },
  },
});

/** T5: whether the request's ticket is the entered one. */
const entersTicket = ({ entryMode, request }: OutboundContext): boolean =>
  entryMode !== 'off' && request.from === 'ticket';

const contactsDecision = [
  { guard: 'wantsEntry', target: 'waiting' },
  { guard: 'isDecided', target: 'idle' },
  { guard: 'isReadable', target: 'looking' },
  { target: 'idle' },
] as const;

/** F5: the look-up of the contacts that have the number. */
export const contactsLookUp = outboundSetup.createStateConfig({
  initial: 'deciding',
  on: { 'number.changed': '.looking' },
  states: {
    deciding: { always: contactsDecision },
    // The request's contact is looked up first. Only if there is none, its number is.
    waiting: { on: { 'entry.loaded': contactsDecision } },
    idle: {
      on: { moreContacts: { guard: ({ context }) => context.nextContacts !== undefined, target: 'more' } },
    },
    looking: {
      entry: assign({ failure: undefined }),
      // A contact that the agent chooses during the look-up takes precedence over the look-up's result.
      on: { 'contact.decided': 'idle' },
      invoke: {
        src: 'findContacts',
        input: ({ context }) => phoneQuery(context),
        onDone: {
          target: 'idle',
          actions: [
            assign(({ context, event }) => fromLookUp(context, event.output.items, event.output.next)),
            raise({ type: 'contact.decided' }),
          ],
        },
        onError: { target: 'failed', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    more: {
      invoke: {
        src: 'findContacts',
        input: ({ context }) => ({ ...phoneQuery(context), page: context.nextContacts }),
        onDone: {
          target: 'idle',
          actions: assign(({ context, event }) => moreContacts(context, event.output)),
        },
        onError: { target: 'idle', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    failed: { on: { retry: 'looking', 'contact.decided': 'idle' } },
  },
});

/** F5: the search for any other contact by name, e-mail or number. */
export const searchLookUp = outboundSetup.createStateConfig({
  initial: 'idle',
  on: {
    searchContacts: [
      {
        guard: ({ event }) => event.text.trim() === '',
        target: '.idle',
        actions: assign({ searchText: '', found: [], nextFound: undefined }),
      },
      { target: '.pausing', actions: assign({ searchText: ({ event }) => event.text }) },
    ],
    'contact.decided': '.idle',
  },
  states: {
    idle: { on: { moreContacts: { guard: ({ context }) => context.nextFound !== undefined, target: 'more' } } },
    pausing: { after: { searchPause: 'looking' } },
    looking: {
      invoke: {
        src: 'findContacts',
        input: ({ context }) => ({ text: context.searchText.trim() }),
        onDone: {
          target: 'idle',
          actions: assign(({ event }) => ({ found: event.output.items, nextFound: event.output.next })),
        },
        onError: { target: 'failed', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    more: {
      invoke: {
        src: 'findContacts',
        input: ({ context }) => ({ text: context.searchText.trim(), page: context.nextFound }),
        onDone: {
          target: 'idle',
          actions: assign(({ context, event }) => ({
            found: [...context.found, ...event.output.items],
            nextFound: event.output.next,
          })),
        },
        onError: { target: 'failed', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    failed: { on: { retry: { target: 'looking', actions: assign({ failure: undefined }) } } },
  },
});

/** F6: the look-up of the contact's live tickets. */
export const ticketsLookUp = outboundSetup.createStateConfig({
  initial: 'deciding',
  on: {
    'contact.decided': '.deciding',
    // The tickets of the request's contact were looked up beside the request. They stay if it is the contact.
    'entry.loaded': { guard: 'hasOtherTickets', target: '.deciding' },
  },
  states: {
    deciding: {
      entry: assign({ tickets: [], nextTickets: undefined, ticketsOf: undefined }),
      always: [{ guard: 'needsTickets', target: 'looking' }, { target: 'idle' }],
    },
    idle: {
      on: { moreTickets: { guard: ({ context }) => context.nextTickets !== undefined, target: 'more' } },
    },
    looking: {
      entry: assign(({ context }) => ({ failure: undefined, ticketsOf: ticketQuery(context).contactId })),
      invoke: {
        src: 'findTickets',
        input: ({ context }) => ticketQuery(context),
        onDone: {
          target: 'idle',
          actions: assign(({ event }) => ({
            tickets: event.output.items.filter(isLive),
            nextTickets: event.output.next,
          })),
        },
        onError: { target: 'failed', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    more: {
      invoke: {
        src: 'findTickets',
        input: ({ context }) => ({ ...ticketQuery(context), page: context.nextTickets }),
        onDone: {
          target: 'idle',
          actions: assign(({ context, event }) => ({
            tickets: [...context.tickets, ...event.output.items.filter(isLive)],
            nextTickets: event.output.next,
          })),
        },
        onError: { target: 'idle', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    failed: { on: { retry: 'looking' } },
  },
});
