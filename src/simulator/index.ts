export { SimulatedTelephony } from './simulated-telephony.js';
export type { SimulatorOptions } from './simulated-platform.js';
export type { StateStorage } from './stored-state.js';
export type { Outcome, OutcomeName, Step } from './call-scripts.js';
export { mildDisorder, type Disorder } from './event-line.js';
export { simulatedProfile, type SimulatedProfile } from './profile.js';
export type { Command, CommandFailure, CommandTrouble } from './trouble.js';
