import type { ContactDraft } from '../domain/contact.js';
import type { Comment, TicketDraft } from '../domain/ticket.js';

/** A contact or ticket that is there, or the one that the intent with this key makes. */
export type Ref = { id: string } | { madeBy: string };

/** Something to be written to the CRM. The key makes it happen once. */
export type Intent =
  | { kind: 'create-contact'; key: string; sessionId: string; draft: ContactDraft }
  | { kind: 'create-ticket'; key: string; sessionId: string; contact: Ref; draft: Omit<TicketDraft, 'contactId'> }
  | {
      kind: 'write-ticket';
      key: string;
      sessionId: string;
      ticket: Ref;
      comment?: Comment;
      assigneeId?: string;
      /** R9: Open, if the ticket's origin is a platform call or voicemail. */
      reopenPlatformTicket?: boolean;
    }
  /** R23: the CRM opens it in front of the agent. Not a write, but it comes after what it shows. */
  | { kind: 'open-ticket'; key: string; sessionId: string; ticket: Ref };
