import type { RecordOnItsWay } from '../../desktop/records-view.js';
import { formatted, isolated } from '../formatted-number.js';
import type { Localizer, MessageKey } from '../localize.js';

type Words = Pick<Localizer, 'text'>;

/** Whether the title of a call or chat has its number. */
const saysNumber = ({ what, number }: RecordOnItsWay) => (what === 'call' || what === 'chat') && number !== undefined;

/** The name. Undefined if it is the number, as for a contact that was created from its number. */
const nameOf = ({ name, number }: RecordOnItsWay) => (name === number ? undefined : name);

/** The kind of a record, and its ticket. */
export function recordTitle(record: RecordOnItsWay, { text }: Words): string {
  const { what, ticketId, number } = record;
  if (ticketId) return text(`records.${what}.of` as MessageKey, { ticket: `#${ticketId}` });
  if (saysNumber(record)) return text(`records.${what}.with` as MessageKey, { number: isolated(formatted(number!)) });
  return text(`records.${what}`);
}

/** The customer's name or number, unless the title has it. */
export function recordPerson(record: RecordOnItsWay): string {
  const { number } = record;
  return nameOf(record) || (number && !saysNumber(record) ? isolated(formatted(number)) : '');
}

/** The text for the clipboard: ticket, customer, text and links, for writing the record down elsewhere. */
export function recordCopy(record: RecordOnItsWay, words: Words): string {
  const { name, number, text, files } = record;
  const person = [nameOf(record), number ? formatted(number) : ''].filter(Boolean).join(', ');
  const links = files.map((file) =>
    [file.name ?? words.text('recordings.kind.call'), file.url].filter(Boolean).join(': '),
  );
  const own = text === name ? '' : text;
  return [[recordTitle(record, words), person].filter(Boolean).join(' · '), own, links.join('\n')]
    .filter(Boolean)
    .join('\n\n');
}
