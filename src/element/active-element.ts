/** The focused element, inside open shadow roots too. */
export function activeElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Whether the focus is in a text field, in the panel or in the page around it. */
export const isTyping = (): boolean => activeElement()?.matches('input, textarea, select, [contenteditable]') === true;

/** Whether `ancestor` contains `element`, across shadow roots. */
export function isInside(element: Element, ancestor: Element): boolean {
  for (let node: Node | null = element; node; node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null))
    if (node === ancestor) return true;
  return false;
}
