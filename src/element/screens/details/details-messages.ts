import type { Missing, OutboundForm } from '../../../machine/outbound/form.js';
import type { Notice, OutboundContext } from '../../../machine/outbound/outbound-context.js';
import type { Localizer } from '../../localize.js';
import { readingText } from '../../reading-text.js';

/** F7: says which decision is missing. */
export function missingText(
  words: Localizer,
  missing: Missing | undefined,
  form: OutboundForm,
  { contacts, country }: OutboundContext,
): string {
  const { text } = words;
  if (!missing) return text('missing.nothing');
  switch (missing.code) {
    case 'number-refused':
      return text('missing.number-refused', { reason: readingText(words, form.reading, country).text });
    case 'number-forbidden':
      return text(`number.refused.${missing.reason}`);
    case 'number-of-nobody':
      return text(missing.mayEnter ? 'missing.number-of-nobody.may-enter' : 'missing.number-of-nobody', {
        name: missing.name,
      });
    case 'contact':
      return missing.several ? text('missing.contact.several', { count: contacts.length }) : text('missing.contact');
    default:
      return text(`missing.${missing.code}`);
  }
}

export function noticeText(words: Localizer, notice: Notice, crm: string): string {
  const { text } = words;
  switch (notice.code) {
    case 'ticket-not-live':
      return text('notice.ticket-not-live', { id: notice.ticketId, status: text(`ticket.${notice.status}`) });
    case 'ticket-not-found':
    case 'ticket-dropped':
      return text(`notice.${notice.code}`, { id: notice.ticketId, crm });
    case 'contact-without-number':
      return text('notice.contact-without-number', { name: notice.name, crm });
    case 'field-without-number':
      return notice.value === ''
        ? text('notice.field-without-number.empty', { field: notice.field })
        : text('notice.field-without-number', { field: notice.field, value: notice.value });
    case 'outbound-number-cleared':
      return text('notice.outbound-number-cleared', { label: notice.label });
    case 'number-not-readable':
      return text('notice.number-not-readable', { number: notice.number });
    default:
      return text(`notice.${notice.code}`, { crm });
  }
}
