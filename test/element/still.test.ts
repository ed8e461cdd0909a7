/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { allCapabilities } from '../../src/simulator/index.js';
import { MIA, MIAS } from '../support/crm-data.js';
import { onMain, type GivenPanel } from '../support/panel.js';
import { byRole, see, shownText, until } from '../support/roles.js';

/** The browser's record of an element that moved without input. */
interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  /** Where the parts were and are: x, y, width, height. The browser does not name a node of a shadow tree. */
  sources: readonly { previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

const frames = (count: number): Promise<void> =>
  count === 0 ? Promise.resolve() : new Promise((done) => requestAnimationFrame(() => done(frames(count - 1))));

/** A pause longer than the browser's time after an input, in which a movement counts as the person's. */
const inputIsOver = () => new Promise((done) => setTimeout(done, 600));

const place = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map((at) => +at.toFixed(2)).join(' ');

/** Collects what moves in the panel without a person. */
class Movements {
  readonly #observer = new PerformanceObserver((list) => this.#take(list.getEntries()));
  readonly seen: string[] = [];

  constructor() {
    this.#observer.observe({ type: 'layout-shift' });
  }

  /** Leaves out what an incoming session or its end moves (A14). */
  async except(work: () => Promise<unknown>): Promise<void> {
    await frames(2);
    this.#take(this.#observer.takeRecords());
    const before = this.seen.length;
    await work();
    await frames(3);
    await new Promise((done) => setTimeout(done, 50));
    this.#observer.takeRecords();
    this.seen.length = before;
  }

  async end(): Promise<readonly string[]> {
    await frames(3);
    this.#take(this.#observer.takeRecords());
    this.#observer.disconnect();
    return this.seen;
  }

  #take(entries: readonly PerformanceEntry[]): void {
    for (const { value, hadRecentInput, sources } of entries as readonly LayoutShift[])
      if (!hadRecentInput)
        this.seen.push(
          `${value.toFixed(4)} ${sources.map((it) => `${place(it.previousRect)} → ${place(it.currentRect)}`).join(', ')}`,
        );
  }
}

/** Presses with the mouse, so that the browser knows that a person did it. */
async function click(panel: HTMLElement, name: string): Promise<void> {
  const button = await see<HTMLButtonElement>(panel, 'button', name);
  await until(() => !button.disabled);
  const { left, top, width, height } = button.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(left + width / 2), Math.round(top + height / 2)] });
}

/** Presses a control of the page around the panel. */
async function clickInTheCrm(work: () => void): Promise<void> {
  const button = Object.assign(document.createElement('button'), { onclick: work, textContent: 'Call' });
  button.style.cssText = 'position: fixed; right: 0; bottom: 0';
  document.body.append(button);
  const { left, top } = button.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(left + 5), Math.round(top + 5)] });
  button.remove();
}

const settings = {
  batching: { comments: true, updates: true, windowSeconds: 1 },
  calls: { wrapUpSeconds: { inbound: 60, outbound: 60 } },
  outbound: { promptForTicket: true, allowNewTicket: true },
};
const telephony = { profile: { capabilities: allCapabilities } } as GivenPanel['telephony'];
const open = () => onMain({ settings, telephony: telephony! });

describe('a still panel', () => {
  afterEach(() => document.body.replaceChildren());

  it('A14 nothing moves by itself from a click on a number to the end of the call', async () => {
    const { panel, host } = await open();
    // The look-ups end when the browser no longer counts a movement as the person's.
    host.trouble = { latencyMs: 800 };
    await inputIsOver();
    const movements = new Movements();
    await clickInTheCrm(() => host.requestDial({ from: 'contact', contactId: MIA, number: MIAS }));
    const call = await see<HTMLButtonElement>(panel, 'button', 'Call');
    await until(() => !call.disabled || shownText(panel).includes('Choose a ticket.'));
    await inputIsOver();
    byRole(panel, 'combobox', 'Ticket ID').click();
    (await see(panel, 'option', /Create a new ticket/)).click();
    await click(panel, 'Call');
    await see(panel, 'button', 'Mute');
    await inputIsOver();
    await click(panel, 'End call');
    await until(() => shownText(panel).includes('Ending'));
    await see(panel, 'button', 'Back to Available');
    await inputIsOver();
    expect(await movements.end()).to.deep.equal([]);
  });

  it('A14 nothing moves while the panel loads', async () => {
    const movements = new Movements();
    await open();
    await inputIsOver();
    expect(await movements.end()).to.deep.equal([]);
  });

  it('A14 nothing moves by itself in an inbound call, in wrap-up, and when a record is refused', async () => {
    const { panel, telephony: phone, host } = await open();
    await phone.setStatus('available');
    await inputIsOver();
    const movements = new Movements();
    let id = '';
    await movements.except(async () => {
      id = phone.incoming({ number: MIAS });
      await see(panel, 'button', 'Answer');
      await until(() => shownText(panel).includes('Mia Chen'));
    });
    host.failNext('createTicket', 'invalid');
    await click(panel, 'Answer');
    await see(panel, 'button', 'Mute');
    await inputIsOver();
    byRole(panel, 'textbox', 'Notes').focus();
    await sendKeys({ type: 'Sends a new charger.' });
    await until(() => /couldn’t be saved to Testdesk\./.test(shownText(panel)));
    await inputIsOver();
    await movements.except(async () => {
      phone.hangUp(id);
      await see(panel, 'button', 'Save & Close');
    });
    await inputIsOver();
    expect(await movements.end()).to.deep.equal([]);
  });
});
