import { and, assign, not, raise } from 'xstate';
import { toFailure } from '../../domain/failure.js';
import { mayBeCarriedOut } from './unresolved.js';
import { outboundContext } from './outbound-context.js';
import { chooseContact, chooseLanguage } from './choices.js';
import { nextAttempt } from './dial-attempt.js';
import { fromTicket, refuseTicket, typedTicketId, withoutTicketEntry } from './entry.js';
import { contactsLookUp, entryLookUp, searchLookUp, ticketsLookUp } from './look-ups.js';
import { outboundSetup, type OutboundOutput } from './outbound-setup.js';

/**
 * One outbound call, from the request to the platform's answer (F1–F14, T1–T6, R10).
 *
 *   routing ─┬─▶ refused (T6) ───────────── cancel ──▶ cancelled
 *    ⇅       ├─▶ filling (F9, F10, F12, R10)   ▲
 *  preparing │                                 │ from anywhere (F8)
 *  (phone    ├─▶ ticketEntry: asking ⇄ checking
 *   numbers) │   (T1)  │ skip ▶ routing  │ live ▶ filling
 *            └─▶ numberEntry ─ next ─▶ filling
 *                 (F11)
 *   filling (parallel)
 *     screen    details ⇄ keypad;  details ─ call ▶ (confirming) ▶ takingBack ▶ dialling ▶ placed
 *     entry     deciding ▶ idle | looking ▶ idle | failed | ticketEntry (T4)      (F9, F10, F12, R10)
 *     contacts  deciding ▶ waiting | idle | looking | failed | more               (F5)
 *     search    idle | pausing | looking | failed                                 (F5)
 *     tickets   deciding ▶ idle | looking | failed | more                         (F6)
 *
 * Leaving a state that looks something up cancels the look-up. A failed look-up has Retry.
 */
