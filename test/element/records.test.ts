/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { allCapabilities } from '../../src/simulator/index.js';
import { MIA, MIAS } from '../support/crm-data.js';
import { onMain, type GivenPanel } from '../support/panel.js';
import { allByRole, byRole, focused, press, see, shownText, until } from '../support/roles.js';

const batching = { comments: false, updates: false };

/** A call on Mia's newest ticket, from dialling to its end. */
async function called(
  given: GivenPanel = {},
  trouble: (host: Awaited<ReturnType<typeof onMain>>['host']) => void = () => {},
) {
  const opened = await onMain({ settings: { batching }, ...given });
  const { panel, host } = opened;
  const french = panel.locale === 'fr';
  host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
  const call = await until(() => {
    const button = byRole<HTMLButtonElement>(panel, 'button', french ? 'Appeler' : 'Call');
    return !button.disabled && button;
  });
  trouble(host);
  call.click();
  await see(panel, 'button', french ? /Raccrocher/ : 'End call');
  return opened;
}
async function ended(panel: HTMLElement): Promise<void> {
  await press(panel, 'button', 'End call');
  await press(panel, 'button', 'Done');
}
/** The part of the panel with the list. */
const findList = (panel: HTMLElement) => panel.shadowRoot!.querySelector('ccai-records-list') as HTMLElement;
/** The screen that the panel shows. */
const screenOf = (panel: HTMLElement) => panel.shadowRoot!.querySelector('[data-screen]')!.shadowRoot!;
const written = (host: Awaited<ReturnType<typeof onMain>>['host']) =>
  host.comments('2').filter(({ body }) => /\ncall_\w+ · \S+$/.test(body)).length;

/** The list after a call whose two records were refused. */
async function twoRefused() {
  const opened = await called({}, (crm) => (crm.trouble = { fail: { writeTickets: 'invalid' } }));
  await ended(opened.panel);
  await until(() => shownText(opened.panel).includes('2 updates couldn’t be saved to Testdesk.'));
  await press(opened.panel, 'button', 'Show');
  return { ...opened, list: await see(opened.panel, 'list', 'Updates being saved') };
}

