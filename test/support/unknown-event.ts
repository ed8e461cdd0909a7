import type { SimulatedTelephony } from '../../src/simulator/index.js';

/** The platform emits an event of a type that the product does not know. */
export function emitUnknownEvent(telephony: SimulatedTelephony, type: string): void {
  const { context } = telephony as unknown as {
    context: { scheduler: { emitAgentEvent(event: { type: string }): void } };
  };
  context.scheduler.emitAgentEvent({ type });
}
