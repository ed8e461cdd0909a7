import type { StorybookConfig } from '@storybook/web-components-vite';
import { STORY_VARIANTS } from '../../test/support/variants.ts';

/** F15: makes the name of the export with a variant's story. */
const exportName = (id: string): string => id.replace(/\W/g, '_');
const variantFile = /[\\/]variants\.stories\.ts$/;

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../*.stories.ts'],
  addons: ['@storybook/addon-a11y', '@storybook/addon-docs'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // The stories of the variants are generated from a table, so that Storybook's own indexer does not find them.
  experimental_indexers: (indexers = []) => [
    {
      test: variantFile,
      createIndex: (importPath) =>
        Promise.resolve(
          STORY_VARIANTS.map(({ id }) => ({
            type: 'story',
            subtype: 'story',
            importPath,
            title: 'Variants',
            exportName: exportName(id),
            name: id,
          })),
        ),
    },
    ...indexers,
  ],
  viteFinal: (vite) => {
    vite.plugins = [
      ...(vite.plugins ?? []),
      {
        name: 'variants-by-name',
        enforce: 'pre',
        transform: (code, id) =>
          variantFile.test(id)
            ? code.replace('export const __stories', 'const stories') +
              STORY_VARIANTS.map(
                ({ id: name }) =>
                  `export const ${exportName(name)} = { ...stories[${JSON.stringify(name)}], name: ${JSON.stringify(name)} };`,
              ).join('\n')
            : undefined,
      },
    ];
    vite.build = { ...vite.build, chunkSizeWarningLimit: 4000, reportCompressedSize: false };
    return vite;
  },
};

export default config;
