/** The symbols of the app's top bar icon. Only the shapes of the app's SVG are copied, because it is not trusted. */
export class AppIcon {
  symbol = 'default';
  readonly #changed: () => void;
  readonly #complain: (text: string) => void;
  #drawing: SVGSVGElement | undefined;
  #drawn: { symbol: string; svg: SVGElement } | undefined;

  constructor(changed: () => void, complain: (text: string) => void) {
    this.#changed = changed;
    this.#complain = complain;
  }

  async load() {
    const response = await fetch('/shell/app/icon_top_bar.svg');
    if (!response.ok) return;
    const parsed = new DOMParser().parseFromString(await response.text(), 'image/svg+xml');
    const root = parsed.documentElement;
    if (root instanceof SVGSVGElement) this.#drawing = root;
    else this.#complain('assets/icon_top_bar.svg is not an SVG');
    this.#changed();
  }

  select(symbol: string) {
    this.symbol = symbol;
    if (this.#drawing && !this.#find(symbol)) this.#complain(`iconSymbol ${symbol} is not in icon_top_bar.svg`);
    this.#changed();
  }

  #find(symbol: string) {
    return [...this.#drawing!.querySelectorAll('symbol')].find((one) => one.id === symbol);
  }

  /** Undefined: the app has no icon. */
  draw(): SVGElement | undefined {
    if (!this.#drawing) return undefined;
    if (this.#drawn?.symbol === this.symbol) return this.#drawn.svg;
    const from = this.#find(this.symbol) ?? this.#drawing.querySelector('symbol') ?? this.#drawing;
    const svg = document.createElementNS(space, 'svg');
    svg.setAttribute('viewBox', from.getAttribute('viewBox') ?? this.#drawing.getAttribute('viewBox') ?? '0 0 18 18');
    svg.setAttribute('aria-hidden', 'true');
    for (const source of [this.#drawing, from]) copyLook(source, svg);
    svg.append(...copies(from));
    this.#drawn = { symbol: this.symbol, svg };
    return svg;
  }
}

const space = 'http://www.w3.org/2000/svg';
const shapes = ['g', 'path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon'];
const look = /^(fill|stroke|opacity|color)(-.+)?$/;
const form = /^(d|c[xy]|r[xy]?|[xy][12]?|width|height|points|transform|clip-rule)$/;

function copyLook(from: Element, to: Element) {
  for (const { name, value } of from.attributes) if (look.test(name)) to.setAttribute(name, value);
}

const copies = (of: Element): Element[] =>
  [...of.children]
    .filter((child) => shapes.includes(child.localName))
    .map((child) => {
      const copy = document.createElementNS(space, child.localName);
      copyLook(child, copy);
      for (const { name, value } of child.attributes) if (form.test(name)) copy.setAttribute(name, value);
      copy.append(...copies(child));
      return copy;
    });
