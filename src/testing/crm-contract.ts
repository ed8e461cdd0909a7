import type { CrmHost } from '../crm/crm-host.js';
import { runContract, type TestFunctions } from './contract-suite.js';
import { contactCases } from './crm-contact-cases.js';
import type { CrmFixture, CrmLevers } from './crm-fixture.js';
import { shellCases } from './crm-shell-cases.js';
import { ticketCases } from './crm-ticket-cases.js';
import { writeCases } from './crm-write-cases.js';

export interface CrmContract {
  name: string;
  create(): Promise<CrmFixture>;
  /** What the host is expected to be capable of. */
  capabilities: CrmHost['capabilities'];
  /** The levers that every fixture has. */
  levers: readonly (keyof CrmLevers)[];
}

/** Puts a `CrmHost` through every sentence of the contract. */
export function crmHostContract(functions: TestFunctions, { name, create, capabilities, levers }: CrmContract): void {
  const has = new Set<string>([...capabilities, ...levers.map((lever) => `lever ${lever}`)]);
  runContract(
    functions,
    { name, has, create },
    {
      contacts: contactCases,
      tickets: ticketCases,
      'writes to tickets': writeCases,
      shell: shellCases(capabilities),
    },
  );
}
