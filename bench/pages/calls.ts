// Q4: places thousands of calls in one page on simulated time, and reports the actors, listeners and timers that are left.
import { createDesktop } from '../../src/core.js';
import { inMemory } from '../../src/environment/in-memory.js';
import { fewestCapabilities, SimulatedTelephony } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { instantHost, number } from './instant-ports.js';
import { filled, find, frame, panel, turn, until } from './in-panel.js';

const time = new SimulatedTime();
const { host, counts: hostCounts, requestDial } = instantHost();
// The platform remembers few sessions, because its own memory is not measured here.
const telephony = new SimulatedTelephony({
  ...{ clock: time, timers: time, remembered: 5 },
  profile: { capabilities: fewestCapabilities },
});
let platformListeners = 0;
const subscribe = telephony.subscribe.bind(telephony);
telephony.subscribe = (listener) => {
  platformListeners += 1;
  const unsubscribe = subscribe(listener);
  return () => {
    platformListeners -= 1;
    unsubscribe();
  };
};
let ids = 0;
const desktop = createDesktop({
  host,
  telephony,
  settings: {
    calls: { recording: true },
    outbound: { promptForTicket: true, allowNewTicket: true, allowNoTicket: true },
  },
  // A database would answer in real time. Only the memory of the page is measured.
  environment: { clock: time, timers: time, random: () => `flow-${++ids}`, storage: async () => inMemory() },
});
const element = await panel({ desktop });
// The agent types in the CRM. If the focus moved into the panel, this would only add layouts.
const field = document.body.appendChild(document.createElement('input'));
field.focus();
await until('the screens of a call', () => customElements.get('ccai-call-screen'));

/** The choice of a ticket: mostly one of the contact's tickets, sometimes a new ticket or none. */
const ticketFor = (at: number) => (at % 7 === 6 ? 'none' : at % 7 === 3 ? 'new' : `${4000 + (at % 3)}`);

/** Makes a call, from the dial request to Done. Every fifth customer is busy. */
async function call(at: number): Promise<void> {
  telephony.next = at % 5 === 4 ? 'busy' : 'answered';
  requestDial({ from: 'contact', contactId: `c${at % 50}`, number });
  for (let tries = 0; desktop.snapshot.outbound?.context.chosenTicket !== ticketFor(at) || !filled(element); tries++) {
    if (tries > 200) throw new Error(`Call ${at} cannot be placed: ${element.shadowRoot!.textContent}`);
    await time.advance(20);
    // The files of the first call load in real time.
    if (at === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await turn();
    if (desktop.snapshot.outbound?.matches('filling'))
      desktop.send({ type: 'outbound', command: { type: 'chooseTicket', value: ticketFor(at) } });
    await turn();
  }
  find('ccai-details-screen', element.shadowRoot!)!.shadowRoot!.querySelector<HTMLButtonElement>('#call')!.click();
  await turn();
  await time.advance(8000);
  await turn();
  if (desktop.snapshot.session?.context.durations === undefined) desktop.send({ type: 'endCall' });
  await time.advance(20_000);
  await turn();
  desktop.send({ type: 'dismissCall' });
  await turn();
  if (!find('ccai-main-screen[data-screen]', element.shadowRoot!)) throw new Error(`Call ${at} is still on screen`);
}

const children = () => Object.keys(desktop.snapshot.agent.children);

Object.assign(globalThis, {
  async measure({ from, to }: { from: number; to: number }) {
    for (let at = from; at < to; at++) {
      await call(at);
      hostCounts.pages.length = 0;
      if (at % 50 === 0) await frame();
    }
    await time.advance(60_000);
    await frame();
    return {
      calls: desktop.snapshot.agent.context.leader.callsToday,
      children: children(),
      listeners: { host: hostCounts.listeners, platform: platformListeners },
      timers: time.pending,
      records: desktop.snapshot.agent.context.records,
    };
  },
  async end() {
    element.remove();
    await frame();
    await turn();
    await desktop.stop();
    await turn();
    return { listeners: { host: hostCounts.listeners, platform: platformListeners }, timers: time.pending };
  },
});
