import type { Agent } from '../src/domain/agent.js';
import type { SettingsInput } from '../src/domain/settings.js';
import { MemoryHost, sampleData, type AuditEntry, type MemoryData, type OpenRecord } from '../src/memory/index.js';

/** The state of the embedded CRM that survives a reload of the page. */
export interface SavedCrm {
  data: MemoryData;
  applied: readonly (readonly [string, string])[];
  audit: readonly AuditEntry[];
  settings: SettingsInput;
  context: OpenRecord;
}

/** The demo's settings: the agent picks the ticket, and the batch window is short. */
export const demoSettings: SettingsInput = {
  outbound: { promptForTicket: true, allowNewTicket: true },
  batching: { windowSeconds: 3 },
};

/** The embedded CRM. Its state can be saved, and its agent's teams and rights can change. */
export class DemoHost extends MemoryHost {
  override readonly volatile: boolean;

  /** With an `account`, the CRM and the waiting writes survive a reload. */
  constructor(agent: Agent, saved?: SavedCrm, account?: string) {
    super({
      name: 'Velora Desk',
      account: account ?? 'velora-demo',
      agent,
      // A3: the base of the tickets' links. The page opens the ticket of a link.
      baseUrl: `${location.href.replace(/#.*/, '')}#`,
      data: saved?.data ?? sampleData(),
      settings: saved?.settings ?? demoSettings,
    });
    this.volatile = account === undefined;
    for (const [key, id] of saved?.applied ?? []) this.store.applied.set(key, id);
    this.store.audit.push(...(saved?.audit ?? []));
    this.become(agent);
    this.open(saved?.context ?? { ticketId: '4711', contactId: '2001' });
  }

  get me(): Agent {
    return this.agent;
  }

  get teams(): readonly { id: string; name: string }[] {
    return this.store.teams;
  }

  /** Sets the agent, with teams and rights. The panel reads them when it starts. */
  become(agent: Agent): void {
    Object.assign(this, { agent });
    const index = this.store.agents.findIndex(({ id }) => id === agent.id);
    this.store.agents.splice(index, index < 0 ? 0 : 1, agent);
    this.store.changed();
  }

  /** R11: sets the limit above which files are split. Undefined: the CRM accepts files of any size. */
  limitUploads(bytes: number | undefined): void {
    Object.assign(this, { uploadLimitBytes: bytes });
    this.store.changed();
  }

  /** The number of writes that were applied more than once. It must be 0. */
  duplicated(): number {
    const keys = this.auditLog.flatMap(({ key, what }) =>
      key === undefined || what === 'write.refused' ? [] : [`${what} ${key}`],
    );
    return keys.length - new Set(keys).size;
  }

  save(): SavedCrm {
    const tickets = this.tickets();
    return {
      data: {
        contacts: this.contacts(),
        tickets,
        comments: tickets.flatMap(({ id }) => this.comments(id)),
        agents: this.agents,
        teams: this.teams,
        fields: this.fields,
      },
      applied: [...this.store.applied],
      audit: this.auditLog,
      settings: this.settings,
      context: this.context,
    };
  }
}
