import type { Meta } from '@storybook/web-components-vite';
import { settingsStory } from './support/settings-story.js';

/** S1–S17, X11: the settings form for administrators. */
export default { title: 'Settings' } satisfies Meta;

const everythingOn = {
  outbound: {
    promptForTicket: true,
    allowNewTicket: true,
    allowNoTicket: true,
    allowEnteredNumber: true,
    defaultCountry: 'DE',
    refusedPrefixes: ['+882', '+1900'],
    premiumNumbers: 'refuse',
    emergencyNumbers: 'confirm',
    shortNumbers: ['4155'],
  },
  ticketEntry: { enabled: true, teams: { support: 'mandatory', sales: 'optional' }, phoneField: '301' },
  tickets: { defaultUserId: '101', apiResponses: 'pairs', customDataFields: { model_year: '302' } },
  calls: {
    autoAnswer: true,
    dispositions: [
      { code: 'solved', label: 'Solved', children: [{ code: 'refund', label: 'Refund' }] },
      { code: 'open', label: 'Still open' },
    ],
    dispositionsRequired: true,
    notesRequired: true,
  },
} as const;

export const Defaults = settingsStory({
  expects: ['Tickets for calls and chats', 'Prompt agents to select open ticket from list'],
});

export const EverythingOn = settingsStory({ settings: everythingOn, expects: ['Ticket entry by team', 'Refund'] });

/** S17: how records read, with a chosen time zone. */
export const HowRecordsRead = settingsStory({
  settings: { tickets: { language: 'en', timeZone: 'Asia/Tokyo' } },
  expects: ['Language and time zone', 'Inbound call from Mia Chen', 'call_finished ·'],
});

export const HowRecordsReadInFrench = settingsStory({
  settings: { tickets: { language: 'fr', timeZone: 'Europe/Paris' } },
  expects: ['Appel entrant · Mia Chen', 'Envoie un nouveau chargeur'],
});

/** With S1, the settings S2 and S3 cannot be changed. */
export const NeverAppend = settingsStory({
  settings: { tickets: { append: false }, outbound: { promptForTicket: true, allowNewTicket: true } },
  expects: ['Do not append call or chat session to any existing open ticket'],
});

export const Refused = settingsStory({
  settings: { batching: { windowSeconds: 61 }, tickets: { title: '{{nonsense}}' } },
  expects: ['aren’t valid'],
});

export const UnknownKeys = settingsStory({
  settings: { nonsense: true } as never,
  expects: ['These settings don’t belong to this panel:'],
});

export const WithoutCrm = settingsStory({ settings: everythingOn, host: false, expects: ['Ticket entry by team'] });

export const CrmFails = settingsStory({
  settings: everythingOn,
  host: (host) => (host.trouble = { fail: { '*': 'unavailable' } }),
  expects: ['Retry'],
});
