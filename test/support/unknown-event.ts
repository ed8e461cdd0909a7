import type { SimulatedTelephony } from '../../src/simulator/index.js';

/** The platform emits an event of a type that the product does not know. */
export function emitUnknownEvent(telephony: SimulatedTelephony, type: string): void {
  const { platform } = telephony as unknown as {
    platform: { context: { scheduler: { emitAgentEvent(event: { type: string }): void } } };
  };
  platform.context.scheduler.emitAgentEvent({ type });
}
