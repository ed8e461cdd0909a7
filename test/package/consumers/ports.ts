import { MemoryHost } from 'ccai-agent-adapter/memory';
import { SimulatedTelephony } from 'ccai-agent-adapter/simulator';

/** The embedded CRM and platform, exported for the test. */
export const host = new MemoryHost();
export const telephony = new SimulatedTelephony();
const disconnect = telephony.disconnect.bind(telephony);
telephony.disconnect = () => {
  Object.assign(globalThis, { disconnects: 1 + ((globalThis as { disconnects?: number }).disconnects ?? 0) });
  return disconnect();
};
Object.assign(globalThis, { host, telephony });
