import type { Settings } from '../../domain/settings.js';
import type { SettingsMessageKey } from './words.js';

export type SettingsKind =
  | 'switch'
  | 'inverse'
  | 'text'
  | 'number'
  | 'choice'
  | 'lines'
  | 'country'
  | 'time-zone'
  | 'user'
  | 'field'
  | 'teams'
  | 'mapping'
  | 'dispositions';

/** A setting on screen. `path`: its place in `Settings`. Its words have the keys `<id>` and `<id>.help`. */
export interface SettingsRow {
  id: SettingsMessageKey;
  path: string;
  kind: SettingsKind;
  help?: SettingsMessageKey;
  /** A requirement outside the form. */
  prerequisite?: SettingsMessageKey;
  warning?: SettingsMessageKey;
  options?: readonly (readonly [value: string, label: SettingsMessageKey])[];
  unit?: SettingsMessageKey;
  range?: readonly [from: number, to: number];
  /** The reason why the row cannot be edited, if any. */
  locked?: (settings: Settings) => SettingsMessageKey | undefined;
  /** A locked row counts as off and shows that. */
  offWhenLocked?: boolean;
  /** A warning about a valid value. */
  caution?: (settings: Settings) => SettingsMessageKey | undefined;
}

export interface SettingsSection {
  title: SettingsMessageKey;
  about: SettingsMessageKey;
  rows: readonly SettingsRow[];
  /** The section ends with the custom fields of X11. */
  customFields?: boolean;
  /** The section ends with example cards (S17). */
  example?: boolean;
}

const needsTicketEntry = ({ ticketEntry }: Settings) => (ticketEntry.enabled ? undefined : ('locked.s6' as const));

