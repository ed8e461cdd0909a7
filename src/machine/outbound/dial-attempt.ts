import type { DialPlan } from '../../domain/dial.js';
import { idleLookUps, outboundForm } from './form.js';
import type { OutboundContext } from './outbound-context.js';

/**
 * The next attempt to dial. The same plan keeps its key while the platform may have created its call, because the same
 * key twice makes one call.
 */
export function nextAttempt(context: OutboundContext): Partial<OutboundContext> {
  const { plan } = outboundForm(context, idleLookUps);
  if (!plan) throw new Error('The form has no plan to dial.');
  const { asked, attempts, flowId } = context;
  const isSame = asked?.unresolved && samePlan(asked.plan, plan);
  const attempt = isSame ? attempts : attempts + 1;
  return {
    asked: { plan: { key: `${flowId}.${attempt}`, ...plan }, unresolved: true },
    attempts: attempt,
    failure: undefined,
    mayCallAnyway: false,
  };
}

const samePlan = ({ key, ...asked }: DialPlan, plan: Omit<DialPlan, 'key'>): boolean =>
  key !== '' && JSON.stringify(asked) === JSON.stringify(plan);
