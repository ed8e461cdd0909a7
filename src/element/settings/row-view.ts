import { html, nothing, type TemplateResult } from 'lit';
import { titleVariables } from '../../domain/ticket-title.js';
import type { Settings } from '../../domain/settings.js';
import { icons } from '../parts/icons.js';
import { controlId, type ControlView } from './controls.js';
import type { SettingsRow } from './rows.js';
import type { SettingsWords } from './words.js';

/** A note beside a control: help, prerequisite, warning, or the reason for a lock or a refusal. */
export interface RowNote {
  id: string;
  kind: 'help' | 'info' | 'warn' | 'notice' | 'error';
  text: string;
}

/** The notes of a row, in their order on screen. */
export function rowNotes(
  row: SettingsRow,
  settings: Settings,
  words: SettingsWords,
  { refusal, notice, locked }: { refusal: string; notice: string; locked: string },
): readonly RowNote[] {
  const caution = row.caution?.(settings);
  const variables = titleVariables.map((name) => `{{${name}}}`).join(' ');
  const notes: [kind: RowNote['kind'], text: string][] = [
    [
      'error',
      row.kind === 'country' || row.kind === 'time-zone' || row.kind === 'user' || row.kind === 'field' ? '' : refusal,
    ],
    ['info', locked],
    ['help', row.help ? words.text(row.help, { variables }) : ''],
    ['info', row.prerequisite ? words.text(row.prerequisite) : ''],
    ['warn', row.warning ? words.text(row.warning) : ''],
    ['warn', caution ? words.text(caution) : ''],
    ['notice', notice],
  ];
  return notes
    .map(([kind, text], at) => ({ id: `${controlId(row)}-note-${at}`, kind, text }))
    .filter(({ text }) => text !== '');
}

const noteIcon = { help: nothing, info: icons.info, notice: icons.info, warn: icons.warning, error: icons.warning };

export const renderNote = ({ id, kind, text }: RowNote): TemplateResult => html`
  <p
    class=${kind === 'error' ? 'error' : `note ${kind}`}
    id=${id}
    role=${kind === 'error' ? 'alert' : kind === 'notice' ? 'status' : nothing}
  >
    ${noteIcon[kind]}<span>${text}</span>
  </p>
`;

/** The ids and the text that describe a control. */
export function described(
  row: SettingsRow,
  notes: readonly RowNote[],
): Pick<ControlView, 'describedBy' | 'description'> {
  const ids = [...(row.unit ? [`${controlId(row)}-unit`] : []), ...notes.map(({ id }) => id)];
  return {
    describedBy: ids.length > 0 ? ids.join(' ') : nothing,
    description: notes.map(({ text }) => text).join(' '),
  };
}

/** The message about a list that failed to load, with Retry. */
export const renderTrouble = (text: string, words: SettingsWords, retry: () => void): TemplateResult => html`
  <div class="trouble" role="alert">
    <span>${text}</span>
    <button class="button quiet" type="button" @click=${retry}>${words.text('action.retry')}</button>
  </div>
`;
