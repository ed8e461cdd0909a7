// What the benchmarks' pages do with a panel: they find elements in shadow roots, wait for tasks and frames, and press.
import '../../src/define.js';
import type { CcaiAgentAdapter } from '../../src/index.js';

/** The first element that matches the selector, below `root` or in a shadow root below it. */
export function find<T extends HTMLElement>(selector: string, root: ParentNode = document): T | undefined {
  const here = root.querySelector<T>(selector);
  if (here) return here;
  for (const { shadowRoot } of root.querySelectorAll('*'))
    if (shadowRoot) {
      const found = find<T>(selector, shadowRoot);
      if (found) return found;
    }
  return undefined;
}

export const count = (selector: string, root: ParentNode = document): number =>
  root.querySelectorAll(selector).length +
  [...root.querySelectorAll('*')].reduce(
    (sum, { shadowRoot }) => sum + (shadowRoot ? count(selector, shadowRoot) : 0),
    0,
  );

const { port1, port2 } = new MessageChannel();

/** Resolves after all tasks and microtasks that are queued now. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(0);
  });

export const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

export async function until<T>(what: string, read: () => T | undefined | false | null): Promise<T> {
  const end = performance.now() + 20_000;
  for (;;) {
    const value = read();
    if (value) return value;
    if (performance.now() > end) throw new Error(`${what}: not within 20 s`);
    await frame();
  }
}

export const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!;

/** Closes the open form or call. */
export async function toMain(element: CcaiAgentAdapter): Promise<void> {
  const screen = find('[data-screen]', element.shadowRoot!)!;
  const buttons = [...(screen.shadowRoot?.querySelectorAll('button') ?? [])];
  buttons.find(({ textContent }) => /^\s*(Cancel|Done)\s*$/.test(textContent))?.click();
  await until('the main screen', () => find('ccai-main-screen[data-screen]', element.shadowRoot!));
  await frame();
}

export async function panel(ports: Partial<CcaiAgentAdapter>): Promise<CcaiAgentAdapter> {
  const element = Object.assign(document.createElement('ccai-agent-adapter'), ports);
  element.style.cssText = 'display: block; inline-size: 320px; block-size: 620px';
  document.body.append(element);
  await until('Dial a number', () => find('button.main', element.shadowRoot!));
  return element;
}

let details: HTMLElement | undefined;

/** Whether the details screen is filled: it can be sent. */
export function filled(element: CcaiAgentAdapter): boolean {
  // The panel keeps the screen's element. Searching for it takes longer than the panel's own work between two checks.
  if (!details?.isConnected) details = find('ccai-details-screen', element.shadowRoot!);
  return details?.hidden === false && details.shadowRoot?.querySelector<HTMLButtonElement>('#call')?.disabled === false;
}
