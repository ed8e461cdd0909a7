/** The attributes of a signature. */
const significant = /^(role|class|lang|dir|title|placeholder|readonly|disabled|inert|hidden|data-value|aria-.*)$/;
/** The attributes that only refer to other elements. */
const references = /^aria-(labelledby|describedby|controls|activedescendant)$/;

interface WithOptions {
  options: readonly unknown[];
}

/**
 * Writes a screen as text: every visible element with its role, states, values and words, in document order, and the
 * options of closed lists. Two screens with equal signatures say the same. `places`: also the parts that are not seen and
 * whose place is kept (A14). Two screens with equal signatures then look the same.
 */
export function signatureOf(root: Element, places = false): string {
  const lines: string[] = [];
  walk(root, 0, lines, places);
  return lines.join('\n');
}

function walk(node: Node, depth: number, lines: string[], places: boolean): void {
  const indent = ' '.repeat(depth);
  if (node.nodeType === Node.TEXT_NODE) {
    const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim();
    if (text) lines.push(`${indent}"${text}"`);
    return;
  }
  if (!(node instanceof Element) || node.localName === 'style') return;
  if (depth > 0 && !mayBeSeen(node)) {
    if (places && node.getClientRects().length > 0) lines.push(`${indent}place`);
    return;
  }
  const states = [...node.attributes]
    .filter(({ name }) => significant.test(name) && !references.test(name))
    .map(({ name, value }) => `${name}=${value.trim()}`)
    .sort();
  if (node.matches(':focus-visible') && !node.shadowRoot) states.push('focused');
  if (node instanceof HTMLInputElement) states.push(`value=${node.value}`, `checked=${node.checked}`);
  if (node.localName === 'ccai-combobox')
    states.push(`options=${JSON.stringify((node as unknown as WithOptions).options)}`);
  lines.push([indent + node.localName, ...states].join(' '));
  const children = node.shadowRoot
    ? node.shadowRoot.childNodes
    : node instanceof HTMLSlotElement
      ? node.assignedNodes({ flatten: true })
      : node.childNodes;
  for (const child of children) walk(child, depth + 1, lines, places);
}

const isVisible = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;

/** Whether an element, or possibly an element in it, is visible. */
const mayBeSeen = (element: Element): boolean =>
  isVisible(element) || getComputedStyle(element).display === 'contents' || element.localName.startsWith('ccai-');
