import { assign, raise } from 'xstate';
import { isLive } from '../../domain/ticket.js';
import { fromLookUp, moreContacts } from './entry.js';
import { phoneQuery, ticketQuery } from './look-up-queries.js';
import { outboundSetup } from './outbound-setup.js';
import { toFailure } from '../../domain/failure.js';

/** F5: the look-up of the contacts that have the number. */
export const contactsLookUp = outboundSetup.createStateConfig({
  initial: 'deciding',
  on: { 'number.changed': '.looking' },
  states: {
    deciding: {
      always: [{ guard: 'isDecided', target: 'idle' }, { guard: 'isReadable', target: 'looking' }, { target: 'idle' }],
    },
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
  on: { 'contact.decided': '.deciding' },
  states: {
    deciding: {
      entry: assign({ tickets: [], nextTickets: undefined }),
      always: [{ guard: 'needsTickets', target: 'looking' }, { target: 'idle' }],
    },
    idle: {
      on: { moreTickets: { guard: ({ context }) => context.nextTickets !== undefined, target: 'more' } },
    },
    looking: {
      entry: assign({ failure: undefined }),
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
