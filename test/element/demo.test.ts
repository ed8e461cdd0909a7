/// <reference types="mocha" />
import { expect, fixture, html } from '@open-wc/testing';
import '../../demo/demo-app.js';
import type { DemoApp } from '../../demo/demo-app.js';
import { World } from '../../demo/world.js';
import type { DialRequest } from '../../src/domain/dial.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import { until } from '../support/roles.js';

/** Everything of the page that is shown, shadow roots included. */
function* everything(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

const implicit: Readonly<Record<string, string>> = {
  button: 'BUTTON',
  link: 'A',
  textbox: 'TEXTAREA',
  row: 'TR',
  combobox: 'SELECT',
};
const nameOf = (element: HTMLElement): string =>
  (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();
const roleFits = (element: HTMLElement, role: string): boolean =>
  element.hasAttribute('role') ? element.getAttribute('role') === role : element.tagName === implicit[role];

async function mounted() {
  const world = new World();
  const requests: DialRequest[] = [];
  world.host.onDial((request) => requests.push(request));
  const app = await fixture<DemoApp>(html`<demo-app .world=${world}></demo-app>`);
  const settled = async (): Promise<void> => {
    await Promise.resolve();
    for (const element of everything(app.shadowRoot!))
      await (element as { updateComplete?: Promise<boolean> }).updateComplete;
  };
  const all = (role: string, name: string | RegExp): HTMLElement[] =>
    [...everything(app.shadowRoot!)].filter((element) => {
      const has = nameOf(element);
      return roleFits(element, role) && (typeof name === 'string' ? has === name : name.test(has));
    });
  const get = (role: string, name: string | RegExp): HTMLElement => {
    const found = all(role, name);
    expect(found, `${role} "${name}"`).to.have.length(1);
    return found[0]!;
  };
  const press = async (role: string, name: string | RegExp): Promise<void> => {
    get(role, name).click();
    await settled();
  };
  await settled();
  return { app, world, requests, all, get, press, settled };
}

describe('the demo', () => {
  it('F9 each number of a contact is a button that asks for the call', async () => {
    const { requests, press, get } = await mounted();
    await press('button', 'Contacts');
    await press('link', /^MC ?Mia Chen/);
    get('button', /^Call this number \(415\) 555 2671$/);
    await press('button', /^Call this number \+1 415 555 0198$/);
    expect(requests).to.deep.equal([{ from: 'contact', contactId: '2001', number: '+1 415 555 0198' }]);
  });

  for (const tab of ['Public reply', 'Private note'])
    it(`F10 an existing number is called above the comment box, from a ${tab.toLowerCase()}`, async () => {
      const { requests, press, get } = await mounted();
      await press('tab', tab);
      expect(get('tab', tab).getAttribute('aria-selected')).to.equal('true');
      await press('button', 'Call');
      await press('menuitem', '(415) 555 2671');
      expect(requests).to.deep.equal([
        { from: 'ticket', ticketId: '4711', number: '(415) 555 2671', contactId: '2001' },
      ]);
    });

  it('F12 the call menu ends with Enter new number, and can be used by keyboard', async () => {
    const { requests, press, all, get, settled } = await mounted();
    const button = get('button', 'Call');
    button.focus();
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    await settled();
    const items = all('menuitem', /./);
    expect(items.map(nameOf)).to.deep.equal(['(415) 555 2671', '+1 415 555 0198', 'Enter new number']);
    expect((items[0]!.getRootNode() as ShadowRoot).activeElement).to.equal(items[0]);
    items[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    expect((items[2]!.getRootNode() as ShadowRoot).activeElement).to.equal(items[2]);
    await press('menuitem', 'Enter new number');
    expect(requests).to.deep.equal([{ from: 'ticket-new-number', ticketId: '4711', contactId: '2001' }]);
  });

  it('F12 a requester without a number leaves Enter new number alone', async () => {
    const { world, requests, press, all, settled } = await mounted();
    world.openTicket('4692');
    await settled();
    await press('button', 'Call');
    expect(all('menuitem', /./).map(nameOf)).to.deep.equal(['Enter new number']);
    await press('menuitem', 'Enter new number');
    expect(requests).to.deep.equal([{ from: 'ticket-new-number', ticketId: '4692', contactId: '2014' }]);
  });

  it('shows on the ticket what the adapter wrote, as text, and marks it', async () => {
    const { app, world, settled } = await mounted();
    const body = 'call_started\nNumber called: +14155552671 <b>bold</b>';
    const [result] = await world.host.writeTickets([
      { key: 'k1', ticketId: '4711', attempt: 'first', comment: { body, public: false } },
    ]);
    expect(result?.ok).to.equal(true);
    await settled();
    const written = [...everything(app.shadowRoot!)].filter((element) => element.matches('[data-adapter=written]'));
    expect(written).to.have.length(1);
    expect(nameOf(written[0]!)).to.contain('Written by the call panel').and.to.contain('Internal');
    expect(written[0]!.querySelector('.body')!.textContent).to.equal(body);
  });

  it('a person writes on the ticket and closes it', async () => {
    const { world, press, get, settled } = await mounted();
    await press('tab', 'Private note');
    const box = get('textbox', 'Note for colleagues only') as HTMLTextAreaElement;
    box.value = 'Called back.';
    box.dispatchEvent(new Event('input'));
    await settled();
    await press('button', 'Add note');
    expect(world.host.comments('4711').at(-1)).to.include({ body: 'Called back.', public: false, authorId: '101' });
    world.host.setStatus('4711', 'closed');
    await settled();
    expect((get('textbox', 'Note for colleagues only') as HTMLTextAreaElement).disabled).to.equal(true);
    expect((get('button', 'Call') as HTMLButtonElement).disabled).to.equal(false);
  });

  it('S6 the drawer sets ticket entry, and the log counts what was written twice', async () => {
    const { world, press, all, get, settled } = await mounted();
    await press('button', 'Try it');
    await press('tab', 'Agent');
    const label = [...everything(document)].find((element) => nameOf(element) === 'Mandatory for Support')!;
    label.click();
    expect(world.host.currentSettings.ticketEntry).to.deep.equal({ enabled: true, teams: { support: 'mandatory' } });
    const write = { key: 'k2', ticketId: '4711', attempt: 'first', comment: { body: 'once', public: false } } as const;
    await world.host.writeTickets([write, { ...write, attempt: 'maybe-applied' }]);
    await press('tab', 'Log');
    await settled();
    expect(all('row', /k2$/)).to.have.length(1);
    expect(nameOf(get('status', /duplicated: 0/))).to.contain('written: 1');
  });

  it('keeps CRM and choices over a reload', async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const before = new World({ session: storage, local: storage });
    const write = { key: 'k3', ticketId: '4710', attempt: 'first', comment: { body: 'kept', public: false } } as const;
    await before.host.writeTickets([write]);
    before.openTicket('4710');
    before.prefer({ theme: 'dark' });
    before.keep();
    const after = new World({ session: storage, local: storage });
    expect(after.host.context.ticketId).to.equal('4710');
    expect(after.preferences.theme).to.equal('dark');
    await after.host.writeTickets([{ ...write, attempt: 'maybe-applied' }]);
    expect(after.host.comments('4710').filter(({ body }) => body === 'kept')).to.have.length(1);
    expect(after.host.tickets().map(({ id }) => id)).to.deep.equal(before.host.tickets().map(({ id }) => id));
  });

  /** The page with the drawer at the platform's events, and what the platform says. */
  async function atPlatform() {
    const at = await mounted();
    const events: PlatformEvent[] = [];
    at.world.telephony.subscribe((event) => events.push(event));
    at.world.telephony.disorder = { late: 0, twice: 0 };
    await until(() => at.world.telephony.isConnected);
    at.world.prefer({ drawer: true, tab: 'platform' });
    await at.settled();
    const select = async (name: RegExp, value: string): Promise<void> => {
      const field = [...everything(at.app.shadowRoot!)].find(
        (element): element is HTMLSelectElement =>
          element.localName === 'select' && name.test(element.parentElement!.textContent!.trim()),
      )!;
      field.value = value;
      expect(field.value, String(name)).to.equal(value);
      field.dispatchEvent(new Event('change'));
      await at.settled();
    };
    const said = async (type: PlatformEvent['type']): Promise<void> => {
      await until(() => events.some((event) => event.type === type));
    };
    return { ...at, events, select, said };
  }

  const beginnings: [button: RegExp, channel: string, more: object][] = [
    [/^Mia Chen: one/, 'ivr-call', { customerNumber: '+14155552671' }],
    [/^Hollis Cycles: several/, 'ivr-call', { customerNumber: '+14155550132' }],
    [/^Nobody has the number/, 'ivr-call', { customerNumber: '+12125550177' }],
    [/^Anonymous/, 'ivr-call', { anonymous: true }],
    [/^Blocked/, 'ivr-call', { blocked: true }],
    [/^A colleague, internal/, 'internal-call', {}],
    [/^Siobhán Ní Bhriain, from the app/, 'mobile-call', { customData: { plan: 'Velora Care', bikes: 2 } }],
    [/^Somebody from the website/, 'web-call', {}],
    [/^Giulia Rossi, on the website/, 'web-chat', { customData: { cart: 'Velora 3, size M' } }],
    [/^Somebody new, on the website/, 'web-chat', {}],
    [/^Siobhán Ní Bhriain, in the app/, 'mobile-chat', {}],
  ];
  for (const [button, channel, more] of beginnings)
    it(`A5 a press lets somebody call or write: ${button.source.slice(1)}`, async () => {
      const { events, press, select, said, get } = await atPlatform();
      await select(/^Menu selection/, 'returns');
      await press('button', button);
      expect(nameOf(get('status', /^Raised: /))).to.have.length.above(12);
      await said('session.connected');
      const assigned = events.find((event) => event.type === 'session.assigned')!;
      expect(assigned.session).to.deep.include({ channel, direction: 'inbound', agentId: '101', ...more });
      if (channel !== 'internal-call') expect(assigned.session.queue?.id).to.equal('returns');
    });

  it('A5 a caller waits for the agent where it is not answered at once', async () => {
    const { app, events, press, said, settled, world } = await atPlatform();
    [...everything(app.shadowRoot!)].find((element) => nameOf(element) === 'Answered for the agent at once')!.click();
    await settled();
    await press('button', /^Mia Chen: one/);
    await world.telephony.setStatus('available');
    await said('session.offered');
    expect(events.some(({ type }) => type === 'session.assigned')).to.equal(false);
    await press('button', 'A colleague takes what waits');
    await said('session.withdrawn');
  });

  it('R4 R5 R18 a press leaves a voicemail or an abandoned call, and handles the voicemail', async () => {
    const { press, said, select, world } = await atPlatform();
    await press('button', 'Somebody has waited in vain');
    await said('session.abandoned');
    await press('button', 'Mia Chen leaves a voicemail');
    await said('voicemail.received');
    await press('button', 'Listens to the voicemail');
    await said('voicemail.read');
    const [abandoned, voicemail] = world.telephony.sessions();
    await select(/^Which one/, voicemail!.id);
    await press('button', 'Closes the voicemail');
    await said('voicemail.closed');
    await select(/^Which one/, abandoned!.id);
  });

  it('R13 R14 R15 R17 R19 R22 R28 every press in a call is an event of it', async () => {
    const { press, select, said, events } = await atPlatform();
    await press('button', /^Mia Chen: one/);
    await said('session.connected');
    const presses: [button: string, type: PlatformEvent['type']][] = [
      ['Shares two photos', 'smart-action.completed'],
      ['Verifies who they are', 'smart-action.completed'],
      ['Declines to share a photo', 'smart-action.failed'],
      ['A smart action fails by itself', 'smart-action.failed'],
      ['Custom data arrives', 'custom-data.received'],
      ['An API responds', 'api.responded'],
      ['The menu selection changes', 'session.queue-changed'],
      ['The line becomes poor', 'session.quality'],
      ['Writes a message', 'session.message'],
      ['Holds', 'session.held'],
      ['Takes off hold', 'session.held'],
      ['Pauses the recording', 'session.recording-paused'],
      ['Records again', 'session.recording-paused'],
      ['Submits notes', 'disposition.submitted'],
      ['Asks first', 'transfer.started'],
      ['Cancels it', 'transfer.cancelled'],
    ];
    for (const [button, type] of presses) {
      const before = events.filter((event) => event.type === type).length;
      await press('button', button);
      await until(() => events.filter((event) => event.type === type).length > before);
    }
    await press('button', 'The recording will come in three parts');
    await select(/^To whom/, 'q-repairs');
    await press('button', 'Transfers at once');
    await said('transfer.started');
    await press('button', 'Hangs up');
    await said('session.ended');
    await press('button', 'Rates with 5');
    await said('rating.received');
  });

  it('R13 a press transfers to a colleague, and what cannot be is refused in words', async () => {
    const { press, select, said, get, all, events } = await atPlatform();
    expect((all('button', 'Transfers at once')[0] as HTMLButtonElement).disabled).to.equal(true);
    await press('button', /^Mia Chen: one/);
    await said('session.connected');
    await press('button', 'Completes the transfer');
    expect(nameOf(get('alert', /^Not raised/))).to.contain('No transfer is under way.');
    await select(/^To whom/, '103');
    await press('button', 'Transfers at once');
    await said('transfer.finished');
    const finished = events.find((event) => event.type === 'transfer.finished')!;
    expect(finished).to.deep.include({ agent: '103' });
    expect(all('alert', /^Not raised/)).to.have.length(0);
  }).timeout(10_000);

  it('R12 a press merges the ticket on screen, solves and closes it, and writes on it', async () => {
    const { world, press, select, get, settled } = await atCrm();
    await press('button', 'A colleague writes on it');
    expect(world.host.comments('4711').at(-1)).to.include({ authorId: '102' });
    await press('button', 'Solve it');
    expect(world.host.ticket('4711').status).to.equal('solved');
    await press('button', 'Reopen it');
    await select(/^Merge it into/, '4710');
    await press('button', 'Merge the tickets');
    expect(world.host.ticket('4711')).to.include({ status: 'closed', mergedInto: '4710' });
    await press('button', 'Close it for good');
    expect(nameOf(get('alert', /^Not done/))).to.contain('is closed');
    world.openTicket('4709');
    await settled();
    await press('button', 'Close it for good');
    expect(world.host.ticket('4709').status).to.equal('closed');
  });

  it('R2 a press merges the contact on screen, or deletes one without open tickets', async () => {
    const { world, press, select, get, settled } = await atCrm();
    await press('button', 'Delete the contact');
    expect(nameOf(get('alert', /^Not done/))).to.contain('not closed');
    await select(/^Merge them into/, '2003');
    await press('button', 'Merge the contacts');
    expect(world.host.ticket('4711').contactId).to.equal('2003');
    expect(nameOf(get('status', /^Mia Chen is part of/))).to.contain('Marcus Hollis');
    world.open({ contactId: '2024' });
    await settled();
    await press('button', 'Delete the contact');
    expect(world.host.contacts().some(({ id }) => id === '2024')).to.equal(false);
  });

  /** The page with the drawer at what colleagues do in the CRM. */
  async function atCrm() {
    const at = await atPlatform();
    at.world.prefer({ tab: 'crm' });
    await at.settled();
    return at;
  }

  it('R11 R13 R23 the ticket shows who changed what and when, recordings and files', async () => {
    const { app, world, settled } = await mounted();
    const recording = { startedAt: '2026-03-02T09:00:00Z', durationSeconds: 84, part: 2, parts: 3 };
    const file = new Blob(['ID3'], { type: 'audio/mpeg' });
    const write = { ticketId: '4711', attempt: 'first' } as const;
    const comment = (body: string, more: object) => ({ body, public: false as const, authorId: '102', ...more });
    await world.host.writeTickets([
      { ...write, key: 'm1', assigneeId: '103', status: 'pending', fields: { '302': 2025 } },
      {
        ...write,
        key: 'm2',
        comment: comment('by link', { recording: { ...recording, url: 'https://r.example/2.mp3' } }),
      },
      { ...write, key: 'm3', comment: comment('by file', { recording: { ...recording, file } }) },
      {
        ...write,
        key: 'm4',
        assigneeId: '102',
        comment: comment('photo', {
          attachments: [{ name: 'a.jpg', type: 'image/jpeg', url: 'https://p.example/a.jpg' }],
        }),
      },
    ]);
    world.host.setStatus('4711', 'open', '104');
    await settled();
    const shown = (selector: string) => [...everything(app.shadowRoot!)].filter((element) => element.matches(selector));
    const [silent, byHand] = shown('.change').map((element) => nameOf(element));
    expect(silent).to.match(
      /^Alex Morgan Written by the call panel .*Model year 2025 Assignee Jonas Weber Status Pending$/,
    );
    expect(byHand).to.match(/^Priya Raghunathan now Status Open$/);
    expect(shown('.change time, article time').every((time) => time.getAttribute('datetime'))).to.equal(true);
    const [link, player, photo] = shown('[data-adapter=written]');
    expect(nameOf(link!.querySelector('.file')!)).to.equal('Recording, part 2 of 3, 1:24');
    expect(link!.querySelector('.file a')!.getAttribute('href')).to.equal('https://r.example/2.mp3');
    expect(player!.querySelector('audio')!.src).to.match(/^blob:/);
    expect(nameOf(photo!.querySelector('.file')!)).to.equal('a.jpg image/jpeg');
    expect(nameOf(photo!)).to.match(/^NL Noémie Laurent Internal Written by the call panel .*Assignee Noémie Laurent$/);
  });

  for (const tab of ['calls', 'platform', 'crm', 'troubles', 'agent', 'log'])
    it(`has no accessibility finding, with the drawer at ${tab}`, async () => {
      const { app, world, press, settled } = await mounted();
      world.prefer({ drawer: true, tab, hintSeen: tab === 'log' });
      await settled();
      if (!['calls', 'platform', 'crm'].includes(tab)) await press('button', 'Call');
      if (tab === 'agent') {
        await press('button', 'Contacts');
        world.open({ contactId: '2001' });
        await settled();
      }
      await expect(app).to.be.accessible();
    });
});
