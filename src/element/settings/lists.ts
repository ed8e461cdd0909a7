import type { LitElement } from 'lit';
import type { CrmRecords } from '../../crm/crm-host.js';
import type { Agent } from '../../domain/agent.js';
import type { FieldDefinition } from '../../domain/contact.js';
import { loadPhoneNumbers } from '../../domain/phone-loader.js';
import { HostList } from './host-list.js';

const typingPause = 200;

/** The CRM's lists, from which the form shows names in place of ids. */
export class SettingsLists {
  readonly teams: HostList<{ id: string; name: string }>;
  readonly fields: HostList<FieldDefinition>;
  /** The users that the search finds. */
  readonly users: HostList<Agent>;
  /** The default CRM user. */
  readonly owner: HostList<Agent>;
  readonly countries: HostList<{ country: string; callingCode: string }>;
  #host: CrmRecords | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #lastSearch = '';

  constructor(element: LitElement) {
    this.teams = new HostList(element);
    this.fields = new HostList(element);
    this.users = new HostList(element);
    this.owner = new HostList(element);
    this.countries = new HostList(element);
  }

  /** Loads the countries, which come with the phone-number rules and not from the CRM. */
  loadCountries(): void {
    this.countries.from(() => loadPhoneNumbers().then((numbers) => numbers.countries()));
  }

  from(host: CrmRecords | undefined, ownerId: string | undefined): void {
    this.#host = host;
    this.#lastSearch = '';
    this.teams.from(host?.listTeams && (() => host.listTeams!()));
    this.fields.from(host && (() => host.listFields()));
    this.users.from(host?.findAgents && (() => host.findAgents!({})));
    this.nameOwner(ownerId);
  }

  /** Looks up the default user's name, unless a loaded list has it. */
  nameOwner(id: string | undefined): void {
    const host = this.#host;
    const known = this.owner.items.find((user) => user.id === id) ?? this.users.items.find((user) => user.id === id);
    if (known) this.owner.know([known]);
    else this.owner.from(id && host?.findAgents ? () => host.findAgents!({ ids: [id] }) : undefined);
  }

  searchUsers(text: string): void {
    clearTimeout(this.#typing);
    const host = this.#host;
    if (!host?.findAgents || text === this.#lastSearch) return;
    this.#typing = setTimeout(() => {
      this.#lastSearch = text;
      this.users.from(() => host.findAgents!(text ? { text } : {}));
    }, typingPause);
  }

  stop(): void {
    clearTimeout(this.#typing);
  }
}
