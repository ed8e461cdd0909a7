import { scenario, type Variant } from '../../test/support/variants.js';
import type { Row } from './stage.js';
import { dial, enter, press } from './steps.js';

/** The row of a variant: the steps to its details screen. */
export function variantRow(variant: Variant): Row {
  const { settings, agent, profile, contacts, tickets, request, numberToEnter } = scenario(variant);
  return {
    host: { data: { contacts, tickets }, agent, settings },
    telephony: { profile },
    steps: [
      request.from === 'adapter' ? press('Dial a number') : dial(request),
      ...(numberToEnter ? [enter('Phone number', numberToEnter.typed), press('Next')] : []),
    ],
    expects: ['Outbound call details', { role: 'textbox', name: 'Phone number', value: '+1 415 555 0123' }],
  };
}
