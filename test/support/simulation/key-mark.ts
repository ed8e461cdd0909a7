import type { Comment } from '../../../src/domain/ticket.js';
import type { Intent } from '../../../src/records/intent.js';

/** The mark at the end of a comment's last line: the key of its write. */
export const keyMark = /^(.*) \[(\S+)\]$/;

const marked = ({ foot = '', ...comment }: Comment, key: string): Comment => ({ ...comment, foot: `${foot} [${key}]` });

/** R35: the oracle of corrections tells the writes of a session apart by their keys, which no comment has. */
export function withKey(intent: Intent): Intent {
  if (intent.kind === 'create-ticket')
    return { ...intent, draft: { ...intent.draft, comment: marked(intent.draft.comment, intent.key) } };
  return intent.kind === 'write-ticket' && intent.comment
    ? { ...intent, comment: marked(intent.comment, intent.key) }
    : intent;
}
