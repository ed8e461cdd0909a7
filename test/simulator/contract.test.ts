import { describe, it } from 'node:test';
import { allCapabilities, simulatedProfile } from '../../src/simulator/index.js';
import { telephonyContract } from '../../src/testing/index.js';
import { contractOf } from './contract-fixture.js';

const functions = { describe, it, skip: (title: string, reason: string) => it(title, { skip: reason }) };

telephonyContract(functions, contractOf('SimulatedTelephony', simulatedProfile.capabilities));
telephonyContract(functions, contractOf('SimulatedTelephony with everything', allCapabilities));
