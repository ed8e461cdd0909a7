import { fewestCapabilities, type SimulatorOptions } from '../../src/simulator/index.js';

/**
 * Options of a platform that can do little, unless the test says otherwise. A test then has nothing that it is not
 * about.
 */
export const withFewest = (options: Partial<SimulatorOptions> = {}): Partial<SimulatorOptions> => ({
  ...options,
  profile: { capabilities: fewestCapabilities, ...options.profile },
});
