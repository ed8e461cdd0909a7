/** Makes one Lit template with the visible elements of the panel, without shadow roots. Texts and values are bound. */
export function sameView(element: Element): {
  strings: TemplateStringsArray;
  values: string[];
  sheets: CSSStyleSheet[];
} {
  const parts = [''];
  const values: string[] = [];
  const sheets = new Set<CSSStyleSheet>();
  const literal = (text: string) => (parts[parts.length - 1] += text);
  const bound = (value: string) => {
    values.push(value);
    parts.push('');
  };
  const visit = (node: Node): void => {
    if (node instanceof Text) {
      if (node.data.trim()) bound(node.data);
    } else if (node instanceof Element && !node.hasAttribute('hidden')) {
      if (node.localName === 'slot')
        return node instanceof HTMLSlotElement ? node.assignedNodes().forEach(visit) : undefined;
      const tag = node.localName.includes('-') ? 'div' : node.localName;
      literal(`<${tag}`);
      for (const { name, value } of node.attributes) {
        literal(` ${name}="`);
        // Attributes with data are bound. Constant attributes are not.
        if (/^(data-value|title|aria-label|placeholder)$/.test(name)) bound(value);
        else literal(value);
        literal('"');
      }
      if (node instanceof HTMLInputElement) {
        literal(' .value=');
        bound(node.value);
      }
      literal('>');
      if (node instanceof HTMLInputElement) return;
      for (const sheet of node.shadowRoot?.adoptedStyleSheets ?? []) sheets.add(sheet);
      (node.shadowRoot ?? node).childNodes.forEach(visit);
      literal(`</${tag}>`);
    }
  };
  visit(element);
  const strings = Object.assign([...parts], { raw: [...parts] }) as unknown as TemplateStringsArray;
  return { strings, values, sheets: [...sheets] };
}

/** The number of elements, including those in shadow roots. */
export const countAll = (element: Element): number =>
  [...(element.shadowRoot ?? element).querySelectorAll(':not([hidden])')].reduce(
    (sum, inner) => sum + 1 + (inner.shadowRoot ? countAll(inner) : 0),
    0,
  );
