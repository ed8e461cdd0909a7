import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { reportResults } from '../support/contract-results.js';
import { SipParties } from '../support/sip/sip-parties.js';

const shards = 4;

describe('SipTelephony over a SIP server, in Chromium', () => {
  let parties: SipParties;
  before(async () => (parties = await SipParties.start('test/support/sip/contract-page.ts')));
  after(() => parties?.close());

  it('passes every case of the contract that its capabilities allow', async (test) => {
    const { url: server, domain } = parties.kamailio;
    const share = async (shard: number) => {
      const page = await parties.plainPage();
      return page.evaluate(([place, all]) => globalThis.runShare(place, all), [
        { server, domain, shard },
        shards,
      ] as const);
    };
    const results = (await Promise.all(Array.from({ length: shards }, (_, shard) => share(shard)))).flat();
    const ran = results.filter(({ outcome }) => outcome !== 'skipped');
    assert.ok(ran.length >= 40, `${ran.length} cases`);
    // Over SIP there are no chats, no voicemails and no duplicate events.
    const leftOut = results.filter(({ outcome }) => outcome === 'skipped').map(({ detail }) => detail!);
    assert.deepEqual(leftOut.sort(), [
      'SipTelephony does not have: chat, lever chat',
      'SipTelephony does not have: chat, lever chat',
      'SipTelephony does not have: chat-messages, lever chat',
      'SipTelephony does not have: chat-messages, lever chat',
      'SipTelephony does not have: chat-messages, lever chat, lever writes',
      'SipTelephony does not have: chat-messages, lever chat, lever writes',
      'SipTelephony does not have: chat-messages, lever chat, lever writes',
      'SipTelephony does not have: lever repeatEvents',
      'SipTelephony does not have: voicemail, lever voicemail',
    ]);
    await reportResults(test, ran);
  });
});
