import { fewestCapabilities, type SimulatorOptions } from '../../src/simulator/index.js';

/** The options of a platform with the fewest capabilities, unless the test names more. The screens stay simple then. */
export const withFewest = (options: Partial<SimulatorOptions> = {}): Partial<SimulatorOptions> => ({
  ...options,
  profile: { capabilities: fewestCapabilities, ...options.profile },
});
