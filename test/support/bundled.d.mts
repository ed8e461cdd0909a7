import type { BuildOptions, OutputFile } from 'esbuild';

export function bundled(entryPoints: readonly string[], options?: BuildOptions): Promise<readonly OutputFile[]>;
