import { fromPromise } from 'xstate';
import type { CrmHost } from '../crm/crm-host.js';
import type { Contact, Page } from '../domain/contact.js';
import type { DialPlan } from '../domain/dial.js';
import { forwardClock } from '../environment/forward-clock.js';
import { loadPhoneNumbers } from '../domain/phone-loader.js';
import type { Ticket } from '../domain/ticket.js';
import { toFailure } from '../domain/failure.js';
import { isUnresolved } from '../machine/outbound/unresolved.js';
import type { LookUpQuery } from '../machine/outbound/outbound-decisions.js';
import type { EntryFound, EntryQuery } from '../machine/outbound/entry.js';
import { outboundMachine } from '../machine/outbound/outbound-machine.js';
import type { Dialled, TakenBack } from '../machine/outbound/outbound-setup.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { Telephony } from '../telephony/telephony.js';
import type { ActorPorts } from './agent-actors.js';
import { inCommandTime } from '../keeper/command-time.js';
import { plainHost } from './plain-host.js';
import { pageSize, type RecentRecords } from './recent-records.js';

const callsAMinute = 10;

/** The outbound form with its actors bound to the ports. Comes in a file of its own, after the first paint. */
export function boundOutbound({ host: given, telephony, environment, recent, leader, dialled }: ActorPorts) {
  const host = plainHost(given, environment);
  const isoNow = () => new Date(environment.clock.now()).toISOString();
  const command = <T>(what: string, ask: () => Promise<T>) => inCommandTime(environment, what, ask);
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
          ...(page ? { page } : {}),
        });
        recent.keep({ contacts: found.items });
        return found;
      }),
      findTickets: fromPromise<Page<Ticket>, LookUpQuery>(async ({ input: { contactId, page }, signal }) => {
        const options = { signal, limit: pageSize, priority: 'interactive' as const, ...(page ? { page } : {}) };
        const found = await host.findTickets({ contactId: contactId ?? '', live: true }, options);
        recent.keep({ tickets: found.items });
        return found;
      }),
      dial: fromPromise<Dialled, DialPlan>(async ({ input, signal }) => {
        const now = forwardClock(environment.clock).now();
        // A page that goes wild cannot dial more than a person would.
        while (dialled[0] !== undefined && dialled[0] <= now - 60_000) dialled.shift();
        if (dialled.length >= callsAMinute)
          throw new TelephonyError('not-available', 'Ten calls have been placed within a minute.', {
            failReason: 'too_many_calls',
          });
        dialled.push(now);
        let isLate = false;
        signal.addEventListener('abort', () => (isLate = true));
        try {
          return await command('dial', async () => {
            await leader.takeOver();
            await leader.ask({ type: 'openPlan', plan: input });
            const dialled = telephony.dial(input).then(({ sessionId }): Dialled => ({ sessionId, at: isoNow() }));
            // It may be answered when the form does not wait any more, or is gone.
            dialled.then(
              (call) => isLate && leader.placed({ ...call, plan: input, contactName: undefined, isLate }),
              () => undefined,
            );
            return dialled;
          });
        } catch (error) {
          isLate = true;
          if (!isUnresolved(toFailure(error))) await leader.ask({ type: 'settlePlan', key: input.key });
          throw error;
        }
      }),
      takeBack: fromPromise<TakenBack, { except: string }>(({ input }) =>
        command('cancel', async () => {
          await leader.takeOver();
          return (await leader.ask({ type: 'takeBack', ...input })) as TakenBack;
        }),
      ),
    },
  });
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
  const recorded = record?.ticketId ?? (typeof association?.ticket === 'object' ? association.ticket.id : undefined);
  const wantedTicket = ticketId ?? (recorded === 'none' ? undefined : recorded);
  const ticket = wantedTicket ? await host.getTicket(wantedTicket, options) : undefined;
  const settled = record?.contactId ?? (typeof association?.contact === 'object' ? association.contact.id : undefined);
  // The ticket's own requester wins over a hint.
  const wantedContact = ticket?.contactId ?? contactId ?? settled;
  const contact = wantedContact ? await host.getContact(wantedContact, options) : undefined;
  recent.keep({ contacts: contact ? [contact] : [], tickets: ticket ? [ticket] : [] });
  const fieldTitle = phoneField ? (await host.listFields()).find(({ id }) => id === phoneField)?.title : undefined;
  return {
    ...(session ? { session } : {}),
    ...(ticket ? { ticket } : {}),
    ...(contact ? { contact } : {}),
    ...(fieldTitle ? { fieldTitle } : {}),
  };
}
