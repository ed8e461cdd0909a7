import type { ContractCase } from './contract-suite.js';
import { secondTry, firstTry, type RecordsFixture } from './crm-fixture.js';
import { equal, isIso, ok, rejects } from './expect.js';

const number = '+14155550173';
const forms = ['+14155550173', '(415) 555-0173', '415.555.0173', '001 415 555 0173', 'tel:+1-415-555-0173'];

/** The contract for contacts. */
export const contactCases: readonly ContractCase<RecordsFixture>[] = [
  {
    title: 'createContact and getContact return the same contact',
    async run({ host }) {
      const draft = { name: 'Zoë Contract', phoneNumber: number, email: 'zoe@contract.example' };
      const made = await host.createContact(draft, firstTry('k'));
      ok(made.id && isIso(made.createdAt), 'A contact has an id, and createdAt in ISO 8601, UTC');
      equal([made.name, made.email, made.phoneNumbers.length], [draft.name, draft.email, 1], 'name, e-mail, numbers');
      equal(await host.getContact(made.id), made, 'getContact');
    },
  },
  {
    title: 'getContact resolves with undefined for an unknown id',
    async run({ host }) {
      equal(await host.getContact('987654321987'), undefined, 'getContact');
    },
  },
  {
    title: 'the same key twice makes one contact',
    async run({ host }) {
      const draft = { name: 'Once Only', email: 'once@contract.example' };
      const [one, two] = await Promise.all([
        host.createContact(draft, firstTry('k')),
        host.createContact(draft, firstTry('k')),
      ]);
      const three = await host.createContact(draft, secondTry('k'));
      equal([two?.id, three.id], [one?.id, one?.id], 'ids');
      equal((await host.findContacts({ email: draft.email })).items.length, 1, 'contacts with this e-mail');
    },
  },
  {
    title: 'after a lost response, maybe-applied finds the contact that was made',
    needs: ['lever loseNextAnswer'],
    async run({ host, levers }) {
      const draft = { name: 'Lost Answer', email: 'lost@contract.example' };
      await levers?.loseNextAnswer?.('createContact');
      await rejects(
        host.createContact(draft, firstTry('k')),
        { name: 'CrmError', outcome: 'unknown' },
        'The lost answer',
      );
      const made = await host.createContact(draft, secondTry('k'));
      equal(
        (await host.findContacts({ email: draft.email })).items.map(({ id }) => id),
        [made.id],
        'contacts',
      );
    },
  },
  {
    title: 'a phone number in any written form finds numbers stored in any form',
    async run({ host, tick }) {
      const ids: string[] = [];
      for (const [index, phoneNumber] of forms.entries()) {
        ids.unshift((await host.createContact({ name: `Form ${index}`, phoneNumber }, firstTry(`k${index}`))).id);
        await tick?.();
      }
      await host.createContact({ name: 'Other', phoneNumber: '+14155550174' }, firstTry('other'));
      for (const phone of forms)
        equal(
          (await host.findContacts({ phone })).items.map(({ id }) => id),
          ids,
          `contacts with ${phone}`,
        );
    },
  },
  {
    title: 'contacts are found by e-mail, identifier and text',
    async run({ host }) {
      const draft = { name: 'Bea Suchmann', email: 'bea@contract.example', identifier: 'usr_contract' };
      const { id } = await host.createContact(draft, firstTry('k'));
      await host.createContact({ name: 'Otto Anders', email: 'otto@contract.example' }, firstTry('other'));
      for (const query of [{ email: draft.email }, { identifier: draft.identifier }, { text: 'suchmann' }])
        equal(
          (await host.findContacts(query)).items.map((one) => one.id),
          [id],
          JSON.stringify(query),
        );
      equal((await host.findContacts({ email: 'nobody@contract.example' })).items, [], 'nobody');
    },
  },
  {
    title: 'contacts come most recently created first, in pages without gaps or repetitions',
    async run({ host, tick }) {
      const ids: string[] = [];
      for (let index = 0; index < 5; index++) {
        ids.unshift((await host.createContact({ name: `Paged Contract ${index}` }, firstTry(`k${index}`))).id);
        await tick?.();
      }
      const seen: string[] = [];
      let page: string | undefined;
      do {
        const part = await host.findContacts({ text: 'Paged Contract' }, { limit: 2, page });
        ok(part.items.length <= 2, 'A page is no longer than its limit');
        seen.push(...part.items.map(({ id }) => id));
        page = part.next;
      } while (page !== undefined && seen.length < 10);
      equal(seen, ids, 'all pages');
    },
  },
  {
    title: 'an aborted look-up rejects with the reason of the signal',
    needs: ['lever silence'],
    async run({ host, levers }) {
      const controller = new AbortController();
      await levers?.silence?.();
      const lookUp = host.findContacts({ text: 'x' }, { signal: controller.signal });
      controller.abort(new Error('given up'));
      await rejects(lookUp, { message: 'given up' }, 'An aborted look-up');
      const aborted = AbortSignal.abort(new Error('before'));
      await rejects(host.findTickets({ text: 'x' }, { signal: aborted }), { message: 'before' }, 'Aborted before');
    },
  },
  {
    title: 'a failed call rejects with a CrmError that has code and outcome',
    needs: ['lever failNext'],
    async run({ host, levers }) {
      await levers?.failNext?.('offline');
      const failure = { name: 'CrmError', code: 'offline', outcome: 'not-applied' };
      await rejects(host.createContact({ name: 'Nobody At All' }, firstTry('k')), failure, 'Offline');
      equal((await host.findContacts({ text: 'Nobody At All' })).items, [], 'without effect');
    },
  },
];
