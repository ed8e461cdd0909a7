import type { CrmHost } from '../crm/crm-host.js';
import { plainCopy } from '../domain/foreign.js';

const lookUps: ReadonlySet<PropertyKey> = new Set([
  ...['findContacts', 'getContact', 'createContact', 'findTickets', 'getTicket', 'createTicket', 'listFields'],
]);

/** A host whose records are plain data, with long texts cut. Apart from the guard, which the first paint waits for. */
export const plainHost = (host: CrmHost): CrmHost =>
  new Proxy(host, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      if (!lookUps.has(property)) return value.bind(target) as unknown;
      return async (...given: unknown[]) =>
        plainCopy(await (value as (...given: unknown[]) => unknown).apply(target, given));
    },
  });
