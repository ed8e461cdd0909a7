const gap = 4;
const minHeight = 120;
const margin = 16;

/** The outermost element of this package around an element. Lists stay inside it. */
function panelOf(element: Element): Element {
  let panel = element;
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
    if (root.host.localName.startsWith('ccai-')) panel = root.host;
  return panel;
}

/**
 * Places a list below its control, or above if there is more room. The list is as wide as the control, or with `wide`
 * as the panel.
 */
export function placeBeside(list: HTMLElement, control: Element, element: Element, wide = false): void {
  const bounds = panelOf(element).getBoundingClientRect();
  const { top, bottom, ...across } = control.getBoundingClientRect().toJSON() as DOMRect;
  const { left, width } = wide ? { left: bounds.left + margin, width: bounds.width - 2 * margin } : across;
  const floor = Math.min(bounds.bottom, innerHeight) - gap;
  const ceiling = Math.max(bounds.top, 0) + gap;
  const under = floor - bottom - gap;
  const over = top - ceiling - gap;
  const below = under >= Math.min(list.scrollHeight, minHeight) || under >= over;
  const height = Math.max(minHeight, below ? under : over);
  const { style } = list;
  style.setProperty('left', `${left}px`);
  style.setProperty('width', `${width}px`);
  style.setProperty('max-height', `${height}px`);
  style.setProperty('top', below ? `${bottom + gap}px` : 'auto');
  style.setProperty('bottom', below ? 'auto' : `${innerHeight - top + gap}px`);
  for (const spacer of list.querySelectorAll<HTMLElement>('[data-height]'))
    spacer.style.setProperty('height', `${spacer.dataset['height']}px`);
}
