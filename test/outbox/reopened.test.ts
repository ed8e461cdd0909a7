import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TicketOrigin } from '../../src/domain/ticket.js';
import type { Intent } from '../../src/records/intent.js';
import { MIA } from '../support/crm-data.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { note } from '../support/intents.js';

const made: Record<string, { origin?: TicketOrigin; becomes: 'open' | 'pending' }> = {
  'a call': { origin: { sessionId: 'c', channel: 'ivr-call' }, becomes: 'open' },
  'a voicemail': { origin: { sessionId: 'c', channel: 'ivr-call', voicemail: true }, becomes: 'open' },
  'a chat': { origin: { sessionId: 'c', channel: 'web-chat' }, becomes: 'pending' },
  'somebody in the CRM': { becomes: 'pending' },
};

describe('an outbound call joins a ticket', () => {
  for (const [by, { origin, becomes }] of Object.entries(made))
    it(`R9 made by ${by}: it is ${becomes} then`, async () => {
      const dates = { createdAt: '2026-02-01T09:00:00Z', updatedAt: '2026-02-01T09:00:00Z' };
      const ticket = { id: '70', subject: 'T', status: 'pending', contactId: MIA, fields: {}, ...dates } as const;
      const contacts = [{ id: MIA, name: 'Mia', phoneNumbers: [], createdAt: dates.createdAt }];
      const data = { contacts, tickets: [{ ...ticket, ...(origin && { origin }) }] };
      const { outbox, host, clock } = await setUpOutbox(undefined, { data });
      await outbox.enqueue([{ ...note('joined', { id: '70' }), reopenPlatformTicket: true } as Intent]);
      await clock.advance(1000);
      assert.equal((await host.getTicket('70'))!.status, becomes);
    });
});
