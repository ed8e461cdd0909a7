import type { RecordOnItsWay } from '../../desktop/records-view.js';
import { formatted, isolated } from '../formatted-number.js';
import type { Localizer, MessageKey } from '../localize.js';

type Words = Pick<Localizer, 'text'>;

/** Of a call or chat as a whole the number says which one it is. */
const saysNumber = ({ what, number }: RecordOnItsWay) => (what === 'call' || what === 'chat') && number !== undefined;

/** A contact that was made from its number is named by it. */
const nameOf = ({ name, number }: RecordOnItsWay) => (name === number ? undefined : name);

/** What a record is, and of which ticket. */
export function recordTitle(record: RecordOnItsWay, { text }: Words): string {
  const { what, ticketId, number } = record;
  if (ticketId) return text(`records.${what}.of` as MessageKey, { ticket: `#${ticketId}` });
  if (saysNumber(record)) return text(`records.${what}.with` as MessageKey, { number: isolated(formatted(number!)) });
  return text(`records.${what}`);
}

/** Whom it is for, where the title does not say it. */
export function recordPerson(record: RecordOnItsWay): string {
  const { number } = record;
  return nameOf(record) || (number && !saysNumber(record) ? isolated(formatted(number)) : '');
}

/** All that a person needs to write it down elsewhere: which ticket and whose, the words, and what goes with them. */
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
