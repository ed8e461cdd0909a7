/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { inMemory } from '../../src/environment/in-memory.js';
import { allCapabilities } from '../../src/simulator/index.js';
import type { CrmHost } from '../../src/crm/crm-host.js';
import { MIAS } from '../support/crm-data.js';
import { onMain, type GivenPanel, type TestPanel } from '../support/panel.js';
import { allByRole, press, see, shownText, until } from '../support/roles.js';

const telephony = { profile: { capabilities: allCapabilities } } as GivenPanel['telephony'];
const ringingItself = { profile: { capabilities: [...allCapabilities, 'ringer'] } } as GivenPanel['telephony'];
const open = (more: GivenPanel = {}): Promise<TestPanel> => onMain({ telephony: telephony!, ...more });

/** A CRM shell that can show and hide the panel, and has an icon. */
class Shell implements NonNullable<CrmHost['panel']> {
  indicator = 'idle';
  shown = 0;
  readonly #listeners = new Set<(visible: boolean) => void>();

  show(visible = true): void {
    if (visible) this.shown++;
    for (const listener of this.#listeners) listener(visible);
  }

  hide(): void {
    this.show(false);
  }

  resize(): void {}

  setIndicator(state: string): void {
    this.indicator = state;
  }

  onVisible(listener: (visible: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

describe('the ring', () => {
  const sound = globalThis.AudioContext;
  const notification = globalThis.Notification;
  let tones = 0;
  let notified: string[] = [];

  beforeEach(() => {
    tones = 0;
    notified = [];
    const node = () => ({
      connect: (next: unknown) => next,
      start: () => void tones++,
      stop: () => {},
      frequency: {},
      gain: { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} },
    });
    class Sound {
      readonly state = 'running';
      readonly currentTime = 0;
      createOscillator = node;
      createGain = node;
      resume = async () => {};
    }
    class Notice {
      static permission = 'granted';
      onclick: unknown;
      constructor(title: string, { body }: { body: string }) {
        notified.push(`${title}: ${body}`);
      }
      close(): void {
        notified.push('closed');
      }
    }
    Object.assign(globalThis, { AudioContext: Sound, Notification: Notice });
  });
  afterEach(() => {
    document.body.replaceChildren();
    Object.assign(globalThis, { AudioContext: sound, Notification: notification });
    Reflect.deleteProperty(document, 'hidden');
  });

  async function rings(given: GivenPanel = {}): Promise<TestPanel> {
    const opened = await open(given);
    await opened.telephony.setStatus('available');
    opened.telephony.incoming({ number: MIAS });
    await see(opened.panel, 'button', 'Answer');
    return opened;
  }

  it('A5 plays until the call is answered', async () => {
    const { panel } = await rings();
    await until(() => tones > 0);
    await press(panel, 'button', 'Answer');
    await see(panel, 'button', 'End call');
    const before = tones;
    await new Promise((resolve) => setTimeout(resolve, 2200));
    expect(tones).to.equal(before);
  });

  it('Q8 stops with its notification when the panel is removed', async () => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    const { panel } = await rings();
    await until(() => tones > 0 && notified.at(-1) === 'Incoming call: Mia Chen');
    const stopped: unknown[] = [];
    const clear = globalThis.clearInterval;
    globalThis.clearInterval = (timer) => {
      stopped.push(new Error().stack);
      clear(timer);
    };
    panel.remove();
    await until(() => notified.at(-1) === 'closed');
    globalThis.clearInterval = clear;
    expect(stopped.some((stack) => String(stack).includes('stopRinging'))).to.equal(true);
  });

  it('A5 stays silent if the platform rings', async () => {
    await rings({ telephony: ringingItself });
    expect(tones).to.equal(0);
  });

  it('A5 a hidden page shows a notification with the name until the ring ends', async () => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    const { panel } = await rings();
    await until(() => notified.at(-1) === 'Incoming call: Mia Chen');
    await press(panel, 'button', 'Decline');
    await until(() => notified.at(-1) === 'closed');
  });

  it('A13 S18 a minimised panel shows itself, and takes no focus', async () => {
    const { panel, telephony: phone } = await open();
    await phone.setStatus('available');
    panel.minimize();
    await see(panel, 'button', /Open the call panel$/);
    phone.incoming({ number: MIAS });
    await see(panel, 'button', 'Answer');
    expect(panel.minimized).to.equal(false);
    await panel.updateComplete;
    expect(document.activeElement).to.equal(document.body);
  });

  it('A13 S18 with the setting off, the bar names the caller and has Answer and Decline', async () => {
    const { panel, telephony: phone } = await open({ settings: { calls: { showOnRing: false } } });
    await phone.setStatus('available');
    panel.minimize();
    const bar = await see(panel, 'button', /Open the call panel$/);
    await until(() => bar.isConnected && bar.textContent!.includes('Available'));
    phone.incoming({ number: MIAS });
    await see(panel, 'button', 'Decline');
    await until(() => shownText(panel).includes('Mia Chen'));
    expect(panel.minimized).to.equal(true);
    await expect(panel).to.be.accessible();
    await press(panel, 'button', 'Answer');
    await until(() => shownText(panel).includes('Connected'));
    expect(allByRole(panel, 'button', 'Answer')).to.deep.equal([]);
  });

  it('A13 the page answers and declines the call before the chat, and is told if nothing rings', async () => {
    const { panel, telephony: phone } = await open();
    await phone.setStatus('available');
    for (const act of [() => panel.answer(), () => panel.decline()]) {
      const code = await act().catch((error: { code?: string }) => error.code);
      expect(code).to.equal('not-available');
    }
    const chat = phone.chat({ channel: 'web-chat', customer: { email: 'kim@example.com', authenticated: false } });
    await see(panel, 'button', 'Answer');
    const call = phone.incoming({ number: MIAS });
    await until(() => allByRole(panel, 'button', /Incoming call/).length > 0);
    const phaseOf = (id: string) => phone.sessions().find((one) => one.id === id)?.phase;
    await panel.answer();
    await until(() => phaseOf(call) === 'connected');
    expect(phaseOf(chat)).to.equal('offered');
    await panel.decline();
    await until(() => allByRole(panel, 'button', /Incoming chat/).length === 0);
  });

  it('A13 the CRM’s icon shows the ring, the call, and a missed call over a reload until History is opened', async () => {
    const storage = inMemory();
    const shell = new Shell();
    const first = await open({ storage, shell });
    await first.telephony.setStatus('available');
    const answered = first.telephony.incoming({ number: MIAS });
    await until(() => shell.indicator === 'ringing');
    expect(shell.shown).to.be.greaterThan(0);
    await first.panel.answer();
    await until(() => shell.indicator === 'in-call');
    first.telephony.hangUp(answered);
    await until(() => shell.indicator === 'idle');
    await first.telephony.setStatus('available');
    first.telephony.incoming({ number: MIAS, ringSeconds: 0.2 });
    await until(() => shell.indicator === 'missed');
    await first.panel.desktop!.stop();
    first.panel.remove();
    const again = new Shell();
    const { panel } = await open({ storage, shell: again });
    await until(() => again.indicator === 'missed');
    await press(panel, 'tab', 'History');
    await until(() => again.indicator === 'idle');
  });

  it('A13 one notification if the frame is hidden, and none while the agent sees the panel', async () => {
    const shell = new Shell();
    const { panel, telephony: phone } = await open({ shell, settings: { calls: { showOnRing: false } } });
    await phone.setStatus('available');
    phone.incoming({ number: MIAS });
    await until(() => shownText(panel).includes('Mia Chen'));
    await panel.decline();
    await see(panel, 'button', 'Dial a number');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(notified).to.deep.equal([]);
    shell.show(false);
    phone.incoming({ number: MIAS });
    await until(() => notified.includes('Incoming call: Mia Chen'));
  });

  it('A13 where the browser denies notifications, the CRM shows one', async () => {
    (globalThis.Notification as { permission: string }).permission = 'denied';
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    const { host } = await rings();
    await until(() => host.notices.some(({ message }) => message === 'Incoming call: Mia Chen'));
    expect(notified.filter((one) => one !== 'closed')).to.deep.equal([]);
  });
});
