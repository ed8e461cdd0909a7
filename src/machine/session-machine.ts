import { assign, fromPromise, setup } from 'xstate';
import type { Contact, Iso } from '../domain/contact.js';
import type { Choice, Durations, Session } from '../domain/session.js';
import { optionValue, type TicketChoice } from '../domain/ticket-choice.js';
import type { TicketStatus } from '../domain/ticket.js';
import type { SessionEvent, Transfer } from '../telephony/platform-event.js';
import type { SessionPhase } from '../telephony/telephony.js';
import { toFailure, type Failure } from './failure.js';

/** The contact and the ticket of a session, as links (A10). */
export interface RecordLinks {
  contact?: { id: string; name: string; url?: string };
  ticket?: { id: string; subject: string; status: TicketStatus; url?: string } | 'none';
}

/** R2, A10: an inbound call whose number several contacts have. */
export interface RecordChoice {
  /** Most recently created first: without a choice, the first at the end of the call. */
  contacts: readonly Contact[];
  /** S2: the ticket is chosen too. */
  asksTicket: boolean;
}

/** What became of the session's records. */
export type RecordFact =
  | ({ type: 'record.associated' } & RecordLinks)
  | { type: 'record.choice-needed'; choice: RecordChoice }
  | { type: 'record.failed'; failure: Failure }
  | { type: 'record.recovered' };

export type SessionCommand =
  | { type: 'end' | 'dismiss' | 'assign' | 'retryTickets' }
  /** A10: an id, or `new`. */
  | { type: 'chooseContact' | 'chooseTicket'; value: string };

export interface SessionInput {
  session: Session;
  /** When the call was placed, or when it was found again. */
  since: Iso;
  phase?: SessionPhase;
  connectedAt?: Iso;
  links?: RecordLinks;
}

export interface SessionContext {
  session: Session;
  since: Iso;
  phase: SessionPhase | undefined;
  connectedAt?: Iso;
  endedBy?: 'agent' | 'customer' | 'platform';
  failReason?: string;
  durations?: Durations;
  links: RecordLinks;
  choice?: RecordChoice;
  /** What the agent has chosen of it, as ids or `new`, until Assign is pressed. */
  chosen: { contact?: string; ticket?: string };
  /** The tickets of the chosen contact; R8's is preselected. */
  tickets?: TicketChoice;
  choiceFailure?: Failure;
  recordFailure?: Failure;
  endFailure?: Failure;
  /** R13: somebody else has it now. */
  handedOver?: boolean;
}

/** R13: a transfer that is finished has taken the session away from whoever had it, unless it went to them. */
export const isHandedOver = ({ target }: Pick<Transfer, 'target'>, { agentId }: Pick<Session, 'agentId'>): boolean =>
  target.kind !== 'agent' || target.id !== agentId;

const notProvided = () => Promise.reject(new Error('not provided'));

const refOf = (value: string): { id: string } | 'new' => (value === 'new' ? 'new' : { id: value });
const choiceOf = ({ contact, ticket }: SessionContext['chosen']): Choice => ({
  contact: refOf(contact!),
  ...(ticket === undefined ? {} : { ticket: refOf(ticket) }),
});

/**
 * One call, as the platform tells it. Commands are wishes: only events move it.
 *
 *   (routing) ─▶ created ─▶ connecting ─▶ connected ─▶ ended ─ dismiss ─▶ dismissed
 *                   └───────────┴── ended, from any of them
 *
 * Beside it, `ending`: idle ─ end ─▶ asking ─▶ idle | failed (and again); and
 * `choosing` (A10): none ─ choice-needed ─▶ open ─ chooseContact ─▶ looking ─▶ open ─ assign ─▶ assigning ─▶ assigned,
 * left for `none` when contact and ticket are settled, by the agent or by themselves.
 * Events that come late, twice or after the end change nothing.
 */
