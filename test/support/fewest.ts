import { fewestCapabilities, type SimulatorOptions } from '../../src/simulator/index.js';

/** A platform with the fewest capabilities. A test adds those that it is about. */
export const withFewest = (options: Partial<SimulatorOptions> = {}): Partial<SimulatorOptions> => ({
  ...options,
  profile: { capabilities: fewestCapabilities, ...options.profile },
});
