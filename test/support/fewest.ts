import { fewestCapabilities, type SimulatorOptions } from '../../src/simulator/index.js';

/** A platform that can do little, where nothing else is said: what a test is not about is not there. */
export const withFewest = (options: Partial<SimulatorOptions> = {}): Partial<SimulatorOptions> => ({
  ...options,
  profile: { capabilities: fewestCapabilities, ...options.profile },
});
