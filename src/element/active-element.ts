/** The element that has the focus, through open shadow roots. */
export function activeElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Whether the person is in a field, in the panel or in the page around it. */
export const isTyping = (): boolean => activeElement()?.matches('input, textarea, select, [contenteditable]') === true;

/** Whether an element stands in another, through shadow roots. */
export function standsIn(element: Element, ancestor: Element): boolean {
  for (let node: Node | null = element; node; node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null))
    if (node === ancestor) return true;
  return false;
}