describe('records on their way to the CRM', () => {
  afterEach(() => document.body.replaceChildren());

  it('A14 B5 a record that waits is a dot in the header, and moves nothing', async () => {
    const { panel, host } = await called();
    await ended(panel);
    await until(() => written(host) === 2);
    expect(shownText(panel)).not.to.match(/on (its|their) way/);
  });

  it('B5 the dot in the header opens a list: each record with its ticket, its age, and the reason', async () => {
    const { panel, host } = await called({}, (crm) => (crm.trouble = { fail: { writeTickets: 'offline' } }));
    await ended(panel);
    await press(panel, 'button', 'Saving 2 updates…');
    const list = await see(panel, 'list', 'Updates being saved');
    expect(allByRole(list, 'listitem')).to.have.length(2);
    await until(() => /Note on #2 .*Waiting · this minute/.test(shownText(list)));
    await expect(panel).to.be.accessible();
    host.trouble = {};
    await press(list, 'button', 'Retry').catch(() => undefined);
    allByRole(list, 'button', 'Retry')[0]?.click();
    await until(() => written(host) === 2);
    await until(() => !shownText(panel).includes('Saving'));
  });

  it('B5 a refused record is an alert, and can be copied, tried again, or discarded after a question', async () => {
    const { panel, host } = await called({}, (crm) => crm.failNext('writeTickets', 'invalid'));
    await ended(panel);
    await until(() => shownText(panel).includes('1 update couldn’t be saved to Testdesk.'));
    await press(panel, 'button', 'Show');
    const list = await see(panel, 'list', 'Updates being saved');
    byRole(list, 'button', 'Copy');
    await press(list, 'button', 'Discard');
    expect(shownText(list)).to.include('This won’t be saved to Testdesk.');
    await expect(panel).to.be.accessible();
    await press(list, 'button', 'Keep');
    await press(list, 'button', 'Discard');
    const question = await see(list, 'group', 'Discard');
    byRole(question, 'button', 'Discard').click();
    await until(() => !shownText(panel).includes('couldn’t be saved'));
    expect(written(host)).to.equal(1, 'only how the call ended');
  });

  it('B5 a refusal that the call on screen shows does not count as on its way', async () => {
    const { panel } = await called({}, (crm) => crm.failNext('writeTickets', 'invalid'));
    await until(() => shownText(panel).includes('1 update couldn’t be saved to Testdesk.'));
    await see(panel, 'button', 'End call');
    expect(shownText(panel)).not.to.include('0 records');
    expect(allByRole(panel, 'alert')).to.have.length(1);
    await press(panel, 'button', 'Show');
    byRole(await see(panel, 'list', 'Updates being saved'), 'button', 'Discard');
  });

  for (const width of [320, 250])
    it(`B5 A4 beside the list a call keeps its name, its time and its buttons, ${width} wide`, async () => {
      const telephony = { profile: { capabilities: allCapabilities } };
      const { panel } = await called({ telephony }, (crm) => (crm.trouble = { fail: { writeTickets: 'invalid' } }));
      panel.style.width = `${width}px`;
      await until(() => shownText(panel).includes('couldn’t be saved to Testdesk.'));
      await press(panel, 'button', 'Show');
      const list = await see(panel, 'list', 'Updates being saved');
      expect(shownText(panel)).to.include('Mia Chen');
      const box = panel.getBoundingClientRect();
      for (const control of [
        await see(panel, 'timer', 'Call time'),
        byRole(panel, 'button', 'Mute'),
        byRole(panel, 'button', 'End call'),
      ]) {
        const { top, bottom, left, height } = control.getBoundingClientRect();
        expect(bottom).to.be.at.most(box.bottom + 0.5);
        let there = document.elementFromPoint(left + 4, top + height / 2);
        while (there?.shadowRoot) {
          const inner: Element | null = there.shadowRoot.elementFromPoint(left + 4, top + height / 2);
          if (!inner || inner === there) break;
          there = inner;
        }
        expect(control.contains(there), `${control.textContent.trim()} is in sight`).to.equal(true);
      }
      expect(byRole(list, 'button', 'Discard').getBoundingClientRect().top).to.be.above(0);
      await expect(panel).to.be.accessible();
      byRole(findList(panel), 'button', 'Hide').click();
      await see(panel, 'button', 'Details');
    });

  /** A call with the list of refused records open beside it. */
  async function listInCall() {
    const telephony = { profile: { capabilities: allCapabilities } };
    const settings = { batching, calls: { wrapUpSeconds: { inbound: 60, outbound: 60 } } };
    const opened = await called({ telephony, settings }, (crm) => crm.failNext('writeTickets', 'invalid'));
    await until(() => shownText(opened.panel).includes('1 update couldn’t be saved to Testdesk.'));
    await press(opened.panel, 'button', 'Show');
    const list = await see(opened.panel, 'list', 'Updates being saved');
    await see(opened.panel, 'button', 'Mute');
    return { ...opened, list };
  }
  const isSeen = (element: Element | null | undefined): boolean =>
    element?.checkVisibility() === true && element.getBoundingClientRect().height > 0;

  it('A4 a failed action is shown beside the list too', async () => {
    const { panel, telephony } = await listInCall();
    telephony.trouble = { setMuted: 'offline' };
    await press(panel, 'button', 'Mute');
    await until(() => allByRole(panel, 'alert').some((one) => isSeen(one) && shownText(one).includes('Mute')));
  });

  it('Q6 the focus goes to the list when the call below it is closed', async () => {
    const { panel } = await called({}, (crm) => crm.failNext('writeTickets', 'invalid'));
    await press(panel, 'button', 'End call');
    await see(panel, 'button', 'Done');
    await until(() => shownText(panel).includes('1 update couldn’t be saved to Testdesk.'));
    await press(panel, 'button', 'Show');
    byRole(panel, 'button', 'Done').focus();
    await press(panel, 'button', 'Done');
    await until(() => allByRole(panel, 'button', 'Done').length === 0);
    await until(() => focused()?.getAttribute('aria-expanded') === 'true');
  });

  it('A6 the list closes when wrap-up begins', async () => {
    const { panel, telephony } = await listInCall();
    telephony.hangUp(telephony.sessions()[0]!.id);
    expect(isSeen(await see(panel, 'button', 'Back to Available'))).to.equal(true);
    expect(allByRole(panel, 'list', 'Updates being saved')).to.deep.equal([]);
    await until(() => isSeen(focused()));
  });

  it('Q6 the focus goes to the call when its list closes', async () => {
    const { panel, list } = await listInCall();
    byRole(list, 'button', 'Discard').focus();
    await press(list, 'button', 'Discard');
    byRole(await see(list, 'group', 'Discard'), 'button', 'Discard').click();
    await until(() => allByRole(panel, 'list', 'Updates being saved').length === 0);
    await until(() => focused()?.localName === 'h2' && isSeen(focused()));
  });

  it('A14 a record that is late, or that needs the agent, has the line above the footer', async () => {
    const settings = { batching: { ...batching, windowSeconds: 1 } };
    const { panel, host } = await called({ settings }, (crm) => (crm.trouble = { fail: { writeTickets: 'offline' } }));
    await see(panel, 'button', 'Saving 1 update…');
    const line = () => screenOf(panel).querySelector('ccai-records-line')!;
    const { top, height } = line().getBoundingClientRect();
    expect(shownText(line() as HTMLElement)).to.equal('');
    const { now } = Date;
    Date.now = () => now() + 32_000;
    try {
      // The panel renders for each change, and here because it loses the network.
      globalThis.dispatchEvent(new Event('offline'));
      await until(() => shownText(line() as HTMLElement).includes('1 update is taking longer than usual.'));
      await see(panel, 'button', 'Show');
    } finally {
      Date.now = now;
      globalThis.dispatchEvent(new Event('online'));
    }
    await until(() => Math.abs(line().getBoundingClientRect().top - top) < 1);
    expect(line().getBoundingClientRect().height).to.equal(height);
    host.trouble = {};
  });

  it('Q6 B5 a button that disappears with its action leaves the focus in its row, then the next, then on the screen', async () => {
    const { panel, list } = await twoRefused();
    const rows = () => allByRole(list, 'listitem');
    const pressFocused = (row: HTMLElement, name: string) => {
      const button = byRole(row, 'button', name);
      button.focus();
      button.click();
    };
    const has = (row: HTMLElement | undefined, name: string) =>
      until(() => row && focused() === byRole(row, 'button', name));
    const [first, second] = rows();
    pressFocused(first!, 'Discard');
    await has(first, 'Keep');
    pressFocused(first!, 'Keep');
    await has(first, 'Discard');
    // While a record is being sent, its row has only Copy.
    pressFocused(first!, 'Retry');
    await until(() => first!.contains(focused()));
    await until(() => allByRole(list, 'button', 'Retry').length === 2);
    pressFocused(first!, 'Discard');
    await has(first, 'Keep');
    pressFocused(first!, 'Discard');
    await has(second, 'Discard');
    expect(rows()).to.deep.equal([second]);
    pressFocused(second!, 'Discard');
    await has(second, 'Keep');
    pressFocused(second!, 'Discard');
    await until(() => focused() === byRole(panel, 'button', 'Dial a number'));
  });

  it('Q6 B5 a successful Retry leaves the focus in the list', async () => {
    const { panel, host } = await called({}, (crm) => (crm.trouble = { fail: { writeTickets: 'invalid' } }));
    await ended(panel);
    await until(() => shownText(panel).includes('2 updates couldn’t be saved to Testdesk.'));
    await press(panel, 'button', 'Show');
    const list = await see(panel, 'list', 'Updates being saved');
    const [first, second] = allByRole(list, 'listitem');
    host.trouble = {};
    const retry = byRole(first!, 'button', 'Retry');
    retry.focus();
    retry.click();
    await until(() => written(host) === 1);
    await until(() => second!.contains(focused()) && focused() === byRole(second!, 'button', 'Discard'));
  });

  it('B5 says that the CRM’s log-in has expired, offers a sign-in, and then continues', async () => {
    const { panel, host } = await called({}, (crm) => crm.signOut());
    await until(() => shownText(panel).includes('You’re signed out of Testdesk. Nothing is lost'));
    await expect(panel).to.be.accessible();
    await press(panel, 'button', 'Sign in');
    await until(() => written(host) === 1);
    await until(() => !shownText(panel).includes('signed out of'));
  });

  it('B5 a session that waits as a whole says what it stands for, and its row names the customer', async () => {
    const { panel, host, telephony } = await onMain({ settings: { batching } });
    host.trouble = { fail: { '*': 'offline' } };
    telephony.incoming({ number: MIAS, answered: true });
    await press(panel, 'button', 'Saving 1 update…');
    const list = await see(panel, 'list', 'Updates being saved');
    expect(shownText(list)).to.include('Contact, ticket and notes are saved together.');
  });

  it('B5 a row names the customer after the call is closed, and Copy includes ticket and customer', async () => {
    const { list } = await twoRefused();
    const [row] = allByRole(list, 'listitem');
    expect(shownText(row!)).to.match(/Note on #2 · Mia Chen/);
    expect(shownText(row!)).to.include('A value isn’t valid.').and.not.to.include('writeTickets');
    const { clipboard } = navigator;
    let copied = '';
    const stub = { writeText: (text: string) => ((copied = text), Promise.resolve()) };
    Object.defineProperty(navigator, 'clipboard', { value: stub, configurable: true });
    try {
      await press(row!, 'button', 'Copy');
      await see(row!, 'button', 'Copied');
    } finally {
      Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    }
    expect(copied).to.match(
      /^Note on #2 · Mia Chen, \+1 [\d ]+\n\n☎ Outbound call to Mia Chen · \+1 [\d ]+\n(.+\n)*call_started · \S+$/,
    );
  });

  it('B5 after the log-in has expired, row and banner both say that sending continues after a sign-in', async () => {
    const { panel } = await called({}, (crm) => crm.signOut());
    await until(() => shownText(panel).includes('You’re signed out of Testdesk. Nothing is lost'));
    await press(panel, 'button', 'Show');
    const text = shownText(await see(panel, 'list', 'Updates being saved'));
    expect(text).to.include('Waiting for you to sign in');
    expect(text).not.to.match(/logged out|Log in|then retry/);
  });

  it('Q7 is in French', async () => {
    const { panel } = await called({ locale: 'fr' }, (crm) => crm.signOut());
    await until(() => shownText(panel).includes('Vous êtes déconnecté de Testdesk.'));
    byRole(panel, 'button', 'Se connecter');
  });
});
