export { createDesktop } from './desktop/agent-desktop.js';
export { CrmError } from './crm/crm-error.js';
export { TelephonyError } from './telephony/telephony-error.js';
export { realTime } from './environment/environment.js';
export { checkSettings, mergeSettings, type SettingsCheck, type SettingsProblem } from './domain/settings-check.js';
export { defaultSettings } from './domain/settings.js';
export { usableSettings } from './domain/usable-settings.js';
export { fillTitle } from './domain/ticket-title.js';
export {
  ticketChoice,
  ticketRules,
  type TicketChoice,
  type TicketOption,
  type TicketRules,
} from './domain/ticket-choice.js';
export { ticketEntryMode } from './domain/ticket-entry.js';
export { isLive, newestFirst } from './domain/ticket.js';
export { loadPhoneNumbers, type PhoneNumbers } from './domain/phone-loader.js';
export { outcomeOf, type Outcome } from './domain/outcome.js';
export { agentMachine } from './machine/agent/agent-machine.js';
export { outboundMachine } from './machine/outbound/outbound-machine.js';
export { sessionMachine } from './machine/session/session-machine.js';
export type { RecordKeeperOptions } from './keeper/options.js';
export { RecordKeeper } from './keeper/record-keeper.js';
export { intentsFor } from './records/rules.js';
export type { Intent } from './records/intent.js';
export type { Outbox, OutboxEntry, OutboxState } from './outbox/outbox.js';
export type * from './types.js';
