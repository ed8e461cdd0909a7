import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, recordsOf } from '../zendesk-stand-in/records-client.js';
import { standInForTests } from '../zendesk-stand-in/stand-in-for-tests.js';

const standIn = await standInForTests();
const { control } = standIn;

describe('an assignment that Zendesk refuses', () => {
  it('R13 R23 names the agent to whom the ticket cannot be assigned, by ID', async () => {
    await control.reset({
      users: [{ id: 2001, name: 'Mia Chen' }],
      tickets: [{ id: 900, subject: 'Flat tyre', requesterId: 2001 }],
    });
    const [result] = await recordsOf(standIn).writeTickets([{ ...first('k'), ticketId: '900', assigneeId: '2001' }]);
    assert.ok(result && !result.ok);
    assert.match(result.message, /^Ticket 900 cannot be assigned to agent 2001: its group does not have them\. /);
    assert.doesNotMatch(result.message, /Mia|you/);
  });
});
