import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { becomes, number, SipParties, tone } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start()));
after(() => parties?.close());

const noemieTarget = { kind: 'agent', id: '102', label: 'Noémie Laurent' } as const;

test('A4 R13 a warm transfer in which the consultation ends before the ACK of the call that replaces it', async () => {
  const newContext = parties.browser.newContext.bind(parties.browser);
  parties.browser.newContext = async (...given: never[]) => {
    const context = await newContext(...given);
    await context.addInitScript(() => {
      const page = globalThis as unknown as { ackDelay: number };
      page.ackDelay = 0;
      Object.defineProperty(WebSocket.prototype, 'onmessage', {
        configurable: true,
        set(this: WebSocket, run: (event: MessageEvent) => void) {
          this.addEventListener('message', (event) => {
            if (page.ackDelay && String(event.data).startsWith('ACK '))
              setTimeout(() => run.call(this, event), page.ackDelay);
            else run.call(this, event);
          });
        },
      });
    });
    return context;
  };
  const [alex, customer, noemie] = [
    await parties.agent('alex'),
    await parties.customer(),
    await parties.agent('noemie'),
  ];
  await customer.call('alex');
  const id = await alex.answers();
  await alex.run('transfer', id, noemieTarget, 'warm');
  await noemie.answers();
  await alex.emits('session.participant-joined');
  await noemie.page.evaluate(() => ((globalThis as unknown as { ackDelay: number }).ackDelay = 1500));
  assert.equal(await alex.run('completeTransfer', id), undefined);
  await alex.emits('transfer.finished');
  await becomes(
    async () => {
      const { session, agent } = await noemie.emits('session.assigned');
      return [session.customerNumber, agent].join();
    },
    [number.customer, '102'].join(),
    15,
  );
  await noemie.hears(tone.customer);
  await customer.hears(tone.noemie);
});
