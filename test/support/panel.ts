import { createDesktop } from '../../src/desktop/agent-desktop.js';
import type { SealedStore } from '../../src/environment/environment.js';
import { CcaiAgentAdapter } from '../../src/element/ccai-agent-adapter.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import { MemoryHost } from '../../src/memory/index.js';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import { crmData } from './crm-data.js';
import { recordFiles } from './recorded-files.js';
import { see, until } from './roles.js';
import { defineOnce } from '../../src/element/register.js';
import { withFewest } from './fewest.js';

defineOnce('ccai-agent-adapter', CcaiAgentAdapter);

type MemoryOptions = NonNullable<ConstructorParameters<typeof MemoryHost>[0]>;
type SimulatorOptions = NonNullable<ConstructorParameters<typeof SimulatedTelephony>[0]>;

export interface GivenPanel {
  settings?: SettingsInput;
  host?: MemoryOptions;
  telephony?: SimulatorOptions;
  locale?: string;
  /** Whether recordings are files and not links. */
  files?: boolean;
  /** A storage that the test has filled. */
  storage?: SealedStore;
  /** The CRM's frame around the panel. */
  shell?: MemoryHost['panel'];
}

export interface TestPanel {
  panel: CcaiAgentAdapter;
  host: MemoryHost;
  telephony: SimulatedTelephony;
}

/** Adds a panel to the page, with the embedded CRM and platform. Outbound calls are answered at once. */
export async function openPanel({
  settings,
  host: crm,
  telephony: platform,
  locale = 'en',
  files = false,
  storage,
  shell,
}: GivenPanel = {}): Promise<TestPanel> {
  const host = new MemoryHost({ data: crmData, name: 'Testdesk', ...(settings ? { settings } : {}), ...crm });
  host.panel = shell;
  const telephony = new SimulatedTelephony({
    calls: { outcome: 'answered', ringSeconds: 0 },
    ...withFewest(platform),
  } as SimulatorOptions);
  telephony.defaultOutcome = { outcome: 'answered', ringSeconds: 0 };
  if (files) recordFiles(telephony);
  const panel = document.createElement('ccai-agent-adapter');
  Object.assign(panel, { host, telephony, locale });
  if (storage) panel.desktop = createDesktop({ host, telephony, environment: { storage: async () => storage } });
  document.body.append(panel);
  await until(() => customElements.get('ccai-details-screen'));
  return { panel, host, telephony };
}

export async function onMain(given?: GivenPanel): Promise<TestPanel> {
  const opened = await openPanel(given);
  await see(opened.panel, 'button', opened.panel.locale === 'fr' ? /Composer/ : 'Dial a number');
  return opened;
}

/** The text of all comments on all tickets. */
export const written = ({ host }: TestPanel): string =>
  host
    .tickets()
    .flatMap(({ id }) => host.comments(id).map(({ body }) => body))
    .join('\n');
