/** R35: the words of the form that changes a session's contact and ticket. They load with the form. */
export const enCorrection = {
  'correction.title': 'Change contact or ticket',
  'correction.loading': 'Finding contacts and tickets…',
  'correction.not-loaded': 'Contacts and tickets couldn’t be loaded.',
  'correction.failed': 'Nothing was changed.',
  'correction.same': 'This is where it’s recorded now.',
  'correction.done': 'Changed. {crm} gets it in a moment.',
  'correction.saving': 'Changing…',
  'correction.assign': 'Assign',
  'failure.not-here': 'Change it on the computer where you took it.',
  'failure.not-yours': 'Only the agent who had it last can change it.',
  'failure.too-late': 'A record can be changed for 24 hours.',
  'failure.changed-since': 'It was changed in the meantime. Look again.',
  'failure.ticket-not-live': 'That ticket was just solved or closed. Choose another.',
  'failure.ticket-of-another': 'That ticket is another contact’s. Choose another.',
  'failure.gone': 'It isn’t in {crm} any more. Choose another.',
};
