import { SimulatedTelephony } from '../../simulator/index.js';
import type { Telephony } from '../../telephony/telephony.js';

/** An administrator is told that these calls reach nobody. */
export const simulated = true;

/**
 * The platform that carries the calls: a file of its own in the app, assets/telephony.js, so that it can be replaced by
 * one that exports the same function. This one is the embedded platform: its calls are simulated.
 */
export function createTelephony(): Telephony {
  let storage: Storage | undefined;
  try {
    // With it a reload finds the call again; a browser may refuse it in a frame.
    storage = globalThis.sessionStorage;
  } catch {
    storage = undefined;
  }
  return new SimulatedTelephony(storage ? { storage, storageKey: 'ccai-simulated-platform' } : {});
}
