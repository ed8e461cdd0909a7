/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import '../../src/define.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { MIA, MIAS } from '../support/crm-data.js';
import { onMain, type GivenPanel } from '../support/panel.js';
import { allByRole, byRole, elements, focused, press, see, shownText, until } from '../support/roles.js';

const telephony = { profile: { capabilities: allCapabilities } } as GivenPanel['telephony'];
const open = (more: GivenPanel = {}) =>
  onMain({ settings: { batching: { comments: false, updates: false } }, telephony: telephony!, ...more });

async function inCall(given: GivenPanel & { width?: number } = {}) {
  const opened = await open(given);
  opened.panel.style.inlineSize = `${given.width ?? 320}px`;
  const sessionId = opened.telephony.incoming({ number: MIAS, answered: true });
  await see(opened.panel, 'button', given.locale === 'fr' ? 'Raccrocher' : 'End call');
  return { ...opened, sessionId };
}

/** The number of lines that an element's words take. */
function linesOf(element: Element): number {
  const range = document.createRange();
  const words = [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim())!;
  range.selectNodeContents(words);
  return new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top))).size;
}

const overflowing = (root: ParentNode) =>
  allByRole(root, 'button').filter((one) => one.scrollWidth > one.clientWidth && !one.matches('.cut'));

const headings = (level: string, root: ParentNode) =>
  [...elements(root)].filter(({ localName }) => localName === level);

