import type { Preview } from '@storybook/web-components-vite';
import { lookLike, defaultLook, type Look } from '../support/look.js';

const choice = (title: string, items: readonly string[]) => ({
  description: title,
  toolbar: { title, items: [...items], dynamicTitle: true },
});

const preview: Preview = {
  parameters: { layout: 'fullscreen', a11y: { test: 'error' } },
  initialGlobals: { ...defaultLook },
  globalTypes: {
    scheme: choice('Scheme', ['light', 'dark']),
    locale: choice('Locale', ['en', 'fr']),
    dir: choice('Direction', ['ltr', 'rtl']),
    width: choice('Width', ['320', '250']),
    text: choice('Text', ['100%', '200%']),
  },
  decorators: [
    (story, { globals }) => {
      lookLike(globals as unknown as Look);
      return story();
    },
  ],
};

export default preview;
