// The options with which the tests, the demo and the benchmarks serve TypeScript to a browser.
import { join } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { root } from './installed.mjs';

/** Options for @web/dev-server and @web/test-runner. The tsconfig is named because decorators depend on it. */
export const serving = () => ({
  rootDir: root,
  // The production builds of Lit and XState, as users have them.
  nodeResolve: { exportConditions: ['production'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(root, 'tsconfig.json') })],
});
