import { fromPromise } from 'xstate';
import type { CrmHost } from '../crm/crm-host.js';
import type { Contact, Page } from '../domain/contact.js';
import { forwardClock } from '../environment/forward-clock.js';
import { loadPhoneNumbers } from '../domain/phone-loader.js';
import type { Ticket } from '../domain/ticket.js';
import type { DialWish } from '../machine/leader/leader-state.js';
import type { LookUpQuery } from '../machine/outbound/look-up-queries.js';
import type { EntryFound, EntryQuery } from '../machine/outbound/entry.js';
import { outboundMachine } from '../machine/outbound/outbound-machine.js';
import type { Dialled, TakenBack } from '../machine/outbound/outbound-setup.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { Telephony } from '../telephony/telephony.js';
import type { ActorPorts } from './agent-actors.js';
import { plainHost } from './plain-host.js';
import { pageSize, type RecentRecords } from './recent-records.js';

const callsAMinute = 10;

/**
 * The outbound form's statechart with its actors bound to the ports. This file loads after the first paint.
 */
export function boundOutbound({ host: crmHost, telephony, environment, recent, leader, dialled }: ActorPorts) {
  const host = plainHost(crmHost, environment);
  return outboundMachine.provide({
    actors: {
      preparePhoneNumbers: fromPromise<void>(async () => void (await environment.load(loadPhoneNumbers))),
      loadEntry: fromPromise<EntryFound, EntryQuery>(({ input, signal }) =>
        loadEntry(host, telephony, recent, input, signal),
      ),
      findContacts: fromPromise<Page<Contact>, LookUpQuery>(async ({ input: { phone, text, page }, signal }) => {
        const query = phone === undefined ? { text: text ?? '' } : { phone };
        const found = await host.findContacts(query, {
          signal,
          limit: pageSize,
          priority: 'interactive',
          page: page || undefined,
        });
        recent.keep({ contacts: found.items });
        return found;
      }),
      findTickets: fromPromise<Page<Ticket>, LookUpQuery>(async ({ input: { contactId, page }, signal }) => {
        const options = { signal, limit: pageSize, priority: 'interactive' as const, page: page || undefined };
        const found = await host.findTickets({ contactId: contactId ?? '', live: true }, options);
        recent.keep({ tickets: found.items });
        return found;
      }),
      dial: fromPromise<Dialled, DialWish>(async ({ input }) => {
        limitCalls(forwardClock(environment.clock).now());
        return (await leader.ask({ type: 'dial', ...input })) as Dialled;
      }),
      takeBack: fromPromise<TakenBack, { except: string }>(
        async ({ input }) => (await leader.ask({ type: 'takeBack', ...input })) as TakenBack,
      ),
    },
  });

  /** Stops a page that dials in a loop. */
  function limitCalls(now: number): void {
    while (dialled[0] !== undefined && dialled[0] <= now - 60_000) dialled.shift();
    if (dialled.length >= callsAMinute)
      throw new TelephonyError('not-available', 'Ten calls have been placed within a minute.', {
        failReason: 'too_many_calls',
      });
    dialled.push(now);
  }
}

async function loadEntry(
  host: CrmHost,
  telephony: Telephony,
  recent: RecentRecords,
  { contactId, ticketId, sessionId, phoneField }: EntryQuery,
  signal: AbortSignal,
): Promise<EntryFound> {
  const options = { signal, priority: 'interactive' as const };
  const session = sessionId ? await telephony.getSession(sessionId) : undefined;
  const { record, association } = session ?? {};
  const recordedTicket =
    record?.ticketId ?? (typeof association?.ticket === 'object' ? association.ticket.id : undefined);
  const wantedTicket = ticketId ?? (recordedTicket === 'none' ? undefined : recordedTicket);
  const recordedContact =
    record?.contactId ?? (typeof association?.contact === 'object' ? association.contact.id : undefined);
  const namedContact = contactId ?? recordedContact;
  // A14: the look-ups that do not need each other run side by side.
  const [ticket, named] = await Promise.all([
    wantedTicket ? host.getTicket(wantedTicket, options) : undefined,
    namedContact ? host.getContact(namedContact, options) : undefined,
  ]);
  // The ticket's requester overrides the contact of the request.
  const requester = ticket?.contactId ?? namedContact;
  const contact = requester === namedContact ? named : await host.getContact(requester!, options);
  recent.keep({ contacts: contact ? [contact] : [], tickets: ticket ? [ticket] : [] });
  const fieldTitle = phoneField ? (await host.listFields()).find(({ id }) => id === phoneField)?.title : undefined;
  return { session, ticket, contact, fieldTitle };
}
