/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import type { CcaiAgentAdapter } from '../../src/element/ccai-agent-adapter.js';
import { createDesktop } from '../../src/core.js';
import { MemoryHost } from '../../src/memory/index.js';
import { fewestCapabilities, SimulatedTelephony } from '../../src/simulator/index.js';
import { crmData, MIA, MIAS } from '../support/crm-data.js';
import { allByRole, byRole, press, see, shownText, until } from '../support/roles.js';

const newHost = (name = 'Testdesk') => new MemoryHost({ data: crmData, name });
const newTelephony = () => {
  const telephony = new SimulatedTelephony({ profile: { capabilities: fewestCapabilities } });
  telephony.defaultOutcome = { outcome: 'answered', ringSeconds: 0 };
  return telephony;
};

/** Counts a port's current listeners. */
function counted<T extends object>(port: T, ...methods: (keyof T & string)[]): { count: number } {
  const listeners = { count: 0 };
  for (const method of methods) {
    const listen = (port[method] as (listener: unknown) => () => void).bind(port);
    Object.assign(port, {
      [method](listener: unknown) {
        listeners.count += 1;
        const letGo = listen(listener);
        let there = true;
        return () => {
          if (there) listeners.count -= 1;
          there = false;
          letGo();
        };
      },
    });
  }
  return listeners;
}

/** Counts the window’s listeners for `online` and `offline`, from now on. */
function networkListeners() {
  const { addEventListener, removeEventListener } = window;
  const listeners = new Set<unknown>();
  const add = (...given: Parameters<typeof addEventListener>) => {
    if (/^(on|off)line$/.test(given[0])) listeners.add(given[1]);
    addEventListener.apply(window, given);
  };
  const remove = (...given: Parameters<typeof removeEventListener>) => {
    listeners.delete(given[1]);
    removeEventListener.apply(window, given);
  };
  const restore = () => Object.assign(window, { addEventListener, removeEventListener });
  Object.assign(window, { addEventListener: add, removeEventListener: remove });
  return Object.assign(listeners, { restore });
}

function mount(ports: Partial<CcaiAgentAdapter> = {}, place: ParentNode = document.body) {
  const host = newHost();
  const telephony = newTelephony();
  const panel = document.createElement('ccai-agent-adapter');
  Object.assign(panel, { host, telephony, locale: 'en', ...ports });
  place.append(panel);
  return {
    panel,
    host: (ports.host as MemoryHost | undefined) ?? host,
    telephony: (ports.telephony as SimulatedTelephony | undefined) ?? telephony,
  };
}

/** A connected call of Mia's. */
async function inCall(ports: Partial<CcaiAgentAdapter> = {}, place?: ParentNode) {
  const mounted = mount(ports, place);
  await see(mounted.panel, 'button', 'Dial a number');
  mounted.host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
  await see(mounted.panel, 'button', 'Call');
  await until(() => !byRole<HTMLButtonElement>(mounted.panel, 'button', 'Call').disabled);
  await press(mounted.panel, 'button', 'Call');
  await see(mounted.panel, 'timer');
  return mounted;
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));

