/// <reference types="mocha" />
import { expect, fixture, html } from '@open-wc/testing';
import '../../demo/demo-app.js';
import type { DemoApp } from '../../demo/demo-app.js';
import { World } from '../../demo/world.js';
import type { DialRequest } from '../../src/domain/dial.js';

/** Everything of the page that is shown, shadow roots included. */
function* everything(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

const implicit: Readonly<Record<string, string>> = { button: 'BUTTON', link: 'A', textbox: 'TEXTAREA', row: 'TR' };
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

  for (const tab of ['calls', 'troubles', 'agent', 'log'])
    it(`has no accessibility finding, with the drawer at ${tab}`, async () => {
      const { app, world, press, settled } = await mounted();
      world.prefer({ drawer: true, tab, hintSeen: tab === 'log' });
      await settled();
      if (tab !== 'calls') await press('button', 'Call');
      if (tab === 'agent') {
        await press('button', 'Contacts');
        world.open({ contactId: '2001' });
        await settled();
      }
      await expect(app).to.be.accessible();
    });
});
