import type { Agent } from '../../domain/agent.js';
import type { Contact } from '../../domain/contact.js';
import type { DialPlan, DialRequest } from '../../domain/dial.js';
import { defaultLanguage, defaultOutboundNumber, type OutboundChoices } from '../../domain/outbound-number.js';
import type { Settings } from '../../domain/settings.js';
import { ticketEntryMode, type TicketEntryMode } from '../../domain/ticket-entry.js';
import type { Ticket, TicketStatus } from '../../domain/ticket.js';
import type { Failure } from '../../domain/failure.js';

/** Something that the screen says beside the form; the agent may close it. */
export type Notice =
  | { code: 'ticket-not-live'; ticketId: string; status: TicketStatus }
  | { code: 'ticket-not-found'; ticketId: string }
  | { code: 'ticket-dropped'; ticketId: string }
  | { code: 'contact-not-found' }
  /** R10: the call that is to be called back. */
  | { code: 'call-unknown' }
  | { code: 'contact-without-number'; name: string }
  | { code: 'field-without-number'; field: string; value: string }
  | { code: 'outbound-number-cleared'; label: string }
  | { code: 'no-default-outbound-number' }
  | { code: 'number-not-readable'; number: string };

/** Why ticket entry does not go on (T2, T4). */
export type TicketRefusal =
  | { code: 'empty' }
  | { code: 'unknown'; ticketId: string }
  | { code: 'not-live'; ticketId: string; status: TicketStatus }
  | { code: 'no-contact'; ticketId: string }
  | { code: 'failed'; failure: Failure };

export interface OutboundInput {
  /** Makes the call's key: unguessable, one for each opening of the form. */
  flowId: string;
  agent: Agent;
  settings: Settings;
  profile: OutboundChoices;
  request: DialRequest;
  /** R10: pressed in the panel, so that a call-back with nothing missing dials at once. */
  pressed?: boolean;
}

/** All that an outbound call's form holds. Plain data. */
export interface OutboundContext extends OutboundInput {
  entryMode: TicketEntryMode;
  /** As typed, or as it came; read with `country`. */
  numberText: string;
  /** What number entry shows before Next. */
  draftText: string;
  country: string;
  /** F9, F10, T3: a number that is permitted for this contact although it may have none such. */
  permitted?: { text: string; contactId: string };
  /** "Use entered number to make call" is ticked. */
  useEntered: boolean;
  /** Contacts that have the number (F5), or the one that was given (F9, F10, F12). */
  contacts: readonly Contact[];
  nextContacts?: string;
  contact?: Contact | 'new';
  searchText: string;
  found: readonly Contact[];
  nextFound?: string;
  /** The contact's live tickets. */
  tickets: readonly Ticket[];
  nextTickets?: string;
  /** The live ticket that the agent started from (F10, F12), or that a call-back inherits (R10). */
  startedFrom?: Ticket;
  /** The live ticket that was entered or filled in (T1, T5). */
  entered?: Ticket;
  ticketText: string;
  ticketRefusal?: TicketRefusal;
  /** What the agent chose of F6's list: a ticket's id, new, or none. */
  chosenTicket?: string;
  /** R10, S4: the parent had no ticket, so this has none. */
  inheritsNone: boolean;
  parentId?: string;
  language?: string;
  outboundNumber?: string;
  notices: readonly Notice[];
  failure?: Failure;
  /** What was last asked of the platform, and whether it may have been taken on. */
  asked?: { plan: DialPlan; unresolved: boolean };
  attempts: number;
  /** The platform has not said for long what became of an earlier plan. */
  mayCallAnyway: boolean;
}

export function outboundContext(input: OutboundInput): OutboundContext {
  const { settings, agent, profile, request } = input;
  const language = defaultLanguage(profile);
  const outboundNumber = defaultOutboundNumber(profile, language)?.number;
  const numberText = 'number' in request ? (request.number ?? '') : '';
  return {
    ...input,
    entryMode: request.from === 'call-back' ? 'off' : ticketEntryMode(settings, agent),
    numberText,
    draftText: numberText,
    country: settings.outbound.defaultCountry,
    useEntered: request.from === 'ticket-new-number',
    contacts: [],
    searchText: '',
    found: [],
    tickets: [],
    ticketText: 'ticketId' in request ? request.ticketId : '',
    inheritsNone: false,
    language,
    outboundNumber,
    notices: outboundNumber === undefined ? [{ code: 'no-default-outbound-number' }] : [],
    attempts: 0,
    mayCallAnyway: false,
  };
}
