import type { SettingsInput } from '../../src/domain/settings.js';
import type { ContactSeed, TicketSeed } from '../../src/memory/index.js';

/** Numbers of the sample data. */
export const numbers = {
  /** Only Mia Chen has this number. She has three live tickets. */
  mia: '(415) 555-2671',
  /** Dana, Marcus and Ruth share this number. */
  shared: '(415) 555-0132',
  /** No contact has this number. */
  nobody: '(415) 555-0199',
  /** Only Grace O’Malley has this number. She has no ticket. */
  grace: '(617) 555-0155',
  premium: '+1 900 555 0123',
  /** Siobhán Ní Bhriain has this number. One of her tickets has a very long subject. */
  siobhan: '+44 20 7946 0321',
} as const;

/** The settings S2–S5 are on. */
export const everything: SettingsInput = {
  outbound: { promptForTicket: true, allowNewTicket: true, allowNoTicket: true, allowEnteredNumber: true },
};

/** The settings with ticket entry (T1) for the sample agent's team. */
export const ticketEntry = (how: 'optional' | 'mandatory', more: SettingsInput = {}): SettingsInput => ({
  ...more,
  ticketEntry: { ...more.ticketEntry, enabled: true, teams: { support: how } },
});

/** A contact and tickets with the longest texts. */
export const long = {
  contacts: [
    {
      id: 'c-long',
      name: 'Maximiliane Freifrau von Hohenstein-Wittgensberg zu Altenkirchen-Neuhausen',
      phoneNumbers: ['+49 (0)30 23125-871', '+4930901820 ext. 12345678901', '+44 20 7946 0321'],
      email: 'maximiliane.von.hohenstein-wittgensberg@gut-altenkirchen-verwaltung.example',
      createdAt: '2025-04-01T09:00:00.000Z',
    },
    {
      id: 'c-word',
      name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
      phoneNumbers: ['+49 30 23125871'],
      createdAt: '2025-03-01T09:00:00.000Z',
    },
  ] satisfies ContactSeed[],
  tickets: [
    {
      id: '1234567890123',
      contactId: 'c-long',
      status: 'hold',
      subject:
        'Since the last firmware the motor cuts out on every steep climb, the display goes dark for about three seconds ' +
        'and then shows error E-14',
      updatedAt: '2026-03-02T07:00:00.000Z',
    },
  ] satisfies TicketSeed[],
};
