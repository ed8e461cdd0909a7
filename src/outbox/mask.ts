import type { Intent } from '../records/intent.js';

/** Milliseconds. After a week, the outbox masks an unsettled row: only its key and its ticket remain. */
export const expiresAfter = 7 * 24 * 3_600_000;
/** Milliseconds. The outbox keeps the key of a settled row for as long as the platform may repeat an event. */
export const forgottenAfter = 31 * 24 * 3_600_000;

/** The intent without personal data. */
export function masked(intent: Intent): Intent {
  switch (intent.kind) {
    case 'create-contact':
      return { ...intent, draft: { name: '' } };
    case 'create-ticket': {
      const { person: _, ...ticket } = intent;
      const { origin } = ticket.draft;
      return { ...ticket, draft: { subject: '', comment: { body: '', public: false }, origin } };
    }
    case 'write-ticket': {
      const { kind, key, sessionId, at, ticket, origin } = intent;
      return { kind, key, sessionId, at, ticket, origin };
    }
    case 'open-ticket':
      return intent;
  }
}
