import type { ContactDraft, FieldValue, Iso } from '../domain/contact.js';
import type { Comment, CommentWords, TicketDraft, TicketOrigin } from '../domain/ticket.js';

/** An existing contact or ticket, or the one that the intent with this key makes. */
export type Ref = { id: string } | { madeBy: string };

/** Field values by `FieldDefinition.id`. */
export type Fields = Readonly<Record<string, FieldValue>>;

interface Intended {
  /** Identifies the write, so that it happens once. */
  key: string;
  sessionId: string;
  /** The time of the intent's event. */
  at: Iso;
  /** R32: the write comes long after its event, because it repeats a card. Its headline says the event's time. */
  late?: boolean;
  /** The key that version 0.1.0 gave to the same write. The keeper leaves out an intent that the outbox knows by it. */
  formerly?: string;
}

/** A write to the CRM that a rule asks for. */
export type Intent = Intended &
  (
    | { kind: 'create-contact'; draft: ContactDraft }
    /** `person`: the contact to create if the CRM has deleted `contact` since. */
    | { kind: 'create-ticket'; contact: Ref; person?: ContactDraft; draft: Omit<TicketDraft, 'contactId'> }
    | {
        kind: 'write-ticket';
        ticket: Ref;
        comment?: Comment;
        assigneeId?: string;
        fields?: Fields;
        /** R31: sends the write at once, together with the ticket's waiting writes. */
        urgent?: boolean;
        /** R35: what stands on a ticket that is no longer the session's. A closed ticket gets no such line. */
        moved?: boolean;
        /** R9: sets the ticket to Open if its origin is a platform call or voicemail. */
        reopenPlatformTicket?: boolean;
        /** R12: the origin of a follow-up ticket, if the CRM has closed the ticket since. */
        origin: TicketOrigin;
        /** The words for a follow-up ticket, if the write has no comment with words. */
        words?: CommentWords;
        /** R12, R21: a follow-up ticket's description of the session. Absent in rows of earlier versions. */
        about?: string;
        /** R12, X1–X10: the session's field values so far, which a follow-up ticket gets too. */
        filled?: Fields;
      }
    /** R23: shows the ticket to the agent, after the writes to the ticket. This intent is not a write. */
    | { kind: 'open-ticket'; ticket: Ref }
  );

export type IntentOf<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>;