describe('a panel in little room', () => {
  afterEach(() => document.body.replaceChildren());

  for (const width of [320, 250])
    for (const locale of ['en', 'fr'])
      it(`Q6 the buttons at the end of a call are whole at ${width} px (${locale})`, async () => {
        const { panel } = await inCall({ width, locale });
        const end = byRole(panel, 'button', locale === 'fr' ? 'Raccrocher' : 'End call');
        const callBack = await see(
          panel,
          'button',
          locale === 'fr' ? 'Raccrocher et rappeler' : 'Hang up and call back',
        );
        expect(overflowing(panel).map(({ textContent }) => textContent!.trim())).to.deep.equal([]);
        expect(linesOf(end), 'on one line').to.equal(1);
        if (width === 320 && locale === 'en') expect(linesOf(callBack), 'on one line').to.equal(1);
        const row = end.parentElement!;
        expect(row.scrollWidth, 'the row of buttons').to.be.at.most(row.clientWidth);
        const inside = panel.getBoundingClientRect();
        for (const one of [end, callBack]) {
          const { left, right } = one.getBoundingClientRect();
          expect([left >= inside.left, right <= inside.right]).to.deep.equal([true, true]);
        }
      });

  for (const [width, locale] of [
    [320, 'en'],
    [250, 'en'],
    [250, 'fr'],
  ] as const)
    it(`Q6 Hold and Remove of a participant stay side by side at ${width} px (${locale})`, async () => {
      const { panel } = await inCall({ width, locale });
      const [transfer, add, hold, remove] =
        locale === 'fr'
          ? ['Transférer/Ajouter', 'Ajouter à l’appel', 'Mettre Jonas Weber en attente', 'Retirer Jonas Weber']
          : ['Transfer/Add', 'Add to call', 'Hold Jonas Weber', 'Remove Jonas Weber'];
      await press(panel, 'button', transfer);
      await press(panel, 'tab', 'Agent');
      await press(panel, 'button', 'Jonas Weber');
      await press(panel, 'button', add);
      const [one, other] = [await see(panel, 'button', hold), await see(panel, 'button', remove)];
      expect(other.getBoundingClientRect().top).to.equal(one.getBoundingClientRect().top);
      expect(overflowing(panel).map(({ textContent }) => textContent!.trim())).to.deep.equal([]);
    });

  it('Q6 A2 the focus ring of the status is whole while the next status is shown', async () => {
    const { panel, telephony: phone } = await inCall();
    await phone.setNextStatus('break');
    await until(() => shownText(panel).includes('Next: Break'));
    const status = byRole(panel, 'combobox', 'Status');
    status.focus();
    expect(focused()).to.equal(status);
    const ringed = [...elements(panel)].find((one) => getComputedStyle(one).outlineStyle === 'solid')!;
    const { outlineWidth, outlineOffset } = getComputedStyle(ringed);
    const ring =
      ringed.getBoundingClientRect().top - Number.parseFloat(outlineWidth) - Number.parseFloat(outlineOffset);
    expect(ring).to.be.at.least(panel.getBoundingClientRect().top);
  });

  it('Q6 from right to left, the start of the ticket’s link is in sight', async () => {
    document.documentElement.dir = 'rtl';
    try {
      const { panel } = await inCall({ width: 250 });
      const link = await see(panel, 'button', /^Ticket #/);
      const range = document.createRange();
      const words = [...link.childNodes].find(({ textContent }) => textContent!.includes('Ticket #'))!;
      const at = words.textContent!.indexOf('T');
      range.setStart(words, at);
      range.setEnd(words, at + 1);
      const first = range.getBoundingClientRect();
      const box = link.getBoundingClientRect();
      expect(first.left).to.be.at.least(box.left - 1);
      expect(first.right).to.be.at.most(box.right + 1);
    } finally {
      document.documentElement.dir = 'ltr';
    }
  });

  it('Q6 under forced colours, End call looks different from a control that is pressed', async () => {
    await executeServerCommand('forced-colours', 'active');
    try {
      expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
      const { panel } = await inCall();
      await press(panel, 'button', 'Mute');
      await until(() => byRole(panel, 'button', 'Mute').getAttribute('aria-pressed') === 'true');
      const of = (name: string) => getComputedStyle(byRole(panel, 'button', name));
      expect(of('End call').backgroundColor).not.to.equal(of('Mute').backgroundColor);
      expect(of('End call').backgroundColor).to.equal(of('Hold').backgroundColor);
      expect(of('End call').color).not.to.equal(of('End call').backgroundColor);
    } finally {
      await executeServerCommand('forced-colours', 'none');
    }
  });

  it('Q6 no screen of the panel adds an h1 to the page of the host', async () => {
    const { panel, host } = await open();
    const check = () => expect(headings('h1', document)).to.deep.equal([]);
    expect(headings('h2', panel)).to.have.length(1);
    check();
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await see(panel, 'combobox', 'Ticket ID').catch(() => undefined);
    check();
    await press(panel, 'button', 'Cancel');
    await press(panel, 'tab', 'History');
    await until(() => shownText(panel).includes('Past calls and chats appear here.'));
    check();
  });

  it('Q6 the settings add no h1 to the page of the host', async () => {
    const form = document.createElement('ccai-adapter-settings');
    document.body.append(form);
    await until(() => allByRole(form, 'checkbox').length > 0);
    expect(headings('h1', document)).to.deep.equal([]);
    expect(headings('h2', form)).to.have.length(1);
  });

  it('Q7 a number in the list of calls and chats is formatted', async () => {
    const { panel, telephony: phone } = await open();
    phone.incoming({ number: '+12125550188', answered: true });
    await see(panel, 'button', 'Mute');
    phone.chat({ channel: 'web-chat', customer: { name: 'Nora Lind', authenticated: false }, answered: true });
    // The contact that was created from the number has the number as its name.
    await until(() => allByRole(panel, 'button', 'Chat: Nora Lind').length === 1);
    await press(panel, 'button', 'Call: +1 212 555 0188');
    await see(panel, 'button', /^Ticket #/);
    byRole(panel, 'button', 'Call: +1 212 555 0188');
  });

  it('A15 the end of a chat is not called the end of a call', async () => {
    const { panel, telephony: phone } = await open();
    phone.chat({ channel: 'web-chat', customer: { name: 'Nora Lind', authenticated: false }, answered: true });
    await see(panel, 'button', 'End chat');
    phone.trouble = { end: 'never' };
    await press(panel, 'button', 'End chat');
    await until(() => shownText(panel).includes('Ending…'));
    expect(shownText(panel)).not.to.include('Ending the call');
  });
});
