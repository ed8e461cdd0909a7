import { TransportFailure, type ZendeskRequest, type ZendeskResponse } from '../../../src/zendesk/index.js';
import type { SimZendesk } from './sim-zendesk.js';
import type { SimContext } from './sim-context.js';

const faults = [
  'cut before',
  'cut after',
  'late',
  '503 before',
  '503 after',
  'html',
  '429',
  'silence',
  'twice',
  'slow',
  'refused',
] as const;
/** The faults of an outage. They can make a write wait until it expires. */
const outageFaults = ['503 after', 'cut after', 'refused', '429', 'silence'] as const;
/** The most milliseconds that a slow response takes. */
const slowest = 12_000;

const answer = (status: number, body: unknown = 'x', headers = {}) => ({ status, body, headers });
const cut = () => new TransportFailure('cut', 'maybe');

/** Carries requests to the CRM and responses back, with the faults of networks, proxies and rate limits. */
export class SimNetwork {
  readonly #context: SimContext;
  readonly #crm: SimZendesk;
  /** The probability, 0 to 1, that a request has a fault. */
  readonly #faultRate: number;
  hasFaults = true;
  /** Whether most requests fail. */
  isOutage = false;
  /** The words of writes that may have reached the CRM. */
  readonly reached = new Set<string>();

  constructor(context: SimContext, crm: SimZendesk, faultRate: number) {
    this.#context = context;
    this.#crm = crm;
    this.#faultRate = faultRate;
  }

  async send(request: ZendeskRequest): Promise<ZendeskResponse> {
    const { chance, below, count, wait } = this.#context;
    await wait(below(120));
    const fault = this.#fault(request);
    if (fault) count(`fault ${fault}`);
    switch (fault) {
      case 'cut before':
        throw cut();
      case 'cut after':
        this.#apply(request);
        throw cut();
      case 'late':
        this.#note(request);
        this.#context.after(500 + below(9000), () => this.#crm.answer(request));
        throw cut();
      case '503 before':
        return answer(503);
      case '503 after':
        this.#apply(request);
        return answer(503);
      case 'html':
        return answer(200, '<html>');
      case '429':
        return answer(429, {}, { 'retry-after': String(1 + below(4)) });
      case 'silence':
        return new Promise(() => {});
      case 'refused':
        return answer(403, { error: 'Forbidden', description: 'You may not do that' });
    }
    const first = this.#apply(request);
    // If the network sends a request twice, there are two responses. Either of them may come back.
    const second = fault === 'twice' ? this.#apply(request) : first;
    await wait(below(fault === 'slow' ? slowest : 120));
    return chance(0.5) ? first : second;
  }

  #fault({ method }: ZendeskRequest): (typeof faults)[number] | undefined {
    const { chance, pick } = this.#context;
    if (!this.hasFaults || !chance(this.isOutage ? 0.6 : this.#faultRate)) return undefined;
    const fault = pick(this.isOutage ? outageFaults : faults);
    return fault === 'refused' && method === 'GET' ? undefined : fault;
  }

  #apply(request: ZendeskRequest): ZendeskResponse {
    this.#note(request);
    return this.#crm.answer(request);
  }

  #note({ method, body = '' }: ZendeskRequest): void {
    if (method === 'GET') return;
    for (const [word] of body.replaceAll('\\n', ' ').matchAll(/\b[a-z]*\d[\w:]*/g)) this.reached.add(word);
  }
}
