// A4, A5: the time from a platform event to the screen, compared with the same screen as one Lit template.
import { html, nothing, render } from 'lit';
import type { Session } from '../../src/domain/session.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import { instantHost, instantTelephony, number } from './instant-ports.js';
import { find, frame, median, panel, turn, until } from './in-panel.js';
import { countAll, sameView } from './same-view.js';

const root = (element: HTMLElement) => element.shadowRoot!;
const buttons = new Map<string, HTMLButtonElement>();
const button = (screen: string, label: string, element: HTMLElement) => {
  // Searching takes longer than the panel's own work between two checks.
  const known = buttons.get(`${screen} ${label}`);
  if (known?.isConnected && known.textContent?.trim() === label) return known;
  const found = [...(find(screen, root(element))?.shadowRoot?.querySelectorAll('button') ?? [])].find(
    ({ textContent }) => textContent?.trim() === label,
  );
  if (found) buttons.set(`${screen} ${label}`, found);
  return found;
};

/** The milliseconds from `work` until `isSeen`, and the number of frames that are painted before. */
async function seen(work: () => void, isSeen: () => boolean) {
  await frame();
  await turn();
  let frames = 0;
  let counting = true;
  const look = () => {
    if (!counting || isSeen()) return;
    frames += 1;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const start = performance.now();
  work();
  for (let turns = 0; !isSeen(); turns++) {
    if (turns > 100_000) throw new Error('The screen did not appear');
    await turn();
  }
  counting = false;
  return { milliseconds: performance.now() - start, frames };
}

/** Renders the current screen as one Lit template in the same page: the median of `times` first renderings. */
async function bare(element: HTMLElement, times: number): Promise<number> {
  const { strings, values, sheets } = sameView(element);
  const place = document.createElement('div');
  place.style.cssText = element.style.cssText;
  document.body.append(place);
  const shadow = place.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = sheets;
  const took: number[] = [];
  for (let at = 0; at < times + 10; at++) {
    render(nothing, shadow);
    await frame();
    await turn();
    const start = performance.now();
    await Promise.resolve();
    render(html(strings, ...values.map((value) => `${value}`)), shadow);
    await turn();
    if (at >= 10) took.push(performance.now() - start);
  }
  place.remove();
  return median(took);
}

async function measure({ times = 50 } = {}) {
  // A person types in the CRM, so that the panel neither takes the focus nor causes a layout.
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  const { host } = instantHost();
  const { telephony, emit } = instantTelephony([
    'mute',
    'hold',
    'redact',
    'record',
    'dtmf',
    'transfer-warm',
    'wrap-up',
  ]);
  const element = await panel({ host, telephony });
  await until('the screens of a call', () => customElements.get('ccai-incoming-screen'));
  let events = 0;
  let calls = 0;
  const emitEvent = (event: object) =>
    emit({ id: `e${++events}`, at: new Date().toISOString(), sessionId: `s${calls}`, owner: 'a1', ...event } as never);
  const session = (): Session => ({
    ...{ id: `s${calls}`, channel: 'ivr-call', direction: 'inbound', agentId: 'a1', customerNumber: number },
    ...{ platformNumber: '+18005550100', language: 'en', queue: { id: 'q', path: ['Billing', 'Invoices'] } },
  });
  const offer = () => {
    calls += 1;
    return seen(
      () => emitEvent({ type: 'session.offered', session: session() }),
      () => button('ccai-incoming-screen', 'Answer', element) !== undefined,
    );
  };
  // The leader's code, which subscribes to the platform, loads after the first paint.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const first = await offer();
  const withdraw = async () => {
    emitEvent({ type: 'session.withdrawn' });
    const done = await until('Done', () => button('ccai-incoming-screen', 'Done', element));
    done.click();
    await until('the main screen', () => find('ccai-main-screen[data-screen]', root(element)));
  };
  const offers: Awaited<ReturnType<typeof seen>>[] = [];
  for (let at = 0; at < times + 10; at++) {
    await withdraw();
    offers.push(await offer());
  }
  const incoming = {
    framesBeforeFirst: first.frames,
    framesBefore: Math.max(...offers.slice(10).map(({ frames }) => frames)),
    milliseconds: median(offers.slice(10).map(({ milliseconds }) => milliseconds)),
    elements: countAll(element),
    bareMilliseconds: await bare(element, times),
  };
  emitEvent({ type: 'session.assigned', session: session(), agent: 'a1' } satisfies Partial<SessionEvent>);
  emitEvent({ type: 'session.connected' });
  await until('Mute', () => button('ccai-call-screen', 'Mute', element));
  const isPressed = (label: string) =>
    button('ccai-call-screen', label, element)?.getAttribute('aria-pressed') === 'true';
  const kinds: Record<string, (on: boolean) => [event: object, isSeen: () => boolean]> = {
    muted: (on) => [{ type: 'session.muted', muted: on }, () => isPressed('Mute') === on],
    held: (on) => [{ type: 'session.held', held: on }, () => isPressed('Hold') === on],
    redacted: (on) => [{ type: 'session.recording-paused', paused: on }, () => isPressed('Redact') === on],
  };
  const inCall: Record<string, number> = {};
  for (const [kind, of] of Object.entries(kinds)) {
    const took: number[] = [];
    for (let at = 0; at < times + 10; at++) {
      const [event, isSeen] = of(at % 2 === 0);
      const { milliseconds } = await seen(() => emitEvent(event), isSeen);
      if (at >= 10) took.push(milliseconds);
    }
    inCall[kind] = median(took);
  }
  return { times, incoming, inCall, callElements: countAll(element), bareCallMilliseconds: await bare(element, times) };
}

Object.assign(globalThis, { measure });
