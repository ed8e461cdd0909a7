/** Faults of the network, the CRM and the platform. */
export const faults = [
  '429',
  '503 after',
  '503 before',
  'cut after',
  'cut before',
  'event late',
  'event lost',
  'event twice',
  'html',
  'job killed',
  'late',
  'platform out of order',
  'refused',
  'silence',
  'slow',
  'twice',
] as const;

/**
 * Events of people, browsers and clocks, and refusals of the store: `deposed` because another tab leads, `behind` because
 * rows were added meanwhile.
 */
export const events = [
  'behind',
  'browser crash',
  'clock back',
  'clock forward',
  'close',
  'contact discarded',
  'crash at a step',
  'deposed',
  'discard',
  'edit',
  'flush',
  'freeze',
  'holiday',
  'lead taken',
  'leader stolen',
  'long absence',
  'merge',
  'retry',
  'sign out',
  'tab crash',
  'ticket hidden',
] as const;

/** The transitions of a row of the outbox, as the store sees them. */
export const transitions = [
  'new → pending',
  'pending → sending',
  'pending → parked',
  'pending → dead',
  'pending → expired',
  'pending → gone',
  'sending → settled',
  'sending → pending',
  'sending → ambiguous',
  'sending → parked',
  'sending → dead',
  'sending → expired',
  'ambiguous → sending',
  'ambiguous → parked',
  'ambiguous → dead',
  'ambiguous → expired',
  'ambiguous → gone',
  'parked → pending',
  'parked → ambiguous',
  'parked → expired',
  'parked → gone',
  'dead → pending',
  'dead → ambiguous',
  'dead → expired',
  'dead → gone',
  'expired → pending',
  'expired → ambiguous',
  'expired → gone',
  'gone → pending',
  'settled → gone',
  'settled → ambiguous',
] as const;

/**
 * Transitions that occur too seldom to be required: a row is discarded at the moment its tab crashes; a line about a
 * correction lapses, because its ticket is closed (R35); a row that may be applied is enqueued again after a crash.
 */
export const rare = ['sending → gone', 'pending → settled', 'pending → ambiguous'] as const;

/** R35: what is going on when the agent corrects a session. */
export const correctionMoments = [
  'accepted',
  'with rows waiting',
  'with rows on their way',
  'with rows maybe applied',
  'with rows refused',
  'after a reload',
  'after the end',
  'after a merge',
  'after a closing',
  'of a session with a transfer',
  'back again',
  'pressed twice',
  'to a ticket just closed',
  'refused not-yours',
  'refused not-here',
  'refused ticket-not-live',
] as const;
