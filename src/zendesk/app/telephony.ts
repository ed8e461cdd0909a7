import { sampleDirectory, SimulatedTelephony, type SimulatorOptions } from '../../simulator/index.js';

/** The settings page tells an administrator that calls are simulated. */
export const simulated = true;

/**
 * Makes the telephony platform. The app has it as a file of its own, assets/telephony.js, which can be replaced by any
 * module that exports this function. This one is the embedded platform with simulated calls.
 */
export function createTelephony(options: SimulatorOptions = {}): SimulatedTelephony {
  const storage = openStorage();
  return new SimulatedTelephony({
    // The sample agents are no users of this account.
    directory: sampleDirectory.filter(({ kind }) => kind !== 'agent'),
    ...(storage && { storage, storageKey: 'ccai-simulated-platform', endedKept: 10 }),
    ...options,
  });
}

/** A9: all tabs share localStorage; sessionStorage outlives a reload. A browser may refuse both in a frame. */
function openStorage(): Storage | undefined {
  for (const kind of ['localStorage', 'sessionStorage'] as const)
    try {
      const storage = globalThis[kind];
      storage.getItem('');
      return storage;
    } catch {
      // Refused: the next one is tried. Without any, a call does not outlive a reload.
    }
  return undefined;
}
