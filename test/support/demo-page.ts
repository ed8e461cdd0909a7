import { getRole } from 'dom-accessibility-api';
import { expect, fixture, html } from '@open-wc/testing';
import '../../demo/demo-app.js';
import type { DemoApp } from '../../demo/demo-app.js';
import { DemoState } from '../../demo/demo-state.js';
import type { DialRequest } from '../../src/domain/dial.js';
import { elements } from './roles.js';

/** The label of an element, or else its text. */
export const labelOf = (element: Element): string =>
  (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Opens the demo's page. Returns functions that find and press its controls. */
export async function mounted() {
  const demo = new DemoState();
  const requests: DialRequest[] = [];
  demo.host.onDial((request) => requests.push(request));
  const app = await fixture<DemoApp>(html`<demo-app .demo=${demo}></demo-app>`);
  const settled = async (): Promise<void> => {
    await Promise.resolve();
    for (const element of elements(app.shadowRoot!))
      await (element as { updateComplete?: Promise<boolean> }).updateComplete;
  };
  const all = (role: string, name: string | RegExp): HTMLElement[] =>
    [...elements(app.shadowRoot!)].filter((element): element is HTMLElement => {
      const has = labelOf(element);
      return getRole(element) === role && (typeof name === 'string' ? has === name : name.test(has));
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
