/** How a story is looked at; each is a global of Storybook, and can stand in a story's address. */
export interface Look {
  scheme: 'light' | 'dark';
  locale: string;
  dir: 'ltr' | 'rtl';
  width: string;
  text: string;
}

export const usual: Look = { scheme: 'light', locale: 'en', dir: 'ltr', width: '320', text: '100%' };

interface Updating extends Element {
  updateComplete?: Promise<unknown>;
  requestUpdate?(): void;
}

/** Everything that the look changes by itself; the panel's words come last, since the steps name things in English. */
export function lookLike({ scheme, dir, width, text }: Omit<Look, 'locale'>): void {
  const { documentElement: page } = document;
  page.dir = dir;
  page.style.colorScheme = scheme;
  page.style.fontSize = text;
  page.style.setProperty('--story-width', `${width}px`);
  document.body.style.background = scheme === 'dark' ? '#101214' : '#eceff2';
}

/** The words of a panel, as soon as they are loaded. */
export async function speak(panel: Updating & { locale: string }, locale: string): Promise<void> {
  panel.locale = locale;
  const end = performance.now() + 3000;
  const spoken = () => panel.shadowRoot?.querySelector('[lang]')?.getAttribute('lang') ?? locale;
  while (spoken() !== locale && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Lays everything out again, lists beside their fields too. */
export async function refresh(elements: Iterable<Updating>): Promise<void> {
  const all = [...elements];
  for (const element of all) element.requestUpdate?.();
  await Promise.all(all.map((element) => element.updateComplete));
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}
