/** The appearance of a story. Each field is a global of Storybook, which can be in a story's address. */
export interface Look {
  scheme: 'light' | 'dark';
  locale: string;
  dir: 'ltr' | 'rtl';
  width: string;
  text: string;
}

export const defaultLook: Look = { scheme: 'light', locale: 'en', dir: 'ltr', width: '320', text: '100%' };

interface Updating extends Element {
  updateComplete?: Promise<unknown>;
  requestUpdate?(): void;
}

/** Applies a look, except the language: it is set after the steps, because these use English names. */
export function lookLike({ scheme, dir, width, text }: Omit<Look, 'locale'>): void {
  const { documentElement: page } = document;
  page.dir = dir;
  page.style.colorScheme = scheme;
  page.style.fontSize = text;
  page.style.setProperty('--story-width', `${width}px`);
  document.body.style.background = scheme === 'dark' ? '#101214' : '#eceff2';
}

/** Sets a panel's language, and resolves when its words are loaded. */
export async function speak(panel: Updating & { locale: string }, locale: string): Promise<void> {
  panel.locale = locale;
  const end = performance.now() + 3000;
  const shown = () => panel.shadowRoot?.querySelector('[lang]')?.getAttribute('lang') ?? locale;
  while (shown() !== locale && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Renders the elements again, and waits until lists are positioned at their fields again. */
export async function refresh(elements: Iterable<Updating>): Promise<void> {
  const all = [...elements];
  for (const element of all) element.requestUpdate?.();
  await Promise.all(all.map((element) => element.updateComplete));
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}
