import type { Iso } from '../domain/contact.js';
import { oneLine } from '../domain/one-line.js';
import type { Settings } from '../domain/settings.js';
import { recordKey, stepOf } from '../domain/write-key.js';
import { cardComment, footOf, writingOf } from './card.js';
import type { Intent } from './intent.js';
import type { Known } from './rule.js';
import { originOf } from './ticket-origin.js';
import { say } from './writing.js';

/** R35: the line on a ticket that is no longer the session's. It says where the session is recorded now. */
export function movedLine(
  known: Known,
  settings: Settings,
  { at, on, to }: { at: Iso; on: string; to: { id: string; url?: string | undefined } },
): Intent {
  const { session, correction, agent } = known;
  const key = to.url === undefined ? 'moved' : 'moved.link';
  const headline = `↪ ${say(writingOf(known), key, { ticket: oneLine(to.id), url: oneLine(to.url ?? '') })}`;
  const card = { headline, lines: [], foot: footOf('moved', session) };
  return {
    kind: 'write-ticket',
    key: recordKey(session.id, correction, stepOf('moved', { id: on })),
    sessionId: session.id,
    at,
    ticket: { id: on },
    moved: true,
    comment: cardComment(card, agent?.id ?? session.agentId, known, settings, at),
    origin: originOf(session, correction),
  };
}
