// How TypeScript from this tree gets to a browser: the same for the tests, the demo and the benchmarks.
import { join } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { root } from './installed.mjs';

/** Options for @web/dev-server and @web/test-runner; the tsconfig is named because decorators depend on it. */
export const serving = () => ({
  rootDir: root,
  // Lit and XState as a user gets them, without the notes of their development builds.
  nodeResolve: { exportConditions: ['production'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(root, 'tsconfig.json') })],
});
