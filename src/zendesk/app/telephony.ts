import { sampleDirectory, SimulatedTelephony, type SimulatorOptions } from '../../simulator/index.js';

/** Makes the settings page say that calls are simulated. */
export const simulated = true;

/**
 * Makes the telephony platform: here the embedded platform with simulated calls. In the app this is the file
 * assets/telephony.js. Another module that exports this function can replace the file.
 */
export function createTelephony(options: SimulatorOptions = {}): SimulatedTelephony {
  const storage = openStorage();
  return new SimulatedTelephony({
    // The sample agents are not users of this account.
    directory: sampleDirectory.filter(({ kind }) => kind !== 'agent'),
    ...(storage && { storage, storageKey: 'ccai-simulated-platform', endedKept: 10 }),
    ...options,
  });
}

/** A9: `localStorage`, which all tabs share, or else `sessionStorage`. A browser may refuse both in a frame. */
function openStorage(): Storage | undefined {
  for (const kind of ['localStorage', 'sessionStorage'] as const)
    try {
      const storage = globalThis[kind];
      storage.getItem('');
      return storage;
    } catch {
      // The browser refuses this storage, so the next one is tried. Without any, a call does not survive a reload.
    }
  return undefined;
}
