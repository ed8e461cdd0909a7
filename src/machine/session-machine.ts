import { assign, fromPromise, setup } from 'xstate';
import type { Contact, Iso } from '../domain/contact.js';
import type { Durations, Session } from '../domain/session.js';
import type { TicketChoice } from '../domain/ticket-choice.js';
import type { TicketStatus } from '../domain/ticket.js';
import type { SessionEvent } from '../telephony/platform-event.js';
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
  /** Of this contact, once the agent looks at one; R8's ticket is preselected. */
  tickets?: { contactId: string | 'new' } & TicketChoice;
}

/** What became of the session's records. */
export type RecordFact =
  | ({ type: 'record.associated' } & RecordLinks)
  | { type: 'record.choice-needed'; choice: RecordChoice }
  | { type: 'record.failed'; failure: Failure }
  | { type: 'record.recovered' };

export type SessionCommand = { type: 'end' } | { type: 'dismiss' };

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
  recordFailure?: Failure;
  endFailure?: Failure;
}

/**
 * One call, as the platform tells it. Commands are wishes: only events move it.
 *
 *   (routing) ─▶ created ─▶ connecting ─▶ connected ─▶ ended ─ dismiss ─▶ dismissed
 *                   └───────────┴── ended, from any of them
 *
 * Beside it, `ending`: idle ─ end ─▶ asking ─▶ idle | failed (and again).
 * Events that come late, twice or after the end change nothing.
 */
export const sessionMachine = setup({
  types: {
    context: {} as SessionContext,
    events: {} as SessionCommand | RecordFact | SessionEvent,
    input: {} as SessionInput,
  },
  actors: { endCall: fromPromise<void, { sessionId: string }>(() => Promise.reject(new Error('not provided'))) },
  actions: {
    connect: assign(({ context, event }) => ({
      connectedAt: context.connectedAt ?? ('at' in event ? event.at : context.since),
    })),
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
      })),
    },
    'record.choice-needed': { actions: assign({ choice: ({ event }) => event.choice }) },
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
  },
});
