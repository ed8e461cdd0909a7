import { computeAccessibleName, getRole } from 'dom-accessibility-api';

type Name = string | RegExp;

/** Every element below a root in document order, through open shadow roots. */
export function* elements(root: ParentNode): Generator<Element> {
  if (root instanceof Element && root.shadowRoot) yield* elements(root.shadowRoot);
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* elements(element.shadowRoot);
  }
}

const isShown = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true }) && !hasInertAncestor(element);

function hasInertAncestor(element: Element): boolean {
  for (let node: Element | null = element; node; node = node.parentElement ?? hostOf(node))
    if ((node as HTMLElement).inert) return true;
  return false;
}
const hostOf = (element: Element): Element | null => {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
};

const withoutMarks = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

const nameOf = (element: Element): string => withoutMarks(computeAccessibleName(element)).trim();

/** The visible elements with a role and an accessible name, in document order. */
export function allByRole(root: ParentNode, role: string, name?: Name): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const element of elements(root)) {
    if (getRole(element) !== role || !isShown(element)) continue;
    const is = nameOf(element);
    if (name === undefined || (typeof name === 'string' ? is === name : name.test(is)))
      found.push(element as HTMLElement);
  }
  return found;
}

/** The first element with this name, or else the first element whose name begins with it. */
export function firstByRole(root: ParentNode, role: string, name = ''): HTMLElement | undefined {
  const found = allByRole(root, role);
  return found.find((one) => nameOf(one) === name) ?? found.find((one) => nameOf(one).startsWith(name));
}

/** The only element with a role and a name. Throws if there is none, or if there are several. */
export function byRole<T extends HTMLElement = HTMLElement>(root: ParentNode, role: string, name?: Name): T {
  const found = allByRole(root, role, name);
  if (found.length !== 1)
    throw new Error(`${found.length} elements are a ${role} ${String(name ?? '')}; there are: ${namesOf(root, role)}`);
  return found[0] as T;
}

const namesOf = (root: ParentNode, role: string) =>
  allByRole(root, role)
    .map((element) => `“${nameOf(element)}”`)
    .join(', ');

/** The most milliseconds to wait. It is long, so that a slow machine is not a failure. */
export const patience = 50_000;

/** Waits until `what` returns a value. After the time, throws the error of `what`, or `why`. */
export async function until<T>(
  what: () => T | undefined | false | null,
  wait = patience,
  why = `never so: ${String(what)}`,
): Promise<T> {
  const end = performance.now() + wait;
  let last: unknown;
  for (;;) {
    try {
      const is = what();
      if (is !== undefined && is !== false && is !== null) return is;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw last ?? new Error(why);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const see = <T extends HTMLElement = HTMLElement>(root: ParentNode, role: string, name?: Name): Promise<T> =>
  until(() => byRole<T>(root, role, name));

export async function press(root: ParentNode, role: string, name: Name): Promise<void> {
  (await see(root, role, name)).click();
}

/** The focused element, inside open shadow roots too. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

function* visibleTexts(root: ParentNode, withFields: boolean): Generator<string> {
  for (const element of elements(root)) {
    if (!isShown(element)) continue;
    if (withFields && element instanceof HTMLInputElement) yield element.value || element.placeholder;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) yield node.textContent ?? '';
  }
}

/** All visible text. */
export const shownText = (root: ParentNode): string =>
  [...visibleTexts(root, false), ''].join(' ').replace(/\s+/g, ' ');

/** All visible text with the values and placeholders of fields, without marks of direction. */
export const readableText = (root: ParentNode): string =>
  withoutMarks([...visibleTexts(root, true)].join(' ')).replace(/\s+/g, ' ');
