import { checkSettings, type SettingsCheck, type SettingsProblem } from '../../domain/settings-check.js';
import { defaultSettings, type Settings, type SettingsInput } from '../../domain/settings.js';
import * as draft from './draft.js';
import { rowOf } from './refusal.js';
import type { SettingsKind, SettingsRow } from './rows.js';

/** The value of a control's text. Undefined for an empty text of an optional setting. */
function read(kind: SettingsKind, value: unknown): unknown {
  if (kind === 'number') return draft.numberOf(String(value));
  if (kind === 'lines') return draft.numberLinesOf(String(value)).map((line) => line.value);
  if (kind === 'country') return String(value).trim().toUpperCase();
  if (kind === 'user' || kind === 'field' || kind === 'time-zone') return String(value).trim() || undefined;
  return value;
}

/** The form's state without a DOM: the given settings, the typed values, and their problems. */
export class SettingsState {
  draft: draft.SettingsDraft = {};
  check: SettingsCheck = { ok: true, settings: defaultSettings };
  /** Whether S3 was switched off together with S2. */
  strayNewTicket = false;
  readonly #onChange: (settings: Settings) => void;
  #typed = new Map<string, string>();
  /** The paths of tables that have a name twice or a value without a name. */
  #invalidTables = new Set<string>();
  /** The settings that the page knows, as JSON. If the page sets them again, nothing changes. */
  #knownToPage: string | undefined;

  /** `onChange` is called with each change that leaves the whole form valid. */
  constructor(onChange: (settings: Settings) => void) {
    this.#onChange = onChange;
  }

  get settings(): Settings {
    return draft.readable(this.draft);
  }

  /** The settings, if the whole form is valid. */
  get valid(): Settings | undefined {
    return this.check.ok && this.#invalidTables.size === 0 ? this.check.settings : undefined;
  }

  get problems(): readonly SettingsProblem[] {
    return this.check.ok ? [] : this.check.problems;
  }

  /** The problems that no control can solve. */
  get orphans(): readonly SettingsProblem[] {
    return this.problems.filter((problem) => !rowOf(problem));
  }

  /** Whether a row's table has a name twice or a value without a name. */
  isInvalidTable({ path }: SettingsRow): boolean {
    return this.#invalidTables.has(path);
  }

  get refused(): number {
    return this.problems.length + this.#invalidTables.size;
  }

  /** Takes the page's settings. Returns false if the page knows them already, for example from the last change. */
  adopt(input: SettingsInput | undefined): boolean {
    const given = JSON.stringify(input ?? {});
    if (given === this.#knownToPage) return false;
    this.#knownToPage = given;
    this.#replace(input ?? {});
    return true;
  }

  /** Takes complete settings in place of all others. */
  take(settings: Settings): void {
    this.#replace(settings);
    this.#commit(settings);
  }

  change(row: SettingsRow, value: unknown, typed?: string): void {
    if (typed === undefined) this.#typed.delete(row.path);
    else this.#typed.set(row.path, typed);
    const next = draft.withValueAt(this.draft, row.path.split('.'), read(row.kind, value));
    const tidy = draft.withoutStrayNewTicket(next);
    if (/^s[123]$/.test(row.id)) this.strayNewTicket = tidy !== next && row.id !== 's3';
    this.#commit(tidy);
  }

  /** Sets a table. While the table is invalid, the whole form is. */
  changeTable(row: SettingsRow, value: unknown, valid: boolean): void {
    if (valid) this.#invalidTables.delete(row.path);
    else this.#invalidTables.add(row.path);
    this.change(row, value);
  }

  /** X11: adds the ids of the session fields. */
  addSessionFields(ids: Readonly<Record<string, string>>): void {
    const fields = { ...this.settings.tickets.sessionFields, ...ids };
    this.#commit(draft.withValueAt(this.draft, ['tickets', 'sessionFields'], fields));
  }

  removeOrphans(): void {
    const without = (tree: unknown, { path }: SettingsProblem) =>
      draft.withValueAt(tree, draft.keysOf(tree, path), undefined);
    this.#commit(this.orphans.reduce<unknown>(without, this.draft));
  }

  value({ path }: SettingsRow): unknown {
    const keys = path.split('.');
    return draft.valueAt(this.draft, keys) ?? draft.valueAt(defaultSettings, keys);
  }

  /** The text of a control that is typed into. */
  typed(row: SettingsRow): string {
    const value = this.value(row);
    const text = row.kind === 'lines' && Array.isArray(value) ? value.join('\n') : value;
    return this.#typed.get(row.path) ?? (typeof text === 'object' ? '' : String(text ?? ''));
  }

  #replace(settings: draft.SettingsDraft): void {
    this.draft = settings;
    this.check = checkSettings(draft.inputOf(settings));
    this.strayNewTicket = false;
    this.#typed.clear();
    this.#invalidTables.clear();
  }

  #commit(next: draft.SettingsDraft): void {
    this.draft = next;
    this.check = checkSettings(draft.inputOf(next));
    const { valid } = this;
    const text = valid && JSON.stringify(valid);
    if (!valid || text === this.#knownToPage) return;
    this.#knownToPage = text;
    this.#onChange(valid);
  }
}
