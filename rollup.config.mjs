// The build for a plain script tag: one file to name, the rest in files beside it that it loads when it needs them.
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

export default {
  input: { 'ccai-agent-adapter': 'dist/standalone.js' },
  // `production` leaves the checks and messages of Lit's and XState's development builds out.
  plugins: [nodeResolve({ browser: true, exportConditions: ['production'] }), terser({ module: true, ecma: 2020 })],
  output: {
    dir: 'dist/standalone',
    format: 'es',
    entryFileNames: '[name].js',
    // No hash: a name in a page, in a Content-Security-Policy or in a cache rule stays what it is.
    chunkFileNames: '[name].js',
  },
  onwarn(warning) {
    throw new Error(warning.message);
  },
};
