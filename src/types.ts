/** Every type of the vocabulary and of the ports. */
export type * from './domain/agent.js';
export type * from './domain/contact.js';
export type * from './domain/dial.js';
export type * from './environment/environment.js';
export type * from './domain/outbound-number.js';
export type * from './domain/session.js';
export type { Settings, SettingsInput } from './domain/settings.js';
export type { Comment, Ticket, TicketDraft, TicketOrigin, TicketStatus } from './domain/ticket.js';
export type * from './crm/crm-host.js';
export type { CrmErrorCode, CrmOutcome } from './crm/crm-error.js';
export type * from './telephony/platform-event.js';
export type * from './telephony/telephony.js';
export type { TelephonyErrorCode } from './telephony/telephony-error.js';
export type { AgentDesktop, DesktopCommand, DesktopOptions, DesktopSnapshot } from './desktop/agent-desktop.js';
export type { DesktopEvent } from './desktop/desktop-event.js';
