// The built Storybook; it is rebuilt if a source is newer.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../installed.mjs';

const built = join(root, 'storybook-static');

const newest = (folder) =>
  Math.max(
    ...readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

/** @returns the folder of the built Storybook; throws if the build fails */
export function builtStorybook() {
  const made = statSync(join(built, 'index.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = [newest('src'), newest('stories'), statSync(join(root, 'test/support/variants.ts')).mtimeMs];
  if (made > Math.max(...sources)) return built;
  const args = ['node_modules/storybook/dist/bin/dispatcher.js', 'build', '-c', 'stories/.storybook', '-o', built, '--quiet'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' },
  });
  if (status !== 0) throw new Error(`Storybook could not be built:\n${stdout}\n${stderr}`);
  return built;
}
