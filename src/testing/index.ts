export type { TestFunctions } from './contract-suite.js';
export { crmHostContract, crmRecordsContract, type CrmContract } from './crm-contract.js';
export type { CrmFixture, CrmLevers } from './crm-fixture.js';
export { settle, SimulatedTime } from './simulated-time.js';
export { telephonyContract } from './telephony-contract.js';
export type { ScriptedNumber, TelephonyContract, TelephonyFixture } from './telephony-fixture.js';
