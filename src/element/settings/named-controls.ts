import { own } from '../../domain/own.js';
import { countryName } from '../formats.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { DispositionsEvent } from './dispositions-editor.js';
import type { PairsEvent, PairsLabels } from './pairs-editor.js';
import { controlId, listControl, radios, textControl, type ControlView } from './controls.js';
import { failureWords } from './failure.js';
import type { SettingsLists } from './lists.js';
import { countryOptions, fieldOptions, userOption } from './options.js';
import { renderTrouble } from './row-view.js';
import { timeZoneOptions } from './time-zones.js';

/** The data of a control that shows names in place of ids. */
export interface NamedView extends ControlView {
  lists: SettingsLists;
  /** The search text for a country or a time zone. */
  searchText: string;
  search: (text: string) => void;
  /** The messages about refused parts, by the part's name. */
  refusals: Readonly<Record<string, string>>;
  pairs: (event: PairsEvent) => void;
  /** Whether the control or a part of it is refused. */
  refused: boolean;
  /** The notes beside the control. */
  notes: readonly TemplateResult[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** S15: a country by name, with a search. If the list failed to load, a two-letter code. */
export function countryControl(view: NamedView): TemplateResult {
  const { words, lists, value, searchText, search } = view;
  const { countries } = lists;
  if (countries.state === 'failed')
    return html`${textControl(view)}
    ${renderTrouble(words.text('s15.country.failed'), words, () => void countries.retry())}`;
  return listControl(view, {
    options: countryOptions(countries.items, words, searchText),
    shown: text(value) ? { value: text(value), label: countryName(words, text(value)) } : undefined,
    loading: countries.state === 'loading',
    placeholder: words.text('s15.country.search'),
    emptyText: words.text('s15.country.none'),
    search,
  });
}

/** S17: a time zone by name, with a search, or the account's. */
export function timeZoneControl(view: NamedView): TemplateResult {
  const { words, value, searchText, search } = view;
  const zone = text(value);
  const account = { value: '', label: words.text('s17.zone.account') };
  return listControl(view, {
    options: [...(searchText.trim() === '' ? [account] : []), ...timeZoneOptions(searchText)],
    shown: zone === '' ? account : { value: zone, label: zone.replaceAll('_', ' ') },
    loading: false,
    placeholder: words.text('s17.zone.search'),
    emptyText: words.text('s17.zone.none'),
    search,
  });
}

/** S9: a user by name, with a search in the CRM. If the CRM lists no users, an id. */
export function userControl(view: NamedView): TemplateResult {
  const { words, lists, value } = view;
  const { users, owner } = lists;
  const help = html`<p class="note"><span>${words.text('s9.id')}</span></p>`;
  if (users.state === 'absent') return html`${textControl(view)}${help}`;
  if (users.state === 'failed')
    return html`${textControl(view)}${help}
    ${renderTrouble(`${words.text('s9.failed')} ${failureWords(users.failure, words)}`, words, () => void users.retry())}`;
  const id = text(value);
  const nobody = { value: '', label: words.text('s9.none') };
  const known = [...users.items, ...owner.items].find((user) => user.id === id);
  const unnamed = owner.state === 'loading' ? words.text('list.loading') : words.text('s9.unknown', { id });
  const shown = id === '' ? nobody : known ? userOption(known) : { value: id, label: unnamed };
  return listControl(view, {
    options: [nobody, ...users.items.slice(0, 200).map(userOption)],
    shown,
    loading: users.state === 'loading',
    placeholder: words.text('s9.search'),
    emptyText: words.text('s9.not-found'),
    search: (sought) => lists.searchUsers(sought),
  });
}

/** S13: a ticket field by title. If the CRM lists no fields, an id. */
export function fieldControl(view: NamedView): TemplateResult {
  const { words, lists, value } = view;
  const { fields } = lists;
  const help = html`<p class="note"><span>${words.text('s13.id')}</span></p>`;
  if (fields.state === 'absent') return html`${textControl(view)}${help}`;
  if (fields.state === 'failed')
    return html`${textControl(view)}${help}
    ${renderTrouble(`${failureWords(fields.failure, words)} ${words.text('fields.failed')}`, words, () => void fields.retry())}`;
  const id = text(value);
  const requester = { value: '', label: words.text('s13.requester') };
  const gone = words.text(fields.state === 'loading' ? 'list.loading' : 'fields.gone', { id });
  return listControl(view, {
    options: [requester, ...fieldOptions(fields.items, true)],
    shown: id ? { value: id, label: gone } : undefined,
    loading: fields.state === 'loading',
    placeholder: words.text('fields.search'),
    emptyText: words.text('fields.none'),
  });
}

const teamUses = [
  ['', 'option.not-used'],
  ['optional', 'option.optional'],
  ['mandatory', 'option.mandatory'],
] as const;

const teamLabels: PairsLabels = {
  key: 's6.teams.id',
  value: 's6.teams.use',
  add: 's6.teams.add',
  remove: 's6.teams.remove',
  empty: 's6.teams.empty',
};

const fieldLabels: PairsLabels = {
  key: 's11.key',
  value: 's11.field',
  add: 's11.add',
  remove: 's11.remove',
  empty: 's11.empty',
};

/** S6: a choice for each team. If the CRM lists no teams, rows of team ids. */
export function teamsControl(view: NamedView): TemplateResult {
  const { row, words, lists, value, locked, change } = view;
  const { teams } = lists;
  const named = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const listed = teams.items.map(({ id }) => id);
  const all = [
    ...teams.items,
    ...Object.keys(named)
      .filter((id) => !listed.includes(id))
      .map((id) => ({ id, name: id, gone: true })),
  ];
  const id = controlId(row);
  const use = (team: string, chosen: unknown) => {
    const { [team]: _, ...others } = named;
    change(chosen ? { ...others, [team]: chosen } : others);
  };
  if (teams.state === 'loading')
    return group(
      view,
      html`<p class="small" role="status">${words.text('list.loading')}</p>
        ${listed.length === 0 ? [0, 1].map(() => html`<div class="bone"></div>`) : nothing}`,
    );
  if (teams.state !== 'ready') {
    const why =
      teams.state === 'failed'
        ? renderTrouble(
            `${words.text('s6.teams.failed')} ${failureWords(teams.failure, words)}`,
            words,
            () => void teams.retry(),
          )
        : html`<p class="small">${words.text('s6.teams.absent')}</p>`;
    return group(
      view,
      html`${why}${pairsEditor(
        view,
        teamLabels,
        'optional',
        teamUses.slice(1).map(([option, label]) => ({ value: option, label: words.text(label) })),
      )}`,
    );
  }
  if (all.length === 0) return group(view, html`<p class="small">${words.text('s6.teams.none')}</p>`);
  return group(
    view,
    html`<div class="teams">
      ${all.map(
        (team, at) => html`
          <div class="team">
            <span class="name" id="${id}-${at}">
              ${team.name} ${'gone' in team ? html`<span class="small">${words.text('s6.teams.gone')}</span>` : nothing}
            </span>
            <div
              class="choices"
              role="radiogroup"
              aria-labelledby="${id}-${at}"
              aria-invalid=${own(view.refusals, team.id) ? 'true' : nothing}
            >
              ${radios(
                { words, locked, value: own(named, team.id) ?? '', change: (chosen) => use(team.id, chosen) },
                `${id}-${at}`,
                teamUses,
              )}
            </div>
          </div>
        `,
      )}
    </div>`,
  );
}

/** S11: rows of a key and a ticket field. */
export function mappingControl(view: NamedView): TemplateResult {
  const { words, lists } = view;
  const { fields } = lists;
  const byId = fields.state === 'absent' || fields.state === 'failed';
  const labels: PairsLabels = byId ? { ...fieldLabels, value: 's11.field.id' } : fieldLabels;
  return group(view, pairsEditor(view, labels, '', byId ? undefined : fieldOptions(fields.items)), words.text('s11'));
}

/** S16: the tree of dispositions. */
export const dispositionsControl = (view: NamedView): TemplateResult =>
  group(
    view,
    html`<ccai-settings-dispositions
      class="wide"
      .words=${view.words}
      .value=${view.value}
      .disabled=${view.locked}
      @dispositions-change=${(event: DispositionsEvent) => view.change(event.value)}
    ></ccai-settings-dispositions>`,
  );

const pairsEditor = (
  view: NamedView,
  labels: PairsLabels,
  fallback: string,
  options: readonly { value: string; label: string }[] | undefined,
): TemplateResult => html`
  <ccai-settings-pairs
    class="wide"
    .words=${view.words}
    .value=${view.value}
    .labels=${labels}
    .fallback=${fallback}
    .options=${options}
    .refusals=${view.refusals}
    .disabled=${view.locked}
    @pairs-change=${view.pairs}
  ></ccai-settings-pairs>
`;

const group = (view: NamedView, content: TemplateResult, name = view.words.text(view.row.id)): TemplateResult => html`
  <span class="name" id="${controlId(view.row)}-name">${name}</span>
  ${view.notes}
  <div
    class="wide"
    id=${controlId(view.row)}
    role="group"
    aria-labelledby="${controlId(view.row)}-name"
    aria-describedby=${view.describedBy}
    ?data-refused=${view.refused}
    tabindex=${view.refused ? -1 : nothing}
  >
    ${content}
  </div>
`;
