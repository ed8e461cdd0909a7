import { checkSettings, type SettingsCheck, type SettingsProblem } from '../../domain/settings-check.js';
import { defaultSettings, type Settings, type SettingsInput } from '../../domain/settings.js';
import * as draft from './draft.js';
import { rowOf } from './refusal.js';
import type { SettingsKind, SettingsRow } from './rows.js';

/** What a control's text means as a value; what is empty and may be so is left out. */
function read(kind: SettingsKind, value: unknown): unknown {
  if (kind === 'number') return draft.numberOf(String(value));
  if (kind === 'lines') return draft.linesOf(String(value)).map((line) => line.value);
  if (kind === 'country') return String(value).trim().toUpperCase();
  if (kind === 'user' || kind === 'field') return String(value).trim() || undefined;
  return value;
}

/** What is in the form: the settings as given, what was typed in their place, and what of it is refused. No DOM. */
export class SettingsState {
  draft: draft.SettingsDraft = {};
  check: SettingsCheck = { ok: true, settings: defaultSettings };
  /** S3 was switched off with S2. */
  strayNewTicket = false;
  readonly #tell: (settings: Settings) => void;
  #typed = new Map<string, string>();
  /** Tables that have a name twice. */
  #broken = new Set<string>();
  /** What the page has, so that its echo changes nothing here. */
  #known: string | undefined;

  /** `tell` hears of every change that leaves the whole form valid. */
  constructor(tell: (settings: Settings) => void) {
    this.#tell = tell;
  }

  get settings(): Settings {
    return draft.readable(this.draft);
  }

  /** The settings to hand on, if nothing is refused. */
  get valid(): Settings | undefined {
    return this.check.ok && this.#broken.size === 0 ? this.check.settings : undefined;
  }

  get problems(): readonly SettingsProblem[] {
    return this.check.ok ? [] : this.check.problems;
  }

  /** What was given that no control can mend. */
  get orphans(): readonly SettingsProblem[] {
    return this.problems.filter((problem) => !rowOf(problem));
  }

  /** A name stands twice in its table. */
  isBroken({ path }: SettingsRow): boolean {
    return this.#broken.has(path);
  }

  get refused(): number {
    return this.problems.length + this.#broken.size;
  }

  /** Takes what the page gives; the page's echo of what it was told is no news. */
  adopt(input: SettingsInput | undefined): boolean {
    const given = JSON.stringify(input ?? {});
    if (given === this.#known) return false;
    this.#known = given;
    this.#replace(input ?? {});
    return true;
  }

  /** Takes other settings whole, and tells of them. */
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

  /** A table in which a name stands twice is kept back until it does not. */
  changeTable(row: SettingsRow, value: unknown, valid: boolean): void {
    if (valid) this.#broken.delete(row.path);
    else this.#broken.add(row.path);
    this.change(row, value);
  }

  /** X11: the ids of the fields for sessions. */
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

  /** What stands in a control that is typed into. */
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
    this.#broken.clear();
  }

  #commit(next: draft.SettingsDraft): void {
    this.draft = next;
    this.check = checkSettings(draft.inputOf(next));
    const { valid } = this;
    const told = valid && JSON.stringify(valid);
    if (!valid || told === this.#known) return;
    this.#known = told;
    this.#tell(valid);
  }
}
