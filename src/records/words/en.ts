/** The words of records in English. A word in braces is filled in. */
export const en = {
  /** For `Intl`. */
  locale: 'en',

  // S8: `{{channel}}` in titles.
  'title.ivr-call': 'Inbound call',
  'title.mobile-call': 'Mobile call',
  'title.web-call': 'Web call',
  'title.outbound-call': 'Outbound call',
  'title.internal-call': 'Internal call',
  'title.mobile-chat': 'Mobile chat',
  'title.web-chat': 'Web chat',
  'title.voicemail': 'Voicemail',
  'title.abandoned': 'Abandoned call',

  // R20, R29: names of contacts.
  'contact.unknown': 'Unknown caller {time}',
  'contact.web': 'Web User {time}',
  'contact.mobile': 'Mobile User {time}',

  // R31: headlines of cards.
  'headline.ivr-call': 'Inbound call from {who}',
  'headline.mobile-call': 'Mobile call from {who}',
  'headline.web-call': 'Web call from {who}',
  'headline.outbound-call': 'Outbound call to {who}',
  'headline.internal-call': 'Internal call with {who}',
  'headline.mobile-chat': 'Mobile chat with {who}',
  'headline.web-chat': 'Web chat with {who}',
  'headline.voicemail': 'Voicemail from {who}',
  'headline.abandoned-call': 'Abandoned call from {who}',
  'headline.abandoned-chat': 'Abandoned chat with {who}',
  'headline.transferred': 'Transferred to {target}',
  'headline.transferred-first': 'Transferred to {target} (spoke first)',
  'headline.left': '{agent} left the conversation',
  'headline.more-call': 'More about the call with {who}',
  'headline.more-chat': 'More about the chat with {who}',
  'headline.automatic': 'Automatic: {headline}',
  'headline.by': '{headline} · by {agent}',
  'who.unknown': 'an unknown caller',
  'who.colleague': 'a colleague',
  'length.hold': '{length} ({hold} on hold)',
  'length.so-far': '{length} so far',

  // R27: outcomes of calls in which nobody spoke.
  'outcome.busy': 'busy',
  'outcome.no-answer': 'no answer',
  'outcome.rejected': 'declined by the customer',
  'outcome.wrong-number': 'wrong number',
  'outcome.cancelled': 'cancelled before it was answered',
  'outcome.abandoned': 'the customer did not wait',
  'outcome.microphone': 'failed: no microphone',
  'outcome.connection': 'the connection was lost',
  'outcome.failed': 'failed',

  // R21: the lines of a start card.
  'line.to': 'To {number}',
  'line.from': 'From {number}',
  'line.entered': 'The agent entered the number. It is not stored on the contact.',
  'line.call-back': 'Calls back an earlier call',
  'line.earlier': 'Earlier part on #{ticket}',
  // R35
  moved: 'Recorded on #{ticket} instead',
  'moved.link': 'Recorded on #{ticket} instead: {url}',
  'file.on': 'File on #{ticket}',
  'line.extension': '{number} ext. {extension}',

  // R1: what an app or a web page passed.
  'customer.name': 'Customer: {value}',
  'customer.identifier': 'Identifier: {value}',
  'customer.email': 'E-mail: {value}',
  'customer.phone': 'Phone: {value}',
  'customer.authenticated': 'Authenticated: {value}',
  'customer.web': 'Web user information',
  yes: 'yes',
  no: 'no',

  // R32: people, transfers and pauses.
  'people.until': 'With {agent} until {time}, then {next}',
  'people.joined': '{name} joined at {time}',
  'people.left': '{name} left at {time}',
  'people.stayed': '{name} joined at {from} and left at {to}',
  'transfer.finished': 'Transferred to {target} at {time}',
  'transfer.failed': '{target} did not take a transfer at {time}',
  'transfer.cancelled': 'A transfer to {target} was cancelled at {time}',
  'ended.platform': 'Ended by the platform',
  pauses: 'Recording paused {spans}',
  'smart-actions': 'Smart actions: {kinds}',

  // R11
  'recording.link': '▶ Recording, {length}: {url}',
  'recording.link-only': '▶ Recording: {url}',
  'recording.call': 'Recording of the call with {who}',
  'recording.chat': 'Recording of the chat with {who}',
  'recording.part': 'Part {part} of {parts}',
  'recording.started': 'Started {time}',
  'recording.file': '▶ Recording, {length}',
  'recording.file-only': '▶ Recording',
  'recording.transcript': 'Transcript',

  // R34: the lines of a transcript begin with the time.
  'transcript.title': 'Transcript of the chat with {who}',
  'transcript.part': '{headline} · part {part} of {parts}',
  'transcript.says': '{time} {name}: {text}',
  'transcript.system': '{text} at {time}',
  'transcript.customer': 'Customer',
  'transcript.agent': 'Agent',
  'transcript.no-text': '(no text)',
  'transcript.elsewhere': 'The conversation is here: {url}',
  'transcript.failed': 'The conversation couldn’t be read from the chat platform.',

  // R14–R19, R22, R28
  'smart-action.completed': 'Smart action: {kind}',
  'smart-action.failed': 'Smart action failed: {kind}',
  verified: 'Verified: {value}',
  'custom-data': 'Custom data',
  'field-problem': 'Custom data that no ticket field has taken',
  'field-problem.missing': '{key}: there is no ticket field {field}',
  'field-problem.type': '{key}: ticket field “{title}” ({field}) cannot hold “{value}”',
  'api-response': 'API response: {name}',
  'api-response.empty': 'No data',
  rating: 'Rated {score} of 5 by {who}',
  note: 'Note by {agent}',
  'voicemail.read': '{agent} listened to the voicemail',
  'voicemail.closed': '{agent} closed the voicemail',
  'voicemail.called-back': '{agent} called back the voicemail',

  // S17: the example in the settings form.
  'example.note': 'Sends a new charger today.',
  'example.code': 'Resolved',

  // Words that the outbox and hosts add (`Comment.words`). They fill in the braces.
  late: '{time} (written later)',
  'words.part': 'File {part} of {parts}',
  'words.followUp': 'Follow-up of #{ticket}, which was closed in the meantime',
  'words.kept': '{file}: kept by the call panel of {agent}, not in {crm}',
  'words.elsewhere': '{file}: kept by the phone platform, not in {crm}',
  'text.cut': '… (continued in the next comment)',
  'text.continued': 'Continued',
};
