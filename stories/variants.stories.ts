import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { STORY_VARIANTS } from '../test/support/variants.js';
import { story } from './support/story.js';
import { variantRow } from './support/variant-row.js';

/** F15: the 144 variants of settings and data. .storybook/main.ts exports one story for each, from the same table. */
export default { title: 'Variants' } satisfies Meta;

export const __stories: Readonly<Record<string, StoryObj>> = Object.fromEntries(
  STORY_VARIANTS.map((variant) => [variant.id, story(variantRow(variant))]),
);
