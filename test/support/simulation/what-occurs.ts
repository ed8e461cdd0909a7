/** What the network, the CRM and the platform do wrong. */
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

/** What people, browsers and clocks do, and a tab that is told by the store that it leads no more. */
export const events = [
  'browser crash',
  'clock back',
  'clock forward',
  'close',
  'crash at a step',
  'deposed',
  'discard',
  'edit',
  'flush',
  'freeze',
  'holiday',
  'leader stolen',
  'line taken',
  'long absence',
  'merge',
  'retry',
  'sign out',
  'tab crash',
  'ticket hidden',
] as const;

/** What becomes of an entry of the outbox, as the store sees it. */
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
  'expired → gone',
  'settled → gone',
  'settled → ambiguous',
] as const;

/**
 * It takes two things at the same moment: a ticket is merged while one of its writes that may have been applied waits behind
 * another; an entry is given up in the moment in which its tab ends; what was given up, or is a week old, is wanted again.
 */
export const rare = [
  'ambiguous → pending',
  'sending → gone',
  'gone → pending',
  'expired → pending',
  'expired → ambiguous',
] as const;
