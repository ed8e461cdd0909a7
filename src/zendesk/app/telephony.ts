import { sampleDirectory, SimulatedTelephony, type SimulatorOptions } from '../../simulator/index.js';

/** An administrator is told that these calls reach nobody. */
export const simulated = true;

/**
 * The platform that carries the calls: a file of its own in the app, assets/telephony.js, so that it can be replaced by
 * one that exports the same function. This one is the embedded platform: its calls are simulated.
 */
export function createTelephony(options: SimulatorOptions = {}): SimulatedTelephony {
  const storage = openStorage();
  return new SimulatedTelephony({
    // It knows no user of this account.
    directory: sampleDirectory.filter(({ kind }) => kind !== 'agent'),
    ...(storage && { storage, storageKey: 'ccai-simulated-platform', endedKept: 10 }),
    ...options,
  });
}

/** A9: the first is shared by the tabs, the second lasts over a reload; a browser may refuse either in a frame. */
function openStorage(): Storage | undefined {
  for (const kind of ['localStorage', 'sessionStorage'] as const)
    try {
      const storage = globalThis[kind];
      storage.getItem('');
      return storage;
    } catch {
      // The next one, or none: then a reload does not find the call.
    }
  return undefined;
}