/** S1–S17 in their order on screen. */
export const settingsSections: readonly SettingsSection[] = [
  {
    title: 'section.choice',
    about: 'section.choice.about',
    rows: [
      { id: 's1', path: 'tickets.append', kind: 'inverse', help: 's1.help' },
      {
        id: 's2',
        path: 'outbound.promptForTicket',
        kind: 'switch',
        help: 's2.help',
        locked: ({ tickets }) => (tickets.append ? undefined : 'locked.s1'),
        offWhenLocked: true,
      },
      {
        id: 's3',
        path: 'outbound.allowNewTicket',
        kind: 'switch',
        help: 's3.help',
        locked: ({ tickets, outbound }) =>
          !tickets.append ? 'locked.s1' : outbound.promptForTicket ? undefined : 'locked.s2',
        offWhenLocked: true,
      },
      { id: 's4', path: 'outbound.allowNoTicket', kind: 'switch', help: 's4.help', warning: 's4.warning' },
    ],
  },
  {
    title: 'section.numbers',
    about: 'section.numbers.about',
    rows: [
      {
        id: 's5',
        path: 'outbound.allowEnteredNumber',
        kind: 'switch',
        help: 's5.help',
        prerequisite: 's5.prerequisite',
      },
      { id: 's15.country', path: 'outbound.defaultCountry', kind: 'country', help: 's15.country.help' },
      { id: 's15.prefixes', path: 'outbound.refusedPrefixes', kind: 'lines', help: 's15.prefixes.help' },
      { id: 's15.short', path: 'outbound.shortNumbers', kind: 'lines', help: 's15.short.help' },
      {
        id: 's15.premium',
        path: 'outbound.premiumNumbers',
        kind: 'choice',
        options: [
          ['refuse', 'option.refuse'],
          ['confirm', 'option.confirm'],
          ['allow', 'option.allow'],
        ],
      },
      {
        id: 's15.emergency',
        path: 'outbound.emergencyNumbers',
        kind: 'choice',
        options: [
          ['refuse', 'option.refuse'],
          ['confirm', 'option.confirm'],
        ],
      },
    ],
  },
  {
    title: 'section.entry',
    about: 'section.entry.about',
    rows: [
      { id: 's6', path: 'ticketEntry.enabled', kind: 'switch', help: 's6.help', prerequisite: 's6.prerequisite' },
      { id: 's6.teams', path: 'ticketEntry.teams', kind: 'teams', help: 's6.teams.help', locked: needsTicketEntry },
      {
        id: 's13',
        path: 'ticketEntry.phoneField',
        kind: 'field',
        help: 's13.help',
        prerequisite: 's13.prerequisite',
        locked: needsTicketEntry,
      },
    ],
  },
  {
    title: 'section.records',
    about: 'section.records.about',
    customFields: true,
    rows: [
      { id: 's7', path: 'tickets.forAbandonedCalls', kind: 'switch', help: 's7.help' },
      { id: 's8', path: 'tickets.title', kind: 'text', help: 's8.help' },
      { id: 's9', path: 'tickets.defaultUserId', kind: 'user', help: 's9.help' },
      {
        id: 's10',
        path: 'tickets.apiResponses',
        kind: 'choice',
        options: [
          ['off', 'option.off'],
          ['pairs', 'option.pairs'],
          ['json', 'option.json'],
        ],
      },
      { id: 's11', path: 'tickets.customDataFields', kind: 'mapping', help: 's11.help' },
    ],
  },
  {
    title: 'section.language',
    about: 'section.language.about',
    example: true,
    rows: [
      {
        id: 's17.language',
        path: 'tickets.language',
        kind: 'choice',
        options: [
          ['en', 'option.en'],
          ['fr', 'option.fr'],
        ],
        help: 's17.language.help',
      },
      { id: 's17.zone', path: 'tickets.timeZone', kind: 'time-zone', help: 's17.zone.help' },
    ],
  },
  {
    title: 'section.batching',
    about: 'section.batching.about',
    rows: [
      { id: 's12.comments', path: 'batching.comments', kind: 'switch', help: 's12.comments.help' },
      { id: 's12.updates', path: 'batching.updates', kind: 'switch', help: 's12.updates.help' },
      {
        id: 's12.window',
        path: 'batching.windowSeconds',
        kind: 'number',
        unit: 'unit.seconds',
        range: [1, 60],
        help: 's12.window.help',
      },
    ],
  },
  {
    title: 'section.calls',
    about: 'section.calls.about',
    rows: [
      { id: 's14', path: 'calls.recording', kind: 'switch', help: 's14.help' },
      { id: 's18', path: 'calls.showOnRing', kind: 'switch', help: 's18.help' },
      { id: 's16.answer', path: 'calls.autoAnswer', kind: 'switch', help: 's16.answer.help' },
      { id: 's19', path: 'calls.transcripts', kind: 'switch', help: 's19.help' },
      {
        id: 's16.chats',
        path: 'calls.maxChats',
        kind: 'number',
        unit: 'unit.chats',
        range: [0, 50],
      },
    ],
  },
  {
    title: 'section.wrap-up',
    about: 'section.wrap-up.about',
    rows: [
      {
        id: 's16.inbound',
        path: 'calls.wrapUpSeconds.inbound',
        kind: 'number',
        unit: 'unit.seconds.none',
        range: [0, 3600],
      },
      {
        id: 's16.outbound',
        path: 'calls.wrapUpSeconds.outbound',
        kind: 'number',
        unit: 'unit.seconds.none',
        range: [0, 3600],
      },
      { id: 's16.notes', path: 'calls.notesRequired', kind: 'switch' },
      {
        id: 's16.required',
        path: 'calls.dispositionsRequired',
        kind: 'switch',
        caution: ({ calls }) =>
          calls.dispositionsRequired && calls.dispositions.length === 0 ? 's16.required.none' : undefined,
      },
      { id: 's16.dispositions', path: 'calls.dispositions', kind: 'dispositions', help: 's16.dispositions.help' },
    ],
  },
];

export const settingsRows: readonly SettingsRow[] = settingsSections.flatMap(({ rows }) => rows);
