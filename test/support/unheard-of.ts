import type { SimulatedTelephony } from '../../src/simulator/index.js';

/** The platform tells something that nobody knows. */
export function unheardOf(telephony: SimulatedTelephony, type: string): void {
  const { desk } = (telephony as unknown as { world: { desk: { tell(event: { type: string }): void } } }).world;
  desk.tell({ type });
}