export const outboundMachine = outboundSetup.createMachine({
  id: 'outbound',
  context: ({ input }) => outboundContext(input),
  initial: 'routing',
  output: ({ event }) => (event as unknown as { output: OutboundOutput }).output,
  on: {
    cancel: '.cancelled',
    closeNotice: {
      actions: assign(({ context, event }) => ({ notices: context.notices.filter((_, at) => at !== event.index) })),
    },
    'call.created': { guard: ({ context, event }) => context.asked?.plan.key === event.key, target: '.placed' },
    // An earlier plan has become a call, so no other is dialled.
    'call.connected': { guard: 'hasDialled', target: '.superseded' },
  },
  states: {
    preparing: {
      invoke: {
        src: 'preparePhoneNumbers',
        onDone: { target: 'routing', actions: assign({ failure: undefined }) },
        onError: { target: 'notPrepared', actions: assign({ failure: ({ event }) => toFailure(event.error) }) },
      },
    },
    notPrepared: { on: { retry: 'preparing' } },

    routing: {
      always: [
        { guard: not('knowsPhoneNumbers'), target: 'preparing' },
        { guard: 'isRefusedByTicketEntry', target: 'refused' },
        { guard: 'asksForTicket', target: 'ticketEntry' },
        { guard: and(['isFromAdapter', 'isReadable']), target: 'filling' },
        { guard: 'isFromAdapter', target: 'numberEntry' },
        { target: 'filling', actions: assign({ entryWanted: true }) },
      ],
    },
    refused: { on: { back: 'cancelled' } },

    ticketEntry: {
      initial: 'asking',
      on: {
        typeTicket: {
          target: '.asking',
          actions: assign({ ticketText: ({ event }) => event.text, ticketRefusal: undefined }),
        },
        skip: { guard: 'maySkip', target: 'routing', actions: assign(({ context }) => withoutTicketEntry(context)) },
        back: [{ guard: 'ticketIsFixed', target: 'filling' }, { target: 'cancelled' }],
      },
      states: {
        asking: {
          on: {
            next: [
              { guard: 'hasTicketText', target: 'checking' },
              { actions: assign({ ticketRefusal: { code: 'empty' } }) },
            ],
          },
        },
        checking: {
          entry: assign({ ticketRefusal: undefined }),
          invoke: {
            src: 'loadEntry',
            input: ({ context: { ticketText, settings } }) => ({
              ticketId: typedTicketId(ticketText),
              phoneField: settings.ticketEntry.phoneField,
            }),
            onDone: [
              {
                guard: ({ context, event }) =>
                  refuseTicket(typedTicketId(context.ticketText), event.output) !== undefined,
                target: 'asking',
                actions: assign(({ context, event }) => ({
                  ticketRefusal: refuseTicket(typedTicketId(context.ticketText), event.output),
                })),
              },
              {
                target: '#outbound.filling',
                actions: assign(({ context, event }) => fromTicket(context, event.output)),
              },
            ],
            onError: {
              target: 'asking',
              actions: assign(({ event }) => ({
                ticketRefusal: { code: 'failed' as const, failure: toFailure(event.error) },
              })),
            },
          },
        },
      },
    },

    numberEntry: {
      on: {
        typeNumber: { actions: assign({ draftText: ({ event }) => event.text }) },
        chooseCountry: { actions: assign({ country: ({ event }) => event.country }) },
        next: {
          guard: 'draftGoesOn',
          target: 'filling',
          actions: assign({ numberText: ({ context }) => context.draftText }),
        },
        back: 'cancelled',
      },
    },

    filling: {
      type: 'parallel',
      on: {
        chooseContact: {
          guard: not('ticketIsFixed'),
          actions: [
            assign(({ context, event }) => chooseContact(context, event.value)),
            raise({ type: 'contact.decided' }),
          ],
        },
        chooseTicket: { actions: assign({ chosenTicket: ({ event }) => event.value }) },
        chooseNumber: { actions: assign({ numberText: ({ event }) => event.number }) },
        useEnteredNumber: { guard: 'canUntick', actions: assign({ useEntered: ({ event }) => event.on }) },
        chooseLanguage: { actions: assign(({ context, event }) => chooseLanguage(context, event.language)) },
        chooseOutboundNumber: { actions: assign({ outboundNumber: ({ event }) => event.number }) },
      },
      states: {
        screen: {
          initial: 'details',
          states: {
            details: {
              always: [
                // F12: the agent types the number at once, while the ticket is looked up.
                { guard: 'entersNumber', target: 'keypad' },
                {
                  guard: and(['dialsAtOnce', 'isComplete', 'isSettled', not('needsConfirmation')]),
                  target: 'takingBack',
                },
              ],
              on: {
                openKeypad: {
                  guard: 'hasEntry',
                  target: 'keypad',
                  actions: assign({ draftText: ({ context }) => context.numberText }),
                },
                changeTicket: { guard: 'ticketIsFixed', target: '#outbound.ticketEntry' },
                back: '#outbound.cancelled',
                call: [
                  { guard: and(['isComplete', 'isSettled', 'needsConfirmation']), target: 'confirming' },
                  { guard: and(['isComplete', 'isSettled']), target: 'takingBack' },
                ],
              },
            },
            keypad: {
              entry: assign({ enteredNumber: true }),
              on: {
                typeNumber: { actions: assign({ draftText: ({ event }) => event.text }) },
                chooseCountry: { actions: assign({ country: ({ event }) => event.country }) },
                back: 'details',
                next: [
                  {
                    guard: and(['draftGoesOn', 'keepsContact']),
                    target: 'details',
                    actions: assign({ numberText: ({ context }) => context.draftText }),
                  },
                  {
                    guard: 'draftGoesOn',
                    target: 'details',
                    actions: [
                      assign({ numberText: ({ context }) => context.draftText }),
                      raise({ type: 'number.changed' }),
                    ],
                  },
                ],
              },
            },
            // F14: the agent confirms after Call, before anything is dialled.
            confirming: { on: { confirm: 'takingBack', decline: 'details', back: 'details' } },
            // Pressing Call makes one call: the platform must answer for earlier plans before another one is dialled.
            takingBack: {
              entry: assign(({ context }) => nextAttempt(context)),
              after: { beforeCallAnyway: { actions: assign({ mayCallAnyway: true }) } },
              on: { back: 'details', callAnyway: { guard: 'mayCallAnyway', target: 'dialling' } },
              initial: 'asking',
              states: {
                asking: {
                  invoke: {
                    src: 'takeBack',
                    input: ({ context }) => ({ except: context.asked!.plan.key }),
                    onDone: [
                      { guard: ({ event }) => !event.output.isConnected, target: '#outbound.filling.screen.dialling' },
                      { target: '#outbound.superseded' },
                    ],
                    onError: [
                      {
                        guard: ({ event }) => mayBeCarriedOut(toFailure(event.error)),
                        target: 'unanswered',
                        actions: assign({ failure: ({ event }) => toFailure(event.error) }),
                      },
                      {
                        target: '#outbound.filling.screen.details',
                        actions: assign({ failure: ({ event }) => toFailure(event.error) }),
                      },
                    ],
                  },
                },
                unanswered: { on: { retry: 'asking', call: 'asking' } },
              },
            },
            dialling: {
              entry: assign({ failure: undefined }),
              invoke: {
                src: 'dial',
                input: ({ context: { asked, contact } }) => ({
                  plan: asked!.plan,
                  ...(contact && contact !== 'new' ? { contactName: contact.name } : {}),
                }),
                onDone: '#outbound.placed',
                onError: {
                  target: 'details',
                  actions: assign(({ context, event }) => {
                    const failure = toFailure(event.error);
                    return { failure, asked: { plan: context.asked!.plan, unresolved: mayBeCarriedOut(failure) } };
                  }),
                },
              },
            },
          },
        },

        entry: entryLookUp,

        contacts: contactsLookUp,

        search: searchLookUp,

        tickets: ticketsLookUp,
      },
    },

    placed: { type: 'final', output: (): OutboundOutput => ({ outcome: 'placed' }) },
    cancelled: {
      type: 'final',
      output: ({ context }): OutboundOutput => ({
        outcome: 'cancelled',
        ...(context.attempts > 0 ? { dialled: true } : {}),
      }),
    },
    superseded: { type: 'final', output: (): OutboundOutput => ({ outcome: 'superseded' }) },
  },
});
