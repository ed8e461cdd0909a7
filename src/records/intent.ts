import type { ContactDraft, FieldValue, Iso } from '../domain/contact.js';
import type { Comment, TicketDraft, TicketOrigin } from '../domain/ticket.js';

/** A contact or ticket that is there, or the one that the intent with this key makes. */
export type Ref = { id: string } | { madeBy: string };

/** By `FieldDefinition.id`. */
export type Fields = Readonly<Record<string, FieldValue>>;

interface Intended {
  /** Makes it happen once. */
  key: string;
  sessionId: string;
  /** When what it tells of happened. */
  at: Iso;
}

/** Something to be written to the CRM. */
export type Intent = Intended &
  (
    | { kind: 'create-contact'; draft: ContactDraft }
    /** `person`: who it is for, where the contact is gone by then. */
    | { kind: 'create-ticket'; contact: Ref; person?: ContactDraft; draft: Omit<TicketDraft, 'contactId'> }
    | {
        kind: 'write-ticket';
        ticket: Ref;
        comment?: Comment;
        assigneeId?: string;
        fields?: Fields;
        /** R9: Open, if the ticket's origin is a platform call or voicemail. */
        reopenPlatformTicket?: boolean;
        /** R12: of the follow-up, if the ticket has been closed meanwhile. */
        origin: TicketOrigin;
        /** R12, R21: what the follow-up says of the session, in lines. What an earlier version has kept has none. */
        about?: string;
        /** R12, X1–X10: what the follow-up is filled with of what was written before. */
        filled?: Fields;
      }
    /** R23: the CRM opens it in front of the agent. Not a write, but it comes after what it shows. */
    | { kind: 'open-ticket'; ticket: Ref }
  );

export type IntentOf<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>;
