// npm run pictures: opens every story of the built Storybook, checks each distinct screen in every look, and takes
// pictures. `--only=text`: stories whose id contains the text. `--in-turn`: each screen in the first look and in some of
// the others, which change with each commit. The last line is `pictures: N distinct screens, N pictures, N problems`.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArgs, chromiumPath } from './chromium.mjs';
import { ensureInstalled, root } from './installed.mjs';
import { setUpOrThrow } from './run/needs.mjs';
import { builtStorybook } from './pictures/built-storybook.mjs';
import { axeFindings, layoutFindings } from './pictures/page-checks.mjs';
import { isBlank, looksLike, readPng } from './pictures/png.mjs';
import { serveFolder } from './pictures/serve-folder.mjs';

const folder = join(root, 'pictures');
const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice(7) ?? '';

/** The looks of a screen; axe runs once in each colour scheme. */
const looks = [
  { name: '320', look: {}, axe: true },
  { name: '250', look: { width: '250' } },
  { name: 'french', look: { locale: 'fr' } },
  { name: 'dark', look: { scheme: 'dark' }, axe: true },
  { name: 'rtl', look: { dir: 'rtl' } },
  { name: 'text-200', look: { text: '200%' } },
  { name: 'forced-colours', look: {}, media: { forcedColors: 'active' } },
];
/** The number of looks that every screen is checked in. */
const always = 1;
const atATime = 1;
const inTurn = process.argv.includes('--in-turn');
const turn = inTurn ? commits() : 0;

function commits() {
  try {
    return Number(execFileSync('git', ['rev-list', '--count', 'HEAD'], { cwd: root, encoding: 'utf8' }));
  } catch {
    // Without a repository the choice changes each day.
    return Math.floor(Date.now() / 86_400_000);
  }
}

/** With `--in-turn` the looks change with each commit; six commits cover all. */
function looksAt(screen) {
  if (!inTurn) return looks;
  const others = looks.slice(always);
  const first = (screen + turn) * atATime;
  return [
    ...looks.slice(0, always),
    ...Array.from({ length: atATime }, (_, at) => others[(first + at) % others.length]),
  ];
}

const shot = { animations: 'disabled', caret: 'hide', fullPage: true };
const sizes = (width) => ({ width: Number(width ?? 320), height: 520 });

ensureInstalled();
setUpOrThrow('Chromium');
const started = performance.now();
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { url, stop } = await serveFolder(builtStorybook());
const { entries } = await (await fetch(`${url}/index.json`)).json();
const stories = Object.values(entries).filter(({ type, id }) => type === 'story' && id.includes(only));
rmSync(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const problems = [];
const groups = new Map();
let pictures = 0;
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [...chromiumArgs, '--font-render-hinting=none', '--force-color-profile=srgb'],
});
const queue = [...stories];
await Promise.all([worker(), worker()]);
await browser.close();
stop();
report();

async function worker() {
  const context = await browser.newContext({
    viewport: sizes(),
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
    colorScheme: 'light',
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  let current = '';
  const problem = (what) => problems.push(`${current}: ${what}`);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      problem(`console ${message.type()}: ${message.text().slice(0, 300)}`);
  });
  page.on('pageerror', (error) => problem(`page error: ${error.message}`));
  for (let story = queue.shift(); story; story = queue.shift()) {
    current = story.id;
    try {
      if (await opened(page, story.id, problem)) await lookAt(page, story, (look, what) => problem(`${look}: ${what}`));
    } catch (error) {
      problem(error.message.split('\n')[0]);
    }
  }
}

/** Opens a story. Returns whether its play has succeeded. */
async function opened(page, id, problem) {
  await page.setViewportSize(sizes());
  await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
  // The addon does not run axe, because this script does.
  await page.goto(`${url}/iframe.html?id=${id}&viewMode=story&globals=a11y.manual:!true`);
  const outcome = await page
    .waitForFunction(
      () => {
        const { dataset } = document.documentElement;
        if (dataset.story && dataset.story !== 'playing') return dataset.story;
        const shown = document.body.classList;
        return shown.contains('sb-show-errordisplay') || shown.contains('sb-show-nopreview')
          ? `failed: ${document.querySelector('#error-message')?.textContent || 'Storybook shows no story'}`
          : false;
      },
      undefined,
      { timeout: 20_000 },
    )
    .then((handle) => handle.jsonValue());
  if (outcome !== 'done') problem(`the story ${outcome}`);
  return outcome === 'done';
}

async function lookAt(page, story, problem) {
  const signature = await page.evaluate(() => globalThis.ccaiStory.signature());
  const group = groups.get(signature);
  // The screen is registered before the first await, because the other worker may reach an equal screen meanwhile.
  const own = group ?? { members: [], png: undefined };
  own.members.push(story.id);
  if (!group) groups.set(signature, own);
  await page.evaluate((one) => globalThis.ccaiStory.look(one), looks[0].look);
  const first = await page.screenshot(shot);
  own.png ??= first;
  // Screens with equal text must also look equal.
  if (!own.png.equals(first) && !looksLike(readPng(own.png), readPng(first)))
    problem('320', `reads like ${own.members[0]} and does not look like it`);
  if (group) return;
  await page.evaluate(axeSource);
  for (const { name, look, media, axe } of looksAt(groups.size)) {
    await page.emulateMedia(media ?? { forcedColors: 'none' });
    await page.setViewportSize(sizes(look.width));
    if (name !== looks[0].name) await page.evaluate((one) => globalThis.ccaiStory.look(one), look);
    const png = name === looks[0].name ? first : await page.screenshot(shot);
    // A picture with any content is larger.
    if (png.length < 3000 && isBlank(readPng(png))) problem(name, 'the picture is blank');
    for (const finding of await page.evaluate(layoutFindings)) problem(name, finding);
    if (axe) for (const finding of await page.evaluate(axeFindings)) problem(name, finding);
    await keep(name, story, png);
  }
  if (story.title === 'Variants') await openTicketList(page, story, problem);
}

/** F15: opens a variant's ticket list, which shows its options. */
async function openTicketList(page, story, problem) {
  const list = page.getByRole('combobox', { name: 'Ticket ID' });
  if ((await list.count()) === 0 || (await list.isDisabled())) return;
  await page.emulateMedia({ forcedColors: 'none' });
  await page.evaluate(() => globalThis.ccaiStory.look({}));
  await list.click();
  await page.getByRole('option').first().waitFor();
  for (const finding of await page.evaluate(layoutFindings)) problem('ticket-list', finding);
  for (const finding of await page.evaluate(axeFindings)) problem('ticket-list', finding);
  await keep('ticket-list', story, await page.screenshot(shot));
}

async function keep(name, story, png) {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, `${story.id}.png`), png);
  pictures++;
}

function report() {
  const variants = [...groups.values()].filter(({ members }) => members[0].startsWith('variants--'));
  const shown = variants.reduce((sum, { members }) => sum + members.length, 0);
  for (const { members } of groups.values()) if (members.length > 1) console.log(`equal: ${members.join(' = ')}`);
  if (shown)
    console.log(
      `variants: ${shown} stories, ${variants.length} distinct screens, the others proved equal to one of them`,
    );
  for (const problem of problems) console.log(`problem: ${problem}`);
  console.log(`${stories.length} stories in ${Math.round((performance.now() - started) / 1000)} s, in ${folder}`);
  if (!stories.length) problems.push('no story');
  console.log(`pictures: ${groups.size} distinct screens, ${pictures} pictures, ${problems.length} problems`);
  process.exitCode = problems.length ? 1 : 0;
}