describe('the element in a page that changes', () => {
  afterEach(() => document.body.replaceChildren());

  it('Q8 takes the ports and the locale that were set before the element was defined', async () => {
    expect(customElements.get('ccai-agent-adapter'), 'this test has to come first').to.equal(undefined);
    const { panel, host } = mount({ locale: 'fr' });
    const { CcaiAgentAdapter: Element } = await import('../../src/element/ccai-agent-adapter.js');
    customElements.define('ccai-agent-adapter', Element);
    await see(panel, 'button', 'Composer un numéro');
    expect(Object.hasOwn(panel, 'host'), 'the property of the class counts').to.equal(false);
    expect(panel.host).to.equal(host);
  });

  it('Q8 takes ports that are set one by one after the element is on the page', async () => {
    const { panel } = mount({ host: undefined, telephony: undefined });
    const missing = await see(panel, 'alert');
    expect(shownText(missing)).to.contain('This panel has no CRM yet.').and.to.contain('“host”');
    panel.host = newHost();
    await until(() => shownText(panel).includes('This panel has no phone yet.'));
    expect(shownText(panel)).to.contain('“telephony”');
    panel.telephony = newTelephony();
    await see(panel, 'button', 'Dial a number');
    expect(allByRole(panel, 'alert')).to.have.length(0);
  });

  const moves: Readonly<Record<string, (panel: HTMLElement, place: HTMLElement) => void>> = {
    'appended elsewhere': (panel, place) => place.append(panel),
    'inserted before another': (panel, place) => {
      place.append(document.createElement('hr'));
      place.insertBefore(panel, place.firstChild);
    },
    'put into a shadow root': (panel, place) => place.attachShadow({ mode: 'open' }).append(panel),
    'taken into a fragment and back': (panel, place) => {
      const fragment = document.createDocumentFragment();
      fragment.append(panel);
      place.append(fragment);
    },
    'wrapped, as a framework does it': (panel, place) => {
      const wrapper = document.createElement('section');
      panel.replaceWith(wrapper);
      wrapper.append(panel);
      place.replaceWith(wrapper);
    },
    'removed and put back at once': (panel, place) => {
      panel.remove();
      place.append(panel);
    },
    'moved in its list': (panel, place) => {
      place.replaceChildren(document.createElement('p'), panel, document.createElement('p'));
      place.prepend(panel);
    },
    'put into a slot': (panel, place) => {
      place.attachShadow({ mode: 'open' }).innerHTML = '<slot></slot>';
      place.append(panel);
    },
  };
  for (const [name, move] of Object.entries(moves))
    it(`Q8 keeps a call, its text and its listeners when it is ${name}`, async () => {
      const host = newHost();
      const telephony = newTelephony();
      const onHost = counted(host, 'onDial', 'onSettingsChange');
      const onTelephony = counted(telephony, 'subscribe');
      let connects = 0;
      const connect = telephony.connect.bind(telephony);
      telephony.connect = (...given) => (++connects, connect(...given));
      const { panel } = await inCall({ host, telephony });
      const before = { ...onHost, platform: onTelephony.count };
      const place = document.body.appendChild(document.createElement('div'));
      move(panel, place);
      await quiet();
      expect(panel.isConnected).to.equal(true);
      await see(panel, 'button', 'End call');
      expect({ ...onHost, platform: onTelephony.count }).to.deep.equal(before);
      expect(connects).to.equal(1);
      await press(panel, 'button', 'End call');
      await press(panel, 'button', 'Done');
      await see(panel, 'button', 'Dial a number');
      expect(telephony.sessions()).to.have.length(1);
    });

  it('Q8 keeps a call when it is moved a hundred times', async () => {
    const { panel, telephony } = await inCall();
    const places = [0, 1].map(() => document.body.appendChild(document.createElement('div')));
    for (let at = 0; at < 100; at++) {
      places[at % 2]!.append(panel);
      if (at % 10 === 0) await Promise.resolve();
    }
    await quiet();
    await press(panel, 'button', 'End call');
    await see(panel, 'button', 'Done');
    expect(telephony.sessions()).to.have.length(1);
  });

  it('Q8 releases everything when it is removed for good', async () => {
    const host = newHost();
    const telephony = newTelephony();
    const onHost = counted(host, 'onDial', 'onSettingsChange');
    const onTelephony = counted(telephony, 'subscribe');
    let disconnects = 0;
    const disconnect = telephony.disconnect.bind(telephony);
    telephony.disconnect = () => (++disconnects, disconnect());
    const online = networkListeners();
    const { panel } = mount({ host, telephony });
    await see(panel, 'button', 'Dial a number');
    // The code of the leader loads after the first paint.
    await until(() => onTelephony.count === 1);
    expect(onHost.count).to.equal(2);
    expect(online.size).to.equal(2);
    panel.remove();
    await until(() => disconnects === 1);
    expect([onHost.count, onTelephony.count]).to.deep.equal([0, 0]);
    document.body.append(panel);
    // The elements of the earlier desktop are still there at first.
    await until(() => onTelephony.count === 1);
    await see(panel, 'button', 'Dial a number');
    expect([onHost.count, onTelephony.count]).to.deep.equal([2, 1]);
    panel.remove();
    await until(() => disconnects === 2);
    expect([onHost.count, onTelephony.count, online.size]).to.deep.equal([0, 0, 0]);
    online.restore();
  });

  it('Q8 can be garbage-collected once it is removed and nothing refers to it', async function () {
    const { gc } = globalThis as { gc?: () => void };
    if (!gc) return this.skip();
    const host = newHost();
    const telephony = newTelephony();
    const gone = await (async () => {
      const { panel } = mount({ host, telephony });
      await see(panel, 'button', 'Dial a number');
      panel.remove();
      return new WeakRef(panel);
    })();
    await until(() => (gc(), gone.deref() === undefined));
  });

  it('Q8 resumes a call that was in progress when it was removed for a while', async () => {
    const { panel, telephony } = await inCall();
    panel.remove();
    await quiet();
    expect(telephony.sessions()[0]?.phase, 'the platform goes on with the call').to.equal('connected');
    document.body.append(panel);
    await quiet();
    await press(panel, 'button', 'End call');
    await see(panel, 'button', 'Done');
    expect(telephony.sessions()).to.have.length(1);
  });

  it('Q8 a desktop that the page made outlives the element, with its call', async () => {
    const host = newHost();
    const telephony = newTelephony();
    const desktop = createDesktop({ host, telephony });
    const { panel } = await inCall({ host, telephony, desktop });
    panel.remove();
    await quiet();
    expect(desktop.snapshot.session?.context.connectedAt).to.not.equal(undefined);
    const next = document.createElement('ccai-agent-adapter');
    Object.assign(next, { desktop, locale: 'en' });
    document.body.append(next);
    await press(next, 'button', 'End call');
    await press(next, 'button', 'Done');
    await see(next, 'button', 'Dial a number');
    next.remove();
    await quiet();
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await until(() => desktop.snapshot.outbound !== undefined);
    await desktop.stop();
  });

  it('Q8 two panels on one page are independent', async () => {
    const first = await inCall();
    const second = mount({ locale: 'fr' });
    await see(second.panel, 'button', 'Composer un numéro');
    const events: string[] = [];
    second.panel.addEventListener('ccai-session-change', ({ detail }) => events.push(detail.phase));
    second.panel.addEventListener('ccai-dial', () => events.push('dial'));
    await press(first.panel, 'button', 'End call');
    await press(first.panel, 'button', 'Done');
    expect(events).to.deep.equal([]);
    second.host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await see(second.panel, 'button', 'Appeler');
    await see(first.panel, 'button', 'Dial a number');
    second.panel.remove();
    await quiet();
    first.host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await see(first.panel, 'button', 'Call');
  });

  it('Q8 another host during a call waits, says so, and takes over after the call', async () => {
    const { panel, host } = await inCall();
    const onFirst = counted(host, 'onDial');
    const other = newHost('Otherdesk');
    panel.host = other;
    await until(() => shownText(panel).includes('The panel switches after this call.'));
    await see(panel, 'button', 'End call');
    await press(panel, 'button', 'End call');
    await until(() => shownText(panel).includes('Otherdesk'));
    expect(shownText(panel)).to.not.contain('It takes over');
    // The records of the call went to the first host, including those that waited.
    await until(() => host.comments('2').some(({ body }) => body.includes('call_started')));
    await until(() => host.comments('2').some(({ body }) => body.includes('call_finished')));
    expect(onFirst.count).to.be.at.most(0);
    other.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await see(panel, 'button', 'Call');
  });

  it('Q8 the same host set again during a call changes nothing', async () => {
    const { panel, host } = await inCall();
    panel.host = newHost('Otherdesk');
    await until(() => shownText(panel).includes('The panel switches after this call.'));
    panel.host = host;
    await until(() => !shownText(panel).includes('The panel switches after this call.'));
    await see(panel, 'button', 'End call');
  });

  it('Q8 minimises to a bar and is restored; the call goes on', async () => {
    const { panel } = await inCall();
    const states: boolean[] = [];
    panel.addEventListener('ccai-minimize', ({ detail }) => states.push(detail.minimized));
    await press(panel, 'button', 'Minimize');
    const bar = await see(panel, 'button', /Open the call panel$/);
    expect(panel.hasAttribute('minimized')).to.equal(true);
    expect(allByRole(panel, 'button')).to.deep.equal([bar]);
    document.body.append(panel);
    await quiet();
    await press(panel, 'button', /Open the call panel$/);
    await see(panel, 'button', 'End call');
    expect(panel.hasAttribute('minimized')).to.equal(false);
    panel.minimized = true;
    await see(panel, 'button', /Open the call panel$/);
    panel.show();
    await see(panel, 'button', 'End call');
    expect(states).to.deep.equal([true, false, false]);
  });

  it('Q8 settings of the element apply at once, and the host’s apply again without them', async () => {
    const { panel, telephony } = mount({ settings: { calls: { recording: false } } });
    await see(panel, 'button', 'Dial a number');
    expect(telephony.rules?.record).to.equal(false);
    panel.settings = { calls: { recording: true } };
    await until(() => telephony.rules?.record === true);
    panel.settings = { calls: { recording: false } };
    await until(() => telephony.rules?.record === false);
    panel.settings = undefined;
    await until(() => telephony.rules?.record === true);
  });
});
