import { expect, fixture, html } from '@open-wc/testing';
import '../../demo/demo-app.js';
import type { DemoApp } from '../../demo/demo-app.js';
import { DemoState } from '../../demo/demo-state.js';
import type { DialRequest } from '../../src/domain/dial.js';

/** Every visible element of the page, including those in shadow roots. */
export function* everything(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

const implicit: Readonly<Record<string, string>> = {
  button: 'BUTTON',
  link: 'A',
  textbox: 'TEXTAREA',
  row: 'TR',
  combobox: 'SELECT',
};
export const nameOf = (element: HTMLElement): string =>
  (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();
const roleFits = (element: HTMLElement, role: string): boolean =>
  element.hasAttribute('role') ? element.getAttribute('role') === role : element.tagName === implicit[role];

/** The page of the demo, with functions that find and press its controls. */
export async function mounted() {
  const demo = new DemoState();
  const requests: DialRequest[] = [];
  demo.host.onDial((request) => requests.push(request));
  const app = await fixture<DemoApp>(html`<demo-app .demo=${demo}></demo-app>`);
  const settled = async (): Promise<void> => {
    await Promise.resolve();
    for (const element of everything(app.shadowRoot!))
      await (element as { updateComplete?: Promise<boolean> }).updateComplete;
  };
  const all = (role: string, name: string | RegExp): HTMLElement[] =>
    [...everything(app.shadowRoot!)].filter((element) => {
      const has = nameOf(element);
      return roleFits(element, role) && (typeof name === 'string' ? has === name : name.test(has));
    });
  const get = (role: string, name: string | RegExp): HTMLElement => {
    const found = all(role, name);
    expect(found, `${role} "${name}"`).to.have.length(1);
    return found[0]!;
  };
  const press = async (role: string, name: string | RegExp): Promise<void> => {
    get(role, name).click();
    await settled();
  };
  await settled();
  return { app, demo, requests, all, get, press, settled };
}
