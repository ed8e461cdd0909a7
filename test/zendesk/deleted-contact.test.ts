import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { insteadOf } from '../../src/outbox/contact-gone.js';
import type { Intent } from '../../src/records/intent.js';
import { first, recordsOf } from '../zendesk-stand-in/records-client.js';
import { standInForTests } from '../zendesk-stand-in/stand-in-for-tests.js';
import { failureOf } from '../../src/outbox/retry-policy.js';
import type { CrmHost } from '../../src/crm/crm-host.js';

const standIn = await standInForTests();
const { control } = standIn;

describe('a contact that was deleted in Zendesk', () => {
  it('R26 is replaced: the new ticket is for the contact that has the same number', async () => {
    await control.reset({
      users: [
        { id: 2001, name: 'Mia Chen', phone: '+14155550101' },
        { id: 2002, name: 'Mia C.', phone: '+14155550101' },
      ],
      tickets: [],
    });
    await control.deleteUser(2001);
    const host = recordsOf(standIn);
    assert.equal(await host.getContact('2001'), undefined);
    const draft = {
      subject: 'Call',
      comment: { body: 'call_started', public: false as const },
      origin: { sessionId: 's', channel: 'ivr-call' as const },
    };
    const error: unknown = await host
      .createTicket({ ...draft, contactId: '2001' }, first('s/ticket'))
      .catch((e: unknown) => e);
    const ticket = { kind: 'create-ticket', key: 's/ticket', sessionId: 's', at: '2026-11-22T10:00:00.000Z' } as const;
    const person = { name: '+14155550101', phoneNumber: '+14155550101' };
    const intent: Intent = { ...ticket, contact: { id: '2001' }, person, draft };
    assert.deepEqual(await insteadOf(host as unknown as CrmHost, intent, failureOf(error)), {
      contact: { id: '2002' },
    });
    assert.equal((await host.createTicket({ ...draft, contactId: '2002' }, first('s/ticket'))).contactId, '2002');
  });
});
