import type { CrmHost } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { Contact } from '../domain/contact.js';
import type { Session } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import type { Ticket } from '../domain/ticket.js';
import type { RecordFact } from '../machine/session-machine.js';
import type { Outbox, OutboxEntry } from '../outbox/outbox.js';
import type { Known } from '../records/rule.js';
import { intentsFor } from '../records/rules.js';
import type { SessionEvent } from '../telephony/platform-event.js';

const keptEarly = 50;

export interface RecordKeeperOptions {
  host: CrmHost;
  outbox: Outbox;
  agent: Agent;
  settings: () => Settings;
  /** Look-ups that the form has made already cost no second request. */
  recall: { contact(id: string): Contact | undefined; ticket(id: string): Ticket | undefined };
  tell: (sessionId: string, fact: RecordFact) => void;
}

/**
 * Holds what is known of each session and runs the rules: event + what is known + settings → intents → outbox.
 * A session's events are taken one after the other; a session without a ticket (S4) is never held.
 */
export class RecordKeeper {
  readonly #options: RecordKeeperOptions;
  readonly #known = new Map<string, Known>();
  readonly #queues = new Map<string, Promise<void>>();
  /** Events that came before the one that introduces their session. */
  readonly #early = new Map<string, SessionEvent[]>();
  /** S4: sessions on the line of which nothing is held but that. */
  readonly #silent = new Set<string>();
  readonly #unsubscribe: () => void;

  constructor(options: RecordKeeperOptions) {
    this.#options = options;
    this.#unsubscribe = options.outbox.subscribe((entry) => this.#hear(entry));
  }

  /** Takes an event of a session that this desktop owns. Resolves when what it means is in the outbox. */
  take(event: SessionEvent): Promise<void> {
    const before = this.#queues.get(event.sessionId) ?? Promise.resolve();
    const done = before.then(() => this.#apply(event));
    this.#queues.set(event.sessionId, done);
    return done;
  }

  /**
   * A session that was on before this desktop started. What it became is known by the platform; where it is not, the
   * rules run again, and their keys make each write happen once.
   */
  resume(session: Session): void {
    const { agent, host } = this.#options;
    const { contactId, ticketId } = session.record ?? {};
    if (ticketId === undefined || ticketId === 'none') {
      const at = new Date(0).toISOString();
      void this.take({
        type: 'session.created',
        id: `resumed:${session.id}`,
        at,
        sessionId: session.id,
        session,
        key: '',
      });
      return;
    }
    const contact = contactId ? { contact: { id: contactId } } : {};
    this.#known.set(session.id, { session, agent, account: host.account, ticket: { id: ticketId }, ...contact });
    void this.#tellLinks(session.id, contactId, ticketId);
  }

  stop(): void {
    this.#unsubscribe();
  }

  async #apply(event: SessionEvent): Promise<void> {
    const { sessionId } = event;
    // Introduced once: a second introduction, late or twice, means nothing.
    if (event.type === 'session.created' && this.#known.has(sessionId)) return;
    if (event.type === 'session.created') await this.#introduce(event.session);
    const known = this.#known.get(sessionId);
    if (known) {
      const { intents, known: next } = intentsFor(event, known, this.#options.settings());
      this.#known.set(sessionId, next);
      if (intents.length > 0) await this.#options.outbox.enqueue(intents);
    } else if (!this.#silent.has(sessionId)) {
      this.#early.set(sessionId, [...(this.#early.get(sessionId) ?? []), event]);
      // Of sessions that never introduce themselves, only the last few can still be waited for.
      for (const [oldest] of this.#early) if (this.#early.size > keptEarly) this.#early.delete(oldest);
    }
    if (event.type === 'session.created') {
      const early = this.#early.get(sessionId) ?? [];
      this.#early.delete(sessionId);
      for (const missed of early) await this.#apply(missed);
    }
    if (event.type === 'session.closed' && (known || this.#silent.has(sessionId))) {
      this.#known.delete(sessionId);
      this.#queues.delete(sessionId);
      this.#silent.delete(sessionId);
    }
  }

  /** The first event of a session. A second one (late, twice) finds the session known, and its keys in the outbox. */
  async #introduce(session: Session): Promise<void> {
    const { agent, host, recall } = this.#options;
    const { contact, ticket } = session.association ?? {};
    if (ticket === 'none') return void this.#silent.add(session.id);
    const contactId = typeof contact === 'object' ? contact.id : undefined;
    const found = contactId
      ? (recall.contact(contactId) ?? (await this.#look(() => host.getContact(contactId))))
      : undefined;
    this.#known.set(session.id, {
      session,
      agent,
      account: host.account,
      ...(found ? { contactName: found.name } : {}),
    });
    void this.#tellLinks(session.id, contactId, typeof ticket === 'object' ? ticket.id : undefined);
  }

  /** A10's links, as soon as contact and ticket are there. */
  async #tellLinks(sessionId: string, contactId: string | undefined, ticketId: string | undefined): Promise<void> {
    const { host, recall, tell } = this.#options;
    const contact = contactId
      ? (recall.contact(contactId) ?? (await this.#look(() => host.getContact(contactId))))
      : undefined;
    const ticket = ticketId
      ? (recall.ticket(ticketId) ?? (await this.#look(() => host.getTicket(ticketId))))
      : undefined;
    if (contact || ticket) tell(sessionId, associated(contact, ticket));
  }

  #hear({ intent, state, result, failure }: OutboxEntry): void {
    const { tell } = this.#options;
    if (state === 'settled') {
      if (result?.contact || result?.ticket) tell(intent.sessionId, associated(result.contact, result.ticket));
      else if (intent.kind !== 'open-ticket') tell(intent.sessionId, { type: 'record.recovered' });
    } else if (failure && (state === 'dead' || state === 'parked')) {
      tell(intent.sessionId, { type: 'record.failed', failure });
    }
  }

  /** A name that cannot be read now is no reason to hold up a record. */
  async #look<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
    try {
      return await read();
    } catch {
      return undefined;
    }
  }
}

function associated(contact: Contact | undefined, ticket: Ticket | undefined): RecordFact {
  return {
    type: 'record.associated',
    ...(contact
      ? { contact: { id: contact.id, name: contact.name, ...(contact.url ? { url: contact.url } : {}) } }
      : {}),
    ...(ticket
      ? {
          ticket: {
            id: ticket.id,
            subject: ticket.subject,
            status: ticket.status,
            ...(ticket.url ? { url: ticket.url } : {}),
          },
        }
      : {}),
  };
}
