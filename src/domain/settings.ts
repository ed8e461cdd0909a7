import type { Disposition } from './session.js';

/** The settings of an administrator, each with its requirement (S1–S17). */
export interface Settings {
  outbound: {
    /** S2 */ promptForTicket: boolean;
    /** S3 */ allowNewTicket: boolean;
    /** S4 */ allowNoTicket: boolean;
    /** S5 */ allowEnteredNumber: boolean;
    /** S15, ISO 3166-1 alpha-2 */ defaultCountry: string;
    /** S15, E.164 prefixes */ refusedPrefixes: readonly string[];
    /** S15 */ premiumNumbers: 'refuse' | 'confirm' | 'allow';
    /** S15 */ emergencyNumbers: 'refuse' | 'confirm';
    /** S15, allowed as they are */ shortNumbers: readonly string[];
  };
  ticketEntry: {
    /** S6 */ enabled: boolean;
    /** S6, by team id. Other teams do not use ticket entry. */ teams: Record<string, 'optional' | 'mandatory'>;
    /** S13: a ticket field's id */ phoneField?: string;
  };
  tickets: {
    /** The opposite of S1 */ append: boolean;
    /** S7 */ forAbandonedCalls: boolean;
    /** S8 */ title: string;
    /** S9: a CRM user's id */ defaultUserId?: string;
    /** S10 */ apiResponses: 'off' | 'pairs' | 'json';
    /** S11: custom-data key → field id */ customDataFields: Record<string, string>;
    /** X1–X10: field key → field id */ sessionFields: Record<string, string>;
    /** S17: the language of what is written on tickets, BCP 47 */ language: string;
    /** S17: an IANA time zone; else the account's, else UTC */ timeZone?: string;
  };
  batching: {
    /** S12 */ comments: boolean;
    /** S12 */ updates: boolean;
    /** S12, 1–60 */ windowSeconds: number;
  };
  calls: {
    /** S14 */ recording: boolean;
    /** S16 */ autoAnswer: boolean;
    /** S16, seconds; 0: none */ wrapUpSeconds: { inbound: number; outbound: number };
    /** S16, at most five levels */ dispositions: readonly Disposition[];
    /** S16 */ dispositionsRequired: boolean;
    /** S16 */ notesRequired: boolean;
    /** S16 */ maxChats: number;
    /** S19: whether the transcript of a chat is written to its ticket. */ transcripts: boolean;
    /** S18: whether the panel shows itself when a call or chat rings. */ showOnRing: boolean;
  };
}

type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T;

/** The settings that a host or a page gives. Missing ones have their defaults. */
export type SettingsInput = DeepPartial<Settings>;

export const defaultSettings: Settings = {
  outbound: {
    promptForTicket: false,
    allowNewTicket: false,
    allowNoTicket: false,
    allowEnteredNumber: false,
    defaultCountry: 'US',
    refusedPrefixes: [],
    premiumNumbers: 'confirm',
    emergencyNumbers: 'refuse',
    shortNumbers: [],
  },
  ticketEntry: { enabled: false, teams: {} },
  tickets: {
    append: true,
    forAbandonedCalls: true,
    title: '{{channel}}: {{contact.name}}',
    apiResponses: 'off',
    customDataFields: {},
    sessionFields: {},
    language: 'en',
  },
  batching: { comments: true, updates: true, windowSeconds: 10 },
  calls: {
    recording: true,
    autoAnswer: false,
    wrapUpSeconds: { inbound: 30, outbound: 30 },
    dispositions: [],
    dispositionsRequired: false,
    notesRequired: false,
    maxChats: 3,
    transcripts: true,
    showOnRing: true,
  },
};
