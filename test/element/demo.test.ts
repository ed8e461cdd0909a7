/// <reference types="mocha" />
import { expect, waitUntil } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { DemoState } from '../../demo/demo-state.js';
import { labelOf, mounted } from '../support/demo-page.js';
import { byRole, elements } from '../support/roles.js';

/** A tab's session storage. */
const storageOf = (items: Map<string, string>) => ({
  getItem: (key: string) => items.get(key) ?? null,
  setItem: (key: string, value: string) => void items.set(key, value),
  removeItem: (key: string) => void items.delete(key),
});

describe('the demo', () => {
  it('F9 each number of a contact is a button that requests the call', async () => {
    const { requests, press, get } = await mounted();
    await press('button', 'Contacts');
    await press('link', /^MC ?Mia Chen/);
    get('button', /^Call this number \(415\) 555 2671$/);
    await press('button', /^Call this number \+1 415 555 0198$/);
    expect(requests).to.deep.equal([{ from: 'contact', contactId: '2001', number: '+1 415 555 0198' }]);
  });

  for (const [channel, more, word] of [
    ['web-chat', {}, 'Chat'],
    ['ivr-call', {}, 'Call'],
    ['ivr-call', { voicemail: true }, 'Voicemail'],
  ] as const)
    it(`F9 a ticket shows that it came from a ${word.toLowerCase()}`, async () => {
      const { app, demo, settled } = await mounted();
      const origin = { sessionId: 'S-1', channel, ...more };
      const comment = { body: 'So it began.', public: false as const };
      const draft = { contactId: '2001', subject: 'New', comment, origin };
      const { id } = await demo.host.createTicket(draft, { key: 'k', attempt: 'first' });
      demo.openTicket(id);
      await settled();
      const terms = [...elements(app.shadowRoot!)].filter(({ textContent }) => textContent === 'Came from');
      expect(terms.map((term) => labelOf(term.nextElementSibling as HTMLElement))).to.include(`${word} S-1`);
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

  it('F12 the call menu ends with Enter new number, and works by keyboard', async () => {
    const { requests, press, all, get, settled } = await mounted();
    const button = get('button', 'Call');
    button.focus();
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    await settled();
    const items = all('menuitem', /./);
    expect(items.map(labelOf)).to.deep.equal(['(415) 555 2671', '+1 415 555 0198', 'Enter new number']);
    expect((items[0]!.getRootNode() as ShadowRoot).activeElement).to.equal(items[0]);
    items[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    expect((items[2]!.getRootNode() as ShadowRoot).activeElement).to.equal(items[2]);
    await press('menuitem', 'Enter new number');
    expect(requests).to.deep.equal([{ from: 'ticket-new-number', ticketId: '4711', contactId: '2001' }]);
  });

  it('F12 for a requester without a number the call menu has only Enter new number', async () => {
    const { demo, requests, press, all, settled } = await mounted();
    demo.openTicket('4692');
    await settled();
    await press('button', 'Call');
    expect(all('menuitem', /./).map(labelOf)).to.deep.equal(['Enter new number']);
    await press('menuitem', 'Enter new number');
    expect(requests).to.deep.equal([{ from: 'ticket-new-number', ticketId: '4692', contactId: '2014' }]);
  });

  it('Q6 under forced colours only the ticket on screen looks selected', async () => {
    await executeServerCommand('forced-colours', 'active');
    try {
      const { app } = await mounted();
      const rows = [...elements(app.shadowRoot!)].filter((element) => element.matches('a.row'));
      const edges = rows.map((row) => [
        row.getAttribute('aria-current') === 'page',
        getComputedStyle(row).borderInlineStartColor,
      ]);
      const selected = edges.filter(([current]) => current).map(([, colour]) => colour);
      const others = new Set(edges.filter(([current]) => !current).map(([, colour]) => colour));
      expect(selected).to.have.length(1);
      app.style.color = 'Canvas';
      // A transparent edge would be shown as a line.
      expect([...others]).to.deep.equal([getComputedStyle(app).color]);
      expect(selected[0]).not.to.equal(getComputedStyle(app).color);
    } finally {
      await executeServerCommand('forced-colours', 'none');
    }
  });

  it('A3 opens the ticket of a link that the panel copied', async () => {
    const { demo, settled } = await mounted();
    const { url } = (await demo.host.getTicket('4692'))!;
    expect(new URL(url!).pathname).to.equal(location.pathname);
    location.hash = new URL(url!).hash;
    await waitUntil(() => demo.host.context.ticketId === '4692');
    await settled();
    expect(location.hash).to.equal('');
  });

  it('shows the adapter’s comments on the ticket as text, and marks them', async () => {
    const { app, demo, settled } = await mounted();
    const body = 'call_started\nNumber called: +14155552671 <b>bold</b>';
    const [result] = await demo.host.writeTickets([
      { key: 'k1', ticketId: '4711', attempt: 'first', comment: { body, public: false } },
    ]);
    expect(result?.ok).to.equal(true);
    await settled();
    const written = [...elements(app.shadowRoot!)].filter((element) => element.matches('[data-adapter=written]'));
    expect(written).to.have.length(1);
    expect(labelOf(written[0]!)).to.contain('Written by the call panel').and.to.contain('Internal');
    expect(written[0]!.querySelector('.body')!.textContent).to.equal(body);
  });

  it('a person comments on the ticket and closes it', async () => {
    const { demo, press, get, settled } = await mounted();
    await press('tab', 'Private note');
    const box = get('textbox', 'Note for colleagues only') as HTMLTextAreaElement;
    box.value = 'Called back.';
    box.dispatchEvent(new Event('input'));
    await settled();
    await press('button', 'Add note');
    expect(demo.host.comments('4711').at(-1)).to.include({ body: 'Called back.', public: false, authorId: '101' });
    demo.host.setStatus('4711', 'closed');
    await settled();
    expect((get('textbox', 'Note for colleagues only') as HTMLTextAreaElement).disabled).to.equal(true);
    expect((get('button', 'Call') as HTMLButtonElement).disabled).to.equal(false);
  });

  it('S6 the drawer sets ticket entry, and the log counts duplicate writes', async () => {
    const { demo, press, all, get, settled } = await mounted();
    await press('button', 'Try it');
    await press('tab', 'Agent');
    byRole(document, 'radio', 'Mandatory for Support').click();
    expect(demo.host.currentSettings.ticketEntry).to.deep.equal({ enabled: true, teams: { support: 'mandatory' } });
    const write = { key: 'k2', ticketId: '4711', attempt: 'first', comment: { body: 'once', public: false } } as const;
    await demo.host.writeTickets([write, { ...write, attempt: 'maybe-applied' }]);
    await press('tab', 'Log');
    await settled();
    expect(all('row', /k2$/)).to.have.length(1);
    expect(labelOf(get('status', /duplicated: 0/))).to.contain('written: 1');
  });

  it('keeps the CRM and the choices over a reload', async () => {
    const kept = new Map<string, string>();
    const storage = storageOf(kept);
    const before = new DemoState({ session: storage, local: storage });
    const write = { key: 'k3', ticketId: '4710', attempt: 'first', comment: { body: 'kept', public: false } } as const;
    await before.host.writeTickets([write]);
    before.openTicket('4710');
    before.prefer({ theme: 'dark' });
    before.keep();
    const after = new DemoState({ session: storage, local: storage });
    expect(after.host.context.ticketId).to.equal('4710');
    expect(after.preferences.theme).to.equal('dark');
    await after.host.writeTickets([{ ...write, attempt: 'maybe-applied' }]);
    expect(after.host.comments('4710').filter(({ body }) => body === 'kept')).to.have.length(1);
    expect(after.host.tickets().map(({ id }) => id)).to.deep.equal(before.host.tickets().map(({ id }) => id));
  });

  it('A9 a duplicated tab has its own CRM and calls; a reload keeps them', () => {
    const kept = new Map<string, string>();
    const page = { name: '' };
    const first = new DemoState({ session: storageOf(kept), page });
    first.openTicket('4710');
    first.keep();
    const copied = new DemoState({ session: storageOf(new Map(kept)), page: { name: '' } });
    expect(copied.host.account).not.to.equal(first.host.account);
    expect(copied.host.context.ticketId).to.equal('4711', 'what a first visit opens');
    const reloaded = new DemoState({ session: storageOf(kept), page });
    expect([reloaded.host.account, reloaded.host.context.ticketId]).to.deep.equal([first.host.account, '4710']);
  });

  it('R11 R13 R23 the ticket shows changes with author and time, recordings and files', async () => {
    const { app, demo, settled } = await mounted();
    const recording = { startedAt: '2026-03-02T09:00:00Z', durationSeconds: 84, part: 2, parts: 3 };
    const file = new Blob(['ID3'], { type: 'audio/mpeg' });
    const write = { ticketId: '4711', attempt: 'first' } as const;
    const comment = (body: string, more: object) => ({ body, public: false as const, authorId: '102', ...more });
    await demo.host.writeTickets([
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
    demo.host.setStatus('4711', 'open', '104');
    await settled();
    const shown = (selector: string) => [...elements(app.shadowRoot!)].filter((element) => element.matches(selector));
    const [silent, byHand] = shown('.change').map((element) => labelOf(element));
    expect(silent).to.match(
      /^Alex Morgan Written by the call panel .*Model year 2025 Assignee Jonas Weber Status Pending$/,
    );
    expect(byHand).to.match(/^Priya Raghunathan now Status Open$/);
    expect(shown('.change time, article time').every((time) => time.getAttribute('datetime'))).to.equal(true);
    const [link, player, photo] = shown('[data-adapter=written]');
    expect(labelOf(link!.querySelector('.file')!)).to.equal('Recording, part 2 of 3, 1:24');
    expect(link!.querySelector('.file a')!.getAttribute('href')).to.equal('https://r.example/2.mp3');
    expect(player!.querySelector('audio')!.src).to.match(/^blob:/);
    expect(labelOf(photo!.querySelector('.file')!)).to.equal('a.jpg image/jpeg');
    expect(labelOf(photo!)).to.match(
      /^NL Noémie Laurent Internal Written by the call panel .*Assignee Noémie Laurent$/,
    );
  });

  for (const tab of ['calls', 'platform', 'crm', 'troubles', 'agent', 'log'])
    it(`has no accessibility finding, with the drawer at ${tab}`, async () => {
      const { app, demo, press, settled } = await mounted();
      demo.prefer({ drawer: true, tab, hintSeen: tab === 'log' });
      await settled();
      if (!['calls', 'platform', 'crm'].includes(tab)) await press('button', 'Call');
      if (tab === 'agent') {
        await press('button', 'Contacts');
        demo.open({ contactId: '2001' });
        await settled();
      }
      await expect(app).to.be.accessible();
    });
});
