import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { retryAfter } from '../../../src/crm/http/rate-limit.js';
import { RequestBudget } from '../../../src/crm/http/request-budget.js';
import { RequestQueue } from '../../../src/crm/http/request-queue.js';
import { ServerClock } from '../../../src/crm/http/server-clock.js';
import { StampGuard } from '../../../src/crm/http/stamp-guard.js';

describe('retryAfter', () => {
  it('B5 Retry-After is read in seconds and as a date', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    assert.equal(retryAfter({ 'retry-after': '37' }, now), 37);
    assert.equal(retryAfter({ 'retry-after': 'Sun, 22 Nov 2026 10:00:37 GMT' }, now), 37);
    assert.equal(retryAfter({ 'retry-after': 'Sun, 22 Nov 2026 09:59:00 GMT' }, now), 0);
    assert.equal(retryAfter({ 'retry-after': 'soon' }, now), undefined);
    for (const long of ['86400', '9'.repeat(400), 'Sun, 22 Nov 2027 10:00:00 GMT'])
      assert.equal(retryAfter({ 'retry-after': long }, now), 3600, 'no agent waits longer than an hour');
    assert.equal(retryAfter({}, now), undefined);
  });
});

describe('RequestBudget', () => {
  it('B5 a client never sends more than its own limit in a minute', () => {
    const budget = new RequestBudget(10);
    for (let at = 0; at < 7; at++) budget.sent(at * 100);
    assert.equal(budget.wait(['write'], 'background', 700), 59_300);
    assert.equal(budget.wait(['look-up'], 'interactive', 700), 0);
    for (let at = 7; at < 10; at++) budget.sent(at * 100);
    assert.equal(budget.wait(['look-up'], 'interactive', 1000), 59_000);
    assert.equal(budget.wait(['look-up'], 'interactive', 60_000), 0);
  });
});

describe('RequestQueue', () => {
  const gate = () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { open, opened };
  };
  const turn = () => new Promise((resolve) => setTimeout(resolve));

  it('B5 interactive requests start before background requests that waited longer', async () => {
    const queue = new RequestQueue(1);
    const started: string[] = [];
    const { open, opened } = gate();
    const run = (name: string, priority: 'interactive' | 'background') =>
      queue.run(priority, undefined, () => (started.push(name), opened));
    const all = [run('first', 'background'), run('second', 'background'), run('third', 'interactive')];
    await turn();
    assert.deepEqual(started, ['first']);
    open();
    await Promise.all(all);
    assert.deepEqual(started, ['first', 'third', 'second']);
  });

  it('B5 a request that is aborted while it waits is never sent', async () => {
    const queue = new RequestQueue(1);
    const { open, opened } = gate();
    const first = queue.run('interactive', undefined, () => opened);
    const controller = new AbortController();
    const second = queue.run('interactive', controller.signal, () => assert.fail('It was sent'));
    controller.abort(new Error('given up'));
    await assert.rejects(second, /given up/);
    open();
    await first;
    assert.equal(await queue.run('interactive', undefined, async () => 'third'), 'third');
  });
});

describe('StampGuard', () => {
  const stamp = '2026-11-22T10:00:00Z';
  const stampAt = Date.parse(stamp);

  it('B5 a write waits until the server’s clock is past the stamp', () => {
    const server = new ServerClock();
    const guard = new StampGuard({ clock: { now: () => 500 }, server, milliseconds: 2000 });
    server.update(new Date(stampAt + 1000).toUTCString(), 500);
    assert.equal(guard.wait('900', stamp), 1000);
    server.update(new Date(stampAt + 3000).toUTCString(), 500);
    assert.equal(guard.wait('900', stamp), 0);
  });

  it('B5 without a Date header a write waits from the first sight of the stamp', () => {
    let now = 0;
    const guard = new StampGuard({ clock: { now: () => now }, server: new ServerClock(), milliseconds: 2000 });
    assert.equal(guard.wait('900', stamp), 2000);
    now = 1500;
    assert.equal(guard.wait('900', stamp), 500);
    assert.equal(guard.wait('901', stamp), 2000);
  });
});
