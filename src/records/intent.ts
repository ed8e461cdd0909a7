import type { ContactDraft, FieldValue, Iso } from '../domain/contact.js';
import type { Comment, TicketDraft, TicketOrigin } from '../domain/ticket.js';

/** An existing contact or ticket, or the one that the intent with this key makes. */
export type Ref = { id: string } | { madeBy: string };

/** Field values by `FieldDefinition.id`. */
export type Fields = Readonly<Record<string, FieldValue>>;

interface Intended {
  /** Makes the write happen once. */
  key: string;
  sessionId: string;
  /** The time of the event that it comes from. */
  at: Iso;
}

/** A write to the CRM that a rule asks for. */
export type Intent = Intended &
  (
    | { kind: 'create-contact'; draft: ContactDraft }
    /** `person`: the contact to create if the existing one has been deleted meanwhile. */
    | { kind: 'create-ticket'; contact: Ref; person?: ContactDraft; draft: Omit<TicketDraft, 'contactId'> }
    | {
        kind: 'write-ticket';
        ticket: Ref;
        comment?: Comment;
        assigneeId?: string;
        fields?: Fields;
        /** R9: sets the ticket to Open if its origin is a platform call or voicemail. */
        reopenPlatformTicket?: boolean;
        /** R12: the origin of the follow-up ticket, if the ticket has been closed meanwhile. */
        origin: TicketOrigin;
        /** R12, R21: the lines with which a follow-up ticket describes the session. Rows of earlier versions have none. */
        about?: string;
        /** R12, X1–X10: the session's field values so far, which a follow-up ticket gets too. */
        filled?: Fields;
      }
    /** R23: the CRM shows the ticket to the agent. It is no write, but it must come after the writes to the ticket. */
    | { kind: 'open-ticket'; ticket: Ref }
  );

export type IntentOf<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>;
