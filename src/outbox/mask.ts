import type { Intent } from '../records/intent.js';

/** After a week what was to be written is no longer kept; that it was, and where, is. */
export const expiresAfter = 7 * 24 * 3_600_000;
/** Of what was written only the key is kept, as long as the platform may tell of it again. */
export const forgottenAfter = 31 * 24 * 3_600_000;

/** An intent without anything of a person's. */
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
