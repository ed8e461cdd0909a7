// Checks of `npm run check` that need no tool: sizes of the sources, paths of one machine, runtime dependencies.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, root } from './installed.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const lines = (path) => read(path).trimEnd().split('\n').length;

/** Median at most 120 (a warning), nine in ten at most 220, none over 400. */
function sizes() {
  const files = readdirSync(join(root, 'src'), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file: `src/${file}`, lines: lines(`src/${file}`) }))
    .sort((a, b) => a.lines - b.lines);
  if (!files.length) return { say: 'no files', problems: [] };
  const at = (part) => files[Math.ceil(files.length * part) - 1].lines;
  const [median, ninth, largest] = [at(0.5), at(0.9), files.at(-1)];
  const problems = files.filter((one) => one.lines > 400).map((one) => `${one.file} has ${one.lines} lines, over 400`);
  if (ninth > 220) problems.push(`One file in ten has more than 220 lines: ${ninth}`);
  const warning = median > 120 ? ' (warning: the median should be at most 120)' : '';
  const say = `${files.length} files, median ${median}, 90 % ${ninth}, largest ${largest.lines} (${largest.file})${warning}`;
  return { say, problems };
}

// Folders in which somebody's copy lies; written so that this file does not contain what it looks for.
const machine = new RegExp(`(?<![\\w.$}-])/(?:${['work', 'root', 'home/\\w+', 'Users/\\w+'].join('|')})/`);
const registry = /\bregistry\.[\w-]+(\.\w+)+|"resolved": "https?:/;
const binary = /[.](png|jpg|gif|ico|woff2?|wav|mp3|zip)$/;

/** What git tracks, or would: no path of this machine, and no address of a registry in the lockfile. */
function paths() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = listed.split('\0').filter((file) => file && !binary.test(file));
  const problems = [];
  for (const file of files) {
    let text;
    try {
      text = read(file);
    } catch {
      continue; // Deleted, and git has not been told yet.
    }
    const wrong = file.endsWith('package-lock.json') ? registry : machine;
    const line = text.split('\n').findIndex((one) => wrong.test(one));
    if (line >= 0) problems.push(`${file}:${line + 1} ${text.split('\n')[line].trim().slice(0, 100)}`);
  }
  return { say: `${files.length} files`, problems };
}

const allowed = ['lit', '@lit/context', 'xstate', 'libphonenumber-js', 'valibot', 'idb', 'jssip'];

/** Only the dependencies that were agreed on, and nothing in their tree that runs code when it is installed. */
function dependencies() {
  const manifest = JSON.parse(read('package.json'));
  const names = Object.keys(manifest.dependencies ?? {});
  const problems = names.filter((name) => !allowed.includes(name)).map((name) => `${name} is not an agreed dependency`);
  const tree = Object.entries(JSON.parse(read('package-lock.json')).packages).filter(
    ([path, one]) => path && !one.dev && !one.devOptional && !one.optional,
  );
  for (const [path, one] of tree) if (one.hasInstallScript) problems.push(`${path} has an install script`);
  return { say: `${names.length} dependencies, ${tree.length} packages at run time`, problems };
}

const parts = { sizes, paths, dependencies };

if (isMain(import.meta.url)) {
  const { say, problems } = parts[process.argv[2]]();
  console.log(say);
  for (const problem of problems) console.log(problem);
  if (problems.length) process.exitCode = 1;
}
