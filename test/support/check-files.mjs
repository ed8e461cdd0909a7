// A part of `npm run check`: checks the sizes of the sources, paths of a developer's machine, and runtime dependencies.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, root } from './installed.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const lines = (path) => read(path).trimEnd().split('\n').length;

/** Lines of a file: a median of at most 120 (else a warning), nine in ten at most 220, none over 400. */
function sizes() {
  const files = readdirSync(join(root, 'src'), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file: `src/${file}`, lines: lines(`src/${file}`) }))
    .sort((a, b) => a.lines - b.lines);
  if (!files.length) return { report: 'no files', problems: [] };
  const at = (part) => files[Math.ceil(files.length * part) - 1].lines;
  const [median, ninth, largest] = [at(0.5), at(0.9), files.at(-1)];
  const problems = files.filter((one) => one.lines > 400).map((one) => `${one.file} has ${one.lines} lines, over 400`);
  if (ninth > 220) problems.push(`One file in ten has more than 220 lines: ${ninth}`);
  const warning = median > 120 ? ' (warning: the median should be at most 120)' : '';
  const report = `${files.length} files, median ${median}, 90 % ${ninth}, largest ${largest.lines} (${largest.file})${warning}`;
  return { report, problems };
}

// Folders of a developer's own copy. The expression is put together so that it does not match this file.
const machine = new RegExp(`(?<![\\w.$}-])/(?:${['work', 'root', 'home/\\w+', 'Users/\\w+'].join('|')})/`);
const registry = /\bregistry\.[\w-]+(\.\w+)+|"resolved": "https?:/;
const binary = /[.](png|jpg|gif|ico|woff2?|wav|mp3|zip)$/;

/** Finds tracked and new files with a path of a developer's machine, and addresses of registries in the lockfile. */
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
      continue; // The file was deleted, but is still in git's index.
    }
    const wrong = file.endsWith('package-lock.json') ? registry : machine;
    const line = text.split('\n').findIndex((one) => wrong.test(one));
    if (line >= 0) problems.push(`${file}:${line + 1} ${text.split('\n')[line].trim().slice(0, 100)}`);
  }
  return { report: `${files.length} files`, problems };
}

const allowed = ['lit', '@lit/context', 'xstate', 'libphonenumber-js', 'valibot', 'idb', 'jssip'];

/** Finds runtime dependencies that are not agreed, and those whose installation runs code. */
function dependencies() {
  const manifest = JSON.parse(read('package.json'));
  const names = Object.keys(manifest.dependencies ?? {});
  const problems = names.filter((name) => !allowed.includes(name)).map((name) => `${name} is not an agreed dependency`);
  const tree = Object.entries(JSON.parse(read('package-lock.json')).packages).filter(
    ([path, one]) => path && !one.dev && !one.devOptional && !one.optional,
  );
  for (const [path, one] of tree) if (one.hasInstallScript) problems.push(`${path} has an install script`);
  return { report: `${names.length} dependencies, ${tree.length} packages at run time`, problems };
}

const parts = { sizes, paths, dependencies };

if (isMain(import.meta.url)) {
  const { report, problems } = parts[process.argv[2]]();
  console.log(report);
  for (const problem of problems) console.log(problem);
  if (problems.length) process.exitCode = 1;
}
