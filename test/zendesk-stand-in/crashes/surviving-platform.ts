// The assets/telephony.js of the crash tests. A server stores the platform's state, as with a real platform.
import type { CcaiEvent } from '../../../src/element/events.js';
import { fewestCapabilities, SimulatedTelephony, type StateStorage } from '../../../src/simulator/index.js';

declare const PLATFORM_STORE: string;

export const simulated = true;

function request(method: string, key: string, body?: string): string | null {
  const call = new XMLHttpRequest();
  // The storage port is synchronous, so the request is too.
  call.open(method, `${PLATFORM_STORE}/${encodeURIComponent(key)}`, false);
  call.send(body);
  return call.status === 200 ? call.responseText : null;
}

const storage: StateStorage = {
  getItem: (key) => request('GET', key),
  setItem: (key, value) => void request('PUT', key, value),
};

// The server also stores the panels' masked log, which shows why a write is missing.
document.addEventListener('ccai-log', (event) => {
  const { level, message } = (event as CcaiEvent<'ccai-log'>).detail;
  void fetch(`${PLATFORM_STORE}/log`, { method: 'PUT', keepalive: true, body: `${level} ${message}` }).catch(
    () => undefined,
  );
});

export function createTelephony(): SimulatedTelephony {
  const telephony = new SimulatedTelephony({
    ...{ storage, storageKey: 'platform', endedKept: 100 },
    profile: { capabilities: fewestCapabilities },
  });
  telephony.defaultOutcome = { outcome: 'answered', ringSeconds: 0 };
  return telephony;
}
