// Checks of a page that shows a story. Each function runs in the page and uses nothing from outside itself.

/** Overflow and cut-off text in all open shadow trees, one line for each finding. */
export function layoutFindings() {
  const page = document.documentElement;
  const element = document.querySelector('ccai-agent-adapter, ccai-adapter-settings');
  if (!element) return ['nothing is on the page'];
  /** @type {{ node: Element, kind: string, more?: string }[]} */
  const found = [];
  const panel = element.getBoundingClientRect();
  const outer = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host;
  const some = (node, test) => {
    for (let at = node; at; at = outer(at)) if (at instanceof Element && test(at)) return true;
    return false;
  };
  const scrolls = (node) => /auto|scroll/.test(getComputedStyle(node).overflowY);
  const clips = (overflow) => overflow === 'hidden' || overflow === 'clip';
  // Text with an ellipsis is fine if a title or the button's name has the full text.
  const fullText = (node) =>
    some(node, (at) => at.hasAttribute('title')) || node.hasAttribute('aria-label') || node.closest('button[aria-label]') !== null;
  const hasText = (node) => [...node.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim());
  const look = (node) => {
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    // Clipped to nothing: for screen readers only.
    if (!box.width || !box.height || style.clipPath !== 'none') return;
    const wide = node.scrollWidth > node.clientWidth + 1 && `${node.scrollWidth} > ${node.clientWidth}`;
    const high = node.scrollHeight > node.clientHeight + 1 && `${node.scrollHeight} > ${node.clientHeight}`;
    const add = (kind, more = '') => found.push({ node, kind, more });
    if (node.localName === 'input') {
      // Typed text scrolls with the caret; a placeholder or a chosen value does not.
      const typed = node.value && !node.readOnly && node.getAttribute('role') !== 'combobox';
      if (wide && !typed && !(node.value && fullText(node))) add('cut off', `“${node.value || node.placeholder}”`);
    } else if (style.display !== 'inline') {
      const ellipsis = style.textOverflow === 'ellipsis' && fullText(node);
      if (wide && clips(style.overflowX) && !ellipsis) add('cut off across', wide);
      if (high && clips(style.overflowY) && !ellipsis) add('cut off below', high);
      if (wide && /auto|scroll/.test(style.overflowX)) add('scrolls sideways', wide);
      if (wide && style.overflowX === 'visible' && node.clientWidth) add('runs over', wide);
    }
    if (!hasText(node)) return;
    // Measures the words, since a box may be larger than its text.
    const words = document.createRange();
    words.selectNodeContents(node);
    const at = style.textOverflow === 'ellipsis' ? box : words.getBoundingClientRect();
    if (at.left < panel.left - 1 || at.right > panel.right + 1) add('outside the panel');
    const reachable = some(outer(node), scrolls);
    if (!reachable && (at.top < panel.top - 1 || at.bottom > panel.bottom + 1)) add('below or above the panel');
  };
  const walk = (root) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (node.localName === 'style' || node instanceof SVGElement) continue;
      if (node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) look(node);
    }
  };
  walk(element.shadowRoot ?? element);
  // Of nested findings of one kind, the innermost is the cause.
  const innermost = found.filter(
    ({ node, kind }) => !found.some((other) => other.node !== node && other.kind === kind && some(outer(other.node), (at) => at === node)),
  );
  const name = (node) => {
    const classes = [...node.classList].map((one) => `.${one}`).join('');
    const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 60);
    return `${node.localName}${node.id && `#${node.id}`}${classes}${text && ` “${text}”`}`;
  };
  const lines = innermost.map(({ node, kind, more }) => `${kind}: ${name(node)} ${more}`.trim());
  if (page.scrollWidth > page.clientWidth + 1)
    lines.unshift(`the page scrolls sideways: ${page.scrollWidth} > ${page.clientWidth}`);
  return [...new Set(lines)];
}

/** The findings of axe for WCAG 2.2 AA. `axe` must be loaded in the page. */
export async function axeFindings() {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await globalThis.axe.run(document.querySelector('ccai-agent-adapter, ccai-adapter-settings'), {
    runOnly: tags,
    resultTypes: ['violations'],
  });
  return violations.map(({ id, help, nodes }) => {
    const [{ target, any, all, none }] = nodes;
    const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
    return `axe ${id}: ${help} (${target.flat().join(' ')}; ${why}${nodes.length > 1 ? `; ${nodes.length} elements` : ''})`;
  });
}
