import type { CrmHost, CrmRecords } from '../crm/crm-host.js';
import { runContract, type TestFunctions } from './contract-suite.js';
import { contactCases } from './crm-contact-cases.js';
import type { CrmFixture, CrmLevers } from './crm-fixture.js';
import { shellCases } from './crm-shell-cases.js';
import { staffCases } from './crm-staff-cases.js';
import { ticketCases } from './crm-ticket-cases.js';
import { writeCases } from './crm-write-cases.js';

export interface CrmContract<Host extends CrmRecords = CrmHost> {
  name: string;
  create(): Promise<CrmFixture<Host>>;
  /** The capabilities that the host must have. */
  capabilities: CrmRecords['capabilities'];
  /** The levers that every fixture has. */
  levers: readonly (keyof CrmLevers)[];
}

const recordsGroups = (capabilities: CrmRecords['capabilities']) => ({
  contacts: contactCases,
  tickets: ticketCases,
  'writes to tickets': writeCases,
  staff: staffCases(capabilities),
});

const needs = ({ capabilities, levers }: CrmContract<CrmRecords>): ReadonlySet<string> =>
  new Set<string>([...capabilities, ...levers.map((lever) => `lever ${lever}`)]);

/** Tests a `CrmRecords`, the half of a CRM binding that needs no screen. */
export function crmRecordsContract(functions: TestFunctions, contract: CrmContract<CrmRecords>): void {
  const { name, create, capabilities } = contract;
  runContract(functions, { name, has: needs(contract), create }, recordsGroups(capabilities));
}

/** Tests a `CrmHost`: records and shell. */
export function crmHostContract(functions: TestFunctions, contract: CrmContract): void {
  const { name, create, capabilities } = contract;
  const groups = { ...recordsGroups(capabilities), shell: shellCases };
  runContract(functions, { name, has: needs(contract), create }, groups);
}
