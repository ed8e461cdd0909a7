import type { Agent } from '../../domain/agent.js';
import type { Contact } from '../../domain/contact.js';
import type { DialPlan, DialRequest } from '../../domain/dial.js';
import { defaultLanguage, defaultOutboundNumber, type OutboundChoices } from '../../domain/outbound-number.js';
import type { Settings } from '../../domain/settings.js';
import { ticketEntryMode, type TicketEntryMode } from '../../domain/ticket-entry.js';
import type { Ticket, TicketStatus } from '../../domain/ticket.js';
import type { Failure } from '../../domain/failure.js';

/** A notice beside the form. The agent can close it. */
export type Notice =
  | { code: 'ticket-not-live'; ticketId: string; status: TicketStatus }
  | { code: 'ticket-not-found'; ticketId: string }
  | { code: 'ticket-dropped'; ticketId: string }
  | { code: 'contact-not-found' }
  /** R10: the platform does not know the call to call back. */
  | { code: 'call-unknown' }
  | { code: 'contact-without-number'; name: string }
  | { code: 'field-without-number'; field: string; value: string }
  | { code: 'outbound-number-cleared'; label: string }
  | { code: 'no-default-outbound-number' }
  | { code: 'number-not-readable'; number: string };

/** T2, T4: why ticket entry refuses the ticket. */
export type TicketRefusal =
  | { code: 'empty' }
  | { code: 'unknown'; ticketId: string }
  | { code: 'not-live'; ticketId: string; status: TicketStatus }
  | { code: 'no-contact'; ticketId: string }
  | { code: 'failed'; failure: Failure };

export interface OutboundInput {
  /** The beginning of the plans' keys. Unguessable, and new for each opening of the form. */
  flowId: string;
  agent: Agent;
  settings: Settings;
  profile: OutboundChoices;
  request: DialRequest;
  /** R10: whether a person pressed a control of the panel. A complete call-back then dials at once. */
  pressed?: boolean;
}

/** The data of an outbound call's form. Plain data. */
export interface OutboundContext extends OutboundInput {
  entryMode: TicketEntryMode;
  /** The number's text, as the agent typed it or the request gave it. `country` tells how to read the text. */
  numberText: string;
  /** The text in number entry before Next. */
  draftText: string;
  country: string;
  /** F9, F10, T3: a number that may be called for this contact even if the contact does not have it. */
  permitted?: { text: string; contactId: string };
  /** Whether the agent has ticked "Use entered number to make call". */
  useEntered: boolean;
  /** Whether the records that the request names are still to be looked up. */
  entryWanted?: boolean;
  /** F12: whether number entry was open. */
  enteredNumber?: boolean;
  /** The contacts that have the number (F5), or the contact of the request (F9, F10, F12). */
  contacts: readonly Contact[];
  nextContacts?: string;
  contact?: Contact | 'new';
  searchText: string;
  found: readonly Contact[];
  nextFound?: string;
  /** The contact's live tickets. */
  tickets: readonly Ticket[];
  nextTickets?: string;
  /** The id of the contact whose tickets were looked up last. */
  ticketsOf?: string;
  /** The live ticket that the agent started from (F10, F12), or that a call-back inherits (R10). */
  startedFrom?: Ticket;
  /** The live ticket that the agent entered or the request named (T1, T5). */
  entered?: Ticket;
  ticketText: string;
  ticketRefusal?: TicketRefusal;
  /** The agent's choice in F6's list: a ticket's id, `new` or `none`. */
  chosenTicket?: string;
  /** R10, S4: whether this call gets no ticket because its parent call had none. */
  inheritsNone: boolean;
  parentId?: string;
  language?: string;
  outboundNumber?: string;
  notices: readonly Notice[];
  failure?: Failure;
  /** The last plan that was dialled, and whether the platform may have created its call. */
  asked?: { plan: DialPlan; unresolved: boolean };
  attempts: number;
  /** Whether the agent may call although the platform has not answered for an earlier plan. */
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
