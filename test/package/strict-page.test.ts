/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import type { MemoryHost } from '../../src/memory/index.js';
import { MIA, MIAS } from '../support/crm-data.js';
import { allByRole, press, see, until } from '../support/roles.js';

const policy = "script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";

interface StrictWindow extends Window {
  violations: string[];
  host: MemoryHost;
}

describe('in a page with a strict Content-Security-Policy', () => {
  let frame: HTMLIFrameElement;
  let page: StrictWindow;
  /** The panel's shadow root; roles.ts knows only the elements of its own window. */
  let panel: ShadowRoot;

  before(async () => {
    frame = document.createElement('iframe');
    frame.style.cssText = 'width: 400px; height: 700px';
    frame.src = new URL('./fixtures/strict.html', import.meta.url).href;
    document.body.append(frame);
    page = await until(() => {
      const window = frame.contentWindow as StrictWindow | null;
      return window && 'host' in window && (window as StrictWindow);
    });
    panel = await until(() => page.document.querySelector('ccai-agent-adapter')!.shadowRoot);
  });
  after(() => frame.remove());
  afterEach(() => expect(page.violations.splice(0)).to.deep.equal([]));

  it('Q8 the policy is the documented one, and it is in force', async () => {
    const meta = page.document.querySelector('meta[http-equiv]');
    expect(meta?.getAttribute('content')).to.equal(policy);
    const element = page.document.createElement('div');
    expect(() => (element.innerHTML = '<b>no</b>')).to.throw('TrustedHTML');
    element.setAttribute('style', 'color: red');
    const style = page.document.createElement('style');
    style.textContent = 'p { color: red }';
    page.document.head.append(style);
    await until(() => page.violations.length >= 3);
    page.violations.length = 0;
    style.remove();
  });

  it('Q8 the panel places a call, from the form to its end, without a violation', async () => {
    await press(panel, 'button', 'Dial a number');
    await see(panel, 'textbox', 'Phone number');
    await press(panel, 'combobox', 'Country');
    await until(() => allByRole(panel, 'option').length > 20);
    await press(panel, 'button', 'Cancel');
    page.host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await press(panel, 'combobox', 'Ticket ID');
    const ticket = await until(() => allByRole(panel, 'option').find(({ dataset }) => dataset['value'] === '1'));
    ticket.click();
    const call = await see<HTMLButtonElement>(panel, 'button', 'Call');
    await until(() => !call.disabled);
    call.click();
    await see(panel, 'timer');
    await press(panel, 'button', 'Minimize');
    await press(panel, 'button', /Open the call panel$/);
    await press(panel, 'button', 'End call');
    await press(panel, 'button', 'Back to Available');
    await see(panel, 'button', 'Dial a number');
    await until(() => page.host.comments('1').some(({ body }) => /\ncall_finished · \S+$/.test(body)));
  });

  it('Q8 the panel asks before it replaces a form, without a violation', async () => {
    page.host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await see(panel, 'button', 'Call');
    // Only a form that the agent has changed is worth a question.
    (await see(panel, 'combobox', 'Language')).click();
    (await see(panel, 'option', 'French')).click();
    page.host.requestDial({ from: 'adapter' });
    const dialog = await see(panel, 'alertdialog');
    expect(allByRole(dialog, 'button').length).to.be.greaterThan(1);
    allByRole(dialog, 'button')[0]!.click();
  });

  it('Q8 the settings form renders and takes a choice without a violation', async () => {
    const settings = page.document.querySelector('ccai-adapter-settings')!;
    const changes: unknown[] = [];
    settings.addEventListener('ccai-settings-change', (event) => changes.push((event as CustomEvent).detail));
    const box = await until(() => settings.shadowRoot && allByRole(settings.shadowRoot, 'checkbox')[0]);
    box.click();
    await until(() => changes.length > 0);
  });

  it('Q8 a panel that renders before its words, dark and right to left, causes no violation', async () => {
    page.document.documentElement.dir = 'rtl';
    page.document.documentElement.style.setProperty('color-scheme', 'dark');
    const next = page.document.createElement('ccai-agent-adapter');
    next.locale = 'fr';
    page.document.body.append(next);
    await until(() => allByRole(next.shadowRoot!, 'alert').length > 0);
    next.remove();
  });
});
