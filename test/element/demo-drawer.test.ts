/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import { labelOf, mounted } from '../support/demo-page.js';
import { byRole, elements, until } from '../support/roles.js';

const rules = { record: true, autoAnswer: false, wrapUpSeconds: { inbound: 0, outbound: 0 }, maxChats: 3 };

describe("the demo's drawer", () => {
  /** The page with the drawer at the platform's acts, and the events that the platform emits. */
  async function atPlatform() {
    const at = await mounted();
    const events: PlatformEvent[] = [];
    at.demo.telephony.subscribe((event) => events.push(event));
    at.demo.telephony.disorder = { late: 0, twice: 0 };
    await at.demo.telephony.connect(at.demo.host.me, rules);
    at.demo.prefer({ drawer: true, tab: 'platform' });
    await at.settled();
    const select = async (name: RegExp, value: string): Promise<void> => {
      const field = [...elements(at.app.shadowRoot!)].find(
        (element): element is HTMLSelectElement =>
          element.localName === 'select' && name.test(element.parentElement!.textContent!.trim()),
      )!;
      field.value = value;
      expect(field.value, String(name)).to.equal(value);
      field.dispatchEvent(new Event('change'));
      await at.settled();
    };
    const emitted = async (type: PlatformEvent['type']): Promise<void> => {
      await until(() => events.some((event) => event.type === type));
    };
    const answeredAtOnce = async (): Promise<void> => {
      byRole(at.app, 'checkbox', 'Answer at once').click();
      await at.settled();
    };
    // Most acts need a session in progress.
    await answeredAtOnce();
    return { ...at, events, select, emitted, answeredAtOnce };
  }

  const beginnings: [button: RegExp, channel: string, more: object][] = [
    [/^Mia Chen: one/, 'ivr-call', { customerNumber: '+14155552671' }],
    [/^Hollis Cycles: several/, 'ivr-call', { customerNumber: '+14155550132' }],
    [/^Unknown number/, 'ivr-call', { customerNumber: '+12125550177' }],
    [/^Anonymous/, 'ivr-call', { anonymous: true }],
    [/^Blocked/, 'ivr-call', { blocked: true }],
    [/^Colleague, internal/, 'internal-call', {}],
    [/^Siobhán Ní Bhriain, from the app/, 'mobile-call', { customData: { plan: 'Velora Care', bikes: 2 } }],
    [/^Website visitor/, 'web-call', {}],
    [/^Giulia Rossi, on the website/, 'web-chat', { customData: { cart: 'Velora 3, size M' } }],
    [/^New visitor, on the website/, 'web-chat', {}],
    [/^Siobhán Ní Bhriain, in the app/, 'mobile-chat', {}],
  ];
  for (const [button, channel, more] of beginnings)
    it(`A5 a button makes a customer call or write: ${button.source.slice(1)}`, async () => {
      const { events, press, select, emitted, get } = await atPlatform();
      await select(/^Queue/, 'returns');
      await press('button', button);
      expect(labelOf(get('status', /^Done: /))).to.have.length.above(12);
      await emitted('session.connected');
      const assigned = events.find((event) => event.type === 'session.assigned')!;
      expect(assigned.session).to.deep.include({ channel, direction: 'inbound', agentId: '101', ...more });
      if (channel !== 'internal-call') expect(assigned.session.queue?.id).to.equal('returns');
    });

  it('A5 the drawer says that nothing rings while the agent is Unavailable; Go available makes it ring', async () => {
    const { press, all, emitted, answeredAtOnce, demo, settled } = await atPlatform();
    const note = /^Nothing rings: the agent isn’t Available\./;
    expect(all('status', note), 'with Answer at once').to.have.length(0);
    await answeredAtOnce();
    expect(all('status', note)).to.have.length(1);
    await press('button', /^Mia Chen: one/);
    await press('button', 'Go available');
    await emitted('session.offered');
    expect(demo.telephony.status).to.equal('available');
    await settled();
    expect(all('status', note)).to.have.length(0);
  });

  it('events come in order and once, until the visitor chooses otherwise', async () => {
    const { demo, press, app, settled } = await mounted();
    expect(demo.telephony.disorder).to.include({ late: 0, twice: 0, lost: 0, shuffled: 0 });
    demo.prefer({ drawer: true, tab: 'calls' });
    await settled();
    const box = byRole<HTMLInputElement>(app, 'checkbox', 'Events come late and twice');
    expect(box.checked).to.equal(false);
    box.click();
    await press('tab', 'Phone events');
    expect(demo.telephony.disorder.late).to.be.above(0);
  });

  it('A5 a caller who is not answered at once waits for the agent', async () => {
    const { events, press, emitted, demo, answeredAtOnce } = await atPlatform();
    await answeredAtOnce();
    await press('button', /^Mia Chen: one/);
    await demo.telephony.setStatus('available');
    await emitted('session.offered');
    expect(events.some(({ type }) => type === 'session.assigned')).to.equal(false);
    await press('button', 'Colleague answers instead');
    await emitted('session.withdrawn');
  });

  it('R4 R5 R18 buttons leave a voicemail and an abandoned call, and handle the voicemail', async () => {
    const { press, emitted, select, demo } = await atPlatform();
    await press('button', 'Caller gives up waiting');
    await emitted('session.abandoned');
    await press('button', 'Mia Chen leaves a voicemail');
    await emitted('voicemail.received');
    await press('button', 'Plays voicemail');
    await emitted('voicemail.read');
    const [abandoned, voicemail] = demo.telephony.sessions();
    await select(/^Call or chat/, voicemail!.id);
    await press('button', 'Closes voicemail');
    await emitted('voicemail.closed');
    await select(/^Call or chat/, abandoned!.id);
  });

  it('R13 R14 R15 R17 R19 R22 R28 each button for a call makes the platform emit an event', async () => {
    const { press, select, emitted, events } = await atPlatform();
    await press('button', /^Mia Chen: one/);
    await emitted('session.connected');
    const presses: [button: string, type: PlatformEvent['type']][] = [
      ['Mutes', 'session.muted'],
      ['Unmutes', 'session.muted'],
      ['Shares two photos', 'smart-action.completed'],
      ['Verifies identity', 'smart-action.completed'],
      ['Declines to share photo', 'smart-action.failed'],
      ['Smart action fails', 'smart-action.failed'],
      ['Custom data arrives', 'custom-data.received'],
      ['API responds', 'api.responded'],
      ['Queue changes', 'session.queue-changed'],
      ['Call quality becomes poor', 'session.quality'],
      ['Writes a message', 'session.message'],
      ['Holds', 'session.held'],
      ['Resumes', 'session.held'],
      ['Pauses recording', 'session.recording-paused'],
      ['Resumes recording', 'session.recording-paused'],
      ['Submits notes', 'disposition.submitted'],
      ['Consults first', 'transfer.started'],
      ['Cancels transfer', 'transfer.cancelled'],
    ];
    for (const [button, type] of presses) {
      const before = events.filter((event) => event.type === type).length;
      await press('button', button);
      await until(() => events.filter((event) => event.type === type).length > before);
    }
    await press('button', 'Recording comes in three parts');
    await select(/^Transfer to/, 'q-repairs');
    await press('button', 'Transfers now');
    await emitted('transfer.started');
    await press('button', 'Hangs up');
    await emitted('session.ended');
    await press('button', 'Rates with 5');
    await emitted('rating.received');
  });

  it('R13 a button transfers the call to a colleague; a transfer that is impossible is refused with a message', async () => {
    const { press, select, emitted, get, all, events } = await atPlatform();
    expect((all('button', 'Transfers now')[0] as HTMLButtonElement).disabled).to.equal(true);
    await press('button', /^Mia Chen: one/);
    await emitted('session.connected');
    await press('button', 'Completes transfer');
    expect(labelOf(get('alert', /^Not possible/))).to.contain('No transfer is in progress.');
    await select(/^Transfer to/, '103');
    await press('button', 'Transfers now');
    await emitted('transfer.finished');
    const finished = events.find((event) => event.type === 'transfer.finished')!;
    expect(finished).to.deep.include({ agent: '103' });
    expect(all('alert', /^Not possible/)).to.have.length(0);
  });

  it('R11 the recording comes in parts and as files if the visitor chooses so', async () => {
    const { app, press, emitted, events } = await atPlatform();
    await press('button', 'Unknown number');
    await emitted('session.connected');
    await press('button', 'Recording comes in three parts');
    byRole(app, 'checkbox', 'Send recordings as files, not links').click();
    await press('button', 'Hangs up');
    await until(() => events.filter(({ type }) => type === 'recording.ready').length === 3);
    const files = events.flatMap((event) => (event.type === 'recording.ready' ? [event.recording.file] : []));
    const context = new OfflineAudioContext(1, 8000, 8000);
    for (const file of files)
      expect((await context.decodeAudioData(await file!.arrayBuffer())).duration).to.be.closeTo(1, 0.01);
  });

  it('R11 the CRM takes files up to the limit that the visitor sets, and a button shares a larger file', async () => {
    const { demo, press, select, emitted, settled, events } = await atPlatform();
    await press('button', /^Mia Chen: one/);
    await emitted('session.connected');
    demo.prefer({ tab: 'troubles' });
    await settled();
    await select(/^Largest file/, '1000000');
    expect(demo.host.uploadLimitBytes).to.equal(1_000_000);
    demo.prefer({ tab: 'platform' });
    await settled();
    await press('button', 'Shares a 2.5 MB scan');
    await emitted('smart-action.completed');
    const { attachments } = events.find((event) => event.type === 'smart-action.completed')!;
    expect(attachments.map(({ name, file }) => [name, file?.size])).to.deep.equal([['invoice.pdf', 2_500_000]]);
    const comment = { body: 'A scan', public: false as const, attachments };
    const [whole] = await demo.host.writeTickets([{ key: 'k', ticketId: '4711', attempt: 'first', comment }]);
    expect(whole).to.include({ ok: false, reason: 'invalid' });
    demo.prefer({ tab: 'troubles' });
    await settled();
    await press('button', 'Remove all faults');
    expect(demo.host.uploadLimitBytes).to.equal(undefined);
  });

  it('R12 buttons merge, solve, close and comment on the ticket on screen', async () => {
    const { demo, press, select, get, settled } = await atCrm();
    await press('button', 'Colleague adds a comment');
    expect(demo.host.comments('4711').at(-1)).to.include({ authorId: '102' });
    await press('button', 'Solve');
    expect(demo.host.ticket('4711').status).to.equal('solved');
    await press('button', 'Reopen');
    await select(/^Merge ticket into/, '4710');
    await press('button', 'Merge tickets');
    expect(demo.host.ticket('4711')).to.include({ status: 'closed', mergedInto: '4710' });
    await press('button', 'Close for good');
    expect(labelOf(get('alert', /^Not done/))).to.contain('is closed');
    demo.openTicket('4709');
    await settled();
    await press('button', 'Close for good');
    expect(demo.host.ticket('4709').status).to.equal('closed');
  });

  it('R2 buttons merge the contact on screen, and delete a contact without open tickets', async () => {
    const { demo, press, select, get, settled } = await atCrm();
    await press('button', 'Delete contact');
    expect(labelOf(get('alert', /^Not done/))).to.contain('not closed');
    await select(/^Merge contact into/, '2003');
    await press('button', 'Merge contacts');
    expect(demo.host.ticket('4711').contactId).to.equal('2003');
    expect(labelOf(get('status', /^Mia Chen was merged into/))).to.contain('Marcus Hollis');
    demo.open({ contactId: '2024' });
    await settled();
    await press('button', 'Delete contact');
    expect(demo.host.contacts().some(({ id }) => id === '2024')).to.equal(false);
  });

  /** The page with the drawer at the colleagues' actions in the CRM. */
  async function atCrm() {
    const at = await atPlatform();
    at.demo.prefer({ tab: 'crm' });
    await at.settled();
    return at;
  }
});
