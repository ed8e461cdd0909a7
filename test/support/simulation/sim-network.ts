import { TransportFailure, type ZendeskRequest, type ZendeskResponse } from '../../../src/zendesk/index.js';
import type { SimZendesk } from './sim-zendesk.js';
import type { World } from './world.js';

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
/** The faults of a gloomy network, which keep rows waiting. */
const gloom = ['503 after', 'cut after', 'refused', '429', 'silence'] as const;
/** Milliseconds. The longest delay of a slow answer. */
const slowest = 12_000;

const answer = (status: number, body: unknown = 'x', headers = {}) => ({ status, body, headers });
const cut = () => new TransportFailure('cut', 'maybe');

/** Carries requests to the CRM and answers back, with the faults of networks, proxies and limits. */
export class SimNetwork {
  readonly #world: World;
  readonly #crm: SimZendesk;
  /** The share of requests with a fault. */
  readonly #part: number;
  stormy = true;
  gloomy = false;
  /** The lines that may have reached the CRM. */
  readonly reached = new Set<string>();

  constructor(world: World, crm: SimZendesk, part: number) {
    this.#world = world;
    this.#crm = crm;
    this.#part = part;
  }

  async send(request: ZendeskRequest): Promise<ZendeskResponse> {
    const { chance, below, count, wait } = this.#world;
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
        this.#world.after(500 + below(9000), () => this.#crm.answer(request));
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
    // A network that sends a request twice gets two answers. Either may be delivered.
    const second = fault === 'twice' ? this.#apply(request) : first;
    await wait(below(fault === 'slow' ? slowest : 120));
    return chance(0.5) ? first : second;
  }

  #fault({ method }: ZendeskRequest): (typeof faults)[number] | undefined {
    const { chance, pick } = this.#world;
    if (!this.stormy || !chance(this.gloomy ? 0.6 : this.#part)) return undefined;
    const fault = pick(this.gloomy ? gloom : faults);
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
