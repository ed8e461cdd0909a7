// Q3: the lists of contacts and tickets, with 100 and with 10,000 entries.
import { instantHost, instantTelephony, number } from './instant-ports.js';
import { count, filled, find, frame, median, panel, toMain, turn, until } from './in-panel.js';
import type { CcaiAgentAdapter } from '../../src/index.js';

const at = (element: CcaiAgentAdapter) => ({
  field: (which: string) => {
    const combobox = find(`#${which}`, element.shadowRoot!)!;
    return combobox.shadowRoot!.querySelector<HTMLInputElement>('[role=combobox]')!;
  },
  rows: () => count('[role=option]', element.shadowRoot!),
  list: () => find('[role=listbox]', element.shadowRoot!),
});

/** The milliseconds that `work` takes, with the layout of the next frame. */
async function timed(work: () => void): Promise<number> {
  await frame();
  await turn();
  const start = performance.now();
  work();
  await turn();
  // Reading the size forces the layout.
  document.body.getBoundingClientRect();
  return performance.now() - start;
}

/** Opens the form, opens and filters its list repeatedly, and scrolls to the end of the list. */
async function measure({ which, total, times = 15 }: { which: 'contact' | 'ticket'; total: number; times?: number }) {
  const { host, counts, requestDial } = instantHost(
    which === 'contact' ? { contacts: total, tickets: 1 } : { contacts: 1, tickets: total },
  );
  const { telephony } = instantTelephony();
  const element = await panel({ host, telephony, settings: { outbound: { promptForTicket: true } } });
  const { field, rows, list } = at(element);
  let most = 0;
  const look = () => (most = Math.max(most, rows()));
  const openForm = async () => {
    requestDial({ from: 'adapter', number });
    await until('the contact field', () => find('#contact', element.shadowRoot!)?.shadowRoot?.querySelector('input'));
    await turn();
    if (which === 'ticket')
      await until(
        'the tickets',
        () =>
          find<HTMLButtonElement>('#ticket', element.shadowRoot!)?.shadowRoot?.querySelector<HTMLButtonElement>(
            '[role=combobox]',
          )?.disabled === false,
      );
  };
  const openings: number[] = [];
  const filterings: number[] = [];
  const type = (text: string) => {
    const input = field(which);
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  };
  const escape = async () => {
    field(which).dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await until('the closed list', () => !list());
  };
  await openForm();
  const openAndClose = async (into: number[]) => {
    into.push(await timed(() => field(which).click()));
    if (!list()) throw new Error('The list did not open');
    await frame();
    look();
    await escape();
  };
  for (let turnNo = 0; turnNo < times; turnNo++) await openAndClose(openings);
  const first = { calls: counts.pages.length, pages: counts.pages.filter(({ given }) => given > 1).length };
  if (which === 'contact')
    for (let turnNo = 0; turnNo < times; turnNo++) {
      field(which).click();
      // The pause before a search is the same for every list, so only the time after the answer is measured.
      const before = counts.pages.length;
      const find = host.findContacts.bind(host);
      let answer: () => void = () => {};
      host.findContacts = async (query, options) => {
        const found = await find(query, options);
        await new Promise<void>((resolve) => (answer = resolve));
        return found;
      };
      type(`Contact ${turnNo}`);
      await until('the search', () => counts.pages.length > before);
      await turn();
      filterings.push(await timed(() => answer()));
      host.findContacts = find;
      if (rows() < 1) throw new Error('Nothing was found');
      look();
      await escape();
      await frame();
    }
  // Scrolls until no more pages are fetched.
  field(which).click();
  await turn();
  const before = counts.pages.length;
  const started = performance.now();
  for (let seen = -1; seen < counts.pages.length;) {
    seen = counts.pages.length;
    for (let more = 0; more < 8; more++) {
      const box = list()!;
      box.scrollTop = box.scrollHeight;
      await frame();
      await frame();
      look();
      if (counts.pages.length > seen) break;
    }
    if (performance.now() - started > 120_000) break;
  }
  const toEnd = { calls: counts.pages.length - before, milliseconds: performance.now() - started };
  const last = Math.max(
    ...[...list()!.querySelectorAll('[role=option]')].map((row) => Number(row.getAttribute('aria-posinset'))),
  );
  await escape();
  const openingsAtEnd: number[] = [];
  for (let turnNo = 0; turnNo < times; turnNo++) await openAndClose(openingsAtEnd);
  const decide = filled(element);
  await toMain(element);
  element.remove();
  return {
    total,
    opening: median(openings),
    ...(filterings.length ? { filtering: median(filterings) } : {}),
    openingAtEnd: median(openingsAtEnd),
    mostRows: most,
    callsToOpen: first,
    toEnd,
    last,
    largestPage: Math.max(...counts.pages.map(({ asked }) => asked)),
    decide,
  };
}

Object.assign(globalThis, { measure });
