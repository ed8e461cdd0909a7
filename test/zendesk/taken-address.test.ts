import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SeedUser } from '../zendesk-stand-in/control.js';
import { again, first, recordsOf, written } from '../zendesk-stand-in/records-client.js';
import { standInForTests } from '../zendesk-stand-in/stand-in-for-tests.js';

const standIn = await standInForTests();
const { control } = standIn;

const address = 'mia@mail.example';
const draft = { name: 'Mia Chen', email: address, identifier: 'user-7' };
const mia = { id: 2001, name: 'Mia C.', email: 'mia@work.example', emails: [address] };
const made = async () => (await written(control)).filter(({ what }) => what === 'user.created');

describe('a new contact whose e-mail address is taken in Zendesk', () => {
  it('R20 R1 is found by a further address', async () => {
    await control.reset({ users: [mia] });
    const { items } = await recordsOf(standIn).findContacts({ email: 'Mia@mail.example' });
    assert.deepEqual(
      items.map(({ id, email }) => [id, email]),
      [['2001', 'mia@work.example']],
    );
  });

  const theirs: [string, SeedUser, number][] = [
    ['has it as a further address', mia, 0],
    ['is not in the index yet', { id: 2001, name: 'Mia C.', email: address }, 60_000],
    ['has it as a further address and is not in the index yet', mia, 60_000],
  ];
  for (const [why, user, indexLagMs] of theirs)
    it(`R20 R1 is the end user who ${why}, who is not changed`, async () => {
      await control.reset();
      await control.setConditions({ indexLagMs });
      await control.addUser(user);
      const before = await control.user(2001);
      const records = recordsOf(standIn);
      assert.equal((await records.createContact(draft, first('s/contact'))).id, '2001');
      assert.equal((await records.createContact(draft, again('s/contact'))).id, '2001');
      assert.deepEqual(await made(), []);
      const { updated_at: _, ...after } = await control.user(2001);
      assert.deepEqual({ ...after, updated_at: before['updated_at'] }, before);
    });

  const others: [string, SeedUser][] = [
    ['an agent', { id: 2001, name: 'Mia Chen', email: address, role: 'agent' }],
    [
      'an administrator’s further one',
      { id: 2001, name: 'Mia', email: 'm@x.example', emails: [address], role: 'admin' },
    ],
    ['a suspended user', { id: 2001, name: 'Mia Chen', email: address, suspended: true }],
  ];
  for (const [whose, user] of others)
    for (const indexLagMs of [0, 60_000])
      it(`R20 R1 is made once without the address if it is ${whose}’s (index lag ${indexLagMs} ms)`, async () => {
        await control.reset();
        await control.setConditions({ indexLagMs });
        await control.addUser(user);
        const records = recordsOf(standIn);
        const contact = await records.createContact(draft, first('s/contact'));
        assert.deepEqual([contact.name, contact.email, contact.identifier], ['Mia Chen', undefined, 'user-7']);
        const { role, email, notes, external_id: key } = await control.user(Number(contact.id));
        assert.deepEqual(
          { role, email, notes, key },
          { role: 'end-user', email: null, notes: `identifier: user-7\nemail: ${address}`, key: 's/contact' },
        );
        assert.equal((await recordsOf(standIn).createContact(draft, again('s/contact'))).id, contact.id);
        assert.equal((await recordsOf(standIn).createContact(draft, first('s/contact'))).id, contact.id);
        assert.equal((await made()).length, 1);
      });

  it('R20 R1 is found by the next try if the response to the second one is lost', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia Chen', email: address, role: 'agent' }] });
    const lossy = recordsOf(standIn, {
      wrap: (wire) => ({
        origin: wire.origin,
        async send(request) {
          if (request.body?.includes('email: ')) await control.failNext({ kind: 'cut-after' }, { method: 'POST' });
          return wire.send(request);
        },
      }),
    });
    await assert.rejects(lossy.createContact(draft, first('s/contact')), { outcome: 'unknown' });
    const contact = await recordsOf(standIn).createContact(draft, again('s/contact'));
    assert.deepEqual(
      (await made()).map(({ userId }) => String(userId)),
      [contact.id],
    );
  });

  it('R20 R1 is made without the address by an agent who may not change its user', async () => {
    await control.reset();
    await control.setConditions({ indexLagMs: 60_000 });
    await control.addUser({ id: 2001, name: 'Mia C.', email: address });
    await control.failNext({ kind: 'status', status: 403 }, { path: 'create_or_update' });
    const contact = await recordsOf(standIn).createContact(draft, first('s/contact'));
    assert.equal(contact.email, undefined);
  });
});
