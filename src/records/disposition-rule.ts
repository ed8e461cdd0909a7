import type { Disposition } from '../domain/session.js';
import { stepOf } from '../domain/write-key.js';
import { textIn, textsIn } from '../telephony/event-parts.js';
import { labelled, labelledText, lines } from './comment-lines.js';
import { agentName, agentOf, internalComment, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { idLine } from './session-comment.js';

/** The labels that lead to a code, from the root of the tree. */
function pathTo(code: string, tree: readonly Disposition[]): readonly string[] | undefined {
  for (const { code: own, label, children = [] } of tree) {
    if (own === code) return [label];
    const below = pathTo(code, children);
    if (below) return [label, ...below];
  }
  return undefined;
}

/** R28: writes the agent, each code with its path in the tree, and the note. */
export const dispositionRule: Rule = (event, known, settings) => {
  if (event.type !== 'disposition.submitted') return [];
  const agent = textIn(event.agent) || agentOf(known, settings);
  const body = lines(
    'Disposition submitted',
    ...textsIn(event.codes).map((code) => {
      const path = pathTo(code, settings.calls.dispositions);
      return `Code: ${code}${path ? ` (${path.join(' › ')})` : ''}`;
    }),
    labelledText('Note', textIn(event.notes)?.trim()),
    labelled('Agent', agent && agentName(agent, known)),
    idLine(known.session),
  );
  return writeTicket(event, known, stepOf('disposition', event), { comment: internalComment(body, agent) });
};