export const sessionMachine = setup({
  types: {
    context: {} as SessionContext,
    events: {} as SessionCommand | RecordFact | SessionEvent,
    input: {} as SessionInput,
  },
  actors: {
    endCall: fromPromise<void, { sessionId: string }>(notProvided),
    offerTickets: fromPromise<TicketChoice | undefined, { sessionId: string; contactId: string }>(notProvided),
    assignRecord: fromPromise<void, { sessionId: string; choice: Choice }>(notProvided),
  },
  guards: {
    isHandedOver: ({ context, event }) => event.type === 'transfer.finished' && isHandedOver(event, context.session),
    asksTicket: ({ context }) => context.choice?.asksTicket === true,
    isChosen: ({ context: { choice, chosen } }) =>
      chosen.contact !== undefined && (choice?.asksTicket !== true || chosen.ticket !== undefined),
  },
  actions: {
    connect: assign(({ context, event }) => ({
      connectedAt: context.connectedAt ?? ('at' in event ? event.at : context.since),
    })),
    chooseContact: assign(({ event }) =>
      event.type === 'chooseContact' ? { chosen: { contact: event.value }, tickets: undefined } : {},
    ),
    end: assign(({ event }) =>
      event.type === 'session.ended'
        ? { endedBy: event.endedBy, failReason: event.failReason, durations: event.durations }
        : {},
    ),
  },
}).createMachine({
  id: 'session',
  context: ({ input }) => ({
    session: input.session,
    since: input.since,
    phase: input.phase,
    ...(input.connectedAt ? { connectedAt: input.connectedAt } : {}),
    links: input.links ?? {},
    chosen: {},
  }),
  type: 'parallel',
  on: {
    // The platform knows best what the session is; what the agent settled stays.
    'session.created': {
      actions: assign(({ context, event }) => ({ session: { ...context.session, ...event.session } })),
    },
    'record.associated': {
      actions: assign(({ context, event: { contact, ticket } }) => ({
        links: { ...context.links, ...(contact ? { contact } : {}), ...(ticket ? { ticket } : {}) },
        recordFailure: undefined,
        choice: undefined,
        chosen: {},
        tickets: undefined,
        choiceFailure: undefined,
      })),
    },
    'record.failed': { actions: assign({ recordFailure: ({ event }) => event.failure }) },
    'record.recovered': { actions: assign({ recordFailure: undefined }) },
  },
  onDone: {},
  states: {
    line: {
      initial: 'routing',
      states: {
        routing: {
          always: [
            { guard: ({ context }) => context.phase === 'connected', target: 'connected' },
            { guard: ({ context }) => context.phase === 'connecting', target: 'connecting' },
            { guard: ({ context }) => context.phase === 'ended' || context.phase === 'wrap-up', target: 'ended' },
            { target: 'created' },
          ],
        },
        created: {
          on: {
            'session.connecting': 'connecting',
            'session.connected': { target: 'connected', actions: 'connect' },
            'session.ended': { target: 'ended', actions: 'end' },
            'session.closed': 'ended',
          },
        },
        connecting: {
          on: {
            'session.connected': { target: 'connected', actions: 'connect' },
            'session.ended': { target: 'ended', actions: 'end' },
            'session.closed': 'ended',
          },
        },
        connected: {
          on: {
            'transfer.finished': {
              guard: 'isHandedOver',
              target: 'ended',
              actions: assign({ handedOver: true }),
            },
            'session.ended': { target: 'ended', actions: 'end' },
            'session.closed': 'ended',
          },
        },
        ended: {
          on: {
            // `session.closed` came first: the outcome is still wanted.
            'session.ended': { guard: ({ context }) => context.durations === undefined, actions: 'end' },
            dismiss: 'dismissed',
          },
        },
        dismissed: { type: 'final' },
      },
    },
    ending: {
      initial: 'idle',
      states: {
        idle: { on: { end: 'asking' } },
        asking: {
          entry: assign({ endFailure: undefined }),
          on: { 'session.ended': 'idle' },
          invoke: {
            src: 'endCall',
            input: ({ context }) => ({ sessionId: context.session.id }),
            // The command is taken; the event is still to come.
            onDone: 'asked',
            onError: { target: 'idle', actions: assign({ endFailure: ({ event }) => toFailure(event.error) }) },
          },
        },
        asked: { on: { end: 'asking', 'session.ended': 'idle' } },
      },
    },
    choosing: {
      initial: 'none',
      states: {
        none: {
          on: { 'record.choice-needed': { target: 'open', actions: assign({ choice: ({ event }) => event.choice }) } },
        },
        open: {
          initial: 'idle',
          always: { guard: ({ context }) => context.choice === undefined, target: 'none' },
          on: {
            'record.choice-needed': { actions: assign({ choice: ({ event }) => event.choice }) },
            chooseContact: [
              { guard: 'asksTicket', target: '.looking', actions: 'chooseContact' },
              { target: '.idle', actions: 'chooseContact' },
            ],
            chooseTicket: {
              actions: assign({ chosen: ({ context, event }) => ({ ...context.chosen, ticket: event.value }) }),
            },
            assign: { guard: 'isChosen', target: '.assigning' },
          },
          states: {
            idle: {},
            looking: {
              entry: assign({ choiceFailure: undefined }),
              on: { assign: {} },
              invoke: {
                src: 'offerTickets',
                input: ({ context }) => ({ sessionId: context.session.id, contactId: context.chosen.contact! }),
                onDone: {
                  target: 'idle',
                  actions: assign(({ context, event: { output: tickets } }) => ({
                    tickets,
                    ...(tickets?.preselected
                      ? { chosen: { ...context.chosen, ticket: optionValue(tickets.preselected) } }
                      : {}),
                  })),
                },
                onError: {
                  target: 'failed',
                  actions: assign({ choiceFailure: ({ event }) => toFailure(event.error) }),
                },
              },
            },
            failed: { on: { retryTickets: 'looking' } },
            assigning: {
              entry: assign({ choiceFailure: undefined }),
              on: { chooseContact: {}, chooseTicket: {}, assign: {} },
              invoke: {
                src: 'assignRecord',
                input: ({ context: { session, chosen } }) => ({ sessionId: session.id, choice: choiceOf(chosen) }),
                // What it led to is still to come.
                onDone: 'assigned',
                onError: { target: 'idle', actions: assign({ choiceFailure: ({ event }) => toFailure(event.error) }) },
              },
            },
            assigned: { on: { chooseContact: {}, chooseTicket: {}, assign: {} } },
          },
        },
      },
    },
  },
});
