/** Every element below a root, those in open shadow trees too, in the order of the document. */
export function* deepElements(root: ParentNode): Generator<Element> {
  for (const element of root.children) {
    yield element;
    if (element.shadowRoot) yield* deepElements(element.shadowRoot);
    yield* deepElements(element);
  }
}

const tidy = (text: string | null | undefined): string =>
  (text ?? '')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const implicitRoles: Readonly<Record<string, string>> = {
  BUTTON: 'button',
  TEXTAREA: 'textbox',
  SELECT: 'combobox',
  H1: 'heading',
  H2: 'heading',
};

export function roleOf(element: Element): string | undefined {
  const role = element.getAttribute('role');
  if (role) return role;
  if (element instanceof HTMLInputElement)
    return element.type === 'checkbox' ? 'checkbox' : element.type === 'number' ? 'spinbutton' : 'textbox';
  return implicitRoles[element.tagName];
}

/** The accessible name, as far as this package's markup needs it. */
export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label) return tidy(label);
  const ids = element.getAttribute('aria-labelledby');
  const root = element.getRootNode() as ShadowRoot | Document;
  if (ids)
    return tidy(
      ids
        .split(/\s+/)
        .map((id) => root.getElementById(id)?.textContent ?? '')
        .join(' '),
    );
  const labels = (element as HTMLInputElement).labels;
  if (labels?.length) return tidy(labels[0]!.querySelector('span')?.textContent ?? labels[0]!.textContent);
  return tidy(element.textContent);
}

export const isVisible = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;

/** The first visible element of that role whose name is, or begins with, this one. */
export function findByRole(root: ParentNode, role: string, name?: string): HTMLElement | undefined {
  let begins: HTMLElement | undefined;
  for (const element of deepElements(root)) {
    if (roleOf(element) !== role || !isVisible(element)) continue;
    if (name === undefined || nameOf(element) === name) return element as HTMLElement;
    if (!begins && nameOf(element).startsWith(name)) begins = element as HTMLElement;
  }
  return begins;
}

/** What can be read, in the order of the document: text, and what fields hold. */
export function visibleText(root: ParentNode): string {
  const parts: string[] = [];
  for (const element of deepElements(root)) {
    if (!isVisible(element)) continue;
    if (element instanceof HTMLInputElement) parts.push(element.value || element.placeholder);
    for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE) parts.push(child.textContent ?? '');
  }
  return tidy(parts.join(' '));
}
