import { isChat } from '../domain/session.js';
import { oneLine } from '../domain/one-line.js';
import { valuesIn } from '../telephony/event-parts.js';
import { footOf, signOf, whoIs, writingOf, type Card } from './card.js';
import { lines, pairs, type Lines } from './comment-lines.js';
import type { Known, RecordEvent } from './rule.js';
import { languageText, nameText, say } from './writing.js';

/** R31, R4, R5: the card with which a session is recorded on a ticket. */
export function startCard({ type }: Pick<RecordEvent, 'type'>, known: Known): Card {
  const { session } = known;
  const writing = writingOf(known);
  const [headline, word] =
    type === 'voicemail.received'
      ? (['headline.voicemail', 'voicemail_received'] as const)
      : type === 'session.abandoned'
        ? ([isChat(session) ? 'headline.abandoned-chat' : 'headline.abandoned-call', 'call_abandoned'] as const)
        : ([`headline.${session.channel}`, 'call_started'] as const);
  return {
    headline: `${signOf(session)} ${say(writing, headline, { who: whoIs(known) })}`,
    lines: sessionLines(known),
    foot: footOf(word, session),
  };
}

/** R21, R24: the platform's number, the language and the menu selection. */
export function sessionLines(known: Known): Lines {
  const { session } = known;
  const { language, queue, platformNumber, parentId, direction, association } = session;
  const writing = writingOf(known);
  const outbound = direction === 'outbound';
  const number =
    platformNumber &&
    say(writing, outbound ? 'line.from' : 'line.to', { number: oneLine(writing.phone(platformNumber)) });
  const about = [number, language && languageText(language, writing), queue && queueText(queue)];
  return lines(
    about.filter(Boolean).join(' · '),
    outbound && association?.enteredNumber && writing.words['line.entered'],
    parentId !== undefined && writing.words['line.call-back'],
    known.earlier !== undefined &&
      !isOn(known, known.earlier) &&
      say(writing, 'line.earlier', { ticket: oneLine(known.earlier) }),
  );
}

const isOn = ({ ticket }: Known, id: string): boolean => ticket !== undefined && 'id' in ticket && ticket.id === id;

export const queueText = ({ path, id }: { path: readonly string[]; id: string }): string =>
  path.map(nameText).join(' › ') || oneLine(id);

/** R1, R32: what an app or a web page told about the customer, word for word. */
export function customerLines(known: Known): Lines {
  const { customer } = known.session;
  if (!customer) return [];
  const writing = writingOf(known);
  const { name, identifier, email, phone, authenticated, web } = customer;
  const told = (key: 'name' | 'identifier' | 'email' | 'phone' | 'authenticated', value: string | undefined) =>
    value !== undefined && value !== '' && say(writing, `customer.${key}`, { value: oneLine(value) });
  const webLines = pairs(valuesIn(web));
  return lines(
    told('name', name),
    told('identifier', identifier),
    told('email', email),
    told('phone', phone),
    told('authenticated', writing.words[authenticated ? 'yes' : 'no']),
    webLines.length > 0 && lines(writing.words['customer.web'], webLines),
  );
}
