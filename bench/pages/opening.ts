// Q2: the time from a dial request to the filled details screen, compared with the same view as one Lit template.
import { html, nothing, render } from 'lit';
import { countAll, sameView } from './same-view.js';
import { instantHost, instantTelephony, number } from './instant-ports.js';
import { filled, find, frame, median, panel, toMain, turn } from './in-panel.js';

async function measure({ openings = 50, typing = false } = {}) {
  if (typing) {
    // A person types in the CRM, so that the panel neither takes the focus nor causes a layout.
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
  }
  const { host, requestDial } = instantHost({ settings: { outbound: { allowNewTicket: false } }, tickets: 0 });
  const { telephony } = instantTelephony();
  const settings = { outbound: { allowNewTicket: true } };
  const element = await panel({ host, telephony, settings });
  const request = { from: 'contact', contactId: 'c0', number } as const;
  const frames: number[] = [];
  const times: number[] = [];
  const open = async () => {
    await frame();
    await turn();
    let painted = 0;
    let counting = true;
    const look = () => {
      if (!counting || filled(element)) return;
      painted += 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    const start = performance.now();
    requestDial(request);
    // The panel does everything within one task, unless it waits for another task.
    for (let turns = 0; !filled(element) && turns < 100_000; turns++) await turn();
    const time = performance.now() - start;
    if (!filled(element)) throw new Error('The details screen was not filled');
    counting = false;
    return { painted, time };
  };
  const first = await open();
  await toMain(element);
  for (let at = 0; at < openings + 10; at++) {
    const { painted, time } = await open();
    if (at >= 10) {
      frames.push(painted);
      times.push(time);
    }
    if (at < openings + 9) await toMain(element);
  }
  const { strings, values, sheets } = sameView(element);
  const elements = countAll(element);
  const focused = find<HTMLElement>(':focus', element.shadowRoot!)?.id;
  await toMain(element);
  // Renders the same view as one Lit template, in the same page and equally often.
  const place = document.createElement('div');
  place.style.cssText = element.style.cssText;
  document.body.append(place);
  const shadow = place.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = sheets;
  const bare: number[] = [];
  const bareFocused: number[] = [];
  let bareElements = 0;
  for (let at = 0; at < 2 * (openings + 10); at++) {
    const withFocus = at % 2 === 1;
    render(nothing, shadow);
    await frame();
    await turn();
    const start = performance.now();
    await Promise.resolve();
    render(html(strings, ...values.map((value) => `${value}`)), shadow);
    if (withFocus) shadow.querySelector<HTMLElement>(focused ? `#${focused}` : 'input')?.focus();
    await turn();
    const time = performance.now() - start;
    if (at >= 20) (withFocus ? bareFocused : bare).push(time);
    bareElements = shadow.querySelectorAll('*').length;
  }
  return {
    framesBefore: Math.max(...frames),
    framesBeforeFirst: first.painted,
    openings,
    milliseconds: median(times),
    bareMilliseconds: median(bare),
    bareWithFocusMilliseconds: median(bareFocused),
    elements,
    bareElements,
    values: values.length,
    focused,
  };
}

Object.assign(globalThis, { measure });
